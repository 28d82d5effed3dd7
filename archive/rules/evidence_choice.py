"""What a person chooses for an evidence pack, as they write it: citations, and pages of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.rules.citation_record import is_citation_id

MOST_PAGES, MOST_DOCUMENTS = 200, 50
MOST_HEADING_CHARACTERS, MOST_NAME_CHARACTERS = 80, 120
USUAL_HEADING = "Evidence pack"
_MOST_LINES = 500
_WORD = re.compile(r"[a-z2-7]+")
_ADDRESS = re.compile(r"\S*/documents/(?P<id>[a-z2-7]{12})(?:/pages/(?P<page>\d{1,6}))?\S*")
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")
_DOCUMENT = re.compile(r"(?P<id>[a-z2-7]{12})\b[:,;]?")
_SAID = re.compile(r"^[\s,:]*(?:pages?|pp?\.?)?[\s:]*", re.IGNORECASE)


class BadChoice(ArchiveError):
    """What was written cannot be understood, or is too much."""

    code = "bad_choice"
    sentence = "This cannot be put into a pack."
    help = "Write a citation or a document with its pages on each line."
    status = 400


class NotForPack(ArchiveError):
    """Absent, hidden and withdrawn: all answer alike, with what was written and nothing else."""

    code = "not_for_pack"
    sentence = "Some of these are not in the archive, or are not shown."
    help = "Take them out, or check them at their addresses."
    status = 404

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self.ids = tuple(dict.fromkeys(ids))
        listed = ", ".join(self.ids)
        super().__init__(f"Not in the archive, or not shown: {listed}." if listed else None)


@dataclass(frozen=True, slots=True)
class ChosenPages:
    """Pages of a document; no ranges: all of them."""

    document_id: str
    ranges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Citations by their numbers, and pages, both in the order written."""

    citation_ids: tuple[str, ...]
    pages: tuple[ChosenPages, ...]


def parse_choice(citations: str, pages: str) -> Choice:
    """What was written into the two boxes, a line each. Raises ``BadChoice``."""
    cited = [_citation_id(line) for line in _lines(citations)]
    chosen = [_chosen_pages(line) for line in _lines(pages)]
    if not cited and not chosen:
        raise BadChoice("Nothing is chosen yet.")
    return Choice(tuple(dict.fromkeys(cited)), tuple(chosen))


def parse_name(text: str, most: int) -> str:
    """A heading or a name on one line. Raises ``BadChoice``."""
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(name) > most:
        raise BadChoice(f"“{name[:30]}…” is too long.", help=f"{most} letters at most.")
    return name


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_LINES:
        raise BadChoice(f"These are {len(lines):,} lines.", help=f"Write {_MOST_LINES} at most.")
    return lines


def _citation_id(line: str) -> str:
    """The number in an address, or by itself."""
    found = [word for word in _WORD.findall(line.rpartition("/cite/")[2]) if is_citation_id(word)]
    if not found:
        raise BadChoice(f"“{line[:60]}” is not a citation.", help="Write its address, or its 16 signs.")
    return str(found[0])


def _chosen_pages(line: str) -> ChosenPages:
    address = _ADDRESS.match(line)
    named = address or _DOCUMENT.match(line)
    if named is None:
        raise BadChoice(
            f"“{line[:60]}” does not begin with a document.",
            help="Begin with its address or its 12 signs, and write the pages behind it: 3-5, 9.",
        )
    rest = line[named.end() :]
    pieces = [piece.strip() for piece in re.split(r"[,;]", _SAID.sub("", rest, count=1)) if piece.strip()]
    ranges = tuple(_range(piece) for piece in pieces)
    if not ranges and address and address["page"]:
        ranges = ((int(address["page"]), int(address["page"])),)
    return ChosenPages(named["id"], ranges)


def _range(piece: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(piece)
    if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]):
        raise BadChoice(f"“{piece[:40]}” is not a page or a range of pages.", help="Write pages as 3-5, 9.")
    return int(found[1]), int(found[2] or found[1])
