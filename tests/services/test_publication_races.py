"""Decisions at the same time, and what search makes of them."""

from __future__ import annotations

import itertools
import threading
from datetime import datetime

from sqlalchemy import select

from archive.errors import ArchiveError
from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.transitions import ReviewAction
from archive.services.indexing import bring_index_up_to_date
from archive.services.publication import (
    decide_document,
    publish_document,
    restore_document,
    withdraw_document,
)
from tests.findings import make_editor, make_reviewable


def test_the_index_forgets_what_is_withdrawn_and_finds_what_is_restored(parts: Parts, at: datetime) -> None:
    with parts.database.transaction() as session:
        document, editor = make_reviewable(session, parts.storage), make_editor(session)
        publish_document(session, document.id, actor="ed", at=at)
    public: list[int] = []
    for decide in (
        lambda session: None,
        lambda session: withdraw_document(session, document.id, reason="Why.", viewer=editor, at=at),
        lambda session: restore_document(session, document.id, viewer=editor, at=at),
    ):
        with parts.database.transaction() as session:
            decide(session)
        bring_index_up_to_date(parts.database, parts.engine)
        public.append(len(list(parts.engine.iter_page_counts(public=True))))
    assert public == [1, 0, 1]


def test_publishing_and_withdrawing_at_the_same_time_leaves_what_the_log_says(
    parts: Parts, at: datetime
) -> None:
    with parts.database.transaction() as session:
        document, editor = make_reviewable(session, parts.storage), make_editor(session)
    refused: list[str] = []
    start = threading.Barrier(6)

    def decide(action: ReviewAction) -> None:
        start.wait()
        for _ in range(15):
            try:
                with parts.database.transaction() as session:
                    decide_document(session, document.id, action, viewer=editor, at=at, words="why")
            except ArchiveError as error:
                refused.append(error.code)

    actions = (ReviewAction.PUBLISH, ReviewAction.WITHDRAW, ReviewAction.RESTORE) * 2
    threads = [threading.Thread(target=decide, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with parts.database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        state = session.get_one(Document, document.id)
    assert set(refused) <= {"decision_not_possible"}
    assert len(entries) + len(refused) == 15 * len(actions)
    assert entries[-1].details["to"] == state.visibility
    for before, after in itertools.pairwise(entries):
        assert after.details["from"] == before.details["to"]
    assert state.content_version == 1 + len(entries)
