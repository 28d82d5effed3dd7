"""What may be the same record is proposed when the second of the two is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.jobs.reading_desk import DocumentFinished, ReadingDesk
from archive.models import RecordMatch
from archive.parts import Parts
from archive.rules.redaction_states import MatchKind
from archive.samples import production
from archive.services.job_leases import queue_reading
from archive.services.uploads import Description, hash_file, keep_original, receive_upload
from ingest.sandbox import Sandbox

Read = Callable[..., None]


@pytest.fixture
def read(parts: Parts, at: datetime) -> Read:
    """Reads documents, one after the other."""

    def read_documents(*document_ids: str) -> None:
        with Sandbox(readers=1) as sandbox:
            desk = ReadingDesk(
                database=parts.database,
                storage=parts.storage,
                engine=parts.engine,
                sandbox=sandbox,
                actor="test",
            )
            assert any(isinstance(step, DocumentFinished) for step in desk.read(document_ids))

    return read_documents


def receive(parts: Parts, path: Path, at: datetime) -> str:
    stored = hash_file(path)
    keep_original(parts.storage, stored, path)
    with parts.database.transaction() as session:
        return receive_upload(session, stored, Description(), actor="test", at=at, publish=True).document_id


def proposals(parts: Parts) -> list[RecordMatch]:
    with parts.database.reading() as session:
        return list(session.scalars(select(RecordMatch)))


def test_the_two_releases_of_the_sample_memo_are_proposed_with_the_words_of_the_second(
    parts: Parts, read: Read, tmp_path: Path, at: datetime
) -> None:
    made = [production.memo_first_release(7).make(tmp_path), production.memo_second_release().make(tmp_path)]
    first, second = (receive(parts, sample.path, at) for sample in made)
    read(first)
    assert proposals(parts) == []
    read(second)
    (match,) = proposals(parts)
    assert match.kind == MatchKind.OTHER_RELEASE
    assert match.page_pairs == [[1, 1], [2, 2], [3, 3], [4, 4]]
    only = {match.first_id: match.words_only_first, match.second_id: match.words_only_second}
    assert only[first] == 0
    assert 250 < only[second] < 350
    with parts.database.transaction() as session:
        queue_reading(session, first, at=at)
    read(first)
    assert [row.id for row in proposals(parts)] == [match.id]
