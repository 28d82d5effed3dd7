"""The door for any WSGI server: ``waitress-serve --call archive.wsgi:application``."""

from __future__ import annotations

from flask import Flask

from archive.app import serving_app
from archive.settings import load_settings


def application() -> Flask:
    """The site, from the settings in the environment."""
    return serving_app(load_settings())
