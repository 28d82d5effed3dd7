"""What somebody wants to cite, through the choices that words which stand several times ask for.

Finding may look through hundreds of pages, so it happens in a session that only reads; writing the citation
down is a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Citation
from archive.rules.access import Viewer
from archive.rules.citation_errors import QuoteAmbiguous, QuoteNotFound
from archive.rules.citation_record import CitationRecord
from archive.services.attempts import network_of, take_attempt
from archive.services.citations import keep_record
from archive.services.compared_citations import ComparedWith, find_compared, keep_compared
from archive.services.documents import get_page
from archive.services.passages import FoundPassage, find_passages

MOST_BY_A_READER = 300
MOST_BY_AN_ACCOUNT = 3_000
WINDOW = timedelta(hours=1)


class CitedTooOften(ArchiveError):
    code = "cited_too_often"
    sentence = "Very many passages were cited from here within an hour."
    help = "Wait a while, then cite again. What was cited already is kept."
    status = 429


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to cite, empty: the page as a whole. ``prefix`` is what stands before them; ``which`` the
    number of the one that was chosen among several; ``compared`` a document that withholds them."""

    document_id: str
    page_number: int
    quote: str = ""
    prefix: str = ""
    which: str = ""
    compared: str = ""


def count_citing(session: Session, viewer: Viewer, address: str, *, at: datetime) -> None:
    """Count one try, by account, or by network ``address`` when there is none. Raises ``CitedTooOften``."""
    by_account = viewer.account_id is not None
    who = f"account {viewer.account_id}" if by_account else network_of(address)
    most = MOST_BY_AN_ACCOUNT if by_account else MOST_BY_A_READER
    if not take_attempt(session, "cite", who, at=at, most=most, window=WINDOW):
        raise CitedTooOften


def find_wanted(session: Session, wanted: Wanted, *, viewer: Viewer, at: datetime) -> CitationRecord:
    """The one passage that is meant. Raises what ``find_passages`` raises, and ``QuoteAmbiguous`` when there
    are several and nothing says which."""
    found = list_wanted(session, wanted, viewer=viewer, at=at)
    if wanted.which:
        chosen = [passage.record for passage in found if passage.record.id == wanted.which]
        if not chosen:
            raise QuoteNotFound
        return chosen[0]
    if len(found) > 1:
        raise QuoteAmbiguous(len(found))
    return found[0].record


def list_wanted(
    session: Session, wanted: Wanted, *, viewer: Viewer, at: datetime
) -> tuple[FoundPassage, ...]:
    """Every place where the words stand on the page. Raises what ``find_passages`` raises."""
    return find_passages(
        session,
        wanted.document_id,
        wanted.page_number,
        wanted.quote,
        prefix=wanted.prefix,
        viewer=viewer,
        at=at,
    )


def find_withheld(
    session: Session, wanted: Wanted, record: CitationRecord, *, viewer: Viewer
) -> ComparedWith | None:
    """Where the words were withheld, when a comparison is cited. Raises as ``find_compared`` does."""
    if not wanted.compared:
        return None
    return find_compared(session, wanted.compared, wanted.document_id, record, viewer=viewer)


def keep_wanted(
    session: Session,
    wanted: Wanted,
    record: CitationRecord,
    compared: ComparedWith | None = None,
    *,
    viewer: Viewer,
) -> Citation:
    """Write down what was found. Raises as ``get_page`` does: it may have been withdrawn meanwhile."""
    document, page = get_page(session, wanted.document_id, wanted.page_number, viewer)
    citation = keep_record(session, document, page, record, created_by_id=viewer.account_id)
    if compared is not None:
        keep_compared(session, citation, compared, viewer=viewer)
    return citation
