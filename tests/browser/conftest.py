"""The site on a port of this machine, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select

from archive.app import create_app
from archive.models import Document, SavedSearch
from archive.parts import Parts, open_parts
from archive.rules.statuses import DocumentKind, HowOften
from archive.rules.tokens import Purpose
from archive.services.indexing import bring_index_up_to_date
from archive.services.letters import Sender
from archive.services.saved_searches import ask_for_letters
from archive.settings import load_settings, secret_key
from tests.factories import make_document

FilledSite = tuple[str, dict[str, Document], dict[Purpose, str]]

MEMO = (
    "MEMORANDUM FOR: Field Office Directors\n"
    "FROM: The Director\n"
    "\n"
    "Counties may not opt out of the programme. A sheriff who asks is to be\n"
    "told that the sharing of fingerprints is mandatory from 2013.\n"
    "\n"
    "The field office keeps a list of the counties that asked."
)
LONG = (
    "A title that goes on and on because nobody shortened it when the file was scanned in the basement " * 2
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium, or whatever Chrome this machine has."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    said = "no Chromium here: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledSite]:
    """The address of a site, the documents in it by a short name, and the links of a reader's letters."""
    settings = load_settings(tmp_path_factory.mktemp("browser") / "home", environ={})
    parts = open_parts(settings)
    with parts.database.transaction() as session:
        documents = {
            "memo": make_document(
                session,
                parts.storage,
                title="Memo on opting out",
                pages=(MEMO, "Page two has no such word.", "A second page on opting: opt out, opt out."),
                kind=DocumentKind.MEMO,
                dated_on=date(2010, 8, 17),
                agency="Immigration and Customs Enforcement (ICE)",
                place="Arlington County, VA",
                production="third-interim",
                sender="The Director",
                proposals=("sender", "dated_on"),
                bates="ICE FOIA 10-2674.",
            ),
            "partial": make_document(
                session, parts.storage, title=LONG, pages=("Counties", None, ""), source="ocr", quality=0.5
            ),
            "arabic": make_document(
                session, parts.storage, title="مذكرة حول المشاركة", pages=("مذكرة counties",)
            ),
            "long": make_document(
                session, parts.storage, title="Log", pages=[f"Entry {n}, counties" for n in range(60)]
            ),
        }
        ask_for_letters(session, "reader@example.org", "q=counties", HowOften.DAILY, at=parts.clock())
    bring_index_up_to_date(parts.database, parts.engine)
    server = waitress.create_server(create_app(settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}", documents, _letter_links(parts)
    server.close()
    thread.join(timeout=10)
    parts.close()


@pytest.fixture(scope="session")
def site(filled_site: FilledSite) -> str:
    """The address of the site."""
    return filled_site[0]


@pytest.fixture(scope="session")
def letter_links(filled_site: FilledSite) -> dict[Purpose, str]:
    """What a reader who asked for letters may click."""
    return filled_site[2]


@pytest.fixture(scope="session")
def ids(filled_site: FilledSite) -> dict[str, str]:
    """The documents' ids by a short name."""
    return {name: document.id for name, document in filled_site[1].items()}


def _letter_links(parts: Parts) -> dict[Purpose, str]:
    sender = Sender("Reading Room", "", secret_key(parts.settings))
    with parts.database.reading() as session:
        saved = session.scalars(select(SavedSearch)).one()
        return {
            purpose: sender.link(purpose, saved, parts.clock() + timedelta(days=1)) for purpose in Purpose
        }


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox when it runs as root, as it does in containers.
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own: ``open_page("/", width=390, color_scheme="dark")``."""
    contexts: list[BrowserContext] = []

    def open_it(path: str, *, width: int = 1280, **settings: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, **settings)  # type: ignore[arg-type]  # handed on
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
