"""The site of an archive with a few documents in it, and a browser-less visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import create_app
from archive.models import Account, Document
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.statuses import Role
from archive.services.citations import cite_passage
from archive.services.collection_items import add_passage, set_audience, write_note
from archive.services.collections import add_collection, share_collection
from archive.services.indexing import bring_index_up_to_date
from archive.settings import Settings
from archive.web.current import RENDERER
from tests.factories import NOON, make_document
from tests.visitors import Visitor, make_account

MakeDocument = Callable[..., Document]
Visit = Callable[..., Visitor]
Keep = Callable[..., str]


@pytest.fixture
def app(settings: Settings, parts: Parts) -> Iterator[Flask]:
    """The site."""
    app = create_app(settings, replace(parts, clock=lambda: NOON))
    app.test_client_class = Visitor
    app.testing = False  # errors are answered as visitors see them
    yield app
    app.extensions[RENDERER].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


@pytest.fixture
def add(parts: Parts) -> MakeDocument:
    """Adds a document and, unless ``index`` is false, brings the index up to date."""

    def add_document(*, index: bool = True, **fields: object) -> Document:
        with parts.database.transaction() as session:
            document = make_document(session, parts.storage, **fields)  # type: ignore[arg-type]  # handed on
        if index:
            bring_index_up_to_date(parts.database, parts.engine)
        return document

    return add_document


@pytest.fixture
def visit(app: Flask, parts: Parts) -> Callable[[Role | None], Visitor]:
    """A visitor with this role, signed in (with the second factor given); None: a reader."""

    def visitor_with(role: Role | None) -> Visitor:
        visitor = app.test_client()
        assert isinstance(visitor, Visitor)
        if role is not None:
            visitor.sign_in(parts.database, role)
        return visitor

    return visitor_with


@pytest.fixture
def people(parts: Parts) -> dict[str, Account]:
    roles = {"keeper": Role.MEMBER, "other": Role.MEMBER, "editor": Role.EDITOR}
    return {name: make_account(parts.database, role, f"{name}@example.org") for name, role in roles.items()}


@pytest.fixture
def sign(visit: Callable[[Role | None], Visitor], parts: Parts, people: dict[str, Account]) -> Visit:
    """A visitor: 'reader', or one of the people, signed in."""

    def sign_in(name: str) -> Visitor:
        visitor = visit(None)
        if name != "reader":
            visitor.sign_in(parts.database, people[name].role, people[name].email)
        return visitor

    return sign_in


@pytest.fixture
def cite(parts: Parts, add: Callable[..., Document], people: dict[str, Account]) -> Callable[..., str]:
    """Makes a document with these words and cites them."""

    def cite_words(words: str, **fields: object) -> str:
        document = add(index=False, title=f"Title {words}", pages=(words,), **fields)
        editor = Viewer(Role.EDITOR, people["editor"].id, "editor@example.org")
        with parts.database.transaction() as session:
            return cite_passage(session, document.id, 1, words, viewer=editor, at=NOON).id

    return cite_words


@pytest.fixture
def keep(parts: Parts, people: dict[str, Account]) -> Keep:
    """Makes a collection of the keeper's with these citations; its slug."""

    def make(*citation_ids: str, audience: Audience = Audience.PUBLIC, shared: bool = False) -> str:
        keeper = Viewer(Role.MEMBER, people["keeper"].id, "keeper@example.org")
        editor = Viewer(Role.EDITOR, people["editor"].id, "editor@example.org")
        with parts.database.transaction() as session:
            made = add_collection(session, "Opting out", "Why <it> matters.", viewer=keeper, at=NOON)
            share_collection(session, made.slug, is_shared=True, viewer=keeper, at=NOON)
            for number, one in enumerate(citation_ids, 1):
                item = add_passage(session, made.slug, one, viewer=editor, at=NOON)
                write_note(session, made.slug, item.id, f"Note {number} <b>", viewer=editor, at=NOON)
            share_collection(session, made.slug, is_shared=shared, viewer=keeper, at=NOON)
            set_audience(session, made.slug, audience, viewer=keeper, at=NOON)
            return made.slug

    return make
