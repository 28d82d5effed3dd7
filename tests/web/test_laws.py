"""The laws on the site: all of them, and one of them row by row, for anybody."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from archive.rules.addresses import law_path, laws_path
from archive.rules.law_values import CheckedHow, Law
from archive.rules.law_words import HOW_CHECKED_WORDS, NOT_ADVICE
from archive.rules.laws import agency_rules, all_laws


def words_of(text: str) -> str:
    """A page without its tags, each space one space."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_all_laws_are_listed_for_a_reader(client: FlaskClient) -> None:
    answer = client.get(laws_path())
    assert answer.status_code == 200
    for law in all_laws():
        assert f'href="{law_path(law.id)}"' in answer.text
        assert html.escape(law.place) in answer.text
    assert "Not legal advice" in answer.text


def test_where_a_law_sets_no_number_of_days_the_list_says_so(client: FlaskClient) -> None:
    row = next(part for part in client.get(laws_path()).text.split("<tr") if law_path("us-fl") in part)
    assert "No fixed limit" in row
    assert "At any reasonable time" in row


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_a_law_shows_every_row_with_its_statute_and_its_words(client: FlaskClient, law: Law) -> None:
    answer = client.get(law_path(law.id))
    said = words_of(answer.text)
    assert answer.status_code == 200
    for limit in [*law.limits, *(limit for rule in agency_rules(law.id) for limit in rule.limits)]:
        for text in (limit.statute, limit.quote, limit.note, limit.rolls_statute):
            assert text in said
    for text in (law.cite, law.missed, law.fee_consequence, law.fee_waiver, NOT_ADVICE, *law.notes):
        assert text in said
    assert html.escape(law.source) in answer.text


def test_what_was_not_compared_is_said_to_come_from_memory(client: FlaskClient) -> None:
    page = words_of(client.get(law_path("us-ny")).text).lower()
    assert HOW_CHECKED_WORDS[CheckedHow.REMEMBERED] in page
    compared = words_of(client.get(law_path("us-ca")).text).lower()
    assert HOW_CHECKED_WORDS[CheckedHow.REMEMBERED] not in compared


def test_the_days_that_are_not_counted_are_those_of_this_year(client: FlaskClient) -> None:
    assert "Patriots&#39; Day" in client.get(law_path("us-ma")).text
    assert "Holidays of" not in client.get(law_path("us-fl")).text  # nothing is counted


def test_the_rules_of_agencies_stand_with_their_law(client: FlaskClient) -> None:
    said = words_of(client.get(law_path("us")).text)
    assert "90 workdays" in said
    assert "no later than 90 workdays from the date of the final response" in said


def test_a_law_that_is_not_here_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/laws/us-xx")
    assert answer.status_code == 404
    assert "There is no public-records law with this name here." in answer.text


def test_a_date_can_be_worked_out_from_a_law(client: FlaskClient) -> None:
    assert 'href="/deadlines?law=us-ca"' in client.get(law_path("us-ca")).text
