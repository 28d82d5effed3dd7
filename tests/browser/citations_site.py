"""A site with a citation in every state that opening one can find."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import waitress
from sqlalchemy.orm import Session

from archive.app import create_app
from archive.models import Document, Page
from archive.parts import Parts, open_parts
from archive.rules.access import READER
from archive.rules.statuses import DocumentKind, Visibility
from archive.services.citations import cite_passage
from archive.services.word_boxes import pack_words
from archive.settings import load_settings
from tests.factories import lay_out, make_document

MEMO = (
    "MEMORANDUM FOR: Field Office Directors\n"
    "FROM: The Director\n"
    "\n"
    "Counties may not opt out of the programme. A sheriff who asks is to be\n"
    "told that the sharing of fingerprints is mandatory from 2013.\n"
    "\n"
    "The field office keeps a list. A sheriff who asks is to be heard."
)


@dataclass(frozen=True, slots=True)
class CitationsSite:
    """Its address, the document to cite from, and citations by what became of them."""

    address: str
    memo: str
    citations: dict[str, str]


@contextmanager
def citations_site(home: Path) -> Iterator[CitationsSite]:
    """A site on a free port of this machine."""
    parts = open_parts(load_settings(home, environ={}))
    with parts.database.transaction() as session:
        memo, citations = _fill(session, parts)
    server = waitress.create_server(create_app(parts.settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield CitationsSite(f"http://127.0.0.1:{server.effective_port}", memo, citations)
    server.close()
    thread.join(timeout=10)
    parts.close()


def _fill(session: Session, parts: Parts) -> tuple[str, dict[str, str]]:
    def add(title: str, *pages: str, source: str = "text_layer") -> Document:
        return make_document(session, parts.storage, title=title, pages=pages, source=source)

    def cite(document: Document, page_number: int, quote: str) -> str:
        return cite_passage(session, document.id, page_number, quote, viewer=READER, at=parts.clock()).id

    memo = make_document(
        session,
        parts.storage,
        title="Memo on opting out",
        pages=(MEMO, "The list goes on and", "ends on this page."),
        kind=DocumentKind.MEMO,
        dated_on=date(2010, 8, 17),
        agency="Immigration and Customs Enforcement (ICE)",
        production="third-interim",
        sender="The Director",
        bates="ICE FOIA 10-2674.",
    )
    scan = add("A scanned letter", "The cornty may not opt out of it at all.", source="ocr")
    draft, signed = add("Memo, draft", MEMO + "\nDraft."), add("Memo, signed", MEMO + "\nSigned.")
    gone, moved, other = add("Gone", "quite secret"), add("Moved", "some words"), add("Other", "some words x")
    citations = {
        "matches": cite(memo, 1, "sharing of fingerprints is mandatory"),
        "over a break": cite(memo, 2, "goes on and ends on this page"),
        "whole page": cite(memo, 1, ""),
        "ocr": cite(scan, 1, "The county may not opt out of it"),
        "superseded": cite(draft, 1, "sharing of fingerprints"),
        "withdrawn": cite(gone, 1, "quite secret"),
        "moved": cite(moved, 1, "some words"),
        "differs": cite(other, 1, "some words"),
    }
    draft.superseded_by_id, draft.superseded_reason = signed.id, "Signed."
    gone.visibility, gone.withdrawn_reason = Visibility.WITHDRAWN, "Names a private person."
    gone.published_at = gone.withdrawn_at = parts.clock()
    session.flush()
    _read_anew(session, moved, "Now a line before\nsome words")
    _read_anew(session, other, "some herbs x")
    return memo.id, citations


def _read_anew(session: Session, document: Document, text: str) -> None:
    page = session.get_one(Page, (document.id, 1))
    page.text, page.word_boxes, page.reader_version = text, pack_words(lay_out(text)), "another"
