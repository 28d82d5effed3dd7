"""Fixtures for services that tell of new documents."""

from __future__ import annotations

import pytest

from archive.models import Document
from archive.parts import Parts
from archive.services.indexing import bring_index_up_to_date
from tests.factories import make_document
from tests.letters import AddDocument, Mailbox, subscribe


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def add(parts: Parts) -> AddDocument:
    """Adds documents to the index."""

    def add_document(**fields: object) -> Document:
        with parts.database.transaction() as session:
            document = make_document(session, parts.storage, **fields)  # type: ignore[arg-type]  # handed on
        bring_index_up_to_date(parts.database, parts.engine)
        return document

    return add_document


@pytest.fixture
def saved(parts: Parts, add: AddDocument) -> str:
    """The id of a confirmed search for ``opt``, at once; one document is there already."""
    add(title="Old memo", pages=("Counties may opt out.",))
    return subscribe(parts, "q=opt")
