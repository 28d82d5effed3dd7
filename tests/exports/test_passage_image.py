"""The picture of a passage."""

from __future__ import annotations

import io

from PIL import Image

from archive.exports.passage_image import (
    MOST_PASSAGE_PX,
    PictureOfPage,
    SourceLines,
    cut_of,
    draw_passage,
    joined,
    writable,
)
from ingest.page import Box
from tests.factories import HEIGHT_PT, WIDTH_PT, draw_image, lay_out

TEXT = "\n".join(f"Line {number} of the memo" for number in range(30))
BOXES = [word.boxes[0] for word in lay_out(TEXT)]
SOURCE = SourceLines("A memo", ["ICE", "Page 1", "https://archive.example/cite/aaaaaaaaaaaaaaaa"])


def page_with(marks: list[Box]) -> PictureOfPage:
    return PictureOfPage(draw_image(TEXT, 1000), WIDTH_PT, HEIGHT_PT, marks, BOXES)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def share_of_yellow(picture: Image.Image) -> float:
    colours = picture.getcolors(picture.width * picture.height) or []
    near = sum(count for count, (r, g, b) in colours if r > 240 and g > 210 and 60 < b < 130)  # type: ignore[misc]  # RGB
    return near / (picture.width * picture.height)


def test_the_passage_is_marked_and_as_wide_as_a_preview() -> None:
    picture = opened(draw_passage([page_with(BOXES[20:25])], SOURCE))
    assert picture.width == 1200
    assert 0.01 < share_of_yellow(picture) < 0.3
    assert share_of_yellow(opened(draw_passage([page_with([])], SOURCE))) < 0.001


def test_lines_around_the_passage_are_whole() -> None:
    cut = cut_of(page_with(BOXES[50:55]))
    assert not [box for box in BOXES if box.top < cut.top < box.bottom or box.top < cut.bottom < box.bottom]
    assert cut.top < min(box.top for box in BOXES[45:50])  # a line before is shown


def test_a_mark_goes_through_the_spaces_of_a_line() -> None:
    assert len(joined(BOXES[:5])) == 1
    assert len(joined(BOXES[:10])) == 2


def test_a_long_passage_stays_a_picture_that_can_be_sent() -> None:
    tall = PictureOfPage(draw_image(TEXT, 1000), WIDTH_PT, HEIGHT_PT * 5, [], [])
    assert opened(draw_passage([tall])).height <= MOST_PASSAGE_PX


def test_letters_that_the_font_lacks_are_written_plainly_or_left_out() -> None:
    assert writable("Étude – Łódź § 5\u202e\n\t‘x’") == "Etude - odz Sec. 5 ‘x’"
    assert writable("مذكرة \ue000") == ""


def test_a_title_without_an_end_is_cut_to_lines_that_fit() -> None:
    long = SourceLines("endless" * 200, ["word " * 300, ""])
    assert opened(draw_passage([page_with(BOXES[:2])], long)).width == 1200


def test_the_same_passage_is_the_same_bytes() -> None:
    assert draw_passage([page_with(BOXES[:2])], SOURCE) == draw_passage([page_with(BOXES[:2])], SOURCE)
