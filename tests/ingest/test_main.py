"""``python -m ingest`` reads one PDF alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.__main__ import main
from tests.files.make_hostile import HOSTILE
from tests.pdfs import write_pdf


def test_one_json_line_a_page_in_the_order_of_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_pdf(tmp_path / "memo.pdf", *(f"Page {number}" for number in range(1, 61)))
    assert main([str(path)]) == 0
    pages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [page["page_number"] for page in pages] == list(range(1, 61))
    assert pages[1]["text"] == "Page 2"
    assert pages[1]["words"][0]["text"] == "Page"
    assert "image" not in pages[1]


def test_images_are_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_pdf(tmp_path / "memo.pdf", "words")
    assert main([str(path), "--images", str(tmp_path / "images")]) == 0
    assert sorted(file.name for file in (tmp_path / "images").iterdir()) == [
        "page-0001.webp",
        "thumbnail-0001.webp",
    ]


def test_a_file_that_cannot_be_read_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(HOSTILE["needs_password.pdf"]())
    assert main([str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "needs a password" in printed.err


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "missing.pdf")]) == 2
    assert "no such file" in capsys.readouterr().err
