"""A scanned page is read with its words, their places, its paragraphs and how sure all that is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ingest import ocr
from ingest.layout import compose_text
from ingest.ocr_engine import ENGLISH, OcrEngine, RecognisedWord
from ingest.page import Box
from tests.ingest.scans import HEIGHT_PT, MEMO, WIDTH_PT, as_scan, character_error_rate, draw_page


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return ocr.open_engine()


def read(image: Image.Image, engine: OcrEngine, dpi: int = 200) -> ocr.OcrReading:
    return ocr.read_page(image, dpi=dpi, width_pt=WIDTH_PT, height_pt=HEIGHT_PT, engine=engine)


def text_of(reading: ocr.OcrReading) -> str:
    return compose_text(reading.lines, reading.paragraph_starts)[0]


def find_box(reading: ocr.OcrReading, text: str) -> Box:
    return next(word.box for line in reading.lines for word in line if word.text == text)


def test_rough_skewed_scans_are_read_with_under_two_percent_wrong_characters(engine: OcrEngine) -> None:
    scans = [
        as_scan(draw_page(font=font), skew_degrees=skew, noise=noise, specks=specks, seed=seed)
        for seed, (font, skew, noise, specks) in enumerate(
            (
                ("Times-Roman", 1.2, 22, 0.004),
                ("Times-Roman", -2.5, 22, 0.004),
                ("Courier", 2.0, 12, 0.02),
                ("Helvetica", -1.7, 22, 0.004),
            )
        )
    ]
    errors = [character_error_rate(text_of(read(scan, engine)), MEMO) for scan in scans]
    assert np.mean(errors) < 0.02, errors


def test_a_clean_page_is_read_without_a_fault_and_surely(engine: OcrEngine) -> None:
    reading = read(draw_page(), engine)
    assert character_error_rate(text_of(reading), MEMO) < 0.002
    assert 0.9 < reading.quality <= 1.0


def test_paragraphs_are_kept(engine: OcrEngine) -> None:
    paragraphs = text_of(read(draw_page(), engine)).split("\n\n")
    assert paragraphs[-1].startswith("Please keep the originals")


@pytest.mark.parametrize("skew", [0.0, 2.0])
def test_boxes_lie_on_the_words_of_the_page_as_it_came(engine: OcrEngine, skew: float) -> None:
    page = draw_page()
    ink = np.asarray(as_scan(page, skew_degrees=skew))
    reading = read(as_scan(page, skew_degrees=skew), engine)
    for text in ("MEMORANDUM", "headquarters", "public."):
        box = find_box(reading, text)
        inside = [round(edge * 200 / 72) for edge in (box.x0, box.top, box.x1, box.bottom)]
        left, top, right, bottom = inside
        word = ink[top:bottom, left:right]
        above = ink[top - 8 : top - 3, left:right]
        assert (word < 128).mean() > 0.1, text
        assert (above < 128).mean() < 0.05, text


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_on_its_side_is_read_and_its_boxes_stay_where_the_words_are(
    engine: OcrEngine, turned: int
) -> None:
    upright = read(draw_page(), engine)
    lying = draw_page().rotate(turned, expand=True)
    width, height = (WIDTH_PT, HEIGHT_PT) if turned == 180 else (HEIGHT_PT, WIDTH_PT)
    reading = ocr.read_page(lying, dpi=200, width_pt=width, height_pt=height, engine=engine)
    assert character_error_rate(text_of(reading), MEMO) < 0.005
    there, here = find_box(reading, "headquarters"), find_box(upright, "headquarters")
    expected = {
        90: Box(here.top, WIDTH_PT - here.x1, here.bottom, WIDTH_PT - here.x0),
        180: Box(WIDTH_PT - here.x1, HEIGHT_PT - here.bottom, WIDTH_PT - here.x0, HEIGHT_PT - here.top),
        270: Box(HEIGHT_PT - here.bottom, here.x0, HEIGHT_PT - here.top, here.x1),
    }[turned]
    assert (there.x0, there.top, there.x1, there.bottom) == pytest.approx(
        (expected.x0, expected.top, expected.x1, expected.bottom), abs=2
    )


def test_an_empty_page_has_quality_zero(engine: OcrEngine) -> None:
    assert read(Image.new("L", (1700, 2200), 255), engine) == ocr.OcrReading((), frozenset(), 0.0)


def test_a_ruined_page_is_known_to_be_doubtful(engine: OcrEngine) -> None:
    ruin = draw_page().resize((340, 440)).resize((1700, 2200))
    assert read(ruin, engine).quality < 0.75


class OneLanguageEngine:
    """Knows two pages by heart: what it 'reads' depends on the language it is asked to read in."""

    name, version = "test", "1"

    def __init__(self, languages: frozenset[str]) -> None:
        self.languages = languages

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        text = "la informacién de los registros que se piden" if language == ENGLISH else "la información"
        return tuple(
            RecognisedWord(word, 10 * i, 10, 10 * i + 9, 20, 0.9, 0, 0) for i, word in enumerate(text.split())
        )

    def find_rotation(self, image: Image.Image, *, dpi: int) -> int:
        return 0


def test_a_spanish_page_is_read_again_in_spanish_where_there_is_data_for_it() -> None:
    blank = Image.new("L", (1700, 2200), 255)
    with_data = OneLanguageEngine(frozenset({"eng", "spa"}))
    assert text_of(read(blank, with_data)) == "la información"
    without = OneLanguageEngine(frozenset({"eng"}))
    assert text_of(read(blank, without)).startswith("la informacién de los")


class NoisyEngine(OneLanguageEngine):
    """Reads specks and rules as signs, as Tesseract does on borders."""

    def recognise(
        self, image: Image.Image, *, dpi: int, language: str = ENGLISH
    ) -> tuple[RecognisedWord, ...]:
        rows = [("~~", 0.05, 0), ("|", 0.9, 1), ("-", 0.2, 2), ("County", 0.9, 2), ("i", 0.1, 3)]
        return tuple(
            RecognisedWord(text, 10, 10 * line, 90, 10 * line + 9, confidence, line, 0)
            for text, confidence, line in rows
        )


def test_specks_and_rules_are_no_words() -> None:
    reading = read(Image.new("L", (1700, 2200), 255), NoisyEngine(frozenset({"eng"})))
    assert text_of(reading) == "County"
    assert reading.quality == pytest.approx(0.9)
