"""Checks a draft article or brief, quotation by quotation, before it runs. Nothing of the draft is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from archive.errors import ArchiveError, DocumentNotFound, DocumentWithdrawn, PageNotFound
from archive.models import Citation
from archive.ports import SearchEngine
from archive.rules.access import Viewer
from archive.rules.citation_addresses import citation_path
from archive.rules.citation_errors import CitationNotFound, QuoteTooLong
from archive.rules.draft_claims import Claim, Target, claims_in
from archive.rules.draft_report import CheckedClaim, CheckedDraft
from archive.rules.draft_text import DraftText
from archive.rules.draft_verdicts import GOOD, Change, Verdict, changes_between
from archive.rules.quote_wording import is_as_typed
from archive.rules.quotes import PageText, find_quote
from archive.services.attempts import network_of, take_attempt
from archive.services.citations import check_citation, get_citation
from archive.services.draft_pages import (
    CAPITALS_DIFFER,
    check_in_document,
    check_on_page,
    differs_in_capitals_alone,
    look_for,
    name_of,
)
from ingest.page import TextSource

MOST_LOOKED_FOR = 50  # unlinked quotations that are searched for
MOST_BY_A_READER, MOST_BY_AN_ACCOUNT = 60, 600
WINDOW = timedelta(hours=1)
_MOST_SOURCE_WORDS = 400  # of a citation that are compared word by word


class CheckedTooOften(ArchiveError):
    code = "checked_too_often"
    sentence = "Very many drafts were checked from here within an hour."
    help = "Wait a while, then check again."
    status = 429


def count_check(session: Session, viewer: Viewer, address: str, *, at: datetime) -> None:
    """Count one check, by account or network ``address``. Raises ``CheckedTooOften``."""
    by_account = viewer.account_id is not None
    who = f"account {viewer.account_id}" if by_account else network_of(address)
    most = MOST_BY_AN_ACCOUNT if by_account else MOST_BY_A_READER
    if not take_attempt(session, "cite_check", who, at=at, most=most, window=WINDOW):
        raise CheckedTooOften


def check_draft(
    session: Session,
    engine: SearchEngine,
    draft: DraftText,
    *,
    hosts: Collection[str],
    viewer: Viewer,
    at: datetime,
) -> CheckedDraft:
    """Check every claim of the draft as ``viewer`` may see its sources. ``hosts`` are the names of this site:
    whoever follows a link to another does not come here. Raises ``TooManyClaims``."""
    looked_for = 0
    checked = []
    for claim in claims_in(draft):
        if claim.target is not None:
            linked = _check_linked(session, claim, claim.target, viewer, at)
            host = claim.target.host
            checked.append(_elsewhere(linked, host) if host and host not in hosts else linked)
            continue
        looked_for += 1
        found = look_for(session, engine, claim, viewer, at) if looked_for <= MOST_LOOKED_FOR else None
        checked.append(found or CheckedClaim(claim, Verdict.NOT_LINKED, "Not linked, so it was not checked."))
    return CheckedDraft(tuple(checked))


def _elsewhere(checked: CheckedClaim, host: str) -> CheckedClaim:
    """Numbers follow from files and words, so a link to another archive may name what is here, too."""
    if checked.verdict == Verdict.UNKNOWN:
        sentence = f"The link leads to {host}, and what it names is not in this archive."
        return replace(checked, verdict=Verdict.OTHER_SITE, sentence=sentence)
    sentence = f"The link leads to {host}, not here. {checked.sentence}"
    return replace(
        checked, verdict=Verdict.OTHER_SITE if checked.verdict in GOOD else checked.verdict, sentence=sentence
    )


def _check_linked(
    session: Session, claim: Claim, target: Target, viewer: Viewer, at: datetime
) -> CheckedClaim:
    try:
        if target.citation_id:
            return _check_cited(session, claim, target.citation_id, viewer, at)
        if target.page_number is not None:
            return check_on_page(session, claim, target.document_id, target.page_number, viewer, at)
        return check_in_document(session, claim, target.document_id, viewer, at)
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
    path, source = citation_path(citation.id), name_of(citation.document, citation.page_number)

    def said(verdict: Verdict, sentence: str, changes: tuple[Change, ...] = ()) -> CheckedClaim:
        return CheckedClaim(claim, verdict, sentence, path, source, checked.is_ocr, changes)

    if not checked.is_proven:
        return said(Verdict.UNPROVEN, checked.sentence)
    if not claim.quote:
        return said(Verdict.HOLDS, checked.sentence)
    if not citation.words:
        on_page = check_on_page(session, claim, citation.document_id, citation.page_number, viewer, at)
        return said(on_page.verdict, on_page.sentence, on_page.changes)
    for words in filter(None, (citation.words, citation.typed if checked.is_ocr else "")):
        if matches := find_quote(PageText(words), claim.quote):
            if checked.is_ocr and words == citation.typed:
                return said(Verdict.NEAR, "As it was typed; OCR reads other letters. Look at the picture.")
            places = [[words[start:end] for start, end in match.ranges] for match in matches]
            as_typed = any(is_as_typed(place, claim.quote) for place in places)
            if not as_typed and not differs_in_capitals_alone(places[0], claim.quote):
                continue
            sentence = checked.sentence if as_typed else f"{checked.sentence} {CAPITALS_DIFFER}"
            return said(Verdict.STANDS, sentence)
    return _outside(session, claim, citation, viewer, at)


def _outside(
    session: Session, claim: Claim, citation: Citation, viewer: Viewer, at: datetime
) -> CheckedClaim:
    """The quotation is not within the cited words: on their page, or nowhere near."""
    path, source = citation_path(citation.id), name_of(citation.document, citation.page_number)
    is_ocr = citation.source == TextSource.OCR
    on_page = check_on_page(session, claim, citation.document_id, citation.page_number, viewer, at)
    if on_page.verdict == Verdict.STANDS:
        sentence = "The words are on the page, but they are not the cited ones."
        return CheckedClaim(claim, Verdict.OUTSIDE, sentence, path, source, is_ocr)
    if on_page.verdict in (Verdict.NEAR, Verdict.ELSEWHERE):
        return on_page
    cited = " ".join(citation.words.split()[:_MOST_SOURCE_WORDS])
    changes = changes_between(claim.quote, cited)
    sentence = "The quotation is not what is cited."
    return CheckedClaim(claim, Verdict.DIFFERS, sentence, path, source, is_ocr, changes)
