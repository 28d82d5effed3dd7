"""How much of a page was withheld, by area and by lines, and what became of the page."""

from __future__ import annotations

import pytest

from ingest.page import Box, Word
from ingest.redaction_found import FoundBy, FoundRedaction, PageDisposition, RedactionLook
from ingest.redaction_shares import PageShares, disposition_of, page_shares
from ingest.slip_pages import SlipPage

WIDTH, HEIGHT = 600.0, 800.0


def redaction(x0: float, top: float, x1: float, bottom: float) -> FoundRedaction:
    return FoundRedaction(Box(x0, top, x1, bottom), RedactionLook.BLACK, FoundBy.SHAPES)


def line(text: str, top: float, x0: float = 100.0, height: float = 12.0) -> list[Word]:
    """A line of words, each as wide as a point for each of its letters times six."""
    words, at, start = [], x0, int(top) * 1_000
    for part in text.split():
        box = Box(at, top, at + 6 * len(part), top + height)
        words.append(Word(part, start, start + len(part), (box,)))
        at, start = box.x1 + 3, start + len(part) + 1
    return words


def shares(redactions: list[FoundRedaction], words: list[Word]) -> PageShares:
    return page_shares(redactions, words, width_pt=WIDTH, height_pt=HEIGHT)


def test_a_page_without_redactions_has_no_share() -> None:
    assert shares([], line("Counties may opt out.", 300)) == PageShares()


def test_area_is_a_share_of_the_page() -> None:
    assert shares([redaction(0, 0, 300, 800)], []).covered_share == pytest.approx(0.5)


def test_half_of_a_line_is_half_of_the_lines() -> None:
    words = line("aaaaaaaaaa bbbbbbbbbb", 300)  # 120 points and two spaces of three
    found = shares([redaction(300, 300, 426, 312)], words)
    assert found.withheld_share == pytest.approx(0.5)
    assert found.each[0][1] == pytest.approx(0.5)


def test_a_tall_box_counts_as_many_lines_as_fit_in_it() -> None:
    words = line("aaaaaaaaaa bbbbbbbbbb", 300)
    found = shares([redaction(300, 330, 426, 330 + 3 * 12 * 1.15)], words)
    assert found.withheld_share == pytest.approx(0.75)


def test_each_place_counts_once() -> None:
    one = redaction(100, 400, 200, 412)
    twice = shares([one, one], line("aaaaaaaaaa", 300))
    assert twice.withheld_share == shares([one], line("aaaaaaaaaa", 300)).withheld_share
    assert twice.each[1] == (0.0, 0.0)
    assert twice.covered_share == pytest.approx(sum(area for area, _ in twice.each), abs=1e-3)


def test_words_in_a_box_and_stamps_at_the_edges_are_no_text_that_was_shown() -> None:
    words = line("(b)(5)", 400) + line("UNCLASSIFIED", 20) + line("STATE-SCB0045788", 780)
    words += line("Doc No. C05739808", 90)
    found = shares([redaction(90, 390, 500, 600)], words)
    assert found.withheld_share == 1.0


def test_a_page_of_which_only_stamps_are_left_was_withheld() -> None:
    boxes = [redaction(90, 100, 500, 700)]
    assert disposition_of(boxes, shares(boxes, line("JA 012", 785)), None) == PageDisposition.WITHHELD
    part = shares(
        boxes, line("JA 012", 785) + line("a title of ten words stands on the page as well", 80) * 12
    )
    assert disposition_of(boxes, part, None) == PageDisposition.IN_PART


def test_a_slip_sheet_says_what_became_of_the_page() -> None:
    slip = SlipPage(PageDisposition.REFERRED, (), "Referred to the Department of State")
    assert disposition_of([], PageShares(), slip) == PageDisposition.REFERRED
    assert disposition_of([], PageShares(), None) == PageDisposition.RELEASED


def test_boxes_that_reach_over_the_edge_are_measured_on_the_page() -> None:
    found = shares([redaction(-20, -20, 700, 900)], [])
    assert (found.covered_share, found.withheld_share) == (1.0, 1.0)
