"""Whether a draft's quotation stands on the page that it is linked to, elsewhere in its document, or, when it
is linked to nothing, anywhere in the archive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from archive.errors import BadQuery, DocumentNotFound, DocumentWithdrawn, IndexUnavailable, PageNotFound
from archive.models import Document
from archive.ports import SearchEngine
from archive.rules.access import Viewer
from archive.rules.addresses import document_path, page_path
from archive.rules.citation_errors import QuoteNotFound, QuoteTooLong
from archive.rules.draft_claims import Claim
from archive.rules.draft_report import CheckedClaim
from archive.rules.draft_verdicts import Verdict, changes_between
from archive.rules.quote_wording import is_as_typed, longest_piece
from archive.services.documents import get_document
from archive.services.passages import PAGES_AROUND, FoundPassage, find_passages
from archive.services.search import parse_search, search_pages
from ingest.page import TextSource

MOST_PAGES_READ = 1_000  # of a document that is linked to as a whole
CAPITALS_DIFFER = "Some capital letters differ."
_SEARCHED_WORDS = 30  # of a quotation; the page that has them is then compared with all of it
_PAGES_COMPARED = 3


def check_on_page(
    session: Session, claim: Claim, document_id: str, page_number: int, viewer: Viewer, at: datetime
) -> CheckedClaim:
    """A quotation that is linked to a page. Raises as ``get_page`` does, or ``QuoteTooLong``."""
    document = get_document(session, document_id, viewer)
    try:
        found = find_passages(session, document_id, page_number, claim.quote, viewer=viewer, at=at)
    except QuoteNotFound as error:
        return _not_on_page(claim, document, page_number, error)
    return _found(claim, document, page_number, found)


def _found(
    claim: Claim, document: Document, page_number: int, found: tuple[FoundPassage, ...]
) -> CheckedClaim:
    """The page has these letters: the very words, or misread ones, or words of which they are a part."""
    passage = next((one for one in found if not one.record.typed), found[0])
    record, path, source = passage.record, page_path(document.id, page_number), name_of(document, page_number)
    is_ocr = record.source == TextSource.OCR
    if not claim.quote:
        return CheckedClaim(claim, Verdict.HOLDS, "The page is there.", path, source, is_ocr)
    if not record.typed:
        return CheckedClaim(claim, Verdict.STANDS, "The words are on the page.", path, source, is_ocr)
    if not passage.slips and differs_in_capitals_alone([part.exact for part in record.parts], claim.quote):
        sentence = f"The words are on the page. {CAPITALS_DIFFER}"
        return CheckedClaim(claim, Verdict.STANDS, sentence, path, source, is_ocr)
    changes = changes_between(claim.quote, record.words)
    if passage.slips:
        sentence = "OCR reads the page otherwise in some letters. Look at the picture."
        return CheckedClaim(claim, Verdict.NEAR, sentence, path, source, is_ocr, changes)
    sentence = "The page has longer words there."
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, source, is_ocr, changes)


def differs_in_capitals_alone(said: list[str], quote: str) -> bool:
    """Whether the page, which has ``said``, says ``quote`` but for capitals and small letters."""
    return is_as_typed([words.lower() for words in said], quote.lower())


def _not_on_page(claim: Claim, document: Document, page_number: int, error: QuoteNotFound) -> CheckedClaim:
    if error.on_pages:
        number = error.on_pages[0]
        sentence = f"The words are on page {number}, not on page {page_number}."
        path = page_path(document.id, number)
        return CheckedClaim(claim, Verdict.ELSEWHERE, sentence, path, name_of(document, number))
    changes = changes_between(claim.quote, error.nearest) if error.nearest else ()
    sentence = "The words are not on this page." + (" The nearest there differ:" if changes else "")
    path, source = page_path(document.id, page_number), name_of(document, page_number)
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, source, changes=changes)


def check_in_document(
    session: Session, claim: Claim, document_id: str, viewer: Viewer, at: datetime
) -> CheckedClaim:
    """A quotation that is linked to a document as a whole. Raises as ``check_on_page`` does."""
    document = get_document(session, document_id, viewer)
    path = document_path(document_id)
    if not claim.quote:
        return CheckedClaim(claim, Verdict.HOLDS, "The document is there.", path, document.title)
    last = min(document.page_count or 0, MOST_PAGES_READ)
    for middle in range(1, last + 2 * PAGES_AROUND, 2 * PAGES_AROUND):
        try:
            found = check_on_page(session, claim, document_id, min(middle, last), viewer, at)
        except PageNotFound:
            continue
        if found.verdict == Verdict.ELSEWHERE:
            found = check_on_page(session, claim, document_id, _page_of(found), viewer, at)
        if found.verdict in (Verdict.STANDS, Verdict.NEAR):
            sentence = f"{found.sentence} The link leads to the whole document: better link to the page."
            return CheckedClaim(
                claim, found.verdict, sentence, found.path, found.source, found.is_ocr, found.changes
            )
    sentence = "The words were not found in this document. Link to their page, to see what differs."
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, document.title)


def _page_of(found: CheckedClaim) -> int:
    return int(found.path.rpartition("/")[2])


def look_for(
    session: Session, engine: SearchEngine, claim: Claim, viewer: Viewer, at: datetime
) -> CheckedClaim | None:
    """Where an unlinked quotation stands in the archive, word for word; None when it was not found. What the
    search takes for the same words is compared with the page like any other quotation."""
    words = [word for word in longest_piece(claim.quote).replace('"', " ").split() if _has_letters(word)]
    try:
        query = parse_search({"q": [f'"{" ".join(words[:_SEARCHED_WORDS])}"']}).query
        window = search_pages(session, engine, query, limit=_PAGES_COMPARED, viewer=viewer)
    except (BadQuery, IndexUnavailable):
        return None
    pages = [(found.document.id, page.page_number) for found in window.documents for page in found.pages]
    for document_id, page_number in pages[:_PAGES_COMPARED]:
        try:
            found = check_on_page(session, claim, document_id, page_number, viewer, at)
        except (DocumentNotFound, DocumentWithdrawn, PageNotFound, QuoteTooLong):
            continue  # taken back since it was indexed
        if found.verdict == Verdict.STANDS:
            sentence = "Not linked. The words are on this page: link to it."
            return CheckedClaim(claim, Verdict.NOT_LINKED, sentence, found.path, found.source, found.is_ocr)
    return None


def _has_letters(word: str) -> bool:
    return any(map(str.isalnum, word))


def name_of(document: Document, page_number: int) -> str:
    """What a page is called in the report."""
    return f"{document.title}, page {page_number}"
