"""What is not published is nowhere: on no route, in no count, in no header."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Visibility
from archive.services.indexing import bring_index_up_to_date
from tests.answers import whole_answers
from tests.web.conftest import MakeDocument

KEY = "zanzibar"  # what a curious visitor types; it may come back in the search box
SECRET = "mombasa"  # what only the hidden document knows; it must never be seen
HIDDEN = (Visibility.UNPUBLISHED, Visibility.WITHDRAWN)
QUERIES = (KEY, f'"{KEY}"', f"{KEY[:5]}*", "opt", f"opt OR {KEY}", f"opt NOT {KEY}", "mom*", "")
ASKING: tuple[dict[str, str], ...] = (
    {},
    {"Range": "bytes=0-99"},
    {"If-None-Match": "*"},
    {"Accept": "application/json"},
)


def _add_hidden(add: MakeDocument, visibility: Visibility) -> Document:
    return add(
        title=f"{KEY} {SECRET}",
        pages=(f"opt out {KEY} {SECRET}", None, f"opt {KEY} {SECRET}"),
        visibility=visibility,
        agency=f"{SECRET} bureau ({KEY.upper()})",
        place=f"{KEY.upper()} County, VA",
        production=KEY,
        sender=SECRET,
        recipient=SECRET,
        subject=SECRET,
        source_file=f"{SECRET}.pdf",
        bates=SECRET,
    )


def _fill(rule: Rule, document: Document) -> str:
    slugs = {"agencies": KEY, "productions": KEY, "places": f"{KEY}-county-va"}
    values = {
        "document_id": document.id,
        "page_number": 1,
        "slug": slugs.get(rule.rule.split("/")[1], KEY),
        "name": "site.css",
        "token": "forged",
        "kind": "agencies",
        "form": "txt",
    }
    given = {name: values.get(name, _any_value(rule, name)) for name in rule.arguments}
    built = rule.build(given, append_unknown=False)
    assert built is not None
    return built[1]


def _any_value(rule: Rule, name: str) -> str | int:
    """What fits into an address that names something beside a document."""
    return 1 if f"<int:{name}>" in rule.rule else "1" * 32


def _addresses(app: Flask, document: Document) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        address = _fill(rule, document)
        yield address
        for query in QUERIES:
            yield f"{address}?q={query}"
        yield f"{address}?size=large"
        yield f"{address}?size=thumb"
        yield f"{address}?window=2"
        yield f"{address}?agency={KEY}&production={KEY}&place={KEY}-county-va"
    for number in (2, 3, 4):
        yield f"/documents/{document.id}/pages/{number}"
        yield f"/documents/{document.id}/pages/{number}.txt"


@pytest.mark.parametrize("visibility", HIDDEN)
def test_no_route_shows_a_hidden_document(app: Flask, add: MakeDocument, visibility: Visibility) -> None:
    add(title="Public memo", pages=("opt out of the programme",))
    document = _add_hidden(add, visibility)
    client, asked = app.test_client(), 0
    for address in _addresses(app, document):
        for headers in ASKING if "?" not in address else ASKING[::3]:  # what is asked makes no new file
            answer = client.get(address, headers=headers)
            said = answer.get_data(as_text=True) + str(answer.headers)
            for secret in (SECRET, f"{KEY.upper()} County", document.sha256):
                assert secret not in said, address
            assert answer.status_code < 500, address
            asked += 1
    assert asked > 500


@pytest.mark.parametrize("visibility", HIDDEN)
def test_hidden_and_absent_are_answered_with_the_same_bytes(
    app: Flask, add: MakeDocument, parts: Parts, visibility: Visibility
) -> None:
    add(title="Public memo", pages=("opt out of the programme",))
    document = _add_hidden(add, visibility)
    client = app.test_client()
    hidden = whole_answers(client, _addresses(app, document))
    with parts.database.transaction() as session:
        session.delete(session.get_one(Document, document.id))
    parts.engine.remove_documents([document.id])
    absent = whole_answers(client, hidden)
    assert [address for address in hidden if hidden[address] != absent[address]] == []


def test_what_is_withdrawn_is_gone_from_every_remembered_address(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    document = add(pages=("opt out", "second"))
    at = f"/documents/{document.id}"
    addresses = [
        at,
        f"{at}/text",
        f"{at}/pages/1",
        f"{at}/pages/1.webp",
        f"{at}/pages/1.txt",
        f"{at}/file.pdf",
    ]
    etags = {address: client.get(address).headers.get("ETag", '"x"') for address in addresses}
    assert "Opt-out memo" in client.get("/search?q=opt").text
    with parts.database.transaction() as session:
        session.get_one(Document, document.id).visibility = Visibility.WITHDRAWN
    for address in addresses:
        for headers in ({}, {"If-None-Match": etags[address]}, {"Range": "bytes=0-5"}):
            assert client.get(address, headers=headers).status_code == 404, address
    assert "Opt-out memo" not in client.get("/search?q=opt").text  # before the index knows
    bring_index_up_to_date(parts.database, parts.engine)
    assert "Opt-out memo" not in client.get("/search?q=opt").text
