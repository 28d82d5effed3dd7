"""What may stand in the fields of a description."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.description_fields import (
    FIELD_LABELS,
    BadFieldValue,
    DescriptionField,
    clean_value,
    hash_of_values,
)
from archive.rules.statuses import KIND_WORDS

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        (DescriptionField.TITLE, "  A \n memo ", "A memo"),
        (DescriptionField.KIND, "EMAIL", "e-mail"),
        (DescriptionField.KIND, "E-mail", "e-mail"),
        (DescriptionField.KIND, "", ""),
        (DescriptionField.DATED_ON, "2010-08-17", "2010-08-17"),
        (DescriptionField.DATED_ON, "20100817", "2010-08-17"),
        (DescriptionField.PLACE, "Arlington County , va", "Arlington County, VA"),
        (DescriptionField.PLACE, "Arlington County", "Arlington County"),
        (DescriptionField.SENDER, "", ""),
        (DescriptionField.VOTE, " 5-0 ", "5-0"),
        (DescriptionField.LANGUAGE, "ES", "es"),
        (DescriptionField.LANGUAGE, "Spanish", "es"),
        (DescriptionField.LANGUAGE, "zh-hant-tw", "zh-Hant-TW"),
        (DescriptionField.LANGUAGE, "English", ""),
        (DescriptionField.LANGUAGE, "en-US", ""),
    ],
)
def test_what_is_written_is_brought_into_one_form(field: DescriptionField, text: str, kept: str) -> None:
    assert clean_value(field, text, today=TODAY) == kept


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (DescriptionField.TITLE, "  ", "needs a title"),
        (DescriptionField.TITLE, "x" * 1001, "1,000 characters"),
        (DescriptionField.AGENCY, "x" * 301, "300 characters"),
        (DescriptionField.KIND, "poem", "no kind “poem”"),
        (DescriptionField.DATED_ON, "17 August", "is not a date"),
        (DescriptionField.DATED_ON, "2010-02-30", "is not a date"),
        (DescriptionField.DATED_ON, "2026-11-03", "future"),
        (DescriptionField.RECEIVED_ON, "0201-01-01", "too long ago"),
        (DescriptionField.VOTE, "x" * 101, "100 characters"),
        (DescriptionField.LANGUAGE, "español moderno", "not the code of a language"),
        (DescriptionField.LANGUAGE, 'es"><b>', "not the code of a language"),
        (DescriptionField.SUBJECT, "a\x00b", "cannot be kept"),
        (DescriptionField.SUBJECT, "a\ud800b", "cannot be kept"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    field: DescriptionField, text: str, said: str
) -> None:
    with pytest.raises(BadFieldValue, match=said) as refused:
        clean_value(field, text, today=TODAY)
    assert refused.value.sentence.endswith(".")


def test_every_kind_may_be_written_as_it_is_shown() -> None:
    assert [clean_value(DescriptionField.KIND, words, today=TODAY) for words in KIND_WORDS.values()] == list(
        KIND_WORDS.values()
    )


def test_a_form_is_based_on_other_values_as_soon_as_one_differs() -> None:
    same = {DescriptionField.TITLE: "A memo"}
    assert hash_of_values(same) == hash_of_values({DescriptionField.TITLE: " A  memo"})
    assert hash_of_values(same) != hash_of_values({DescriptionField.SENDER: "A memo"})
    assert hash_of_values(same) != hash_of_values({DescriptionField.TITLE: "A memo."})


def test_every_field_has_a_label() -> None:
    assert set(FIELD_LABELS) == set(DescriptionField)
