"""Where the files that ship with the package are, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The Jinja templates: inside the package in a wheel, at the top level in a checkout."""
    packaged = _PACKAGE / "_templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


def static_dir() -> Path:
    """CSS and JavaScript."""
    return _PACKAGE / "static"


def migrations_dir() -> Path:
    """Alembic's scripts."""
    return _PACKAGE / "migrations"


def law_files_dir() -> Path:
    """The public-records laws, one TOML file each."""
    return _PACKAGE / "law_files"


def letter_files_dir() -> Path:
    """The templates of letters about requests, plain text."""
    return _PACKAGE / "letter_files"
