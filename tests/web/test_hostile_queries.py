"""Nobody stops the site with a query: answered soon or refused in words, and the others never wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
import urllib3
import waitress.server
from flask import Flask
from flask.testing import FlaskClient

from archive.parts import Parts
from tests.bench.pages import generate_documents
from tests.hostile_queries import HOSTILE, random_queries

PAGES = 3_000
SECONDS = 2.5
HEALTH_SECONDS = 0.3


@pytest.fixture
def _large(parts: Parts) -> None:
    """An index that a wide query has to work on."""
    parts.engine.rebuild((document, True) for document in generate_documents(PAGES))


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The site on a real server, as ``serve`` runs it."""
    server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)


@contextmanager
def watched_health(site: str) -> Iterator[list[float]]:
    """Ask for the site's health all the while; the seconds it took."""
    taken: list[float] = []
    done = threading.Event()

    def ask() -> None:
        with urllib3.PoolManager() as pool:
            while not done.wait(0.02):
                began = time.monotonic()
                assert pool.request("GET", f"{site}/healthz").status == 200
                taken.append(time.monotonic() - began)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield taken
    finally:
        done.set()
        thread.join(5)


def as_address(query: str) -> str:
    return quote(query.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.usefixtures("_large")
def test_hostile_queries_are_answered_soon_or_refused_in_words(app: Flask) -> None:
    with served(app) as site, watched_health(site) as health, urllib3.PoolManager() as pool:
        for why, query in HOSTILE.items():
            began = time.monotonic()
            answer = pool.request("GET", f"{site}/search?q={as_address(query)}", retries=False)
            seconds = time.monotonic() - began
            assert answer.status in (200, 400), why
            assert seconds < SECONDS, f"{why}: {seconds:.1f} s"
            assert b"Traceback" not in answer.data
            if answer.status == 400:
                assert b'id="problem"' in answer.data, why
    assert len(health) > 10
    assert sorted(health)[len(health) * 95 // 100] < HEALTH_SECONDS


@pytest.mark.usefixtures("_large")
def test_two_thousand_strings_at_random_never_break_it(client: FlaskClient) -> None:
    refused = 0
    for query in random_queries(2_000):
        answer = client.get(f"/api/v1/search?limit=1&q={as_address(query)}")
        assert answer.status_code in (200, 400), ascii(query)
        if answer.status_code == 400:
            refused += 1
            assert answer.get_json()["error"]["message"], ascii(query)
    assert 100 < refused < 1_900
