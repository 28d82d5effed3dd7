"""Whether the archive's parts answer. For a machine that asks every few seconds, so it stays cheap."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy import select

from archive.database import Database
from archive.errors import ArchiveError
from archive.models import Document
from archive.ports import SearchEngine, Storage

_log = logging.getLogger(__name__)
_NO_SUCH_DOCUMENT = "000000000000"


def check_health(database: Database, storage: Storage, engine: SearchEngine) -> dict[str, str]:
    """``ok`` or ``unavailable`` for each part, and for all together as ``status``."""
    checks: dict[str, Callable[[], object]] = {
        "database": lambda: _ask_database(database),
        "storage": lambda: storage.exists("originals/00/" + "0" * 64 + ".pdf"),
        "index": lambda: next(engine.iter_page_counts(public=True), None),
    }
    found = {name: _try(name, check) for name, check in checks.items()}
    return {"status": "ok" if set(found.values()) == {"ok"} else "unavailable", **found}


def _ask_database(database: Database) -> None:
    with database.reading() as session:
        session.execute(select(Document.id).where(Document.id == _NO_SUCH_DOCUMENT))


def _try(name: str, check: Callable[[], object]) -> str:
    try:
        check()
    except (ArchiveError, OSError) as error:
        _log.warning("%s does not answer: %s", name, error)
        return "unavailable"
    return "ok"
