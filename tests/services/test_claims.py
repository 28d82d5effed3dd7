"""Claims: twenty at most, for seven days, and never the same document for two people."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from archive.errors import DocumentNotFound
from archive.models import Document, UploadBatch
from archive.parts import Parts
from archive.rules.statuses import ReadingStatus, Role, Visibility
from archive.services.claims import (
    CLAIM_LASTS,
    MOST_CLAIMED,
    claim_documents,
    claim_to_check,
    count_claimable,
    end_old_claims,
    give_all_back,
    give_back,
    progress_of,
)
from archive.services.descriptions import save_description
from tests.describing import actions_of, make_undescribed, person
from tests.factories import NOON


def fill(parts: Parts, count: int, **fields: Any) -> list[str]:
    words = f"{sorted(fields)} {fields.get('sender')}"
    with parts.database.transaction() as session:
        return [
            make_undescribed(
                session, parts.storage, title=f"Paper {n}", pages=(f"Page {n} {words}",), read={}, **fields
            ).id
            for n in range(count)
        ]


def test_twenty_documents_are_claimed_and_no_more(parts: Parts) -> None:
    fill(parts, 25)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        claimed = claim_documents(session, viewer=volunteer, at=NOON)
        again = claim_documents(session, viewer=volunteer, at=NOON)
    assert (len(claimed), again) == (MOST_CLAIMED, ())
    with parts.database.reading() as session:
        progress = progress_of(session, volunteer, at=NOON)
        assert (progress.described, progress.claimed, progress.until) == (0, 20, NOON + CLAIM_LASTS)
        assert count_claimable(session, at=NOON) == 5
        assert actions_of(session, claimed[0]) == ["document_claimed"]


def test_two_people_at_once_never_get_the_same_document(parts: Parts) -> None:
    fill(parts, 50)
    people = [person(parts.database, Role.VOLUNTEER, f"v{n}@example.org") for n in range(4)]
    got: list[tuple[str, ...]] = []
    start = threading.Barrier(len(people))

    def claim(n: int) -> None:
        start.wait()
        with parts.database.transaction() as session:
            got.append(claim_documents(session, viewer=people[n], at=NOON))

    threads = [threading.Thread(target=claim, args=(n,)) for n in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed = [document_id for batch in got for document_id in batch]
    assert sorted(len(batch) for batch in got) == [0, 10, 20, 20]
    assert len(claimed) == len(set(claimed)) == 50


def test_the_oldest_come_first_and_what_came_together_stays_together(parts: Parts) -> None:
    account = person(parts.database, Role.EDITOR)
    with parts.database.transaction() as session:
        session.add(UploadBatch(id="b" * 32, account_id=account.account_id, created_at=NOON))
    early = fill(parts, 1, batch_id="b" * 32)
    middle = fill(parts, 19, sender="m")
    late = fill(parts, 5, batch_id="b" * 32, sender="late")
    ages = [*((one, 9) for one in early), *((one, 5) for one in middle), *((one, 1) for one in late)]
    with parts.database.transaction() as session:
        for document_id, days in ages:
            session.get_one(Document, document_id).received_at = NOON - timedelta(days=days)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        claimed = claim_documents(session, viewer=volunteer, at=NOON)
    assert {*early, *late} < set(claimed)


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": Visibility.PUBLISHED},
        {"visibility": Visibility.HELD},
        {"described_at": NOON},
    ],
)
def test_what_is_decided_or_described_is_not_claimed(parts: Parts, fields: dict[str, object]) -> None:
    fill(parts, 1, **fields)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        assert claim_documents(session, viewer=volunteer, at=NOON) == ()


def test_what_is_not_read_yet_is_not_claimed(parts: Parts) -> None:
    [document_id] = fill(parts, 1)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        session.get_one(Document, document_id).reading_status = ReadingStatus.READING
        session.flush()
        assert claim_documents(session, viewer=volunteer, at=NOON) == ()


def test_a_claim_ends_after_seven_days_and_others_may_take_it(parts: Parts) -> None:
    [document_id] = fill(parts, 1)
    one, other = (person(parts.database, Role.VOLUNTEER, f"{n}@example.org") for n in ("one", "other"))

    def take(who: object, at: datetime) -> tuple[str, ...]:
        with parts.database.transaction() as session:
            return claim_documents(session, viewer=who, at=at)  # type: ignore[arg-type]  # a viewer

    assert take(one, NOON) == (document_id,)
    assert take(other, NOON + timedelta(days=6, hours=23)) == ()
    assert take(other, NOON + timedelta(days=7)) == (document_id,)


def test_old_claims_are_ended_and_new_ones_stay(parts: Parts) -> None:
    ids = fill(parts, 2)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        for document_id, days in zip(ids, (8, 1), strict=True):
            document = session.get_one(Document, document_id)
            document.claimed_by_id, document.claimed_at = volunteer.account_id, NOON - timedelta(days=days)
    with parts.database.transaction() as session:
        assert end_old_claims(session, at=NOON) == 1
    with parts.database.reading() as session:
        left = session.scalars(select(Document.id).where(Document.claimed_by_id.is_not(None))).all()
        assert left == [ids[1]]
        assert actions_of(session, ids[0]) == ["claim_ended"]


def test_a_claim_is_given_back_by_whoever_has_it(parts: Parts) -> None:
    [document_id] = fill(parts, 1)
    one, other = (person(parts.database, Role.VOLUNTEER, f"{n}@example.org") for n in ("one", "other"))
    editor = person(parts.database, Role.EDITOR)
    with parts.database.transaction() as session:
        claim_documents(session, viewer=one, at=NOON)
        with pytest.raises(DocumentNotFound):
            give_back(session, document_id, viewer=other, at=NOON)
        assert not give_back(session, document_id, viewer=editor, at=NOON)
        assert give_back(session, document_id, viewer=one, at=NOON)
        assert claim_documents(session, viewer=other, at=NOON) == (document_id,)


def test_only_what_is_not_described_is_given_back_together(parts: Parts) -> None:
    ids = fill(parts, 3)
    volunteer = person(parts.database, Role.VOLUNTEER)
    with parts.database.transaction() as session:
        claim_documents(session, viewer=volunteer, at=NOON)
        save_description(session, ids[0], {}, based_on="", viewer=volunteer, at=NOON, is_done=True)
        assert progress_of(session, volunteer, at=NOON).described == 1
        assert give_all_back(session, viewer=volunteer, at=NOON) == 2
        assert session.get_one(Document, ids[0]).claimed_by_id == volunteer.account_id


def test_what_others_described_is_claimed_to_be_checked(parts: Parts) -> None:
    ids = fill(parts, 2)
    one, other = (person(parts.database, Role.VOLUNTEER, f"{n}@example.org") for n in ("one", "other"))
    with parts.database.transaction() as session:
        claim_documents(session, viewer=one, at=NOON)
        save_description(session, ids[0], {}, based_on="", viewer=one, at=NOON, is_done=True)
        assert claim_to_check(session, viewer=one, at=NOON) == ()
        assert claim_to_check(session, viewer=other, at=NOON) == (ids[0],)
        assert claim_to_check(session, viewer=other, at=NOON) == ()
