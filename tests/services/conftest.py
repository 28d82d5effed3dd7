"""Fixtures for services that tell of new documents."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from archive.models import Citation, Collection, Document
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role
from archive.services.citations import cite_passage
from archive.services.collection_items import add_passage
from archive.services.collections import add_collection
from archive.services.indexing import bring_index_up_to_date
from tests.factories import NOON, make_document
from tests.letters import AddDocument, Mailbox, subscribe
from tests.visitors import make_account

WORDS = ("alpha words", "beta words", "gamma words", "delta words")  # of the pages that are cited


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


@pytest.fixture
def people(parts: Parts) -> dict[str, Viewer]:
    found = {}
    for name, role in (("keeper", Role.MEMBER), ("other", Role.MEMBER), ("editor", Role.EDITOR)):
        account = make_account(parts.database, role, f"{name}@example.org")
        found[name] = Viewer(role, account.id, account.email)
    return found


@pytest.fixture
def keeper(people: dict[str, Viewer]) -> Viewer:
    return people["keeper"]


@pytest.fixture
def cited(session: Session, parts: Parts, people: dict[str, Viewer]) -> list[Citation]:
    made = []
    for words in WORDS:
        document = make_document(session, parts.storage, title=words, pages=(words,))
        made.append(cite_passage(session, document.id, 1, words, viewer=people["editor"], at=NOON))
    return made


@pytest.fixture
def collection(session: Session, keeper: Viewer, cited: list[Citation]) -> Collection:
    made = add_collection(session, "Opting out", "Why.", viewer=keeper, at=NOON)
    for citation in cited:
        add_passage(session, made.slug, f"https://a.example/cite/{citation.id}", viewer=keeper, at=NOON)
    return made
