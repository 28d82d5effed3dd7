"""Where somebody is sent after signing in: never to another site."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from archive.parts import Parts
from archive.rules.statuses import Role
from tests.signing_in import add_person, send_sign_in

ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https://evil.example",
    "http://evil.example/",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    " https://evil.example",
    "\x00//evil.example",
    "/\x0b/evil.example",
    "/search\r\nSet-Cookie: a=b",
    "evil.example",
    "www.evil.example/path",
    "@evil.example",
    "user@evil.example/",
    ".evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "/\u200b/evil.example",
    "/\u2028/evil.example",
    "／／evil.example",
    "/" + "a" * 3000,
)


@pytest.mark.parametrize("target", ELSEWHERE, ids=ascii)
def test_nobody_is_led_to_another_site(client: FlaskClient, parts: Parts, target: str) -> None:
    add_person(parts, Role.MEMBER)
    page = client.get("/sign-in", query_string={"next": target}).get_data(as_text=True)
    assert 'name="next"' not in page
    answer = send_sign_in(client, "member@example.org", next=target)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "Set-Cookie: a=b" not in str(answer.headers)
    assert client.get("/sign-in", query_string={"next": target}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "target", ["/", "/search?q=a+b&x=//y", "/documents/abc#page", "/%2f/evil", "/.//evil"]
)
def test_paths_of_this_site_are_followed(client: FlaskClient, parts: Parts, target: str) -> None:
    add_person(parts, Role.MEMBER)
    assert send_sign_in(client, "member@example.org", next=target).headers["Location"] == target
