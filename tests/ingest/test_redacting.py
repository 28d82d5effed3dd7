"""Two hundred files with words in them that are covered: no reader finds these words in the copy."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from ingest.copying import CoverBox, PageRecipe, Recipe
from ingest.page import Box, PageReading, TextSource
from ingest.sandbox import ReadTask, Sandbox, TaskPage
from tests.ingest.redaction_cases import PAGES, make_case
from tests.ingest.redaction_draft import Case

CASES = 200
DPI = 200
BLACK = 80  # of 255: the noise of a photograph in what is black
REASON = "privacy"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


@pytest.mark.parametrize("seed", range(CASES))
def test_what_is_covered_is_found_by_no_reader(seed: int, sandbox: Sandbox, tmp_path: Path) -> None:
    case = make_case(seed)
    places = _places(case, sandbox, tmp_path)
    copy = _redact(case.data, case.number, places, sandbox, tmp_path)

    for reader, text in texts_of(copy).items():
        found = [word for word in case.secrets if word.casefold() in text.casefold()]
        assert not found, f"{case.kind}: {reader} finds {found}"
    assert not words_in_bytes(copy.read_bytes(), case.secrets), case.kind

    readings = _read(copy, sandbox)
    _assert_the_rest_is_there(case, readings)
    _assert_black(copy, case.number, places)


def _assert_the_rest_is_there(case: Case, readings: dict[int, PageReading]) -> None:
    assert len(readings) == PAGES
    shown = "".join(readings[case.number].text.split())
    by_ocr = readings[case.number].source == TextSource.OCR  # few words over a picture always are
    least = 0.9 if by_ocr else 1.0
    assert sum(word in shown for word in case.beside) >= least * len(case.beside), case.kind
    others = "".join("".join(page.text.split()) for page in readings.values())
    assert [word for word in case.elsewhere if word not in others] == [], case.kind


def _places(case: Case, sandbox: Sandbox, folder: Path) -> list[Box]:
    """Where the secrets stand, as an editor would see them marked."""
    if case.places:
        return list(case.places)
    path = folder / "original.pdf"
    path.write_bytes(case.data)
    page = _read(path, sandbox)[case.number]
    boxes = [box for word in page.words if word.text in case.secrets for box in word.boxes]
    assert len(boxes) == len(case.secrets), case.kind
    return boxes


def _redact(data: bytes, number: int, places: list[Box], sandbox: Sandbox, folder: Path) -> Path:
    path, copy = folder / "original.pdf", folder / "copy.pdf"
    path.write_bytes(data)
    covers = tuple(CoverBox(box, REASON) for box in places)
    pages = tuple(PageRecipe(n, boxes=covers if n == number else ()) for n in range(1, PAGES + 1))
    sandbox.make_copy(path, Recipe(pages, redacts=True, title="A record"), copy)
    return copy


def _read(path: Path, sandbox: Sandbox) -> dict[int, PageReading]:
    events = sandbox.read([ReadTask(key="file", path=path, images=False)])
    pages = [event.page for event in events if isinstance(event, TaskPage)]
    return {page.page_number: page for page in pages if isinstance(page, PageReading)}


def texts_of(path: Path) -> dict[str, str]:
    """What each reader takes out of the file, with and without white space."""
    texts = {}
    document = pypdfium2.PdfDocument(path)
    try:
        texts["pdfium"] = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    with pdfplumber.open(path) as plumbed:
        texts["pdfplumber"] = "\n".join(page.extract_text() or "" for page in plumbed.pages)
        texts["letters by pdfplumber"] = "".join(
            char["text"] for page in plumbed.pages for char in page.chars
        )
        texts["comments"] = repr([page.annots for page in plumbed.pages]) + repr(plumbed.metadata)
    for option in ("-raw", "-layout"):
        ran = subprocess.run(
            ["pdftotext", option, str(path), "-"], check=True, capture_output=True, text=True
        )
        texts[f"pdftotext {option}"] = ran.stdout
    return texts | {f"{name}, joined": re.sub(r"\s+", "", text) for name, text in texts.items()}


def words_in_bytes(data: bytes, words: tuple[str, ...]) -> list[str]:
    """Which words are in the bytes, or in anything in the file once unpacked, however they are spelled."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
        unpacked = [_unpacked(stream) for stream in streams]
        strings = repr([_strings(found) for found in pdf.objects])
    everything = [data, *unpacked, strings.encode("utf-8"), _letters_of_strings(unpacked)]
    return [word for word in words if any(_is_in(part.lower(), word) for part in everything)]


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _strings(found: object) -> list[str]:
    if isinstance(found, pikepdf.String):
        return [str(found)]
    if isinstance(found, pikepdf.Array):
        return [text for item in found if not _refers(item) for text in _strings(item)]
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return [text for _, item in found.items() if not _refers(item) for text in _strings(item)]
    return []


def _refers(item: object) -> bool:
    return isinstance(item, pikepdf.Object) and item.is_indirect


def _letters_of_strings(contents: list[bytes]) -> bytes:
    """The letters of all strings one after the other: words that are kerned stand there in pieces."""
    return b"".join(b"".join(re.findall(rb"\(((?:[^()\\]|\\.)*)\)", content)) for content in contents)


def _is_in(data: bytes, word: str) -> bool:
    small = word.casefold()
    forms = [small.encode(encoding) for encoding in ("latin-1", "utf-16-be", "utf-16-le")]
    spelled = [*forms, *(form.hex().encode() for form in forms)]
    spelled += [word.encode("latin-1").hex().encode(), word.encode("utf-16-be").hex().encode()]
    spelled.append("".join(f"\\{ord(letter):03o}" for letter in word).encode())
    return any(form in data for form in spelled)


def _assert_black(path: Path, number: int, places: list[Box]) -> None:
    """Black from edge to edge, apart from letters of the label, which are white on it."""
    pixels = _pixels(path, number)
    scale = DPI / 72
    for box in places:
        left, top = int(box.x0 * scale) + 2, int(box.top * scale) + 2
        part = pixels[top : int(box.bottom * scale) - 2, left : int(box.x1 * scale) - 2]
        assert part.size
        assert np.mean(part < BLACK) > 0.55
        frame = np.concatenate((part[0], part[-1], part[:, 0], part[:, -1]))
        assert frame.max() < BLACK


def _pixels(path: Path, number: int) -> npt.NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[number - 1].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()
    return np.asarray(picture)
