"""What every OCR engine must do: one suite, run on the wheel and on Debian's program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from ingest.ocr_engine import OcrEngine, OcrFailed, OcrUnavailable
from ingest.tesseract_cli import TesseractCli
from ingest.tesseract_library import TesseractLibrary
from tests.ingest.scans import draw_page

TEXT = "The county may leave the program.\nIt must say so in writing.\n\n\nSecond paragraph, on its own."


@pytest.fixture(scope="module", params=[TesseractLibrary, TesseractCli])
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    try:
        made: OcrEngine = request.param()
    except OcrUnavailable:
        pytest.skip(f"{request.param.name} is not installed here")
    return made


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return draw_page(TEXT)


def test_every_word_is_read_in_order(engine: OcrEngine, page: Image.Image) -> None:
    assert [word.text for word in engine.recognise(page, dpi=200)] == TEXT.split()


def test_boxes_lie_on_the_ink(engine: OcrEngine, page: Image.Image) -> None:
    first = engine.recognise(page, dpi=200)[0]
    # 'The' starts 72 pt from the left; its baseline is 90 pt from the top, 200 dpi
    assert first.left == pytest.approx(200, abs=6)
    assert first.bottom == pytest.approx(250, abs=6)
    assert 40 < first.right - first.left < 80
    assert 15 < first.bottom - first.top < 40


def test_confidence_is_a_share(engine: OcrEngine, page: Image.Image) -> None:
    assert all(0.5 < word.confidence <= 1.0 for word in engine.recognise(page, dpi=200))


def test_lines_and_paragraphs_rise_in_reading_order(engine: OcrEngine, page: Image.Image) -> None:
    words = engine.recognise(page, dpi=200)
    lines = [word.line for word in words]
    assert lines == sorted(lines)
    assert [lines.count(line) for line in sorted(set(lines))] == [6, 6, 5]
    assert words[-1].paragraph > words[0].paragraph


def test_a_blank_page_has_no_words(engine: OcrEngine) -> None:
    assert engine.recognise(Image.new("L", (1700, 2200), 255), dpi=200) == ()


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_it_says_how_a_page_must_be_turned(engine: OcrEngine, clockwise: int) -> None:
    lying = draw_page().rotate(clockwise, expand=True)  # counter-clockwise, to be undone clockwise
    assert engine.find_rotation(lying, dpi=200) == clockwise


def test_a_blank_page_is_not_turned(engine: OcrEngine) -> None:
    assert engine.find_rotation(Image.new("L", (1700, 2200), 255), dpi=200) == 0


def test_english_is_always_there_and_osd_is_no_language(engine: OcrEngine) -> None:
    assert "eng" in engine.languages
    assert "osd" not in engine.languages
    assert engine.version[0].isdigit()


def test_a_language_without_data_is_refused(engine: OcrEngine, page: Image.Image) -> None:
    with pytest.raises((OcrFailed, OcrUnavailable)):
        engine.recognise(page, dpi=200, language="xyz")


def test_a_child_process_reads_with_an_engine_opened_before_the_fork(
    engine: OcrEngine, page: Image.Image, tmp_path: Path
) -> None:
    engine.recognise(page, dpi=200)  # the parent's models are loaded
    result = tmp_path / "words"
    child = os.fork()
    if child == 0:
        try:
            result.write_text(" ".join(word.text for word in engine.recognise(page, dpi=200)))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert result.read_text() == " ".join(TEXT.split())
