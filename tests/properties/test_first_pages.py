"""Whatever a page says, reading its head and its stamps ends soon and finds only what is there."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.rules.bates import read_bates_numbers
from ingest.memo_fields import propose_fields
from ingest.page import ProposedFieldName
from ingest.stamps import repeated_lines, without_stamps
from ingest.trust import PageFeatures, judge_text_layer
from tests.ingest.typed_pages import type_page

SNIPPETS = """
FROM: TO: SUBJECT: RE: DATE: Sent Dear MEMORANDUM FOR (b)(6), (b)(7)(C) b6 June 2, 2010 Friday, RESOLUTION NO.
2010-1 v. Plaintiff, Defendant. COURT Form I-213 (Rev. 08/01/07) ICE-000123 Page 3 of 15 : | } - Case request
under FOIA a@b.gov \u2588\u2588 \u00e9t\u00e9
"""
PIECES = st.sampled_from(SNIPPETS.split())
LINES = st.lists(PIECES | st.text(max_size=12), max_size=9).map(" ".join)
PAGES = st.lists(LINES, max_size=25).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_a_proposal_is_never_empty_never_long_and_its_date_is_a_date(typed: str) -> None:
    text, words = type_page(typed)
    names = []
    for field in propose_fields(text, words):
        names.append(field.name)
        assert field.value.strip()
        assert field.box is not None
        if field.name is ProposedFieldName.DATE:
            date.fromisoformat(field.value)
        if field.name is ProposedFieldName.TITLE:
            assert len(field.value) <= 200
    assert len(names) == len(set(names))


@settings(max_examples=100, deadline=None)
@given(st.lists(PAGES, max_size=5))
def test_a_bates_number_stands_on_its_page(texts: list[str]) -> None:
    pages = list(enumerate(texts, 1))
    for page_number, stamp in read_bates_numbers(pages).items():
        digits = stamp[-1]
        assert digits.isdigit()
        assert digits in texts[page_number - 1]


@settings(max_examples=100, deadline=None)
@given(st.lists(PAGES, max_size=5))
def test_taking_stamps_off_only_takes_lines_away(texts: list[str]) -> None:
    repeated = repeated_lines(texts)
    for text in texts:
        kept = without_stamps(text, repeated).split("\n")
        assert all(line in text for line in kept)


HOSTILE = [
    "SUBJECT: " + "(b)(6) " * 40 + "x",
    "SUBJECT: " + "b1 " * 100 + "!",
    "SUBJECT: " + "[b1" * 5_000,
    "a@" * 50_000 + ">",
    "^a" * 50_000,
    "aA" * 10 + "b" * 100_000,
    "ICE" + "-" * 100_000 + "1",
    "\n".join("To: " + "x " * 50 for _ in range(3_000)),
    " v. ".join("A" * 30 for _ in range(3_000)),
    "usca case " * 20_000,
    "Dear " + "your " * 20_000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_done_with_in_a_moment(typed: str) -> None:
    text, words = type_page(typed)
    started = time.process_time()
    propose_fields(text, words)
    judge_text_layer(PageFeatures(text=text, own_characters=len(text)))
    without_stamps(text, repeated_lines([text] * 3))
    read_bates_numbers([(1, text), (2, text)])
    assert time.process_time() - started < 2.0
