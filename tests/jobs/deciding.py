"""A process that decides about documents without end, or until it kills itself at a given step.

``python -m tests.jobs.deciding HOME`` goes on until somebody kills it; with a number behind it, the process
ends as by ``kill -9`` right before its n-th statement or commit.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from archive.errors import OpenFindings
from archive.models import Account, Document
from archive.parts import Parts, open_parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role, Visibility
from archive.rules.transitions import ReviewAction, possible_actions
from archive.services.indexing import bring_index_up_to_date
from archive.services.publication import decide_document
from archive.settings import load_settings


def main(home: Path, last_step: int | None) -> None:
    """Publish, seal, withdraw and restore whatever is there, over and over."""
    parts = open_parts(load_settings(home, environ={}))
    with parts.database.reading() as session:
        account = session.scalars(select(Account)).one()
        ids = list(session.scalars(select(Document.id).order_by(Document.copy_kind.desc(), Document.id)))
    editor = Viewer(Role.EDITOR, account.id, account.email)
    if last_step is not None:
        _die_at(parts, last_step)
    print("ready", flush=True)
    while True:
        for document_id in ids:
            _decide(parts, document_id, editor)
        bring_index_up_to_date(parts.database, parts.engine)


def _decide(parts: Parts, document_id: str, editor: Viewer) -> None:
    with parts.database.transaction() as session:
        state = session.get_one(Document, document_id).visibility
        action = ReviewAction.PUBLISH
        if state != Visibility.UNPUBLISHED:
            action = possible_actions(state, asked=False)[0]
        with suppress(OpenFindings):  # of an original with boxes only its redacted copy is shown
            decide_document(session, document_id, action, viewer=editor, at=parts.clock(), words="why")


def _die_at(parts: Parts, last_step: int) -> None:
    steps = 0

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(parts.database.engine, "before_cursor_execute", count)
    event.listen(parts.database.engine, "commit", count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
