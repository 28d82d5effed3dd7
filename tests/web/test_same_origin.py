"""Forms come from this site."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive.app import create_app
from archive.parts import Parts
from archive.settings import Settings
from tests.visitors import Visitor


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/search/report", data={"queries": "opt"}, headers=headers)
    assert answer.status_code == 403
    assert "sent from another site" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_a_form_of_this_site_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/search/report", data={"queries": "opt"}, headers=headers).status_code == 303


def test_behind_a_proxy_the_public_address_is_this_site(settings: Settings, parts: Parts) -> None:
    app = create_app(replace(settings, base_url="https://records.example.org"), parts)
    app.test_client_class = Visitor
    origin = {"Origin": "https://records.example.org"}
    answer = app.test_client().post("/search/report", data={"queries": "opt"}, headers=origin)
    assert answer.status_code == 303


def test_reading_is_open_to_links_from_everywhere(client: FlaskClient) -> None:
    assert client.get("/search/report", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_one_click_unsubscribing_may_come_from_everywhere(client: FlaskClient) -> None:
    forged = client.post("/search/saved/unsubscribe/x", headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 404
