"""Checks a draft article or brief, quotation by quotation, before it runs. Nothing of the draft is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from archive.errors import (
    ArchiveError,
    BadQuery,
    DocumentNotFound,
    DocumentWithdrawn,
    IndexUnavailable,
    PageNotFound,
)
from archive.models import Citation, Document
from archive.ports import SearchEngine
from archive.rules.access import Viewer
from archive.rules.addresses import citation_path, document_path, page_path
from archive.rules.citation_errors import CitationNotFound, QuoteNotFound, QuoteTooLong
from archive.rules.draft_claims import MOST_CLAIMS, Claim, Target, claims_in
from archive.rules.draft_text import DraftText
from archive.rules.draft_verdicts import GOOD, Change, Verdict, changes_between
from archive.rules.quotes import PageText, find_quote
from archive.services.attempts import network_of, take_attempt
from archive.services.citations import check_citation, find_passages, get_citation
from archive.services.documents import get_document
from archive.services.search import parse_search, search_pages
from ingest.page import TextSource

MOST_LOOKED_FOR = 50  # unlinked quotations that are searched for
MOST_BY_A_READER, MOST_BY_AN_ACCOUNT = 60, 600
WINDOW = timedelta(hours=1)
_MOST_SOURCE_WORDS = 400  # of a citation that are compared word by word
_SEARCHED_WORDS = 30


class TooManyClaims(ArchiveError):
    code = "too_many_claims"
    sentence = f"This draft has more than {MOST_CLAIMS} quotations and links."
    help = "Check it in parts."
    status = 400


class CheckedTooOften(ArchiveError):
    code = "checked_too_often"
    sentence = "Very many drafts were checked from here within an hour."
    help = "Wait a while, then check again."
    status = 429


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What is true of one quotation or link. ``path`` leads to the source, or to a page where the words were
    found; ``source`` says what it is. ``changes`` is empty unless the words differ."""

    claim: Claim
    verdict: Verdict
    sentence: str
    path: str = ""
    source: str = ""
    is_ocr: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nobody need look at it again."""
        return self.verdict in GOOD


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """All claims, in the draft's order."""

    claims: tuple[CheckedClaim, ...]

    @property
    def quotations(self) -> int:
        """How many quotations there are."""
        return sum(bool(claim.claim.quote) for claim in self.claims)

    @property
    def standing(self) -> int:
        """How many of them stand as written."""
        return sum(bool(claim.claim.quote) and claim.verdict == Verdict.STANDS for claim in self.claims)


def count_check(session: Session, viewer: Viewer, address: str, *, at: datetime) -> None:
    """Count one check, by account or network ``address``. Raises ``CheckedTooOften``."""
    by_account = viewer.account_id is not None
    who = f"account {viewer.account_id}" if by_account else network_of(address)
    most = MOST_BY_AN_ACCOUNT if by_account else MOST_BY_A_READER
    if not take_attempt(session, "cite_check", who, at=at, most=most, window=WINDOW):
        raise CheckedTooOften


def check_draft(
    session: Session, engine: SearchEngine, draft: DraftText, *, viewer: Viewer, at: datetime
) -> CheckedDraft:
    """Check every claim of the draft as ``viewer`` may see its sources. Raises ``TooManyClaims``."""
    claims = claims_in(draft)
    if len(claims) > MOST_CLAIMS:
        raise TooManyClaims
    looked_for = 0
    checked = []
    for claim in claims:
        if claim.target is not None:
            checked.append(_check_linked(session, claim, claim.target, viewer, at))
            continue
        looked_for += 1
        found = _look_for(session, engine, claim, viewer) if looked_for <= MOST_LOOKED_FOR else None
        checked.append(found or CheckedClaim(claim, Verdict.NOT_LINKED, "Not linked, so it was not checked."))
    return CheckedDraft(tuple(checked))


def _check_linked(
    session: Session, claim: Claim, target: Target, viewer: Viewer, at: datetime
) -> CheckedClaim:
    try:
        if target.citation_id:
            return _check_cited(session, claim, target.citation_id, viewer, at)
        if target.page_number is not None:
            return _check_on_page(session, claim, target.document_id, target.page_number, viewer, at)
        return _check_in_document(session, claim, target.document_id, viewer, at)
    except DocumentWithdrawn as tombstone:
        return CheckedClaim(claim, Verdict.WITHDRAWN, f"{tombstone.sentence} {tombstone.help}".strip())
    except (CitationNotFound, DocumentNotFound, PageNotFound) as error:
        return CheckedClaim(claim, Verdict.UNKNOWN, error.sentence)
    except QuoteTooLong as error:
        return CheckedClaim(claim, Verdict.DIFFERS, f"{error.sentence} {error.help}")


def _check_cited(
    session: Session, claim: Claim, citation_id: str, viewer: Viewer, at: datetime
) -> CheckedClaim:
    citation = get_citation(session, citation_id, viewer)
    checked = check_citation(session, citation, viewer)
    path, source = citation_path(citation.id), _source(citation.document, citation.page_number)

    def said(verdict: Verdict, sentence: str, changes: tuple[Change, ...] = ()) -> CheckedClaim:
        return CheckedClaim(claim, verdict, sentence, path, source, checked.is_ocr, changes)

    if not checked.is_proven:
        return said(Verdict.UNPROVEN, checked.sentence)
    if not claim.quote:
        return said(Verdict.HOLDS, checked.sentence)
    if not citation.words:
        on_page = _check_on_page(session, claim, citation.document_id, citation.page_number, viewer, at)
        return said(on_page.verdict, on_page.sentence, on_page.changes)
    for words in filter(None, (citation.words, citation.typed)):
        if find_quote(PageText(words), claim.quote):
            if checked.is_ocr and words == citation.typed:
                return said(Verdict.NEAR, "As it was typed; OCR reads other letters. Look at the picture.")
            return said(Verdict.STANDS, checked.sentence)
    return _outside(session, claim, citation, viewer, at)


