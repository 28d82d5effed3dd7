"""What of a link somebody proposes is kept, and how it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.citing_links import CitingLink, LinkNotKept, citing_link, host_of

TODAY = date(2026, 11, 2)


def link(**said: str) -> CitingLink:
    return citing_link({"address": "https://example.org/", "title": "T"} | said, page_count=3, today=TODAY)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://Example.ORG:443/A?b=c#d ", "https://example.org/A?b=c#d"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("https://bücher.example/über?q=ä", "https://xn--bcher-kva.example/%C3%BCber?q=%C3%A4"),
        ("https://аррӏе.com/news", "https://xn--80ak6aa92e.com/news"),  # Cyrillic: it looks like apple.com
        ("https://example.org/%41?x=%20", "https://example.org/%41?x=%20"),
        ("https://example.org/\"'<b>", "https://example.org/%22'%3Cb%3E"),
    ],
)
def test_an_address_is_kept_as_it_is(address: str, kept: str) -> None:
    assert link(address=address).address == kept


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "https:///path",
        "https://",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example/",
        "https://exam ple.org/",
        "https://example.org/a\nb",
        "https://example.org/\x00",
        "https://example.org/\u202egnp.exe",
        "https://example.org/\u200b",
        "https://example.org:99999/",
        "https://[::1]/",
        "https://[bad/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://" + "a" * 64 + ".org/",
        "https://example.org/" + "x" * 2000,
        "https://example.org/" + "ü" * 500,
    ],
)
def test_what_is_no_address_on_the_public_web_is_refused(address: str) -> None:
    with pytest.raises(LinkNotKept) as error:
        link(address=address)
    assert set(error.value.problems) == {"address"}


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = {
        "address": "x",
        "title": " ",
        "publisher": "p" * 301,
        "published_on": "soon",
        "page_number": "4",
        "note": "n" * 2001,
    }
    with pytest.raises(LinkNotKept) as error:
        link(**said)
    assert set(error.value.problems) == set(said)
    assert all(sentence.endswith(".") for sentence in error.value.problems.values())


@pytest.mark.parametrize("title", ["", "a\x07b", "x" * 501, "\u202eevil", "\u200bhidden"])
def test_a_title_has_no_unseen_signs(title: str) -> None:
    with pytest.raises(LinkNotKept):
        link(title=title)


@pytest.mark.parametrize("day", ["2026-11-04", "1899-01-01", "2026-02-30", "yesterday"])
def test_a_day_that_cannot_be(day: str) -> None:
    with pytest.raises(LinkNotKept):
        link(published_on=day)


@pytest.mark.parametrize("page", ["0", "4", "-1", "²", "9" * 30, "x"])
def test_a_page_that_the_document_does_not_have(page: str) -> None:
    with pytest.raises(LinkNotKept):
        link(page_number=page)


def test_what_is_kept_is_tidy() -> None:
    kept = link(
        title="  A \n title ", publisher="The  Post", published_on="2026-10-01", page_number="3", note="a\nb"
    )
    assert kept == CitingLink("https://example.org/", "A title", "The Post", date(2026, 10, 1), 3, "a\nb")
    assert host_of(kept.address) == "example.org"
