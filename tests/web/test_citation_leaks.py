"""Addresses with a document or a citation behind the question mark, and forms, tell nothing hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.statuses import Role
from archive.services.indexing import bring_index_up_to_date
from tests.visitors import Visitor, make_account
from tests.web.matrix import ACTORS, Actor, Case, add_cases, hidden_words, sees


@pytest.fixture
def cases(parts: Parts) -> list[Case]:
    sender = make_account(parts.database, Role.VOLUNTEER, "sender@example.org")
    editor = make_account(parts.database, Role.EDITOR, "editor@example.org")
    with parts.database.transaction() as session:
        made = add_cases(session, parts.storage, sender, editor)
    bring_index_up_to_date(parts.database, parts.engine)
    return made


def visitor_of(app: Flask, parts: Parts, actor: Actor) -> tuple[Visitor, Viewer]:
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    if actor.role is None:
        return visitor, READER
    visitor.sign_in(parts.database, actor.role, f"{actor.name}@example.org")
    account = visitor.account
    assert account is not None
    return visitor, Viewer(account.role, account.id, account.email)


def answers(visitor: Visitor, case: Case, others: list[Case]) -> Iterator[tuple[str, TestResponse]]:
    """Every way of asking about a document or its citation that is not its own address."""
    document, citation = case.document.id, case.citation_id
    site = "http://localhost"
    words = "opt out"
    for path in ("/cite/list", "/cite/list.md", "/cite/list.csv", "/cite/list.ris", "/cite/list.docx"):
        yield path, visitor.get(path, query_string={"id": [citation, others[0].citation_id]})
    yield "/cite", visitor.get("/cite", query_string={"document": document, "page": "1", "quote": words})
    yield "/cite sent", visitor.post("/cite", data={"document": document, "page": "1", "quote": words})
    yield "/cite as JSON", visitor.post("/cite", json={"document": document, "page": 1, "quote": words})
    yield "/cite/pack", visitor.get("/cite/pack", query_string={"id": citation})
    yield "/cite/pack sent", visitor.post("/cite/pack", data={"citations": citation, "heading": "Exhibit"})
    yield "/cite/pack pages", visitor.get("/cite/pack", query_string={"document": document, "pages": "1"})
    for address in (f"{site}/cite/{citation}", f"{site}/documents/{document}/pages/1"):
        for form in ("json", "xml"):
            yield "/oembed", visitor.get("/oembed", query_string={"url": address, "format": form})
        yield "/cite/embed", visitor.get("/cite/embed", query_string={"url": address})
        draft = f"They said “{words}” ({address}). It says “opt out of it” too."
        yield "/cite/check", visitor.post("/cite/check", data={"draft": draft, "text": draft})
    for name in (document, citation):
        yield "/unapi", visitor.get("/unapi", query_string={"id": name, "format": "ris"})
        yield "/unapi", visitor.get("/unapi", query_string={"id": name})
    for path in ("/sitemap.xml", "/sitemap/1.xml", "/collections", "/collections.atom"):
        yield path, visitor.get(path)


def said(answer: TestResponse) -> str:
    """All that an answer says, headers and what is packed in it included."""
    body = answer.get_data()
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return headers + body.decode("utf-8", "replace")


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_no_address_with_a_citation_in_it_tells_what_is_hidden(
    app: Flask, parts: Parts, cases: list[Case], actor: Actor
) -> None:
    visitor, viewer = visitor_of(app, parts, actor)
    told, shown = [], 0
    hidden = list(hidden_words(actor, cases, lambda _: viewer))
    for case in cases:
        for path, answer in answers(visitor, case, cases):
            text = said(answer)
            told += [f"{path} of {case.visibility}: {word}" for word in hidden if word in text]
            shown += sees(actor, case, viewer) and any(word in text for word in case.words)
            assert answer.status_code != 500, f"{path} of {case.visibility}"
    assert told == []
    assert shown > 20, "somebody who may see a document is told something, so there is something to be found"
