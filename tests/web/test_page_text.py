"""The text beside the picture."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from archive.web.page_text import mark_paragraphs, mark_spans, reflow

MEMO = (
    "MEMORANDUM FOR: Field Office Directors\n"
    "FROM: The Director\n"
    "\n"
    "This memorandum says that a jurisdiction may not choose whether it is\n"
    "part of the programme, and that its sheriff is to be told so in plain\n"
    "words.\n"
    "\n"
    "Done."
)


def test_lines_that_ended_at_the_margin_flow_and_short_ones_stay() -> None:
    paragraphs = mark_paragraphs(MEMO, [])
    assert paragraphs[0] == "MEMORANDUM FOR: Field Office Directors\nFROM: The Director"
    assert (
        "whether it is part of the programme, and that its sheriff is to be told so in plain words."
        in paragraphs[1]
    )
    assert paragraphs[2] == "Done."


def test_rows_of_figures_stay_rows() -> None:
    rows = "Harris, TX 9/23/2010 2,905 274 7 5 8 11 31\nDallas, TX 4/16/2010 15,973 780 31 27 47 23 128"
    assert mark_paragraphs(rows, []) == (rows,)


def test_a_hit_over_a_line_end_is_one_mark() -> None:
    start = MEMO.index("whether it")
    marked = mark_paragraphs(MEMO, [(start, start + len("whether it is\npart"))])
    assert "<mark>whether it is part</mark>" in marked[1]
    assert "<mark>" not in marked[0] + marked[2]


def test_text_of_a_page_is_never_markup() -> None:
    assert mark_spans("<b>&", [(0, 3)]) == Markup("<mark>&lt;b&gt;</mark>&amp;")


@given(
    st.text(alphabet="ab <&\n", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5),
)
def test_marking_loses_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    spans = [(start, min(end, len(text))) for start, end in spans if start < len(text)]
    marked = mark_spans(text, spans)
    assert Markup(re.sub("</?mark>", "", marked)).unescape() == text
    covered = {index for start, end in spans for index in range(start, end)}
    assert sum(
        len(Markup(part).unescape()) for part in re.findall("<mark>(.*?)</mark>", marked, re.S)
    ) == len(covered)


@given(st.text(alphabet="ab .1)\n", max_size=200))
def test_reflowing_moves_no_character(text: str) -> None:
    assert len(reflow(text)) == len(text)
    assert reflow(text).split() == text.split()
