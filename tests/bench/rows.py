"""A document as the rows of an engine that has no idea of documents."""

from __future__ import annotations

from collections.abc import Iterable

from archive.ports import IndexedDocument
from archive.search.description import described_parts

FACTS = ("agency", "kind", "place", "production", "exemption", "year", "day")


def rows_of(document: IndexedDocument) -> Iterable[tuple[str, str, str, tuple[object, ...]]]:
    """(title, the rest of what is said about the document, text, facts) of each page. As in our index the
    first page has what is said about the document. A page has one exemption here: the first."""
    said = described_parts(document)
    about = " ".join(text for name, texts in said.items() if name != "title" for text in texts)
    day = document.dated_on.toordinal() if document.dated_on else None
    year = document.dated_on.year if document.dated_on else None
    for page in document.pages:
        is_first = page is document.pages[0]
        code = page.codes[0] if page.codes else None
        facts = (document.agency, document.kind, document.place, document.production, code, year, day)
        yield (
            document.title if is_first else "",
            about if is_first else "",
            page.text,
            (document.document_id, page.page_number, *facts),
        )
