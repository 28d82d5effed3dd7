"""Fixtures for what is tested on real documents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.parts import Parts, opened_parts
from archive.settings import load_settings
from tests.real.taken_in import Corpus, take_in


@pytest.fixture(scope="module")
def ingested(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A copy of that archive for the tests of one file, which may change it."""
    home = tmp_path_factory.mktemp("real") / "home"
    shutil.copytree(take_in(corpus, tmp_path_factory), home)
    report = home / "report.json"
    found = Corpus(home, corpus, json.loads(report.read_text()))
    report.unlink()
    return found


@pytest.fixture(scope="module")
def opened(ingested: Corpus) -> Iterator[Parts]:
    """The parts of that archive."""
    with opened_parts(load_settings(ingested.home, environ={})) as parts:
        yield parts
