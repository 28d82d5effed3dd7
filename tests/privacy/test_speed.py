"""Looking through a page takes milliseconds, and no text makes it hang. Counted in time of the processor."""

from __future__ import annotations

import time
from random import Random

import pytest

from archive.rules.privacy import TOO_MANY, find_private
from tests.privacy.labelled import labelled_lines

MEGABYTE = 1_000_000
HOSTILE = {
    "digits": "1",
    "digits_and_spaces": "1 ",
    "alien_beginnings": "A 1 ",
    "alien_hyphens": "A-1-2-3-4-5-6-",
    "alien_numbers": "A 123 456 789\n",
    "social_numbers": "123-45-6789 ",
    "spaced_social_numbers": "123 45 6789 ",
    "at_signs": "@",
    "mail_dots": "a.",
    "mail": "a@a.",
    "capitals": "Aa ",
    "streets": "12 Aa Bb Cc ",
    "street_numbers": "12 ",
    "names_of_children": "minor Juan Perez ",
    "names": "Juan Perez ",
    "dates": "1/1/1999 ",
    "born": "born ",
    "phones": "415-555-0142 ",
    "brackets": "(415) ",
    "accounts": "account no. 1234567 ",
    "bank": "AB12 ABCD ",
    "cards": "4111 1111 1111 1111 ",
    "passports": "passport no. ",
    "line_ends": "\n",
    "office": "department of ",
    "misread": "lOlO",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_megabyte_of_anything_is_looked_through_in_a_second(name: str) -> None:
    piece = HOSTILE[name]
    text = piece * (MEGABYTE // len(piece))
    took = _seconds(text)
    assert took < 1.0


def test_what_is_not_looked_at_one_by_one_is_found_as_a_whole() -> None:
    text = "SSN 123-45-6789 / " * 5_000
    spans = find_private(text)
    assert spans[-1].reason == TOO_MANY
    assert spans[-1].end == len(text)
    assert len(spans) > 1_000


def test_an_ordinary_page_takes_less_than_three_milliseconds() -> None:
    lines = [line.text for line in labelled_lines(2)]
    prose = "The county asked in writing whether it may leave the program, and was told that it may. " * 4
    draw = Random(2)
    pages = ["\n".join([prose, *draw.sample(lines, 8), prose]) for _ in range(60)]
    began = time.process_time()
    for page in pages:
        find_private(page)
    assert (time.process_time() - began) / len(pages) < 0.003


def _seconds(text: str) -> float:
    began = time.process_time()
    find_private(text)
    return time.process_time() - began
