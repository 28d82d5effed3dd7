"""Boxes on the pictures of scanned pages: every kind is found, and what only looks like one is not."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from ingest.page import Box
from ingest.redaction_found import FoundBox, FoundBy, RedactionLook
from ingest.scan_boxes import find_scan_boxes
from tests.ingest.redacted_scans import DPI, LEVELS, DrawnPage, font, memo, points, same_share, turned, worn

KINDS = (
    (RedactionLook.BLACK, ""),
    (RedactionLook.BLACK, "(b)(6)"),
    (RedactionLook.GREY, "(b)(5)"),
    (RedactionLook.FRAMED, ""),
    (RedactionLook.FRAMED, "(b)(6)"),
    (RedactionLook.STRUCK, ""),
)


def found_on(page: DrawnPage, words: tuple[Box, ...] = ()) -> tuple[FoundBox, ...]:
    return find_scan_boxes(np.asarray(page.image), DPI, words=words)


def without_code(boxes: tuple[FoundBox, ...]) -> list[FoundBox]:
    return [box for box in boxes if not box.needs_code]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("look", "label"), KINDS, ids=lambda value: str(value) or "bare")
def test_nearly_every_box_is_found_and_nearly_nothing_else(
    look: RedactionLook, label: str, level: str
) -> None:
    page = memo(look, seed=len(label) + 3, label=label)
    grey, angle = worn(page, level, seed=len(label) + 2)
    found = find_scan_boxes(grey, DPI)
    truth = [turned(box, angle) for _, box in page.boxes]
    right = [
        box for box in truth if any(each.look is look and same_share(each.box, box) >= 0.5 for each in found)
    ]
    assert len(truth) >= 15
    assert len(right) >= 0.93 * len(truth)
    assert len(found) - len(right) <= 0.03 * len(found) + 0.5


@pytest.mark.parametrize("level", LEVELS)
def test_a_page_of_words_has_no_boxes(level: str) -> None:
    grey, _ = worn(memo(None, seed=5), level, seed=4)
    assert find_scan_boxes(grey, DPI) == ()


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_the_resolution_of_the_scan_does_not_matter(dpi: int) -> None:
    page = memo(RedactionLook.BLACK, seed=2)
    width, height = (round(side * dpi / DPI) for side in page.image.size)
    found = find_scan_boxes(np.asarray(page.image.resize((width, height))), dpi)
    assert all(any(same_share(each.box, box) > 0.8 for each in found) for _, box in page.boxes)


def test_a_black_box_says_how_it_was_found_and_counts_without_a_code() -> None:
    page = DrawnPage()
    page.pen.rectangle((400, 600, 900, 639), fill=0)
    (found,) = found_on(page)
    assert same_share(found.box, points(400, 600, 901, 640)) > 0.95
    assert (found.look, found.found_by, found.needs_code) == (RedactionLook.BLACK, FoundBy.PICTURE, False)


def test_a_black_bar_with_white_words_needs_a_code() -> None:
    page = DrawnPage()
    page.pen.rectangle((200, 600, 1500, 645), fill=0)
    page.pen.text((220, 606), "PERSONS AND PLACES", fill=255, font=font(9))
    (found,) = found_on(page)
    assert found.needs_code


def test_a_staircase_of_boxes_on_following_lines_is_cut_into_its_steps() -> None:
    page = DrawnPage()
    page.pen.rectangle((700, 600, 1400, 650), fill=0)
    page.pen.rectangle((200, 651, 1400, 700), fill=0)
    page.pen.rectangle((200, 701, 600, 750), fill=0)
    boxes = [each.box for each in found_on(page)]
    steps = [points(700, 600, 1401, 651), points(200, 651, 1401, 701), points(200, 701, 601, 751)]
    assert len(boxes) == 3
    assert all(same_share(box, step) > 0.85 for box, step in zip(boxes, steps, strict=True))


def test_boxes_with_paper_between_them_are_apart() -> None:
    page = DrawnPage()
    page.pen.rectangle((200, 600, 500, 640), fill=0)
    page.pen.rectangle((510, 600, 800, 640), fill=0)
    page.pen.rectangle((200, 650, 500, 690), fill=0)
    assert len(found_on(page)) == 3


def test_frames_close_to_each_other_are_each_found() -> None:
    page = DrawnPage()
    frames = [(200, 600, 400, 640), (410, 602, 1400, 640), (198, 646, 1402, 700)]
    for frame in frames:
        page.pen.rectangle(frame, outline=80)
    found = found_on(page)
    assert len(found) == 3
    assert all(each.look is RedactionLook.FRAMED and each.needs_code for each in found)


def test_a_frame_in_the_middle_of_a_line_of_words_needs_no_code() -> None:
    page = memo(RedactionLook.FRAMED, seed=8)
    assert without_code(found_on(page)) == []
    free = without_code(found_on(page, tuple(page.words)))
    assert len(free) > 0.7 * len(page.boxes)


def _grid(page: DrawnPage) -> None:
    for row in range(9):
        page.pen.line((200, 600 + row * 60, 1400, 600 + row * 60), fill=0, width=3)
    for column in range(5):
        page.pen.line((200 + column * 300, 600, 200 + column * 300, 1080), fill=0, width=3)


def _rules(page: DrawnPage) -> None:
    page.pen.rectangle((200, 300, 1500, 308), fill=0)
    page.pen.text((200, 400), "Underlined words of a heading", fill=0, font=font())
    page.pen.line((200, 440, 800, 440), fill=0, width=3)
    page.pen.line((900, 700, 1500, 700), fill=0, width=2)


def _holes(page: DrawnPage) -> None:
    for y in (400, 1100, 1800):
        page.pen.ellipse((60, y, 110, y + 50), fill=0)


def _shadow(page: DrawnPage) -> None:
    page.pen.rectangle((0, 0, 40, 2200), fill=30)
    page.pen.rectangle((0, 2170, 1700, 2200), fill=20)


def _letters(page: DrawnPage) -> None:
    page.pen.text((300, 300), "ODIN EDH", fill=0, font=font(80))


def _checkboxes(page: DrawnPage) -> None:
    for row in range(6):
        page.pen.rectangle((300, 400 + row * 60, 326, 426 + row * 60), fill=0 if row % 2 else None, outline=0)


def _photograph(page: DrawnPage) -> None:
    chance = np.random.default_rng(7)
    small = chance.integers(0, 255, (14, 20)).astype(np.uint8)
    from PIL import Image

    page.image.paste(Image.fromarray(small).resize((800, 560), Image.Resampling.BICUBIC), (300, 400))


def _chart(page: DrawnPage) -> None:
    for number, height in enumerate((300, 520, 410, 120, 640)):
        page.pen.rectangle((300 + number * 160, 1500 - height, 400 + number * 160, 1500), fill=0)


@pytest.mark.parametrize("draw", [_grid, _rules, _holes, _shadow, _letters, _checkboxes, _photograph, _chart])
def test_what_only_looks_like_a_box_is_none(draw: object) -> None:
    assert callable(draw)
    page = DrawnPage()
    draw(page)
    assert without_code(found_on(page)) == []


@pytest.mark.parametrize("draw", [_grid, _rules, _holes, _shadow, _checkboxes])
def test_lines_and_shadows_are_not_even_taken_for_boxes_that_need_a_code(draw: object) -> None:
    assert callable(draw)
    page = DrawnPage()
    draw(page)
    assert found_on(page) == ()


def test_one_cancelled_stamp_is_no_withheld_passage_without_a_code() -> None:
    page = memo(None, seed=3)
    page.pen.text((600, 80), "OFFICIAL USE ONLY", fill=0, font=font(12))
    page.pen.line((600, 104, 980, 104), fill=0, width=3)
    found = found_on(page)
    assert [each.look for each in found] == [RedactionLook.STRUCK]
    assert without_code(found) == []


@pytest.mark.parametrize("shade", [0, 128, 255])
@pytest.mark.parametrize("size", [(1, 1), (3, 700), (40, 40), (1100, 850)])
def test_a_page_of_one_shade_has_nothing(shade: int, size: tuple[int, int]) -> None:
    assert find_scan_boxes(np.full(size, shade, dtype=np.uint8), DPI) == ()


def test_opencv_is_loaded_for_scans_only() -> None:
    code = "import sys, ingest.scan_boxes; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
