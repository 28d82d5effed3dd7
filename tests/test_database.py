"""How the database is opened, and what a transaction promises."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from archive.database import Database, open_database
from archive.errors import BadSetting
from archive.models import Agency, Production


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),  # readers never wait for the writer
        ("synchronous", 2),  # FULL: a commit survives a power cut
        ("foreign_keys", 1),
        ("busy_timeout", 30_000),
    ],
)
def test_sqlite_is_opened_carefully(database: Database, pragma: str, value: object) -> None:
    with database.reading() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Production(slug="p", title="P", agency_id=999))


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    def add_and_fail() -> None:
        with database.transaction() as session:
            session.add(Agency(slug="ice", name="ICE"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    with database.reading() as session:
        assert session.scalars(select(Agency)).all() == []


def test_two_writers_wait_for_each_other(database: Database) -> None:
    """Both read, then write. Without the lock at the start the second one would fail half way."""

    def add_one_more() -> None:
        with database.transaction() as session:
            count = len(session.scalars(select(Agency)).all())
            time.sleep(0.01)
            session.add(Agency(slug=f"agency-{count}", name="Agency"))

    writers = [threading.Thread(target=add_one_more) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.reading() as session:
        assert len(session.scalars(select(Agency)).all()) == 8


def test_a_reader_sees_one_view_while_a_writer_commits(database: Database) -> None:
    with database.reading() as reader:
        assert reader.scalars(select(Agency)).all() == []
        with database.transaction() as writer:
            writer.add(Agency(slug="ice", name="ICE"))
        assert reader.scalars(select(Agency)).all() == []
    with database.reading() as reader:
        assert len(reader.scalars(select(Agency)).all()) == 1


def test_a_database_address_that_is_none_is_a_wrong_setting() -> None:
    with pytest.raises(BadSetting, match="READING_ROOM_DATABASE_URL"):
        open_database("not an address")
