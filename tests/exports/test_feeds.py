"""Atom as RFC 4287 wants it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.exports.feeds import ATOM, Feed, FeedEntry, atom_document, tag_uri

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def feed(*entries: FeedEntry, title: str = "opt") -> Feed:
    return Feed(
        "tag:x.org,2026:/f",
        title,
        "Reading Room",
        "https://x.org/search",
        "https://x.org/search.atom",
        entries,
    )


def entry(text: str = "a") -> FeedEntry:
    return FeedEntry("tag:x.org,2026:/d", text, f"https://x.org/?q={text}", NOON, NOON, text, author=text)


def check_feed(data: bytes) -> ET.Element:
    """What RFC 4287, 4.1.1 and 4.1.2 require; returns the feed."""
    root = ET.fromstring(data)
    assert root.tag == f"{{{ATOM}}}feed"
    entries = root.findall(f"{{{ATOM}}}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{{{ATOM}}}{name}")) == 1, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{{{ATOM}}}updated") or "")
        assert re.match(r"(tag|https?|urn):\S+$", element.findtext(f"{{{ATOM}}}id") or "")
        alternates = [
            link for link in element.findall(f"{{{ATOM}}}link") if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == 1
        assert all(link.get("href") for link in element.findall(f"{{{ATOM}}}link"))
    assert root.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    assert [link.get("rel") for link in root.findall(f"{{{ATOM}}}link")].count("self") == 1
    ids = [one.findtext(f"{{{ATOM}}}id") for one in entries]
    assert len(ids) == len(set(ids))
    assert {one.find(f"{{{ATOM}}}content").get("type") for one in entries} <= {"html"}  # type: ignore[union-attr]  # fails as it should when there is none
    return root


def test_an_empty_feed_is_a_feed() -> None:
    check_feed(atom_document(feed()))


def test_the_feed_changed_when_its_newest_entry_did() -> None:
    root = check_feed(atom_document(feed(entry())))
    assert root.findtext(f"{{{ATOM}}}updated") == "2026-11-02T12:00:00Z"


@settings(max_examples=200)
@given(st.text())
def test_any_text_is_escaped_and_what_xml_cannot_hold_is_dropped(text: str) -> None:
    check_feed(atom_document(feed(entry(text), title=text)))


def test_markup_in_a_title_is_text() -> None:
    root = check_feed(atom_document(feed(entry("<b>&amp;\x00\x0b</b>"))))
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == "<b>&amp;</b>"


def test_ids_are_tags() -> None:
    assert tag_uri("x.org", "/documents/a") == "tag:x.org,2026:/documents/a"
