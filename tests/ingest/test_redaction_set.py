"""Redactions are found on drawn and on scanned pages: the bars that ``docs/redactions.md`` speaks of.

WHOLE_REDACTION_SET=1 reads all scans instead of a sample; that takes a quarter of an hour.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from ingest.page import Box
from ingest.redaction_found import FoundBy, FoundRedaction, RedactionLook
from ingest.sandbox import Sandbox
from tests.redaction_scores import Scores, matched_pairs, overlap_of, score_pages
from tests.redaction_set.born_digital import born_digital_set
from tests.redaction_set.marks import LabelledFile, Style, TrueMark
from tests.redaction_set.reading import scores_of
from tests.redaction_set.scanned import LEVELS, scanned_set

WHOLE_SET = bool(os.environ.get("WHOLE_REDACTION_SET"))
SAMPLE_STEP = 16  # in the order of styles every so manieth page: fourteen at each level


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(readers=1) as opened:
        yield opened


@pytest.fixture(scope="module")
def drawn() -> LabelledFile:
    return born_digital_set()


@pytest.fixture(scope="module")
def born_digital(drawn: LabelledFile, sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Scores:
    return scores_of(sandbox, tmp_path_factory.mktemp("set") / "drawn.pdf", drawn)


@pytest.fixture(scope="module")
def scanned(
    drawn: LabelledFile, sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Scores]:
    folder = tmp_path_factory.mktemp("scans")
    in_order = sorted(drawn.pages, key=lambda page: (page.marks[0].style if page.marks else "", page.number))
    found = {}
    for first, level in enumerate(LEVELS, 4):
        numbers = [page.number for page in (in_order if WHOLE_SET else in_order[first::SAMPLE_STEP])]
        found[level] = scores_of(sandbox, folder / f"{level}.pdf", scanned_set(drawn, level, numbers))
    return found


# The set ---------------------------------------------------------------------------------------------------


def test_the_set_has_two_thousand_marks_of_every_style_on_every_layout(drawn: LabelledFile) -> None:
    styles = Counter(mark.style for page in drawn.pages for mark in page.marks)
    assert styles.total() >= 2_000
    assert set(styles) == set(Style)
    assert min(styles.values()) >= 100
    assert {page.layout for page in drawn.pages if page.marks} == {page.layout for page in drawn.pages}
    assert sum(not page.marks for page in drawn.pages) >= 40


def test_the_set_is_the_same_each_time() -> None:
    assert born_digital_set(10) == born_digital_set(10)
    scanned = [scanned_set(born_digital_set(3), "L2") for _ in range(2)]
    assert scanned[0].pages == scanned[1].pages


def test_a_turned_scan_keeps_its_marks_under_their_boxes(drawn: LabelledFile) -> None:
    flat, turned = (scanned_set(drawn, level, [3]).pages[0].marks for level in ("L0", "L2"))
    for before, after in zip(flat, turned, strict=True):
        small, around = after.boxes
        assert overlap_of(small, around) > 0.3
        assert abs(small.x1 - small.x0 - (before.boxes[0].x1 - before.boxes[0].x0)) < 0.01


# The scores ------------------------------------------------------------------------------------------------


def test_one_found_box_serves_one_mark_and_the_better_one() -> None:
    truth = [_true(Box(0, 0, 100, 10)), _true(Box(0, 2, 100, 12))]
    found = [_found(Box(0, 2, 100, 12))]
    assert list(matched_pairs(truth, found)) == [(1, 0)]
    scores = score_pages([(truth, found)])
    assert (scores.all.recall, scores.all.precision) == (0.5, 1.0)


def test_a_code_is_right_only_when_all_of_it_is() -> None:
    truth = [_true(Box(0, 0, 100, 10), "b6", "b7c")]
    assert score_pages([(truth, [_found(Box(0, 0, 100, 10), "b7c", "b6")])]).all.code_right == 1.0
    for codes in (("b6",), ("b6", "b7c", "b7e"), ()):
        assert score_pages([(truth, [_found(Box(0, 0, 100, 10), *codes)])]).all.code_right == 0.0


def test_a_box_over_half_the_page_finds_no_code() -> None:
    truth = [TrueMark(Style.CODE, (Box(40, 40, 60, 50),), ("b6",), Box(40, 40, 60, 50))]
    assert score_pages([(truth, [_found(Box(0, 0, 300, 300), "b6")])]).all.matched == 0
    assert score_pages([(truth, [_found(Box(0, 38, 120, 52), "b6")])]).all.matched == 1


def test_what_is_found_where_nothing_is_lowers_precision() -> None:
    scores = score_pages([([], [_found(Box(0, 0, 9, 9))]), ([_true(Box(0, 0, 9, 9))], [])])
    assert (scores.all.recall, scores.all.precision) == (0.0, 0.0)
    assert scores.false == {"black": 1}


# What is found ---------------------------------------------------------------------------------------------


def test_on_born_digital_pages_99_of_100_are_found_and_99_of_100_are_there(born_digital: Scores) -> None:
    assert born_digital.all.recall >= 0.99, born_digital.table()
    assert born_digital.all.precision >= 0.99, born_digital.table()
    assert born_digital.all.code_right >= 0.98, born_digital.table()


@pytest.mark.parametrize("style", Style)
def test_no_style_on_born_digital_pages_is_left_out(style: Style, born_digital: Scores) -> None:
    assert born_digital.by_style[style].recall >= 0.95, born_digital.table()


def test_on_scans_93_of_100_are_found_and_97_of_what_is_found_is_there(scanned: dict[str, Scores]) -> None:
    counts = [scores.all for scores in scanned.values()]
    matched = sum(count.matched for count in counts)
    assert matched / sum(count.true for count in counts) >= 0.93, _tables(scanned)
    assert matched / sum(count.found for count in counts) >= 0.97, _tables(scanned)


def test_nine_of_ten_codes_are_right_on_scans_that_offices_make(scanned: dict[str, Scores]) -> None:
    counts = [scanned[level].all for level in ("L0", "L1")]
    right = sum(count.read_right for count in counts) / sum(count.labelled for count in counts)
    assert right >= 0.9, _tables(scanned)


def test_bad_scans_keep_most_of_their_boxes_and_codes(scanned: dict[str, Scores]) -> None:
    bad = scanned["L2"]
    assert bad.all.recall >= 0.85, _tables(scanned)
    assert bad.all.code_right >= 0.75, _tables(scanned)
    assert bad.by_style[Style.BLACK].recall >= 0.95, _tables(scanned)


def _tables(scanned: dict[str, Scores]) -> str:
    return "\n".join(f"{level}\n{scores.table()}" for level, scores in scanned.items())


def _true(box: Box, *codes: str) -> TrueMark:
    return TrueMark(Style.BLACK_CODE, (box,), codes)


def _found(box: Box, *codes: str) -> FoundRedaction:
    return FoundRedaction(box, RedactionLook.BLACK, FoundBy.SHAPES, codes)
