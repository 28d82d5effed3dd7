"""A person who sends files and goes on where they were, as a process of its own that can be killed.

    python -m tests.jobs.sender HOME FOLDER

Tells on standard output what it was told is safe, one line an answer: name, offset, id.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import select

from archive.jobs.upload_desk import UploadDesk
from archive.models import Account, Upload
from archive.parts import opened_parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role
from archive.settings import load_settings

CHUNK_BYTES = 64 * 1024
SENDER = "volunteer@example.org"


def send_all(home: Path, folder: Path) -> None:
    """Send every file of ``folder``, a chunk at a time."""
    with opened_parts(load_settings(home, environ={})) as parts:
        desk = parts.upload_desk
        viewer = _sender(desk)
        for path in sorted(folder.iterdir()):
            _send(desk, viewer, path)
        desk.sweep()


def _sender(desk: UploadDesk) -> Viewer:
    with desk.database.transaction() as session:
        account = session.scalar(select(Account).where(Account.email == SENDER))
        if account is None:
            account = Account(email=SENDER, role=Role.VOLUNTEER, created_at=desk.clock())
            session.add(account)
            session.flush()
        return Viewer(account.role, account.id, account.email)


def _send(desk: UploadDesk, viewer: Viewer, path: Path) -> None:
    upload = _begun(desk, path.name) or desk.begin(viewer, path.name, path.stat().st_size)
    upload = desk.offset_of(upload.id, viewer)
    with path.open("rb") as file:
        while upload.finished_at is None:
            file.seek(upload.received_bytes)
            upload = desk.take(upload.id, viewer, upload.received_bytes, [file.read(CHUNK_BYTES)])
            sys.stdout.write(f"{path.name} {upload.received_bytes} {upload.id}\n")
            sys.stdout.flush()


def _begun(desk: UploadDesk, name: str) -> Upload | None:
    with desk.database.reading() as session:
        return session.scalar(select(Upload).where(Upload.file_name == name))


if __name__ == "__main__":
    send_all(Path(sys.argv[1]), Path(sys.argv[2]))
