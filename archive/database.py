"""Opens the database and hands out sessions. The edge (web, cli, jobs) owns the transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from archive.errors import BadSetting, DatabaseUnavailable
from archive.resources import migrations_dir

BUSY_TIMEOUT_MS = 30_000


class Database:
    """One database. ``transaction()`` writes, ``reading()`` only reads."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
        except Exception as error:
            raise BadSetting(
                "READING_ROOM_DATABASE_URL is not a database address.",
                help="Write sqlite:////path/to/file.sqlite3, or leave it out.",
            ) from error
        self.engine = create_engine(self.url, json_serializer=_canonical_json)
        if self.engine.dialect.name == "sqlite":
            _set_up_sqlite(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back when the block raises.

        Keep it short: SQLite has one writer. The write lock is taken at the start, so that two
        writers wait for each other instead of failing half way.
        """
        with self._sessions() as session:
            session.connection(execution_options={"reading_room_write": True})
            with _committing(session):
                yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading: one consistent view, never blocked by a writer.

        Raises ``DatabaseUnavailable`` when the database does not answer.
        """
        with self._sessions() as session:
            try:
                yield session
            except DatabaseError as error:
                raise DatabaseUnavailable from error

    def upgrade(self) -> None:
        """Bring the tables to the newest migration. Safe to call each time the archive opens."""
        from alembic import command
        from alembic.config import Config
        from alembic.migration import MigrationContext
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(migrations_dir()))
        newest = ScriptDirectory.from_config(config).get_current_head()
        with self.engine.begin() as connection:
            if MigrationContext.configure(connection).get_current_revision() == newest:
                return
        with self.migrating() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection for changing tables, in one transaction.

        SQLite changes a table by making it anew and dropping the old one; were foreign keys enforced
        meanwhile, the drop would take the rows with it that point there (sqlite.org/lang_altertable.html).
        """
        with self.engine.connect().execution_options(reading_room_write=True) as connection:
            driver: Any = connection.connection.driver_connection
            is_sqlite = self.engine.dialect.name == "sqlite"
            if is_sqlite:
                driver.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
            finally:
                if is_sqlite:
                    driver.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at ``url``, with its tables up to date."""
    database = Database(url)
    database.upgrade()
    return database


def known_revisions() -> frozenset[str]:
    """The states of the tables, by their migrations, that this program can bring up to date."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(migrations_dir()).walk_revisions())


@contextmanager
def _committing(session: Session) -> Iterator[None]:
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _canonical_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up_sqlite(engine: Engine) -> None:
    """WAL so that readers never wait; FULL so that a commit survives a power cut."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin by itself; see _begin
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("reading_room_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
