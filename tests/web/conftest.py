"""The site of an archive with a few documents in it, and a browser-less visitor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import create_app
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.indexing import bring_index_up_to_date
from archive.settings import Settings
from archive.web.current import RENDERER
from tests.factories import NOON, make_document
from tests.visitors import Visitor

MakeDocument = Callable[..., Document]


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
