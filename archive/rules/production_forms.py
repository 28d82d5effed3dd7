"""What people fill in about a production, as a value: cleaned, and refused with a sentence where it cannot
be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.rules.bates import split_bates
from archive.rules.production_letter import SaidFigure
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_forms import check_day

MOST_PAGES = 10_000_000  # of one release; more is a slip of the pen
MOST_NUMBERS = 10_000_000
MOST_IN_SERIES = 10_000
FARTHEST_YEARS = 50
_DOCUMENT = re.compile(r"(?:.*/documents/)?([a-z2-7]{12})(?:[/?#].*)?")
_REQUEST = re.compile(r"(?:.*/requests/)?([a-z0-9-]{1,80})(?:[/?#].*)?")


@dataclass(frozen=True, slots=True)
class ProductionForm:
    """How a production is described. ``request`` is a slug, ``cover_letter`` a document's id; either may be
    written as an address. ``title`` is asked for of a new one; empty: made of number and day."""

    request: str = ""
    title: str = ""
    number: int | None = None
    received_on: date | None = None
    tracking_number: str = ""
    cover_letter: str = ""
    bates_first: str = ""
    bates_last: str = ""
    said_pages: int | None = None
    said_in_full: int | None = None
    said_in_part: int | None = None
    said_withheld: int | None = None
    said_referred: int | None = None
    next_due_on: date | None = None
    next_due_says: str = ""
    note: str = ""


def clean_production(form: ProductionForm, today: date) -> ProductionForm:
    """Without spare space, addresses as what they name. Raises ``BadRequestForm``."""
    cleaned = replace(
        form,
        request=_named(_REQUEST, form.request, "request", "This is not the address of a request."),
        cover_letter=_named(
            _DOCUMENT, form.cover_letter, "cover_letter", "This is not the address of a document."
        ),
        title=_line("title", form.title, 500),
        tracking_number=_line("tracking_number", form.tracking_number, 100),
        bates_first=_line("bates_first", form.bates_first, 100),
        bates_last=_line("bates_last", form.bates_last, 100),
        next_due_says=_line("next_due_says", form.next_due_says, 1000),
        note=form.note.replace("\r\n", "\n").strip(),
    )
    if len(cleaned.note) > 4000:
        raise BadRequestForm("This note is too long.", field="note", help="Write 4,000 characters at most.")
    _check_numbers(cleaned)
    _check_range(cleaned)
    _check_days(cleaned, today)
    return cleaned


def _check_numbers(form: ProductionForm) -> None:
    for field in SaidFigure:
        pages: int | None = getattr(form, field)
        if pages is not None and not 0 <= pages <= MOST_PAGES:
            raise BadRequestForm(
                "This number of pages cannot be.", field=field, help="Write it as on the letter: 1,204."
            )
    if form.number is not None and not 1 <= form.number <= MOST_IN_SERIES:
        raise BadRequestForm(
            "This number in the series cannot be.", field="number", help="The first release is number 1."
        )


def _check_range(form: ProductionForm) -> None:
    if not form.bates_first and not form.bates_last:
        return
    first, last = split_bates(form.bates_first), split_bates(form.bates_last)
    if first is None or last is None:
        raise BadRequestForm(
            "A range has a first and a last Bates number.",
            field="bates_last" if first else "bates_first",
            help="Write both, or neither.",
        )
    if not 0 <= last[1] - first[1] < MOST_NUMBERS:
        raise BadRequestForm(
            "The last Bates number comes before the first, or far too long after it.",
            field="bates_last",
            help="Write them as they stand on the letter.",
        )


def _check_days(form: ProductionForm, today: date) -> None:
    if form.received_on is not None:
        check_day(form.received_on, today, field="received_on")
    if form.next_due_on is None:
        return
    if form.received_on is not None and form.next_due_on <= form.received_on:
        raise BadRequestForm(
            "The next release is due before this one came.",
            field="next_due_on",
            help="Write the day of the next one.",
        )
    if form.next_due_on.year > today.year + FARTHEST_YEARS:
        raise BadRequestForm("This year cannot be right.", field="next_due_on", help="Check all four digits.")


def _named(shape: re.Pattern[str], written: str, field: str, sentence: str) -> str:
    written = written.strip()
    if not written:
        return ""
    match = shape.fullmatch(written)
    if match is None:
        raise BadRequestForm(sentence, field=field, help="Open it and copy its address.")
    return match[1]


def _line(field: str, text: str, most: int) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise BadRequestForm("This is too long.", field=field, help=f"Write {most:,} characters at most.")
    return text
