"""Each migration, up and down, with rows in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, inspect

import archive.models
from archive.database import Database
from archive.models.base import Base
from archive.resources import migrations_dir
from tests.migrations.filled_tables import ALEMBIC, Rows, all_rows, fill_tables

assert archive.models  # imported so that every table is known to the metadata


def scripts() -> list[Script]:
    """All migrations, the oldest first."""
    return list(ScriptDirectory(str(migrations_dir())).walk_revisions())[::-1]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database without a table."""
    database = Database(f"sqlite:///{tmp_path / 'archive.sqlite3'}")
    yield database
    database.close()


def move(connection: Connection, *, up: bool, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    config.attributes["connection"] = connection
    (command.upgrade if up else command.downgrade)(config, to)


def shared_columns(before: Rows, after: Rows) -> tuple[Rows, Rows]:
    """Both states with only the tables and columns that they share."""
    kept: tuple[Rows, Rows] = ({}, {})
    for name in before.keys() & after.keys():
        columns = before[name][0].keys() & after[name][0].keys()
        for state, rows in zip(kept, (before[name], after[name]), strict=True):
            state[name] = sorted(({c: row[c] for c in sorted(columns)} for row in rows), key=str)
    return kept


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.revision)
def test_a_migration_keeps_the_rows_on_the_way_up_and_down(empty: Database, script: Script) -> None:
    before_it = script.down_revision or "base"
    assert isinstance(before_it, str), "one migration has one parent: history is a line"
    with empty.migrating() as connection:
        if script.down_revision:
            move(connection, up=True, to=before_it)
        fill_tables(connection)
        old_rows = all_rows(connection)

        move(connection, up=True, to=script.revision)
        kept, expected = shared_columns(all_rows(connection), old_rows)
        assert kept == expected
        fill_tables(connection)  # what the migration has made takes rows, too
        assert all(all_rows(connection).values())

        move(connection, up=False, to=before_it)
        assert all_rows(connection) == old_rows

        move(connection, up=True, to=script.revision)
        fill_tables(connection)


def test_the_first_migration_leaves_nothing_behind_on_the_way_down(empty: Database) -> None:
    with empty.migrating() as connection:
        move(connection, up=True, to="head")
        fill_tables(connection)
        move(connection, up=False, to="base")
        assert inspect(connection).get_table_names() == [ALEMBIC]


def test_the_migrations_make_what_the_models_describe(empty: Database) -> None:
    empty.upgrade()
    with empty.migrating() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_table_that_the_models_do_not_know_would_be_noticed(empty: Database) -> None:
    empty.upgrade()
    with empty.migrating() as connection:
        connection.exec_driver_sql("ALTER TABLE page ADD COLUMN mood VARCHAR(8)")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) != []


def test_history_is_one_line() -> None:
    assert len(ScriptDirectory(str(migrations_dir())).get_heads()) == 1


def test_upgrading_twice_changes_nothing(empty: Database) -> None:
    empty.upgrade()
    with empty.migrating() as connection:
        fill_tables(connection)
        before = all_rows(connection)
    empty.upgrade()
    with empty.migrating() as connection:
        assert all_rows(connection) == before
