"""Words that were withheld once and released later, all over the archive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, String, cast, delete, func, or_, select
from sqlalchemy.orm import Session

from archive.models import Document, LaterRelease, RecordMatch
from archive.rules.access import Viewer
from archive.rules.comparison import Run
from archive.rules.redaction_states import MatchState
from archive.services.comparisons import (
    ComparedWithItself,
    TooLongToCompare,
    compare_documents,
    in_order_of_release,
    released_on,
)
from archive.services.documents import clamp_window, visible_documents
from archive.services.windows import Window

RUNS_IN_WINDOW = 30
_ROWS_AT_ONCE = 500
_CODE = re.compile(r"[a-z0-9.:]{1,40}")


@dataclass(frozen=True, slots=True)
class LaterWords:
    """A run of words with the documents that withhold and show it, and when those were released."""

    row: LaterRelease
    withheld: Document
    shown: Document

    @property
    def withheld_on(self) -> date | None:
        """The day of the release that withholds them, where it is known."""
        return released_on(self.withheld)

    @property
    def shown_on(self) -> date | None:
        """The day of the release that shows them, where it is known."""
        return released_on(self.shown)


@dataclass(frozen=True, slots=True)
class LaterReleases:
    """One window of what the viewer may see; ``word_count`` and ``codes`` are of all of it. ``codes`` counts
    the runs for which each exemption was claimed, whatever the filter."""

    window: Window[LaterWords]
    word_count: int
    codes: tuple[tuple[str, int], ...]


def record_later_releases(session: Session, match_id: int) -> int:
    """Find anew what one document of a match withholds and the other shows; how many runs that are.

    Nothing stays when the match is not accepted, or no longer there. Where it is not on record which of the
    two was released first, both are looked at as the first one.
    """
    found: list[LaterRelease] = []
    match = session.get(RecordMatch, match_id)
    if match is not None and match.state == MatchState.ACCEPTED:
        one = session.get_one(Document, match.first_id)
        other = session.get_one(Document, match.second_id)
        first, second, is_known = in_order_of_release(one, other)
        found += _find(session, match_id, first, second)
        if not is_known:
            found += _find(session, match_id, second, first)
    session.execute(delete(LaterRelease).where(LaterRelease.match_id == match_id))
    session.add_all(found)
    session.flush()
    return len(found)


def record_later_releases_of(session: Session, document_id: str) -> int:
    """The same for all matches of a document that was read again, or of which a redaction was corrected."""
    matches = session.scalars(
        select(RecordMatch.id).where(
            or_(RecordMatch.first_id == document_id, RecordMatch.second_id == document_id),
            RecordMatch.state == MatchState.ACCEPTED,
        )
    ).all()
    return sum(record_later_releases(session, match_id) for match_id in matches)


def list_later_releases(
    session: Session, viewer: Viewer, *, exemption: str = "", window: int = 1
) -> LaterReleases:
    """What is known of documents that ``viewer`` may see both, newest first. ``exemption`` in the one
    spelling: only words for which it, or a part of it, was claimed."""
    visible = _visible(viewer)
    wanted = _under(visible, exemption).subquery()
    total, words = session.execute(
        select(func.count(), func.sum(wanted.c.word_count)).select_from(wanted)
    ).one()
    number = clamp_window(window, total, RUNS_IN_WINDOW)
    rows = session.scalars(
        _newest_first(_under(visible, exemption)).offset((number - 1) * RUNS_IN_WINDOW).limit(RUNS_IN_WINDOW)
    ).all()
    items = tuple(_with_documents(session, rows, viewer))
    return LaterReleases(
        Window(items, number, RUNS_IN_WINDOW, total), words or 0, _count_codes(session, visible)
    )


def iter_later_releases(session: Session, viewer: Viewer, exemption: str = "") -> Iterator[LaterWords]:
    """All of it, in the same order."""
    ids = session.scalars(
        _newest_first(_under(_visible(viewer), exemption)).with_only_columns(LaterRelease.id)
    ).all()
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        some = ids[start : start + _ROWS_AT_ONCE]
        rows = {row.id: row for row in session.scalars(_visible(viewer).where(LaterRelease.id.in_(some)))}
        yield from _with_documents(session, [rows[number] for number in some if number in rows], viewer)


def _find(session: Session, match_id: int, first: Document, second: Document) -> Iterator[LaterRelease]:
    try:
        runs = compare_documents(session, first, second).released
    except (ComparedWithItself, TooLongToCompare):
        return
    for run in runs:
        yield _row(match_id, first.id, second.id, run)


def _row(match_id: int, withheld_id: str, shown_id: str, run: Run) -> LaterRelease:
    place = run.shown
    return LaterRelease(
        match_id=match_id,
        withheld_id=withheld_id,
        withheld_page=run.hidden_page,
        shown_id=shown_id,
        shown_page=place.page_number,
        start=place.start,
        end=place.end,
        words=place.words,
        word_count=place.word_count,
        codes=list(run.codes),
    )


def _visible(viewer: Viewer) -> Select[LaterRelease]:
    seen = visible_documents(viewer).with_only_columns(Document.id)
    return (
        select(LaterRelease)
        .join(RecordMatch, RecordMatch.id == LaterRelease.match_id)
        .where(
            RecordMatch.state == MatchState.ACCEPTED,
            LaterRelease.withheld_id.in_(seen),
            LaterRelease.shown_id.in_(seen),
        )
    )


def _under(rows: Select[LaterRelease], exemption: str) -> Select[LaterRelease]:
    """Those with a code that begins so: ``b5`` is claimed where ``b5dpp`` is."""
    if not exemption:
        return rows
    if not _CODE.fullmatch(exemption):
        return rows.where(LaterRelease.id.is_(None))
    return rows.where(cast(LaterRelease.codes, String).contains(f'"{exemption}', autoescape=True))


def _newest_first(rows: Select[LaterRelease]) -> Select[LaterRelease]:
    return rows.order_by(RecordMatch.decided_at.desc().nulls_last(), RecordMatch.id.desc(), LaterRelease.id)


def _with_documents(session: Session, rows: Sequence[LaterRelease], viewer: Viewer) -> Iterator[LaterWords]:
    wanted = {document_id for row in rows for document_id in (row.withheld_id, row.shown_id)}
    found = session.scalars(visible_documents(viewer).where(Document.id.in_(wanted)))
    documents = {document.id: document for document in found}
    for row in rows:
        yield LaterWords(row, documents[row.withheld_id], documents[row.shown_id])


def _count_codes(session: Session, rows: Select[LaterRelease]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for (codes,) in session.execute(rows.with_only_columns(LaterRelease.codes)):
        counts.update(set(codes))
    return tuple(sorted(counts.items(), key=lambda found: (-found[1], found[0])))
