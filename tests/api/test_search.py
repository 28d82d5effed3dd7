"""``/api/v1/search``."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.app import create_app
from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import DocumentKind, Visibility
from archive.services.indexing import bring_index_up_to_date
from archive.settings import Settings
from tests.factories import make_document


@pytest.fixture
def document(parts: Parts) -> Document:
    """One published document beside one that is not."""
    with parts.database.transaction() as session:
        document = make_document(
            session,
            parts.storage,
            title="Memo on opting out",
            pages=("Counties may not opt out <here>.", "No."),
            kind=DocumentKind.MEMO,
            dated_on=date(2010, 8, 17),
            agency="Immigration and Customs Enforcement (ICE)",
            source_file="memo.pdf",
            bates="ICE-",
        )
        make_document(
            session, parts.storage, title="Hidden", pages=("opt",), visibility=Visibility.UNPUBLISHED
        )
    bring_index_up_to_date(parts.database, parts.engine)
    return document


@pytest.fixture
def client(settings: Settings, parts: Parts) -> FlaskClient:
    """A program that asks."""
    return create_app(settings, parts).test_client()


def test_the_answer_has_the_promised_names(client: FlaskClient, document: Document) -> None:
    answer = client.get("/api/v1/search?q=opt").json
    assert answer is not None
    assert {"query", "total_pages", "total_documents", "took_ms", "facets", "documents", "warnings"} <= set(
        answer
    )
    assert (answer["query"], answer["total_pages"], answer["total_documents"]) == ("opt", 1, 1)
    (found,) = answer["documents"]
    assert found["id"] == document.id
    assert found["title"] == "Memo on opting out"
    assert (found["agency"], found["kind"], found["dated_on"]) == ("ICE", "memo", "2010-08-17")
    assert found["url"] == f"/documents/{document.id}"
    assert (found["source_file"], found["sha256"], found["page_count"]) == ("memo.pdf", document.sha256, 2)
    (page,) = found["pages"]
    assert (page["page_number"], page["label"]) == (1, "ICE-000001")
    assert page["url"] == f"/documents/{document.id}/pages/1?q=opt"
    assert page["snippet"] == "Counties may not <mark>opt</mark> out &lt;here&gt;."
    assert answer["facets"]["agency"][0]["pages"] == 1


def test_the_addresses_it_gives_are_there(client: FlaskClient, document: Document) -> None:
    answer = client.get("/api/v1/search?q=opt").json
    assert answer is not None
    for found in answer["documents"]:
        assert client.get(found["url"]).status_code == 200
        assert all(client.get(page["url"]).status_code == 200 for page in found["pages"])


def test_the_same_parameters_as_the_site(client: FlaskClient, document: Document) -> None:
    for parameters, total in (("agency=ice&kind=memo", 1), ("agency=dhs", 0), ("after=2011-01-01", 0)):
        answer = client.get(f"/api/v1/search?q=opt&{parameters}").json
        assert answer is not None
        assert answer["total_pages"] == total, parameters


def test_a_query_that_cannot_be_understood(client: FlaskClient) -> None:
    answer = client.get('/api/v1/search?q=opt "out')
    assert answer.status_code == 400
    assert answer.json is not None
    error = answer.json["error"]
    assert error["code"] == "bad_query"
    assert error["position"] == 4
    assert error["message"]
    assert error["help"]
