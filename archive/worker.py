"""``python -m archive.worker``: the worker alone, with its settings from the environment."""

from __future__ import annotations

from archive.cli.worker import command
from archive.settings import load_settings

if __name__ == "__main__":
    command(obj=load_settings())
