"""Turns one untrusted PDF into page readings; knows nothing of Flask, SQL, S3 or search.

Usable alone: ``python -m ingest letter.pdf`` prints one JSON line a page.
"""
