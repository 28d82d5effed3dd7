"""A link to an article, brief or report elsewhere: what of it is kept, and what is refused.

What is kept is shown as it is: the host in the letters that the network knows it by (punycode), so that one
that only looks like a newspaper's is seen for what it is, and no sign that turns the direction of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from archive.errors import ArchiveError

LONGEST_ADDRESS, LONGEST_TITLE, LONGEST_PUBLISHER, LONGEST_NOTE = 2000, 500, 300, 2000
EARLIEST_YEAR = 1900
Kept = TypeVar("Kept")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # signs that are not seen, and those that turn a line
_KEPT_SIGNS = {"\u200c", "\u200d"}  # Persian and the languages of India are written with these
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class LinkNotKept(ArchiveError):
    """Nothing was kept. ``problems`` has a sentence for each field that cannot be as it is."""

    code = "link_not_kept"
    sentence = "This link cannot be kept as it is."
    help = "Correct what is marked and send it again."
    status = 400

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class CitingLink:
    """A link that may be kept. ``page_number`` None: the document as a whole. ``note`` is for editors."""

    address: str
    title: str
    publisher: str = ""
    published_on: date | None = None
    page_number: int | None = None
    note: str = ""


def citing_link(said: Mapping[str, str], *, page_count: int, today: date) -> CitingLink:
    """The link that a form describes. Raises ``LinkNotKept`` with all that is wrong."""
    problems: dict[str, str] = {}
    address = _told(problems, "address", _address, said.get("address", "").strip())
    title = _told(problems, "title", lambda text: _line(text, LONGEST_TITLE), said.get("title", ""))
    if "title" not in problems and not title:
        problems["title"] = "Write what it is called."
    publisher = _told(
        problems, "publisher", lambda text: _line(text, LONGEST_PUBLISHER), said.get("publisher", "")
    )
    published_on = _told(
        problems, "published_on", lambda text: _day(text, today), said.get("published_on", "")
    )
    page = _told(problems, "page_number", lambda text: _page(text, page_count), said.get("page_number", ""))
    note = _told(problems, "note", _note, said.get("note", ""))
    if problems:
        raise LinkNotKept(problems)
    return CitingLink(address or "", title or "", publisher or "", published_on, page, note or "")


def host_of(address: str) -> str:
    """The host of an address that was kept."""
    return urlsplit(address).hostname or ""


def _told(problems: dict[str, str], name: str, read: Callable[[str], Kept], text: str) -> Kept | None:
    try:
        return read(text)
    except ValueError as error:
        problems[name] = str(error)
        return None


def _address(text: str) -> str:
    if not text:
        raise ValueError("Write the address of the article, brief or report.")
    if len(text) > LONGEST_ADDRESS or len(quote(text, safe=_SAFE)) > LONGEST_ADDRESS:
        raise ValueError(f"This is too long: {LONGEST_ADDRESS:,} characters at most.")
    if "\\" in text or any(
        character.isspace() or unicodedata.category(character) in _HIDDEN for character in text
    ):
        raise ValueError("This address holds a sign that no address has: a space, perhaps, or one not seen.")
    try:
        split = urlsplit(text)
        port = split.port
    except ValueError:
        raise ValueError("This is not the address of a page.") from None
    if split.scheme.lower() not in ("http", "https") or not split.hostname:
        raise ValueError("Write the whole address, with https:// or http:// in front.")
    if "@" in split.netloc:
        raise ValueError("An address with a name or a password in it is not kept.")
    host = _host(split.hostname)
    where = f"{host}:{port}" if port not in (None, {"http": 80, "https": 443}[split.scheme.lower()]) else host
    path, query, fragment = (quote(part, safe=_SAFE) for part in (split.path, split.query, split.fragment))
    return urlunsplit((split.scheme.lower(), where, path or "/", query, fragment))


def _host(host: str) -> str:
    try:
        ascii_host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise ValueError("There is no host of this name.") from None
    if not _HOST.fullmatch(ascii_host) or ascii_host.rpartition(".")[2].isdigit():
        raise ValueError("Write an address on the public web, with the name of its site.")
    return ascii_host


def _line(text: str, longest: int) -> str:
    line = " ".join(text.split())
    if len(line) > longest:
        raise ValueError(f"This is too long: {longest:,} characters at most.")
    if any(unicodedata.category(sign) in _HIDDEN - {"Cn"} and sign not in _KEPT_SIGNS for sign in line):
        raise ValueError("This holds a sign that is not seen. Type it anew.")
    return line


def _note(text: str) -> str:
    lines = [_line(line, LONGEST_NOTE) for line in text.strip().splitlines()]
    note = "\n".join(lines)
    if len(note) > LONGEST_NOTE:
        raise ValueError(f"This is too long: {LONGEST_NOTE:,} characters at most.")
    return note


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("This is not a date. Write it as 2026-08-17.") from None
    if day.year < EARLIEST_YEAR or day > today + timedelta(days=1):  # it is tomorrow already in the east
        raise ValueError("This date cannot be right: it is in the future, or too long ago.")
    return day


def _page(text: str, page_count: int) -> int | None:
    written = text.strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 8 and 0 < int(written) <= page_count):
        raise ValueError(
            f"This document has pages 1 to {page_count:,}." if page_count else "It has no pages."
        )
    return int(written)
