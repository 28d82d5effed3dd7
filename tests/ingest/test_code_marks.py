"""Codes that stand in place of words, with no box: which they are, and which are only spoken of."""

from __future__ import annotations

import pytest

from ingest.code_marks import find_code_marks
from ingest.page import Box, Word
from ingest.redaction_found import FoundBy, FoundRedaction, RedactionLook

LETTER_PT, HEIGHT_PT = 5.0, 10.0


def page(*lines: str, x0: float = 80.0) -> tuple[str, list[Word]]:
    """Lines of words from the top of a page; '|' begins a new cell 40 points further on."""
    text, words = "", []
    for number, line in enumerate(lines):
        x, top = x0, 100.0 + 14 * number
        for part in line.split():
            if part == "|":
                x += 40
                continue
            start = len(text)
            text += part + " "
            box = Box(x, top, x + LETTER_PT * len(part), top + HEIGHT_PT)
            words.append(Word(part, start, start + len(part), (box,)))
            x = box.x1 + 2.5
        text = text.rstrip() + "\n"
    return text.rstrip(), words


def marks_on(*lines: str, taken: tuple[FoundRedaction, ...] = (), x0: float = 80.0) -> list[FoundRedaction]:
    text, words = page(*lines, x0=x0)
    return list(find_code_marks(text, words, taken, is_ocr=False))


def box(x0: float, top: float, x1: float, bottom: float, *codes: str) -> FoundRedaction:
    return FoundRedaction(Box(x0, top, x1, bottom), RedactionLook.FRAMED, FoundBy.SHAPES, codes)


def test_each_cell_of_a_table_is_one() -> None:
    found = marks_on("MEXICO | (b)(6)(b)(7)(c) | (b)(7)(e) | 9/21/2012", "PERU | (b)(6)(b)(7)(c) | (b)(7)(e)")
    assert [mark.codes for mark in found] == [("b6", "b7c"), ("b7e",)] * 2
    assert {(mark.look, mark.found_by) for mark in found} == {(RedactionLook.CODE, FoundBy.TEXT)}
    assert found[0].box == Box(152.5, 100.0, 227.5, 110.0)
    assert found[0].code_text == "(b)(6)(b)(7)(c)"


def test_a_code_where_a_name_stood() -> None:
    (found,) = marks_on("To: (b)(6)", "Subject: agreements with counties")
    assert (found.codes, found.box.x0) == (("b6",), 97.5)


def test_a_label_that_goes_on_in_the_next_line_of_its_cell_is_one() -> None:
    (found,) = marks_on("(b)(6),", "(b)(7)(C)")
    assert found.codes == ("b6", "b7c")
    assert (found.box.top, found.box.bottom) == (100.0, 124.0)


def test_a_code_that_is_set_close_to_a_word_has_its_own_part_of_the_box() -> None:
    (found,) = marks_on("Officer:(b)(6) signed it")
    assert found.box == Box(120.0, 100.0, 150.0, 110.0)


@pytest.mark.parametrize(
    "lines",
    [
        ("We withheld names under Exemption (b)(6) of the Act.",),
        ("For those in the field (b)(6) and (b)(7)(C) come first.",),
        ("In each of them (b)(7)(C) was claimed by the office.",),
        ("The motion under Rule 12(b)(6) was denied.",),
        ("RELEASE IN PART B5,B6", "The county was told of it."),
        ("RELEASE IN PART", "(b)(5), (b)(6)", "The county was told of it."),
        ("Classified by DAS on 05/22/2015", "Reason: 1.4(D) Declassify on: 11/18/2032"),
    ],
)
def test_codes_that_withhold_nothing_where_they_stand(lines: tuple[str, ...]) -> None:
    assert marks_on(*lines) == []


def test_a_page_that_explains_exemptions_has_no_marks_in_its_sentences() -> None:
    assert (
        marks_on(
            "Portions are withheld under exemptions (b)(5), and under (b)(6) as well.",
            "Exemption (b)(5) protects drafts. Exemption (b)(6) protects privacy, and",
            "pursuant to (b)(7)(C) names of officers; see also (b)(3) in the list.",
        )
        == []
    )


def test_the_code_of_a_box_is_taken() -> None:
    assert marks_on("(b)(6)", taken=(box(70, 98, 200, 112, "b6"),)) == []
    assert marks_on("(b)(6)", taken=(box(115, 98, 300, 112, "b6"),)) == []
    assert marks_on("(b)(6)", x0=560.0, taken=(box(80, 96, 540, 116, "b6"),)) == []
    assert len(marks_on("(b)(6)", taken=(box(80, 400, 540, 416, "b6"),))) == 1


def test_a_bare_code_in_the_margin_counts_on_a_page_that_was_released_in_part() -> None:
    lines = ("The sheriff of the county was told of it | | B6", "and so was the board of the county")
    assert [mark.codes for mark in marks_on("RELEASE IN PART B6", "", *lines)] == [("b6",)]
    assert marks_on("", "", *lines) == []


def test_bare_codes_in_gaps_count_on_scans_when_there_are_several() -> None:
    lines = [
        "the board of the county | B5 | was told of it",
        "and | B7(C) | was with them on that day",
        "as the office had said | B6 | to all of them",
    ]
    text, words = page(*lines)
    assert [mark.codes for mark in find_code_marks(text, words, (), is_ocr=True)] == [
        ("b5",),
        ("b7c",),
        ("b6",),
    ]
    assert find_code_marks(text, words, (), is_ocr=False) == ()
    text, words = page(*lines[:2])
    assert find_code_marks(text, words, (), is_ocr=True) == ()


def test_what_ocr_makes_of_one_code_in_a_list_does_not_part_the_list() -> None:
    text, words = page("as the office said (b)(6), (6)(7)(C), (b)(7)(E) to all of them")
    (found,) = find_code_marks(text, words, (), is_ocr=True)
    assert {"b6", "b7e"} <= set(found.codes)


def test_pages_without_codes_have_none() -> None:
    assert marks_on("Counties may not opt out.", "") == []
    assert find_code_marks("", (), (), is_ocr=False) == ()