def _outside(
    session: Session, claim: Claim, citation: Citation, viewer: Viewer, at: datetime
) -> CheckedClaim:
    """The quotation is not within the cited words: on their page, or nowhere near."""
    path, source = citation_path(citation.id), _source(citation.document, citation.page_number)
    is_ocr = citation.source == TextSource.OCR
    on_page = _check_on_page(session, claim, citation.document_id, citation.page_number, viewer, at)
    if on_page.verdict == Verdict.STANDS:
        sentence = "The words are on the page, but they are not the cited ones."
        return CheckedClaim(claim, Verdict.OUTSIDE, sentence, path, source, is_ocr)
    if on_page.verdict in (Verdict.NEAR, Verdict.ELSEWHERE):
        return on_page
    cited = " ".join(citation.words.split()[:_MOST_SOURCE_WORDS])
    changes = changes_between(claim.quote, cited)
    sentence = "The quotation is not what is cited."
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, source, is_ocr, changes)


def _check_on_page(
    session: Session, claim: Claim, document_id: str, page_number: int, viewer: Viewer, at: datetime
) -> CheckedClaim:
    document = get_document(session, document_id, viewer)
    source = _source(document, page_number)
    try:
        found = find_passages(session, document_id, page_number, claim.quote, viewer=viewer, at=at)
    except QuoteNotFound as error:
        return _not_on_page(claim, document, page_number, error)
    path = page_path(document_id, page_number)
    is_ocr = found[0].record.source == TextSource.OCR
    if not claim.quote:
        return CheckedClaim(claim, Verdict.HOLDS, "The page is there.", path, source, is_ocr)
    if found[0].record.typed and not found[0].slips:  # half a word: the page has the whole one
        changes = changes_between(claim.quote, found[0].record.words)
        return CheckedClaim(
            claim, Verdict.DIFFERS, "The page has other words.", path, source, is_ocr, changes
        )
    if found[0].slips:
        changes = changes_between(claim.quote, found[0].record.words)
        sentence = "OCR reads the page otherwise in some letters. Look at the picture."
        return CheckedClaim(claim, Verdict.NEAR, sentence, path, source, is_ocr, changes)
    return CheckedClaim(claim, Verdict.STANDS, "The words are on the page.", path, source, is_ocr)


def _not_on_page(claim: Claim, document: Document, page_number: int, error: QuoteNotFound) -> CheckedClaim:
    if error.on_pages:
        number = error.on_pages[0]
        sentence = f"The words are on page {number}, not on page {page_number}."
        path = page_path(document.id, number)
        return CheckedClaim(claim, Verdict.ELSEWHERE, sentence, path, _source(document, number))
    changes = changes_between(claim.quote, error.nearest) if error.nearest else ()
    sentence = "The words are not on this page." + (" The nearest there differ:" if changes else "")
    path, source = page_path(document.id, page_number), _source(document, page_number)
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, source, changes=changes)


def _check_in_document(
    session: Session, claim: Claim, document_id: str, viewer: Viewer, at: datetime
) -> CheckedClaim:
    document = get_document(session, document_id, viewer)
    path = document_path(document_id)
    if not claim.quote:
        return CheckedClaim(claim, Verdict.HOLDS, "The document is there.", path, document.title)
    try:
        first = _check_on_page(session, claim, document_id, 1, viewer, at)
    except PageNotFound:
        return CheckedClaim(claim, Verdict.DIFFERS, "The document has no page that was read.", path)
    if first.verdict == Verdict.ELSEWHERE:
        sentence = "The words are in the document: link to their page."
        return CheckedClaim(claim, Verdict.STANDS, sentence, first.path, first.source, first.is_ocr)
    return first


def _look_for(session: Session, engine: SearchEngine, claim: Claim, viewer: Viewer) -> CheckedClaim | None:
    """Where an unlinked quotation stands in the archive, word for word; None when it was not found."""
    words = [word for word in claim.quote.replace('"', " ").split() if any(map(str.isalnum, word))]
    phrase = " ".join(words[:_SEARCHED_WORDS])
    try:
        query = parse_search({"q": [f'"{phrase}"']}).query
        window = search_pages(session, engine, query, limit=1, viewer=viewer)
    except (BadQuery, IndexUnavailable):
        return None
    for found in window.documents:
        for page in found.pages:
            path = page_path(found.document.id, page.page_number)
            source = _source(found.document, page.page_number)
            sentence = "Not linked. The words are on this page: link to it."
            return CheckedClaim(claim, Verdict.NOT_LINKED, sentence, path, source)
    return None


def _source(document: Document, page_number: int) -> str:
    return f"{document.title}, page {page_number}"


def summary(draft: CheckedDraft) -> str:
    """One sentence: ``14 of 17 quotations stand as written.``"""
    links = [claim for claim in draft.claims if not claim.claim.quote]
    said = []
    if draft.quotations:
        said.append(f"{draft.standing} of {draft.quotations} quotations stand as written.")
    if links:
        said.append(f"{sum(link.is_good for link in links)} of {len(links)} links without a quotation hold.")
    return " ".join(said) or "There is no quotation and no address of this archive in the draft."


def report_rows(draft: CheckedDraft) -> Sequence[Sequence[object]]:
    """The report as rows of a table, with a head."""
    head = ("quotation", "verdict", "what was found", "source", "address in the draft")
    return [
        head,
        *(
            (
                claim.claim.quote,
                claim.verdict.value.replace("_", " "),
                claim.sentence,
                claim.source,
                claim.claim.target.address if claim.claim.target else "",
            )
            for claim in draft.claims
        ),
    ]
