"""Following a search, from the form to the last letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import create_app
from archive.parts import Parts
from archive.settings import Settings
from archive.web.current import RENDERER
from tests.factories import NOON
from tests.letters import Mailbox, addresses, round_at
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument

BASE = "https://records.example.org"


@pytest.fixture
def app(settings: Settings, parts: Parts) -> Iterator[Flask]:
    """A site that knows its address and signs with the key of the letters in tests."""
    known = replace(settings, base_url=BASE, secret_key="key")
    app = create_app(known, replace(parts, settings=known, clock=lambda: NOON))
    app.test_client_class = Visitor
    app.testing = False
    yield app
    app.extensions[RENDERER].close()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def ask(client: FlaskClient, **fields: str) -> int:
    return client.post("/search/saved", data={"email": "a@example.org", **fields}).status_code


def link(letter_text: str, purpose: str) -> str:
    found = re.search(rf"{BASE}(/search/saved/{purpose}/\S+)", letter_text)
    assert found is not None
    return found[1]


def test_from_the_form_to_the_last_letter(
    client: FlaskClient, add: MakeDocument, parts: Parts, mailbox: Mailbox
) -> None:
    add(title="Old", pages=("opt",))
    form = client.get("/search/saved/new?q=opt&agency=&sort=oldest").text
    assert f"{BASE}/search.atom?q=opt" in form
    sent = client.post(
        "/search/saved", data={"email": "a@example.org", "q": "opt", "sort": "oldest", "how_often": "at_once"}
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, "/search/saved/asked")
    assert "Look into your mailbox" in client.get("/search/saved/asked").text
    round_at(parts, mailbox, NOON)
    confirm = link(mailbox.letters[0].text, "confirm")
    assert "Yes, send me letters" in client.get(confirm).text
    add(title="Before the button", pages=("opt opt",))
    assert "Letters will come" in client.post(confirm).text
    assert round_at(parts, mailbox, NOON) == []
    add(title="New", pages=("opt",), bates="N-")
    (letter,) = round_at(parts, mailbox, NOON)
    assert "New" in letter.text
    assert "Before the button" not in letter.text
    unsubscribe = letter.unsubscribe_url.removeprefix(BASE)
    assert "No more letters about it" in client.get(unsubscribe).text
    assert addresses(parts) == ["a@example.org"]  # opening a link changes nothing
    one_click = client.post(
        unsubscribe, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert one_click.status_code == 200
    assert addresses(parts) == []
    assert client.get(unsubscribe).status_code == client.post(unsubscribe).status_code == 200
    assert client.post(confirm).status_code == 404


def test_the_answer_does_not_tell_whether_an_address_is_known(
    client: FlaskClient, add: MakeDocument, parts: Parts, mailbox: Mailbox
) -> None:
    add(pages=("opt",))
    answers = [client.post("/search/saved", data={"email": "a@example.org", "q": "opt"}) for _ in range(9)]
    answers.append(client.post("/search/saved", data={"email": "new@example.org", "q": "opt"}))
    assert len({(answer.status_code, answer.data, str(answer.headers)) for answer in answers}) == 1
    round_at(parts, mailbox, NOON)
    assert len(mailbox.letters) == 6


def test_letters_are_managed_by_a_link(
    client: FlaskClient, add: MakeDocument, parts: Parts, mailbox: Mailbox
) -> None:
    for query in ("opt", "detainer"):
        ask(client, q=query, how_often="at_once")
    round_at(parts, mailbox, NOON)
    for letter in mailbox.letters:
        client.post(link(letter.text, "confirm"))
    add(title="New", pages=("opt",))
    (letter,) = round_at(parts, mailbox, NOON)
    manage = link(letter.text, "manage")
    page = client.get(manage).text
    assert "a@example.org" in page
    ids = re.findall(r'name="saved" value="(\w+)"', page)
    assert len(ids) == 2
    changed = client.post(manage, data={"what": "change", "saved": ids[1], "how_often": "weekly"}).text
    assert re.search(r'value="weekly" selected', changed)
    assert (
        len(re.findall('name="saved"', client.post(manage, data={"what": "end", "saved": ids[0]}).text)) == 1
    )
    assert "No more letters" in client.post(manage, data={"what": "end_all"}).text or addresses(parts)


def test_everything_about_an_address_can_be_ended_at_once(
    client: FlaskClient, add: MakeDocument, parts: Parts, mailbox: Mailbox
) -> None:
    ask(client, q="opt", how_often="at_once")
    round_at(parts, mailbox, NOON)
    client.post(link(mailbox.letters[0].text, "confirm"))
    add(title="New", pages=("opt",))
    (letter,) = round_at(parts, mailbox, NOON)
    manage = link(letter.text, "manage")
    assert "deleted" in client.post(manage, data={"what": "end_all"}).text
    assert addresses(parts) == []
    assert client.get(manage).status_code == 404


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b.org\nBcc: c@d.org", "a@b.org,c@d.org", "<script>@x.org"]
)
def test_what_is_no_address_is_said_on_the_form(client: FlaskClient, parts: Parts, email: str) -> None:
    answer = client.post("/search/saved", data={"email": email, "q": "opt"})
    assert answer.status_code == 400
    assert "This is not a mail address." in answer.text
    assert "<script>" not in answer.text
    assert addresses(parts) == []


def test_a_search_that_is_wrong_is_not_saved(client: FlaskClient, parts: Parts) -> None:
    assert client.get('/search/saved/new?q="opt').status_code == 400
    assert ask(client, q='"opt') == 400
    assert addresses(parts) == []


def test_forged_links_open_nothing(client: FlaskClient) -> None:
    for purpose in ("confirm", "unsubscribe", "manage"):
        for token in ("x", "a.0.b", "..", "a.99999999999.b"):
            assert client.get(f"/search/saved/{purpose}/{token}").status_code == 404
            assert client.post(f"/search/saved/{purpose}/{token}").status_code == 404


def test_without_a_public_address_letters_are_refused_in_words(settings: Settings, parts: Parts) -> None:
    app = create_app(settings, parts)
    app.test_client_class = Visitor
    client = app.test_client()
    form = client.get("/search/saved/new?q=opt").text
    assert "does not know its own public address" in form
    assert 'type="email"' not in form
    assert client.post("/search/saved", data={"email": "a@example.org", "q": "opt"}).status_code == 503
