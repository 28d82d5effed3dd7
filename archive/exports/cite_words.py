"""The words that the citation styles share: names, dates, pages, and how a record came to be public."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date

from archive.rules.cited_source import CitedSource
from archive.rules.languages import language_name
from archive.rules.statuses import KIND_WORDS, DocumentKind

# Abbreviated as American law reviews do; newspapers spell out March to July.
LAW_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
NEWS_MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_OPENING = re.compile(r'(?<![^\s(\[\u2014-])"(?=\S)')  # a straight quotation mark that begins something
RANGE = "\u2013"  # between the first and the last page
_KEPT_FORMATS = "\u200c\u200d"  # joiners: some scripts are misspelled without
_BIDI_MARKS = "\u200e\u200f"


def cleaned(source: CitedSource) -> CitedSource:
    """The source with every text on one line, without what is not seen: a title cannot begin a new line in a
    reference file, nor turn the direction of what follows."""
    changed = {
        field.name: one_line(value)
        for field in fields(source)
        if type(value := getattr(source, field.name)) is str and value
    }
    return replace(source, **changed)  # type: ignore[arg-type]  # texts for texts


def one_line(text: str) -> str:
    """``text`` on one line, without what is not seen and what no file format takes (control characters)."""
    if text.isprintable():  # most are, and lists have thousands
        return " ".join(text.split())
    kept = (
        letter if not unicodedata.category(letter).startswith("C") or letter in _KEPT_FORMATS else " "
        for letter in text
        if letter not in _BIDI_MARKS
    )
    return " ".join("".join(kept).split())


def senders(source: CitedSource) -> tuple[str, ...]:
    """Who wrote or signed it, each by the name that stands there."""
    return tuple(name for part in source.sender.split(";") if (name := part.strip()))


def kept_by(source: CitedSource) -> str:
    """Whose record it is, where somebody else is named as its writer: an agency keeps letters from anybody,
    so nobody is said to belong to it. Empty when the agency itself wrote, or is not known."""
    names = senders(source)
    return source.agency if names and not any(source.agency in name for name in names) else ""


def inner_quotes(text: str) -> str:
    """``text`` as it stands between quotation marks: those within are single ones."""
    opened = _OPENING.sub("\u2018", text.replace("\u201c", "\u2018"))
    return opened.replace("\u201d", "\u2019").replace('"', "\u2019")


def law_date(day: date) -> str:
    """``Aug. 17, 2010``."""
    return f"{LAW_MONTHS[day.month - 1]} {day.day}, {day.year}"


def news_date(day: date) -> str:
    """``Aug. 17, 2010``, ``March 3, 2010``."""
    return f"{NEWS_MONTHS[day.month - 1]} {day.day}, {day.year}"


def language_words(source: CitedSource) -> str:
    """The language by its English name; its code when we have none."""
    return language_name(source.language)


def kind_words(source: CitedSource) -> str:
    """What the record is, in lower case: ``memo``; ``record`` when nobody has said."""
    if source.kind is None or source.kind == DocumentKind.OTHER:
        return "record"
    return KIND_WORDS[source.kind]


def pages(source: CitedSource) -> str:
    """``2`` or ``2-3``: places in the file."""
    if source.last_page_number and source.last_page_number != source.page_number:
        return f"{source.page_number}{RANGE}{source.last_page_number}"
    return str(source.page_number)


def bates_pages(source: CitedSource) -> str:
    """``ICE-000123`` or ``ICE-000123 to ICE-000124``; empty without Bates numbers."""
    if source.last_bates and source.last_bates != source.bates:
        return f"{source.bates} to {source.last_bates}" if source.bates else source.last_bates
    return source.bates


def place_words(source: CitedSource) -> str:
    """``page 2`` or ``pages 2-3``."""
    return f"{'pages' if RANGE in pages(source) else 'page'} {pages(source)}"


def page_words(source: CitedSource) -> str:
    """``page 2`` or ``pages 2-3``, with the Bates number when there is one."""
    said = place_words(source)
    return f"{said}, Bates {bates_pages(source)}" if bates_pages(source) else said


def freed_by(source: CitedSource) -> str:
    """How it came to be public, as far as is known: by a request with this number, else in a production.
    Empty when nobody has recorded that."""
    if source.tracking_number:
        return f"released in answer to public-records request {source.tracking_number}"
    return f"released in \u201c{source.production}\u201d" if source.production else ""


def better_copy(source: CitedSource) -> str:
    """A sentence on the better copy; empty when there is none."""
    return f"A better copy of this record: {source.superseded_by}" if source.superseded_by else ""


def web_address(address: str) -> str:
    """The address, if it is one of the web; nothing else is ever made a link."""
    return address if address.startswith(("https://", "http://")) else ""
