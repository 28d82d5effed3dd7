"""Lists, feeds, reports, completions and letters are the same bytes with and without a hidden document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import DocumentKind, Visibility
from archive.services.index_state import index_state
from tests.answers import whole_answers
from tests.factories import NOON
from tests.letters import Mailbox, round_at, subscribe
from tests.web.conftest import MakeDocument

KEY, SECRET = "zanzibar", "mombasa"
QUERIES = ("opt", KEY, f'"{KEY}"', "zan*", f"opt OR {KEY}", f"opt NOT {KEY}", SECRET, "mom*", "(b)(7)(E)", "")
FILTERS = (
    "",
    "&agency=zanzibar",
    "&agency=ice",
    "&place=zanzibar-county-va",
    "&kind=log",
    "&after=2010",
    "&sort=newest",
)
TYPED = (
    *(
        "ag",
        "agency:",
        "agency:z",
        "agency:m",
        'agency:"mom',
        "place:",
        "place:z",
        "production:",
        "kind:",
        "kind:l",
    ),
    *("ex:", "ex:b7", "year:", "year:19", "request:", "request:z", "lang:", "source:", "title:z", ""),
)


def doors() -> Iterator[str]:
    for query in QUERIES:
        for chosen in FILTERS:
            yield f"/search.csv?q={query}{chosen}"
            yield f"/search.atom?q={query}{chosen}"
            yield f"/search/report?details=on&queries=opt%0A{query}{chosen}"
            yield f"/search/report.csv?queries=opt%0A{query}{chosen}"
            yield f"/search/report.csv?rows=pages&queries=opt%0A{query}{chosen}"
        yield f"/search/saved/new?q={query}"
    for typed in TYPED:
        yield f"/search/suggest?q={typed}"
        yield f"/search/suggest?q=opt+({typed}"


@pytest.mark.parametrize("visibility", [Visibility.UNPUBLISHED, Visibility.WITHDRAWN])
def test_every_door_answers_the_same_bytes(
    client: FlaskClient, add: MakeDocument, parts: Parts, visibility: Visibility
) -> None:
    add(title="Memo", pages=("opt out (b)(7)(E)", None), agency="ICE", kind=DocumentKind.MEMO)
    subscribe(parts, "q=opt")
    with parts.database.reading() as session:
        state = index_state(session, parts.engine)
    without = whole_answers(client, doors())
    add(
        title=f"{KEY} {SECRET}",
        pages=(f"opt {KEY} {SECRET} (b)(7)(E)", None, f"opt {KEY}"),
        visibility=visibility,
        agency=f"{SECRET} bureau ({KEY.upper()})",
        place=f"{KEY.upper()} County, VA",
        production=KEY,
        kind=DocumentKind.LOG,
        sender=SECRET,
        subject=SECRET,
        source_file=f"{SECRET}.pdf",
        bates=SECRET,
    )
    with_it = whole_answers(client, doors())
    assert len(without) > 300
    assert [door for door in without if without[door] != with_it[door]] == []
    assert not any(
        SECRET.encode() in data
        for door, (_, _, data) in with_it.items()
        if SECRET not in door and "mom" not in door
    )
    with parts.database.reading() as session:
        assert index_state(session, parts.engine) == state
    assert round_at(parts, Mailbox(), NOON) == []


def test_what_was_withdrawn_is_in_no_list_before_the_index_knows(
    client: FlaskClient, add: MakeDocument, parts: Parts
) -> None:
    document = add(title=SECRET, pages=(f"opt {KEY}",), agency=f"{SECRET} ({KEY.upper()})")
    assert SECRET.encode() in client.get("/search.csv?q=opt").data
    with parts.database.transaction() as session:
        withdrawn = session.get_one(Document, document.id)
        withdrawn.visibility, withdrawn.content_version = Visibility.WITHDRAWN, 2
    for door, (_, _, data) in whole_answers(client, doors()).items():
        if SECRET not in door and "mom" not in door:
            assert SECRET.encode() not in data, door
    assert client.get("/search/suggest?q=agency:").json == {"start": 0, "end": 7, "items": []}
