"""Fixtures that every part of the archive needs: an empty home, and its parts opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.database import Database, open_database
from archive.parts import Parts, open_parts
from archive.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a new, empty archive."""
    return load_settings(tmp_path / "home", environ={})


@pytest.fixture
def parts(settings: Settings) -> Iterator[Parts]:
    """A new, empty archive, opened."""
    opened = open_parts(settings)
    yield opened
    opened.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new, empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'archive.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def at() -> datetime:
    """A moment, for what needs one."""
    return NOON


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real government PDFs; the test is skipped, and says so, where it is not."""
    if not CORPUS.is_dir():
        pytest.skip(f"the real documents are not at {CORPUS}")
    return CORPUS
