"""``/search/suggest``: JSON for the search box."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import MakeDocument


def test_values_of_a_field(client: FlaskClient, add: MakeDocument) -> None:
    add(pages=("opt", "out"), agency="ICE")
    answer = client.get("/search/suggest?q=opt+agency:i+bond&at=12")
    assert answer.json == {
        "start": 4,
        "end": 12,
        "items": [{"insert": "agency:ICE", "label": "ICE", "pages": 2}],
    }


@pytest.mark.parametrize(
    "address", ["", "?q=", "?q=ag&at=-1", "?q=ag&at=999999999999", "?q=ag&at=%C2%B2", "?q=%00&at=1"]
)
def test_nonsense_is_answered(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/search/suggest{address}")
    assert answer.status_code == 200
    assert answer.json is not None
    assert isinstance(answer.json["items"], list)


def test_a_very_long_query_is_answered(client: FlaskClient) -> None:
    assert client.get("/search/suggest", query_string={"q": "a" * 20_000}).status_code == 200
