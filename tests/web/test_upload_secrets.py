"""Whoever has a file does not learn from the archive who else had it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.factories import draw_pdf, make_document
from tests.visitors import Visitor
from tests.web.test_tus import TUS, create, patch, send

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    """Somebody who may send files."""
    return visit(Role.VOLUNTEER)


def receipts(visitor: Visitor, data: bytes) -> list[Any]:
    """Everything that is answered to somebody who sends a file, without ids and times."""
    created = create(visitor, len(data))
    address = created.headers["Location"]
    upload_id = address.rpartition("/")[2]
    answers = [
        created,
        patch(visitor, address, 0, data[:200]),
        patch(visitor, address, 200, data[200:]),
        visitor.head(address, headers=TUS),
        visitor.get(address),
        visitor.get("/upload/batches/alone.json"),
        visitor.get("/upload/batches/alone"),
    ]
    said = []
    for answer in answers:
        headers = [(k, v) for k, v in answer.headers if k not in ("Date", "Content-Length")]
        body = answer.get_data(as_text=True).replace(visitor.form_token(), "TOKEN")
        said.append(
            (answer.status_code, repr(headers).replace(upload_id, "ID"), body.replace(upload_id, "ID"))
        )
    return said


@pytest.mark.parametrize(
    "visibility",
    [one for one in Visibility if one not in (Visibility.PUBLISHED, Visibility.MEMBERS)],
)
def test_a_hidden_document_answers_like_a_new_file(app: Flask, parts: Parts, visibility: Visibility) -> None:
    data = draw_pdf("Secret", ("A secret page",))
    new, again = app.test_client(), app.test_client()
    assert isinstance(new, Visitor)
    assert isinstance(again, Visitor)
    new.sign_in(parts.database, Role.VOLUNTEER, "new@example.org")
    again.sign_in(parts.database, Role.VOLUNTEER, "old@example.org")  # as long a name
    with parts.database.transaction() as session:
        make_document(session, parts.storage, title="Secret", pages=("A secret page",), visibility=visibility)
    other = draw_pdf("Secreu", ("A secret page",))
    assert len(other) == len(data)
    to_hidden = receipts(again, data)
    to_new = receipts(new, other)
    assert [
        (status, headers.replace("old@", "new@"), body.replace("old@", "new@"))
        for status, headers, body in to_hidden
    ] == to_new
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 2


def test_a_document_that_the_sender_may_see_is_told_to_be_here(volunteer: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        document = make_document(session, parts.storage, title="Known", pages=("A page",))
    line = volunteer.get(send(volunteer, draw_pdf("Known", ("A page",)))).get_json()
    assert (line["state"], line["document"]) == ("already_here", document.id)
    own = send(volunteer)
    assert volunteer.get(own).get_json()["state"] == "received"
    assert volunteer.get(send(volunteer)).get_json()["state"] == "already_here"
