"""Stores, searches, cites and shows documents. See docs/why/house.md for the floors."""

__version__ = "0.1.0"
