"""The fields that describe a document: their names on a form, and what may stand in them.

A value is text as a form sends it; empty means that the field has no value. ``clean_value`` brings what
people write into the one form that is kept and compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from archive.errors import ArchiveError
from archive.rules.languages import find_language
from archive.rules.statuses import KIND_WORDS, DocumentKind


class DescriptionField(StrEnum):
    """A field of the form, in its order."""

    TITLE = "title"
    KIND = "kind"
    DATED_ON = "dated_on"
    SENDER = "sender"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    AGENCY = "agency"
    PLACE = "place"
    PRODUCTION = "production"
    RECEIVED_ON = "received_on"
    VOTE = "vote"
    LANGUAGE = "language"


FIELD_LABELS: dict[DescriptionField, str] = {
    DescriptionField.TITLE: "Title",
    DescriptionField.KIND: "Kind",
    DescriptionField.DATED_ON: "Date",
    DescriptionField.SENDER: "From",
    DescriptionField.RECIPIENT: "To",
    DescriptionField.SUBJECT: "Subject",
    DescriptionField.AGENCY: "Agency",
    DescriptionField.PLACE: "Place",
    DescriptionField.PRODUCTION: "Production",
    DescriptionField.RECEIVED_ON: "Received from the agency",
    DescriptionField.VOTE: "Vote",
    DescriptionField.LANGUAGE: "Language",
}
FIELD_HINTS: dict[DescriptionField, str] = {
    DescriptionField.DATED_ON: "As it stands on the document: 2010-08-17.",
    DescriptionField.AGENCY: "Whose record it is. An abbreviation goes into brackets.",
    DescriptionField.PLACE: "A town, county, city or state that it is about.",
    DescriptionField.PRODUCTION: "The release that it came with, by its short name.",
    DescriptionField.RECEIVED_ON: "The day on which the agency handed it over.",
    DescriptionField.VOTE: "As recorded: 5-0.",
    DescriptionField.LANGUAGE: "Only when it is not English: es, fr, vi.",
}
DATES = frozenset({DescriptionField.DATED_ON, DescriptionField.RECEIVED_ON})
LONGEST = dict.fromkeys(DescriptionField, 1000) | {
    DescriptionField.AGENCY: 300,
    DescriptionField.PLACE: 300,
    DescriptionField.PRODUCTION: 500,
    DescriptionField.VOTE: 100,
    DescriptionField.LANGUAGE: 35,
}
_EARLIEST_YEAR = 1700
_STATE = re.compile(r"(.+?),\s*([A-Za-z]{2})")


class BadFieldValue(ArchiveError):
    """What was written into one field cannot be kept."""

    code = "bad_field_value"
    sentence = "A field cannot be kept as it is."
    help = "Correct it and save again."
    status = 400


def squeeze(text: str) -> str:
    """One line, without spaces around it."""
    return " ".join(text.split())


def clean_value(field: DescriptionField, text: str, *, today: date) -> str:
    """``text`` as it is kept. Raises ``BadFieldValue`` with a sentence to stand beside the field."""
    value = squeeze(text)
    if len(value) > LONGEST[field]:
        raise BadFieldValue(f"This is too long: {LONGEST[field]:,} characters at most.")
    if any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDFFF for character in value):
        raise BadFieldValue("This holds a character that cannot be kept.")
    if field == DescriptionField.TITLE and not value:
        raise BadFieldValue("A document needs a title.")
    if not value:
        return ""
    if field in DATES:
        return _date(value, today)
    if field == DescriptionField.KIND:
        return _kind(value)
    if field == DescriptionField.PLACE:
        return _place(value)
    if field == DescriptionField.LANGUAGE:
        return _language(value)
    return value


def kind_of(words: str) -> DocumentKind | None:
    """The kind that is called this; None for no words."""
    return next((kind for kind, said in KIND_WORDS.items() if said == words), None)


def hash_of_values(values: Mapping[DescriptionField, str]) -> str:
    """What a form was based on: it differs as soon as a field does."""
    said = "\x1f".join(f"{field}={squeeze(values.get(field, ''))}" for field in DescriptionField)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _date(value: str, today: date) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise BadFieldValue(f"“{value[:40]}” is not a date. Write it as 2010-08-17.") from None
    if day.year < _EARLIEST_YEAR or day > today:
        raise BadFieldValue("This date cannot be right: it is in the future, or too long ago.")
    return day.isoformat()


def _kind(value: str) -> str:
    for kind, words in KIND_WORDS.items():
        if value.casefold() in (kind.value, words):
            return words
    raise BadFieldValue(f"There is no kind “{value[:40]}”. Kinds: {', '.join(KIND_WORDS.values())}.")


def _place(value: str) -> str:
    with_state = _STATE.fullmatch(value)
    return f"{with_state[1].strip()}, {with_state[2].upper()}" if with_state else value


def _language(value: str) -> str:
    found = find_language(value)
    if found is None:
        raise BadFieldValue(f"“{value}” is not the code of a language. Write es, fr, vi, or zh-Hant.")
    return found
