"""What can stand where somebody is typing: names of fields, and values of what they may find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Document, Production
from archive.ports import SearchEngine
from archive.rules.access import READER, Viewer
from archive.rules.addresses import slug_of
from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption
from archive.rules.query import All, Query
from archive.search.query_fields import FIELDS
from archive.services.search import search_pages
from archive.services.visible import searched_documents

MOST = 8
_FACET_OF = {
    "agency": "agency",
    "ex": "exemption",
    "kind": "kind",
    "place": "place",
    "production": "production",
    "year": "year",
}
_FIXED = {
    "lang": (("en", "English"), ("es", "Spanish")),
    "source": (("ocr", "read by OCR"), ("text_layer", "taken from the file")),
}
_SLUGS = frozenset({"kind", "production"})  # whose values are written as slugs; others as words
_BEGINS = r"(?:^|(?<=[\s(\-]))"
_VALUE = re.compile(_BEGINS + r'([A-Za-z]{1,12}):("[^"]*|[^\s"()]*)$')
_FIELD = re.compile(_BEGINS + r"([A-Za-z]{1,12})$")
_PLAIN = re.compile(r"[\w.\-]+")


@dataclass(frozen=True, slots=True)
class Completion:
    """``insert`` goes in place of what is typed; ``pages`` is None where nothing is counted."""

    insert: str
    label: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Completions:
    """What can replace ``text[start:at]``."""

    start: int
    items: tuple[Completion, ...]


def complete(
    session: Session, engine: SearchEngine, text: str, at: int, viewer: Viewer = READER
) -> Completions:
    """Completions at the cursor, before the character ``at``; none inside a phrase.

    Raises ``IndexUnavailable``.
    """
    before = text[:at]
    if (value := _VALUE.search(before)) and value[1].lower() in FIELDS:
        field, typed = value[1].lower(), value[2].lstrip('"').casefold()
        named = (one for one in _values(session, engine, field, viewer) if _begins(typed, one))
        return Completions(value.start(), tuple(named)[:MOST])
    inside_phrase = before.count('"') % 2 == 1
    name = None if inside_phrase else _FIELD.search(before)
    if name is None:
        return Completions(at, ())
    typed = name[1].lower()
    fields = (Completion(f"{name}:", field.says) for name, field in FIELDS.items() if name.startswith(typed))
    return Completions(name.start(), tuple(fields)[:MOST])


def _begins(typed: str, completion: Completion) -> bool:
    """Whether the value, or a word of what people call it, begins as typed."""
    value = completion.insert.partition(":")[2].lstrip('"').casefold()
    words = re.split(r"[\s(,]+", completion.label.casefold())
    said = re.sub(r"\W", "", typed)
    return value.startswith(typed) or (
        bool(said)
        and any(word.startswith(typed) or re.sub(r"\W", "", word).startswith(said) for word in words)
    )


def _values(session: Session, engine: SearchEngine, field: str, viewer: Viewer) -> Iterator[Completion]:
    """The values of a field that the documents have that ``viewer`` may find, the most pages first."""
    if field in _FIXED:
        yield from (Completion(f"{field}:{value}", words) for value, words in _FIXED[field])
    elif field == "request":
        yield from _requests(session, viewer)
    elif facet_name := _FACET_OF.get(field):
        query = Query("", All(), facets=(facet_name,))
        for facet in search_pages(session, engine, query, limit=0, viewer=viewer).facets:
            for one in facet.values:
                yield Completion(*_written(field, one.value, one.label), one.pages)


def _written(field: str, value: str, label: str) -> tuple[str, str]:
    """How a value is written in a query, and what it is called."""
    if field == "ex":
        words = EXEMPTION_WORDS.get(value, "")
        shown = f"{format_exemption(value)} {words}".strip()
        return f"ex:{value[:2]}{value[2:].upper()}", shown
    written = value if field in _SLUGS or field == "year" else label
    quoted = written if _PLAIN.fullmatch(written) else '"' + written.replace('"', " ") + '"'
    return f"{field}:{quoted}", label


def _requests(session: Session, viewer: Viewer) -> Iterator[Completion]:
    columns = Document.production_id, Document.page_count
    seen = searched_documents(viewer).with_only_columns(*columns).subquery()
    rows = session.execute(
        select(Production.tracking_number, func.coalesce(func.sum(seen.c.page_count), 0))
        .join(seen, seen.c.production_id == Production.id)
        .where(Production.tracking_number.is_not(None))
        .group_by(Production.tracking_number)
        .order_by(func.sum(seen.c.page_count).desc(), Production.tracking_number)
    )
    for number, pages in rows:
        yield Completion(f"request:{slug_of(number)}", number, pages)
