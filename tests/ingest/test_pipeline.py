"""A page's way from the file to a reading: text layer, OCR, careful reading, and what each leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.page import MarkKind, PageFailure, ProposedFieldName, Reader, TextSource
from tests.ingest.drawn import draw, prose, read_here, read_page
from tests.scans import scan_image, write_scan

SCANNED = "A detainer is a request and not a command\nsaid the county to the agency in its letter"


MEMO_HEAD = (
    "MEMORANDUM FOR: Field Office Directors",
    "FROM: John Sample",
    "SUBJECT: Opting out",
    "DATE: May 4, 2010",
)
BROKEN_TESSERACT = """#!/bin/sh
case "$1" in
  --version) echo "tesseract 5.3.0" ;;
  --list-langs) printf "List of languages:\\neng\\n" ;;
  *) exit 1 ;;
esac
"""


def test_a_scanned_page_is_read_by_ocr(tmp_path: Path) -> None:
    page = read_page(write_scan(tmp_path / "scan.pdf", SCANNED), ocr=True)
    assert (page.source, page.reader) == (TextSource.OCR, Reader.TESSERACT)
    assert "detainer is a request and not a command" in page.text
    assert page.quality > 0.8
    assert all(word.confidence is not None for word in page.words)
    word = next(word for word in page.words if word.text == "detainer")
    assert word.boxes[0].top == pytest.approx(72, abs=12)
    assert 72 < word.boxes[0].x0 < 120


def test_without_ocr_a_scanned_page_has_no_words_but_says_why(tmp_path: Path) -> None:
    page = read_page(write_scan(tmp_path / "scan.pdf", SCANNED))
    assert (page.source, page.words, page.trust_reason) == (TextSource.NONE, (), "picture_without_text")


def test_a_stamp_on_a_scan_does_not_pass_for_its_text(tmp_path: Path) -> None:
    picture = ImageReader(scan_image(SCANNED))

    def stamped(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 612, 792)
        canvas.drawString(60, 775, "Case 1:18-cv-11557-ER Document 44 Filed 03/10/21 Page 1 of 15")

    page = read_page(draw(tmp_path / "stamped_scan.pdf", *[stamped] * 4), ocr=True)
    assert page.source == TextSource.OCR
    assert "detainer" in page.text


def test_a_layer_that_is_not_trusted_is_kept_beside_the_text(tmp_path: Path) -> None:
    picture = ImageReader(scan_image(SCANNED))

    def with_junk(canvas: Canvas) -> None:
        layer = canvas.beginText(72, 700)
        layer.setTextRenderMode(3)
        for _ in range(12):
            layer.textLine("A dctaincr |s a rcqucst~and n0t a c0mmand xzqwvbn riMLD ce1iified")
        canvas.drawText(layer)
        canvas.drawImage(picture, 0, 0, 612, 792)

    page = read_page(draw(tmp_path / "junk_layer.pdf", with_junk), ocr=True)
    assert page.source == TextSource.OCR
    assert "detainer" in page.text
    assert "rcqucst" in page.hidden_text
    assert page.marks == ()  # the scan itself is no box over words


def test_an_image_over_words_hides_them(tmp_path: Path) -> None:
    cover = ImageReader(Image.new("L", (40, 40), 0))

    def covered(canvas: Canvas) -> None:
        prose(canvas)
        canvas.drawString(100, 60, "John Smith")
        canvas.drawImage(cover, 90, 50, 120, 24)

    (mark,) = read_page(draw(tmp_path / "image_over_live_text.pdf", covered)).marks
    assert (mark.kind, mark.text) == (MarkKind.BOX_OVER_TEXT, "John Smith")


def test_a_blank_page_is_blank(tmp_path: Path) -> None:
    page = read_page(draw(tmp_path / "blank.pdf", lambda canvas: None), ocr=True)
    assert (page.source, page.reader, page.text) == (TextSource.NONE, Reader.NONE, "")


def test_fields_are_proposed_from_the_first_page_only(tmp_path: Path) -> None:
    def memo(canvas: Canvas) -> None:
        for number, line in enumerate(
            [
                "MEMORANDUM FOR: Field Office Directors",
                "FROM: John Sample",
                "SUBJECT: Opting out",
                "DATE: May 4, 2010",
            ]
        ):
            canvas.drawString(72, 700 - 30 * number, line)
        canvas.translate(0, -150)
        prose(canvas)

    path = draw(tmp_path / "memo.pdf", memo, memo)
    fields = {field.name: field.value for field in read_page(path).proposals}
    assert fields[ProposedFieldName.SUBJECT] == "Opting out"
    assert fields[ProposedFieldName.DATE] == "2010-05-04"
    assert read_page(path, page_number=2).proposals == ()


def test_without_an_ocr_engine_a_scanned_page_is_a_failure_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)  # as if the wheel were not installed
    monkeypatch.setenv("PATH", "")
    page = read_here(write_scan(tmp_path / "scan.pdf", SCANNED), ocr=True)
    assert isinstance(page, PageFailure)
    assert page.code == "ocr_unavailable"
    assert "no OCR engine is installed" in page.sentence


def test_a_page_that_the_ocr_engine_cannot_read_is_still_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(BROKEN_TESSERACT)
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    page = read_page(write_scan(tmp_path / "scan.pdf", SCANNED), ocr=True, images=True)
    assert (page.source, page.trust_reason) == (TextSource.NONE, "ocr_failed")
    assert page.image is not None


def test_a_page_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    page = read_here(draw(tmp_path / "one.pdf", prose), page_number=2)
    assert isinstance(page, PageFailure)
    assert page.code == "damaged_page"


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sdny_aclu-v-ice_opinion_2021-03-10.pdf", "UNITED STATES DISTRICT COURT"),
        ("ice_foia-final-response-letter_2025-08-07.pdf", "Freedom of Information Act"),
    ],
)
def test_real_scans_are_found_by_words_that_only_ocr_sees(corpus: Path, name: str, words: str) -> None:
    page = read_page(corpus / name, ocr=True)
    assert page.source == TextSource.OCR
    assert words.lower() in " ".join(page.text.lower().split())
