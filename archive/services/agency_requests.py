"""An agency's requests in figures: how many, how quick, how late, and what came of them.

Everybody is told the figures of the public requests, from their public events; members those of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Agency, Document, FoiaRequest, Page, Production, RequestStanding
from archive.rules.access import READER, Viewer
from archive.rules.redaction_figures import PageTally
from archive.rules.request_states import Outcome
from archive.rules.statuses import PageStatus
from archive.services.foia_requests import visible_requests
from archive.services.productions import arrived_documents, visible_productions
from archive.services.request_filters import is_overdue, standing_requests
from ingest.redaction_found import PageDisposition


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """The requests to one agency.

    ``sent``: all but drafts. ``median_days``: calendar days from sending to the first answer, of those that
    were answered; None when none was. ``timed``: answers that a fixed limit was set for, and ``late`` those
    of them that came after it. ``overdue``: answers that are due, and have not come. ``outcomes``: where
    each stands now, the most frequent first. ``pages``: what became of the pages of the published records.
    """

    sent: int
    answered: int
    median_days: float | None
    timed: int
    late: int
    overdue: int
    outcomes: tuple[tuple[Outcome, int], ...]
    pages: PageTally

    @property
    def late_share(self) -> float:
        """Of the answers that had a limit, the part that came late: 0..1."""
        return self.late / self.timed if self.timed else 0.0


def get_agency_figures(session: Session, agency: Agency, viewer: Viewer, today: date) -> AgencyFigures | None:
    """The figures of what ``viewer`` may see; None when that is nothing."""
    columns = (
        RequestStanding.outcome,
        RequestStanding.days_to_answer,
        RequestStanding.was_late,
        RequestStanding.answer_due_on,
        RequestStanding.answered_on,
        is_overdue(today),
    )
    asked = standing_requests(viewer).where(
        FoiaRequest.agency_id == agency.id, RequestStanding.sent_on.is_not(None)
    )
    rows = session.execute(asked.with_only_columns(*columns, maintain_column_froms=True)).all()
    return _figures(rows, _pages(session, agency, viewer)) if rows else None


def _figures(rows: Sequence[Any], pages: PageTally) -> AgencyFigures:
    days = [row.days_to_answer for row in rows if row.days_to_answer is not None]
    timed = [row for row in rows if row.answered_on is not None and row.answer_due_on is not None]
    return AgencyFigures(
        sent=len(rows),
        answered=sum(row.answered_on is not None for row in rows),
        median_days=median(days) if days else None,
        timed=len(timed),
        late=sum(row.was_late for row in timed),
        overdue=sum(bool(row[-1]) for row in rows),
        outcomes=_most_frequent(row.outcome for row in rows if row.outcome is not None),
        pages=pages,
    )


def _most_frequent(outcomes: Iterable[Outcome]) -> tuple[tuple[Outcome, int], ...]:
    counts = Counter(outcomes)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], list(Outcome).index(pair[0]))))


def _pages(session: Session, agency: Agency, viewer: Viewer) -> PageTally:
    """Each published record once, without cover letters, as the page of a request counts it."""
    requests = visible_requests(viewer).where(FoiaRequest.agency_id == agency.id)
    productions = visible_productions(viewer).where(
        Production.request_id.in_(requests.with_only_columns(FoiaRequest.id))
    )
    inside = Production.id.in_(productions.with_only_columns(Production.id).correlate(None))
    documents = arrived_documents(READER, inside).with_only_columns(Document.id)
    rows = session.execute(
        select(Page.status, Page.disposition, func.count())
        .where(Page.document_id.in_(documents))
        .group_by(Page.status, Page.disposition)
    )
    counts: Counter[PageDisposition | None] = Counter()
    for status, disposition, count in rows:
        counts[disposition if status == PageStatus.READ else None] += count
    unread = counts.pop(None, 0)
    named = {str(disposition): count for disposition, count in counts.items()}
    return PageTally(pages=counts.total(), unread=unread, **named)
