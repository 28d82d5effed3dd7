"""Fixtures that every part of the archive needs: an empty home, and its parts opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.database import Database, open_database
from archive.parts import Parts, open_parts
from archive.settings import Settings, load_settings, make_home

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a new, empty archive."""
    return load_settings(tmp_path / "home", environ={})


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database that has its tables and nothing in them, as the migrations make it: copied
    for each test, since to make it takes longer than most tests."""
    path = tmp_path_factory.mktemp("new") / "archive.sqlite3"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def parts(settings: Settings, new_database: Path) -> Iterator[Parts]:
    """A new, empty archive, opened."""
    make_home(settings)
    shutil.copy(new_database, settings.home / "archive.sqlite3")
    opened = open_parts(settings)
    yield opened
    opened.close()


@pytest.fixture
def database(tmp_path: Path, new_database: Path) -> Iterator[Database]:
    """A new, empty database."""
    shutil.copy(new_database, tmp_path / "archive.sqlite3")
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
