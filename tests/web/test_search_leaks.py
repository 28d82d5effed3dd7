"""What a search says is the same with and without a document that is not published, to the byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from archive.rules.statuses import DocumentKind, Visibility
from tests.answers import whole_answers
from tests.web.conftest import MakeDocument

KEY, SECRET = "zanzibar", "mombasa"
QUERIES = (
    *("opt", KEY, f'"{KEY}"', "zan*", "*bar", "z?nzibar", "zanzibr~", "zanzibrr", "mombassa", "opt zanzibrr"),
    *(
        f"opt OR {KEY}",
        f"opt NOT {KEY}",
        f"opt /5 {KEY}",
        f"opt /s {SECRET}",
        '"opt mombasa"~5',
        f"title:{SECRET}",
    ),
    *(
        f"from:{SECRET}",
        "agency:zanzibar",
        'place:"zanzibar county"',
        "kind:log",
        "ex:b7e",
        "ex:b3 opt",
        "date:1999",
    ),
    *(
        "bates:MOMBASA-000001",
        "bates:MOMBASA-*",
        "pages:3",
        "opt out of the mombasa zanzibar programme at once",
    ),
    *("(b)(3)", "the zanzibar opt county memo out", "file:mombasa", "source:ocr", "lang:en"),
)
WAYS = (
    "",
    "&agency=zanzibar",
    "&exemption=b3",
    "&kind=log",
    "&ocr=on",
    "&synonyms=off",
    "&sort=oldest",
    "&after=1990",
)


def doors() -> Iterator[str]:
    for query in QUERIES:
        for way in WAYS:
            yield f"/search?q={query}{way}"
        yield f"/api/v1/search?q={query}"
        yield f"/search.csv?q={query}"
        yield f"/search.atom?q={query}"
    for way in WAYS:
        yield f"/search?q={way}"
    yield from ("/", "/unread", "/search/help", "/search", "/agencies", "/places", "/productions")


@pytest.mark.parametrize("visibility", [Visibility.UNPUBLISHED, Visibility.WITHDRAWN])
def test_every_search_answers_the_same_bytes(
    client: FlaskClient, add: MakeDocument, visibility: Visibility
) -> None:
    add(title="Memo", pages=("The county may opt out (b)(7)(E).", None), agency="ICE", kind=DocumentKind.MEMO)
    without = whole_answers(client, doors())
    add(
        title=f"{KEY} {SECRET}",
        pages=(f"opt {KEY} {SECRET} (b)(3) of the county", None, f"opt {KEY}"),
        visibility=visibility,
        agency=f"{SECRET} bureau ({KEY.upper()})",
        place=f"{KEY.upper()} County, VA",
        production=KEY,
        kind=DocumentKind.LOG,
        sender=SECRET,
        subject=SECRET,
        source="ocr",
        source_file=f"{SECRET}.pdf",
        bates="MOMBASA-",
    )
    with_it = whole_answers(client, doors())
    assert len(without) > 300
    assert {status for status, _, _ in without.values()} == {200}
    assert [door for door in without if without[door] != with_it[door]] == []
