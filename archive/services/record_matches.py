"""Documents that may be the same record, for editors to decide; and the other releases of a record.

Readers are told of a match when an editor has said so, and of a document in it only when they may see that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive.errors import ArchiveError
from archive.models import Document, Page, RecordMatch
from archive.rules.access import Viewer
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.statuses import PageStatus
from archive.services.audit import record_event
from archive.services.documents import clamp_window, get_document, visible_documents
from archive.services.later_releases import record_later_releases
from archive.services.windows import Window

MATCHES_IN_WINDOW = 20
RELEASES_SHOWN = 20
_LONGER = 2  # a document this many times as long holds the record among others
_LESS = 0.005  # of the lines: a smaller difference says nothing


class RecordMatchNotFound(ArchiveError):
    code = "record_match_not_found"
    sentence = "There is no such proposal."
    help = "One of the documents may have been read again since. Open the list again."
    status = 404


class MatchDecision(StrEnum):
    """What an editor says about two documents, or that it is to be decided again."""

    OTHER_RELEASE = "other_release"
    SAME_TEXT = "same_text"
    NOT_SAME = "not_same"
    LAY_BACK = "lay_back"


_STATE_OF = {
    MatchDecision.OTHER_RELEASE: MatchState.ACCEPTED,
    MatchDecision.SAME_TEXT: MatchState.ACCEPTED,
    MatchDecision.NOT_SAME: MatchState.REFUSED,
    MatchDecision.LAY_BACK: MatchState.PROPOSED,
}


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match in the editors' list."""

    match: RecordMatch
    first: Document
    second: Document


@dataclass(frozen=True, slots=True)
class OtherRelease:
    """Another release of a record, as one copy of it sees it.

    ``withheld_share`` and ``own_share`` are of the lines of the record's pages in either, 0..1;
    ``is_least``: of all copies that the viewer may see it withholds least. ``words_more`` counts the words
    that it shows and the own copy withholds; ``pages`` maps a page of the own copy to that of the other.
    """

    document: Document
    kind: MatchKind
    withheld_share: float
    own_share: float
    words_more: int
    pages: dict[int, int]
    is_least: bool = False

    @property
    def shows_more(self) -> bool:
        """Whether it withholds less than the own copy."""
        return self.withheld_share < self.own_share - _LESS


def list_matches(session: Session, state: MatchState, *, viewer: Viewer, window: int = 1) -> Window[MatchRow]:
    """Matches in one state, of documents that ``viewer`` may see both: proposals by how much they withhold
    from each other, then the surest first; what was decided, the newest first."""
    first, second = aliased(Document), aliased(Document)
    total = count_matches(session, state, viewer=viewer)
    number = clamp_window(window, total, MATCHES_IN_WINDOW)
    only = RecordMatch.words_only_first + RecordMatch.words_only_second
    surest = only.desc(), RecordMatch.score.desc(), RecordMatch.id
    newest = RecordMatch.decided_at.desc(), RecordMatch.id
    rows = session.execute(
        select(RecordMatch, first, second)
        .join(first, first.id == RecordMatch.first_id)
        .join(second, second.id == RecordMatch.second_id)
        .where(*_seen(state, viewer))
        .order_by(*(surest if state == MatchState.PROPOSED else newest))
        .offset((number - 1) * MATCHES_IN_WINDOW)
        .limit(MATCHES_IN_WINDOW)
    )
    return Window(tuple(MatchRow(*row) for row in rows), number, MATCHES_IN_WINDOW, total)


def count_matches(session: Session, state: MatchState, *, viewer: Viewer) -> int:
    """How many matches are in this state, of documents that ``viewer`` may see both."""
    return session.scalar(select(func.count(RecordMatch.id)).where(*_seen(state, viewer))) or 0


def decide_match(
    session: Session, match_id: int, decision: MatchDecision, *, viewer: Viewer, at: datetime
) -> RecordMatch:
    """Say what two documents are to each other; any decision can be changed.

    Words released later are found at once. Raises ``RecordMatchNotFound``, also when one of the documents is
    not for ``viewer``, and as ``get_document`` does for one that was withdrawn from them.
    """
    match = session.get(RecordMatch, match_id)
    if match is None:
        raise RecordMatchNotFound
    for document_id in (match.first_id, match.second_id):
        get_document(session, document_id, viewer)
    before = match.state, match.kind
    match.state = _STATE_OF[decision]
    if match.state == MatchState.ACCEPTED:
        match.kind = MatchKind(decision)
    is_open = match.state == MatchState.PROPOSED
    match.decided_by_id, match.decided_at = (None, None) if is_open else (viewer.account_id, at)
    if before != (match.state, match.kind):
        details = {"match": match.id, "other": match.second_id, "as": decision.replace("_", " ")}
        accepted = match.state == MatchState.ACCEPTED
        closed = "record_match_accepted" if accepted else "record_match_refused"
        action = "record_match_reopened" if is_open else closed
        record_event(session, action, match.first_id, actor=viewer.name, at=at, details=details)
        record_later_releases(session, match.id)
    return match


def find_releases(session: Session, document_id: str, viewer: Viewer) -> tuple[OtherRelease, ...]:
    """Other copies of a record that ``viewer`` may see, as editors have said; the least redacted first."""
    is_of_it = or_(RecordMatch.first_id == document_id, RecordMatch.second_id == document_id)
    matches = session.scalars(
        select(RecordMatch)
        .where(is_of_it, *_seen(MatchState.ACCEPTED, viewer))
        .order_by(RecordMatch.id)
        .limit(RELEASES_SHOWN)
    )
    found = sorted((_release(session, document_id, match) for match in matches), key=_least_first)
    if found and found[0].shows_more:
        found[0] = replace(found[0], is_least=True)
    return tuple(found)


def _release(session: Session, document_id: str, match: RecordMatch) -> OtherRelease:
    is_first = match.first_id == document_id
    own = session.get_one(Document, document_id)
    other = session.get_one(Document, match.second_id if is_first else match.first_id)
    pages = {pair[not is_first]: pair[is_first] for pair in match.page_pairs}
    return OtherRelease(
        other,
        match.kind,
        _withheld_share(session, other, own, list(pages.values())),
        _withheld_share(session, own, other, list(pages)),
        match.words_only_second if is_first else match.words_only_first,
        pages,
    )


def _least_first(release: OtherRelease) -> tuple[float, str]:
    return release.withheld_share, release.document.title


def _withheld_share(session: Session, document: Document, other: Document, pages: list[int]) -> float:
    """Of all its pages, since one that is withheld in full pairs with none; of a much longer document, of
    those from the record's first page to its last."""
    mean = select(func.avg(Page.withheld_share)).where(
        Page.document_id == document.id, Page.status == PageStatus.READ
    )
    if pages and (document.page_count or 0) > _LONGER * (other.page_count or 0):
        mean = mean.where(Page.page_number.between(min(pages), max(pages)))
    return float(session.scalar(mean) or 0.0)


def _seen(state: MatchState, viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    visible = visible_documents(viewer).with_only_columns(Document.id)
    both = RecordMatch.first_id.in_(visible), RecordMatch.second_id.in_(visible)
    return (RecordMatch.state == state, *both)
