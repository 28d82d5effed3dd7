"""What is refused before anything is opened, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import EmptyFile, FileTooLarge, NotAPdf
from ingest.filetype import check_file
from ingest.limits import Limits


def write(folder: Path, data: bytes) -> Path:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return path


def test_a_pdf_passes(tmp_path: Path) -> None:
    check_file(write(tmp_path, b"%PDF-1.4\n..."), Limits())


def test_a_pdf_may_have_lines_before_it(tmp_path: Path) -> None:
    check_file(write(tmp_path, b"X-Mailer: none\r\n\r\n%PDF-1.4\n"), Limits())


def test_nothing_is_not_a_pdf(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        check_file(write(tmp_path, b""), Limits())


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge):
        check_file(write(tmp_path, b"%PDF-1.4\n..."), Limits(max_bytes=5))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"II*\x00", "TIFF"),
        (b"PK\x03\x04", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "web page"),
        (b"<html>", "web page"),
        (b"Received: from mail", "e-mail"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS"),
    ],
)
def test_people_are_told_what_it_is_instead(tmp_path: Path, start: bytes, kind: str) -> None:
    with pytest.raises(NotAPdf, match=kind):
        check_file(write(tmp_path, start + b" and so on"), Limits())


def test_what_is_unknown_is_only_said_to_be_no_pdf(tmp_path: Path) -> None:
    with pytest.raises(NotAPdf, match=r"^This is not a PDF\. "):
        check_file(write(tmp_path, b"once upon a time"), Limits())
