"""Reads the words of a page image: prepared, recognised, turned upright if need be, cleaned of noise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from PIL import Image

from ingest.languages import ENGLISH, latin_words, likely_language
from ingest.layout import Line, RawWord
from ingest.ocr_engine import OcrEngine, OcrFailed, OcrUnavailable, RecognisedWord
from ingest.page import Box
from ingest.preprocess import Affine, Prepared, prepare, turn_quarters
from ingest.tesseract_cli import TesseractCli
from ingest.tesseract_library import TesseractLibrary

__all__ = ["OcrEngine", "OcrFailed", "OcrReading", "OcrUnavailable", "open_engine", "read_page"]

# 32 of 35 real scans, all upright, were at 0.8 and better, handwriting and ruins at 0.4 to 0.7. Looking
# for a rotation costs 0.25 s, so only below this.
_DOUBTFUL_QUALITY = 0.72
_FEW_WORDS = 8
_NOISE_CONFIDENCE = 0.3
_SURE_CONFIDENCE = 0.6
_HOPELESS_LINE = 0.15  # mean confidence: what ruled lines and torn edges are read with
_FLAT = 0.45  # of the page's usual word height: an 'x' is 0.6 of it
_STRETCHED = 1.5  # width of a letter over its height: wide types have 0.8


@dataclass(frozen=True, slots=True)
class OcrReading:
    """What OCR read: lines in reading order, boxes in points on the page as displayed.

    ``paragraph_starts`` are indexes into ``lines``. ``quality`` is the length-weighted mean word
    confidence, 0..1, and 0.0 when there are no words.
    """

    lines: tuple[Line, ...]
    paragraph_starts: frozenset[int]
    quality: float


def open_engine() -> OcrEngine:
    """The best engine there is here. Raises ``OcrUnavailable``.

    The wheel before Debian's program: the same model, the same accuracy, 0.74 of the time
    (docs/why/ocr.md).
    """
    try:
        return TesseractLibrary()
    except OcrUnavailable:
        return TesseractCli()


def read_page(
    image: Image.Image, *, dpi: float, width_pt: float, height_pt: float, engine: OcrEngine
) -> OcrReading:
    """Read a grey (``L``) image of a whole page of ``width_pt`` x ``height_pt``. Raises ``OcrFailed``."""
    prepared = prepare(image, dpi)
    words = _recognise(prepared, dpi, engine)
    if _is_doubtful(words) and (turned := _turned_upright(image, dpi, engine)):
        again = _recognise(turned, dpi, engine)
        if _weight(again) > _weight(words):
            prepared, words = turned, again
    scale = Affine(width_pt / image.width, 0, 0, 0, height_pt / image.height, 0)
    return _reading(words, scale.after(prepared.to_original), width_pt, height_pt)


def _recognise(prepared: Prepared, dpi: float, engine: OcrEngine) -> list[RecognisedWord]:
    words = _without_noise(engine.recognise(prepared.image, dpi=round(dpi)))
    language = likely_language(latin_words(" ".join(word.text for word in words)))
    if language != ENGLISH and language in engine.languages:
        words = _without_noise(engine.recognise(prepared.image, dpi=round(dpi), language=language))
    return words


def _turned_upright(image: Image.Image, dpi: float, engine: OcrEngine) -> Prepared | None:
    rotation = engine.find_rotation(image, dpi=round(dpi))
    if not rotation:
        return None
    quarter = turn_quarters(image, rotation)
    prepared = prepare(quarter.image, dpi)
    return Prepared(prepared.image, quarter.to_original.after(prepared.to_original))


def _is_doubtful(words: Sequence[RecognisedWord]) -> bool:
    return len(words) < _FEW_WORDS or _quality(words) < _DOUBTFUL_QUALITY


def _quality(words: Sequence[RecognisedWord]) -> float:
    # Not Tesseract's MeanTextConf: that is 95 on a page without any words.
    letters = sum(_letters(word.text) for word in words)
    return _weight(words) / letters if letters else 0.0


def _weight(words: Iterable[RecognisedWord]) -> float:
    """How much was read, and how surely. Dotted leaders and rules are read badly and do not matter."""
    return sum(word.confidence * _letters(word.text) for word in words)


def _letters(text: str) -> int:
    """How many letters and digits."""
    return sum(map(str.isalnum, text))


def _without_noise(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Without specks read as punctuation, and without rules and borders read as letters."""
    usual = median(word.bottom - word.top for word in words) if words else 0.0
    kept = [word for word in words if not _is_noise(word, usual)]
    return [
        word
        for _, line in groupby(kept, key=lambda word: word.line)
        for word in _line_without_noise(list(line))
    ]


def _is_noise(word: RecognisedWord, usual_height: float) -> bool:
    letters = _letters(word.text)
    if not letters:
        return word.confidence <= _NOISE_CONFIDENCE
    if word.confidence >= _SURE_CONFIDENCE:
        return False
    height = word.bottom - word.top
    if height < _FLAT * usual_height:  # a dotted rule, read as 'nnnabeebnnannenen'
        return True
    stretched = word.right - word.left > _STRETCHED * max(height, usual_height) * len(word.text)
    return stretched and len(word.text) > 1  # a black box, read as '(CACC'


def _line_without_noise(line: list[RecognisedWord]) -> list[RecognisedWord]:
    letters = sum(_letters(word.text) for word in line)
    if not letters or _quality(line) < (_NOISE_CONFIDENCE if letters <= 2 else _HOPELESS_LINE):
        return []
    return line


def _reading(
    words: Sequence[RecognisedWord], to_page: Affine, width_pt: float, height_pt: float
) -> OcrReading:
    lines: list[Line] = []
    starts: set[int] = set()
    paragraph = -1
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        if line[0].paragraph != paragraph:
            paragraph = line[0].paragraph
            starts.add(len(lines))
        lines.append(tuple(_raw_word(word, to_page, width_pt, height_pt) for word in line))
    return OcrReading(tuple(lines), frozenset(starts), round(_quality(words), 4))


def _raw_word(word: RecognisedWord, to_page: Affine, width_pt: float, height_pt: float) -> RawWord:
    corners = [to_page.point(x, y) for x in (word.left, word.right) for y in (word.top, word.bottom)]
    across = [min(max(x, 0.0), width_pt) for x, _ in corners]
    down = [min(max(y, 0.0), height_pt) for _, y in corners]
    box = Box(min(across), min(down), max(across), max(down))
    return RawWord(word.text, box, min(max(word.confidence, 0.0), 1.0))
