"""How much may be sent, and for how long it is waited for: told before the first byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from archive.app import create_app
from archive.models import Account, Upload
from archive.parts import Parts
from archive.rules.statuses import Role, UploadOutcome
from archive.services.upload_quota import MB
from archive.settings import Settings, load_settings
from archive.web.current import RENDERER
from tests.factories import NOON
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    """Somebody who may send files."""
    return visit(Role.VOLUNTEER)


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory, parts: Parts) -> Settings:
    """Two megabytes a file, three in all."""
    environment = {"READING_ROOM_MOST_UPLOAD_MB": "2", "READING_ROOM_UPLOAD_QUOTA_MB": "3"}
    return load_settings(parts.settings.home, environ=environment)


def test_what_is_too_much_is_said_before_the_first_byte(small: Settings, parts: Parts) -> None:
    moment = [NOON]
    app = create_app(small, replace(parts, settings=small, clock=lambda: moment[0]))
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    account = visitor.sign_in(parts.database, Role.VOLUNTEER)

    def ask(length: int) -> tuple[int, str]:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
        answer = visitor.post("/upload/files", headers=headers)
        return answer.status_code, answer.get_data(as_text=True)

    assert ask(2 * MB + 1) == (413, ask(3 * MB)[1])
    assert "at most 2 MB" in ask(3 * MB)[1]
    assert ask(2 * MB)[0] == 201
    status, said = ask(2 * MB)
    assert status == 413
    assert "1 MB of 3 MB are left" in said
    assert "You may send 1.0 MB more" in visitor.get("/upload").get_data(as_text=True)
    with parts.database.transaction() as session:
        session.get_one(Account, account.id).quota_bytes = 10 * MB
    assert ask(2 * MB)[0] == 201
    with parts.database.transaction() as session:
        session.get_one(Account, account.id).quota_bytes = 3 * MB
    assert ask(MB)[0] == 413
    with parts.database.transaction() as session:
        for upload in session.scalars(select(Upload)):
            upload.created_at = NOON - timedelta(days=31)
    assert ask(2 * MB)[0] == 201
    app.extensions[RENDERER].close()


def test_a_full_disk_is_said_before_the_first_byte(visit: Visit, parts: Parts) -> None:
    huge = {"READING_ROOM_MOST_UPLOAD_MB": "10000000000"}
    settings = load_settings(parts.settings.home, environ=huge)
    app = create_app(settings, replace(parts, settings=settings, clock=lambda: NOON))
    app.test_client_class = Visitor
    editor = app.test_client()
    assert isinstance(editor, Visitor)
    editor.sign_in(parts.database, Role.EDITOR)
    more_than_any_disk = {"Tus-Resumable": "1.0.0", "Upload-Length": str(10**15)}
    answer = editor.post("/upload/files", headers=more_than_any_disk)
    assert answer.status_code == 507
    assert "no room left" in answer.get_data(as_text=True)
    app.extensions[RENDERER].close()


def test_a_file_nobody_goes_on_with_ends_after_seven_days(
    volunteer: Visitor, app: Flask, parts: Parts
) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "900"}
    body = headers | {"Content-Type": "application/offset+octet-stream"}
    where = volunteer.post("/upload/files", headers=body, data=b"%PDF-1.7 some").headers["Location"]
    replace(parts, clock=lambda: NOON + timedelta(days=6)).upload_desk.sweep()
    assert volunteer.head(where, headers=headers).status_code == 200
    replace(parts, clock=lambda: NOON + timedelta(days=8)).upload_desk.sweep()
    assert parts.incoming.ids() == []
    with parts.database.reading() as session:
        assert session.scalars(select(Upload.outcome)).all() == [UploadOutcome.FAILED]
    patch = body | {"Upload-Offset": "13"}
    assert volunteer.patch(where, headers=patch, data=b"x").status_code == 410
    assert "not sent to its end within 7 days" in volunteer.get("/upload/batches/alone").get_data(
        as_text=True
    )
