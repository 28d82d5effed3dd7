"""Atom feeds (RFC 4287), written so that every reader program takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # a feed must say when it changed, even an empty one
# What XML 1.0 cannot hold at all, not even escaped (section 2.2).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that is new. ``id`` never changes; ``html`` is escaped HTML."""

    id: str
    title: str
    link: str
    published_at: datetime
    updated_at: datetime
    html: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries, the newest first. ``link`` is the page that shows the same."""

    id: str
    title: str
    author: str
    link: str
    self_link: str
    entries: Sequence[FeedEntry]


def tag_uri(authority: str, path: str) -> str:
    """An id that stays (RFC 4151): ``tag:records.example.org,2026:/documents/abc``."""
    return f"tag:{authority},2026:{path}"


def atom_document(feed: Feed) -> bytes:
    """The feed as XML. The same feed is the same bytes."""
    root = ET.Element("feed", {"xmlns": ATOM})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(max((one.updated_at for one in feed.entries), default=NOTHING_YET)))
    _add(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": _clean(feed.self_link)})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": _clean(feed.link)})
    for entry in feed.entries:
        _add_entry(root, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def _add_entry(root: ET.Element, entry: FeedEntry) -> None:
    element = ET.SubElement(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", _time(entry.published_at))
    _add(element, "updated", _time(entry.updated_at))
    if entry.author:
        _add(ET.SubElement(element, "author"), "name", entry.author)
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": _clean(entry.link)})
    _add(element, "content", entry.html, type="html")


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _time(moment: datetime) -> str:
    """RFC 3339, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
