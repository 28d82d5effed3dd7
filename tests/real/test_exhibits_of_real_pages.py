"""Pages of real records, scanned, turned and large, stay what they are when they are stamped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from ingest.exhibit import ExhibitPage, place_page
from ingest.sandbox import Sandbox
from tests.conftest import CORPUS
from tests.ingest.exhibits import make_part, pixels, text_of

REAL = sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else []


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


@pytest.mark.real
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:24])
def test_pages_of_real_records_look_as_they_do_in_their_files(
    sandbox: Sandbox, tmp_path: Path, path: Path
) -> None:
    """Scanned, turned, large: drawn apart and compared, and all letters of the page are in it."""
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    sizes = [document[number - 1].get_size() for number in (1, count)]
    document.close()
    made = make_part(sandbox, path, [ExhibitPage(1), ExhibitPage(count)], tmp_path / "made.pdf")
    letters = text_of(made)
    for place_in_part, (number, (width, height)) in enumerate(zip((1, count), sizes, strict=True), 1):
        place = place_page(width, height)
        picture = pixels(made, place_in_part, 1.0 / place.scale)
        top = round((place.paper_height - place.bottom) / place.scale - height)
        left = round(place.left / place.scale)
        original = pixels(path, number, 1.0)
        part = picture[top : top + original.shape[0], left : left + original.shape[1]]
        rows, columns = min(len(part), len(original)), min(part.shape[1], original.shape[1])
        blurred = [_blurred(one[:rows, :columns]) for one in (part, original)]
        assert np.abs(blurred[0] - blurred[1]).mean() < 4.0
        source = pypdfium2.PdfDocument(path)
        expected = "".join(source[number - 1].get_textpage().get_text_range().split())
        source.close()
        found = "".join(letters[place_in_part - 1].split())
        assert sum(map(found.count, set(expected))) >= sum(map(expected.count, set(expected)))


def _blurred(picture: NDArray[np.int16]) -> NDArray[np.float64]:
    rows, columns = (side // 8 * 8 for side in picture.shape[:2])
    cut = picture[:rows, :columns].mean(axis=2)
    blurred: NDArray[np.float64] = cut.reshape(rows // 8, 8, columns // 8, 8).mean(axis=(1, 3))
    return blurred
