"""What a visitor is told when something is not as it should be."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from archive.errors import ArchiveError
from archive.parts import Parts
from archive.rules.access import Action, public, requires
from archive.rules.statuses import Role
from archive.settings import Settings
from tests.visitors import Visitor


def _all_errors(error: type[ArchiveError]) -> list[type[ArchiveError]]:
    return [error, *(deeper for below in error.__subclasses__() for deeper in _all_errors(below))]


@pytest.mark.parametrize(
    "path", ["/nothing", "/documents", "/documents/x/y/z", "/static/none.css", "/api/v2"]
)
def test_an_address_that_is_none(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.text


def test_the_site_can_only_be_read(client: FlaskClient) -> None:
    answer = client.post("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_error_nobody_expected_tells_the_visitor_nothing_of_its_inside(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    @public
    def broken() -> str:
        raise RuntimeError("secret inside")

    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "The page could not be made." in answer.text
    assert "secret inside" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret inside" in caplog.text


def test_every_error_of_the_archive_is_answered_in_its_own_words(app: Flask) -> None:
    errors = [error for error in _all_errors(ArchiveError) if error.__module__ == "archive.errors"]

    @app.get("/raise/<int:number>")
    @public
    def raise_error(number: int) -> str:
        raise errors[number]("Said so.")

    for number, error in enumerate(errors):
        answer = app.test_client().get(f"/raise/{number}")
        assert answer.status_code == error.status
        assert error("Said so.").sentence in answer.text
        assert ("Retry-After" in answer.headers) == (error.status == 503)


def test_under_api_errors_are_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json == {
        "error": {
            "code": "not_found",
            "message": "There is nothing at this address.",
            "help": "Search for what you need, or start at the first page.",
        }
    }


def test_a_view_that_nobody_declared_is_refused(app: Flask) -> None:
    @app.get("/forgotten")
    def forgotten() -> str:
        return "seen"

    assert app.test_client().get("/forgotten").status_code == 404


def test_a_view_for_editors_asks_readers_to_sign_in_and_tells_others_that_it_is_not_for_them(
    app: Flask, visit: Callable[[Role | None], Visitor]
) -> None:
    @app.get("/editors/<name>")
    @requires(Action.READ_UNPUBLISHED)
    def editors(name: str) -> str:
        return "seen" if name == "there" else abort(404)

    assert visit(Role.EDITOR).get("/editors/there").text == "seen"
    for name in ("there", "absent"):  # which it is must not be told
        reader = visit(None).get(f"/editors/{name}")
        assert (reader.status_code, reader.location) == (303, f"/sign-in?next=%2Feditors%2F{name}")
        assert visit(Role.VOLUNTEER).get(f"/editors/{name}").status_code == 403


def test_a_database_that_does_not_answer(client: FlaskClient, settings: Settings, parts: Parts) -> None:
    parts.database.close()
    file = settings.home / "archive.sqlite3"
    file.write_bytes(b"not a database at all" * 400)
    for other in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        other.unlink(missing_ok=True)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["database"] == "unavailable"
    page = client.get("/")
    assert page.status_code == 503
    assert "The database cannot be reached." in page.text
