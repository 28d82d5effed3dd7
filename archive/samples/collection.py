"""A collection of the demo: five passages that tell the story of the samples, for everybody to see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Account, Collection, Document
from archive.rules.access import Viewer
from archive.rules.citation_errors import QuoteNotFound
from archive.rules.citation_states import Audience
from archive.rules.statuses import Role, Visibility
from archive.services.accounts import find_account
from archive.services.citations import cite_passage
from archive.services.collection_items import add_passage, set_audience
from archive.services.collections import add_collection

TITLE = "Was it voluntary?"
INTRODUCTION = (
    "What the program, the counties and the Department said between June and October 2010, in their own "
    "words. All of it is made up for this demo, like the documents."
)
PASSAGES = (
    (
        "memo-is-participation-mandatory-second-release.pdf",
        "We would not advise the program to say that participation is mandatory today.",
        "Withheld in the first release under (b)(5), released in the second.",
    ),
    (
        "memo-opt-out-procedure.pdf",
        "A jurisdiction may choose not to receive the results of the check.",
        "The memo that was given to the public.",
    ),
    (
        "resolution-santa-clara-2010-316.pdf",
        "The County does not wish to take part in Secure Communities",
        "Five to nothing, on 28 September.",
    ),
    (
        "resolution-arlington-2010-09-28.pdf",
        "has called the program voluntary in one letter and has not called it so in another",
        "The same night, on the other coast. The page was read by OCR.",
    ),
    (
        "letter-dhs-to-santa-clara.pdf",
        "Secure Communities is not a program that a county joins and, having joined, may leave.",
        "The answer, eight days later.",
    ),
)


def add_sample_collection(session: Session, keeper_email: str, *, at: datetime) -> Collection | None:
    """Make the collection for this demo account; None when it is there, or the account is not."""
    account = find_account(session, keeper_email)
    if account is None or session.scalar(select(Collection.id).where(Collection.kept_by_id == account.id)):
        return None
    viewer = _viewer(account)
    collection = add_collection(session, TITLE, INTRODUCTION, viewer=viewer, at=at)
    for source_file, quote, note in PASSAGES:
        citation_id = _cite(session, source_file, quote, viewer, at)
        if citation_id:
            add_passage(session, collection.slug, citation_id, note, viewer=viewer, at=at)
    return set_audience(session, collection.slug, Audience.PUBLIC, viewer=viewer, at=at)


def _viewer(account: Account) -> Viewer:
    return Viewer(Role(account.role), account.id, account.email)


def _cite(session: Session, source_file: str, quote: str, viewer: Viewer, at: datetime) -> str:
    """The number of the citation; empty when the document is not shown or reads otherwise here."""
    document_id = session.scalar(
        select(Document.id).where(
            Document.source_file == source_file, Document.visibility == Visibility.PUBLISHED
        )
    )
    if document_id is None:
        return ""
    try:
        return _cite_where_it_stands(session, document_id, quote, viewer, at)
    except ArchiveError:
        return ""


def _cite_where_it_stands(
    session: Session, document_id: str, quote: str, viewer: Viewer, at: datetime
) -> str:
    try:
        return cite_passage(session, document_id, 1, quote, viewer=viewer, at=at).id
    except QuoteNotFound as elsewhere:
        if not elsewhere.on_pages:
            raise
        page_number = elsewhere.on_pages[0]
        return cite_passage(session, document_id, page_number, quote, viewer=viewer, at=at).id
