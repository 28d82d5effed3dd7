"""The memo of the demo that was released twice: its editor has said that both are one record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from archive.models import Document, Production, RecordMatch
from archive.rules.access import Viewer
from archive.rules.redaction_states import MatchState
from archive.rules.statuses import Role
from archive.samples.story import FIRST_RELEASE, SECOND_RELEASE
from archive.services.accounts import find_account
from archive.services.record_matches import MatchDecision, decide_match

RELEASES = (
    "memo-is-participation-mandatory.pdf",
    "memo-is-participation-mandatory-second-release.pdf",
)


def accept_sample_releases(session: Session, editor_email: str, *, at: datetime) -> bool:
    """Accept the proposal as this demo account; False when there is none, or somebody has decided."""
    account = find_account(session, editor_email)
    first, second = aliased(Document), aliased(Document)
    match_id = session.scalar(
        select(RecordMatch.id)
        .join(first, first.id == RecordMatch.first_id)
        .join(second, second.id == RecordMatch.second_id)
        .where(
            RecordMatch.state == MatchState.PROPOSED,
            first.source_file.in_(RELEASES),
            second.source_file.in_(RELEASES),
        )
    )
    if account is None or match_id is None:
        return False
    viewer = Viewer(Role(account.role), account.id, account.email)
    decide_match(session, match_id, MatchDecision.OTHER_RELEASE, viewer=viewer, at=at)
    return True


def date_sample_productions(session: Session) -> None:
    """Say when each sample production was handed over: the earlier one withheld, the later one shows."""
    for sample in (FIRST_RELEASE, SECOND_RELEASE):
        row = session.scalar(select(Production).where(Production.slug == sample.slug))
        if row is not None and row.received_on is None:
            row.received_on = sample.received_on
