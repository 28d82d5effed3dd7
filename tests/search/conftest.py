"""An index in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.search.whoosh_engine import WhooshEngine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the index is."""
    return tmp_path / "index"


@pytest.fixture
def engine(root: Path) -> Iterator[WhooshEngine]:
    """An empty index."""
    opened = WhooshEngine(root)
    yield opened
    opened.close()
