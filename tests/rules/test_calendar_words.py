"""Dates in plain words, for letters and calendars."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.rules.calendar_words import advice_note, amount_in_words, sentence, subject_of
from archive.rules.law_values import CheckedHow, LimitKind, Unit
from archive.rules.laws import get_law


def test_amounts_are_in_the_field_s_words() -> None:
    assert amount_in_words(20, Unit.WORKDAYS) == "20 workdays"
    assert amount_in_words(1, Unit.MONTHS) == "1 month"


@pytest.mark.parametrize(
    ("text", "said"), [("", ""), ("  ", ""), ("it is", "It is."), ("Is it?", "Is it?"), ("Done.", "Done.")]
)
def test_a_sentence_has_a_capital_and_an_end(text: str, said: str) -> None:
    assert sentence(text) == said


def test_a_request_is_called_by_its_agency_and_its_title() -> None:
    assert subject_of("ICE", "Memos") == "ICE, Memos"
    assert subject_of("", " Memos ") == "Memos"


def test_a_note_says_compared_only_when_every_row_was() -> None:
    law = replace(get_law("us"), checked_how=CheckedHow.REMEMBERED)
    answer = law.limit(LimitKind.ANSWER)
    assert answer is not None
    quoted, bare = replace(answer, quote="twenty days"), replace(answer, quote="")
    remembered = "not compared with the words of the law"
    assert remembered not in advice_note(law, [quoted])
    assert remembered in advice_note(law, [quoted, bare])
    assert remembered in advice_note(law)
    compared = replace(law, checked_how=CheckedHow.COMPARED, limits=(bare,))
    assert remembered not in advice_note(compared, [bare])
    of_an_agency = replace(bare, statute="43 CFR 2.59")
    assert remembered in advice_note(compared, [of_an_agency])
