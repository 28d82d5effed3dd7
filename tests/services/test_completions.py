"""What the search box proposes: fields, and values that published documents have."""

from __future__ import annotations

import pytest

from archive.parts import Parts
from archive.rules.statuses import DocumentKind, Visibility
from archive.search.query_fields import FIELDS
from archive.services.completions import complete
from archive.services.search import parse_search, search_pages
from tests.letters import AddDocument


@pytest.fixture(autouse=True)
def _filled(add: AddDocument) -> None:
    add(
        title="Memo",
        pages=("opt", "out"),
        agency="Immigration and Customs Enforcement (ICE)",
        kind=DocumentKind.MEMO,
        place="Arlington County, VA",
        production="third-interim",
    )
    add(title="Letter", pages=("opt",), agency="Santa Clara County Board")
    add(title="Hidden", pages=("opt",), agency="Secret Bureau", visibility=Visibility.UNPUBLISHED)


def proposed(parts: Parts, text: str, at: int | None = None) -> list[str]:
    with parts.database.reading() as session:
        found = complete(session, parts.engine, text, len(text) if at is None else at)
    return [item.insert for item in found.items]


def test_the_beginning_of_a_field_is_completed(parts: Parts) -> None:
    assert proposed(parts, "ag") == ["agency:"]
    assert proposed(parts, "opt (ag") == ["agency:"]
    assert proposed(parts, "-ki") == ["kind:"]
    assert proposed(parts, "zzz") == []
    assert proposed(parts, '"opt ag') == []
    assert proposed(parts, "") == []


def test_values_come_with_their_pages(parts: Parts) -> None:
    with parts.database.reading() as session:
        (ice,) = complete(session, parts.engine, "opt agency:i", 12).items
    assert (ice.insert, ice.pages) == ("agency:ICE", 2)
    assert proposed(parts, "agency:") == ["agency:ICE", 'agency:"Santa Clara County Board"']
    assert proposed(parts, 'agency:"santa cl') == ['agency:"Santa Clara County Board"']
    assert proposed(parts, "kind:") == ["kind:memo"]
    assert proposed(parts, "place:arl") == ['place:"Arlington County, VA"']
    assert proposed(parts, "production:third") == ["production:third-interim"]
    assert proposed(parts, "source:o") == ["source:ocr"]
    assert proposed(parts, "title:m") == []
    assert proposed(parts, "nofield:m") == []


def test_what_is_replaced_is_what_stands_before_the_cursor(parts: Parts) -> None:
    with parts.database.reading() as session:
        found = complete(session, parts.engine, "opt agency:i bond", 12)
    assert found.start == 4
    assert [item.insert for item in found.items] == ["agency:ICE"]


def test_nothing_hidden_is_proposed(parts: Parts) -> None:
    for text in ("agency:s", "agency:secret", 'agency:"Secret', "agency:"):
        assert not any("Secret" in insert for insert in proposed(parts, text)), text


def test_what_is_proposed_is_understood_and_finds_pages(parts: Parts) -> None:
    for typed in ("agency:", "kind:", "place:", "production:", "year:"):
        for text in proposed(parts, typed):
            with parts.database.reading() as session:
                found = search_pages(session, parts.engine, parse_search({"q": [text]}).query, limit=0)
            assert found.total_pages > 0, text
    for typed in ("lang:", "source:"):
        assert [parse_search({"q": [text]}) for text in proposed(parts, typed)]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_answers(parts: Parts, field: str) -> None:
    assert f"{field}:" in proposed(parts, field)
    assert isinstance(proposed(parts, f"{field}:"), list)
