"""What a list of citations is made of, and how a table of authorities orders it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.exports.cite_bluebook import bluebook_authority
from archive.exports.cite_words import cleaned
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind

PASSIM_OVER = 5  # pages: a record that is cited on more is cited 'passim'
_MEMORANDA = "Agency Memoranda and Letters"
_OTHER = "Other Records"
_GROUPS: dict[DocumentKind, str] = {
    DocumentKind.MEMO: _MEMORANDA,
    DocumentKind.LETTER: _MEMORANDA,
    DocumentKind.SIGN_ON_LETTER: _MEMORANDA,
    DocumentKind.REQUEST_LETTER: _MEMORANDA,
    DocumentKind.RESPONSE_LETTER: _MEMORANDA,
    DocumentKind.EMAIL: "E-mail",
    DocumentKind.RESOLUTION: "Resolutions",
    DocumentKind.COURT_PAPER: "Court Papers",
}
GROUP_ORDER = (_MEMORANDA, "E-mail", "Resolutions", "Court Papers", _OTHER)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One passage: where it is from, what somebody noted, and what checking it found."""

    source: CitedSource
    note: str = ""
    state_name: str = ""


@dataclass(frozen=True, slots=True)
class CitationList:
    """Passages in an order. ``not_shown`` is a sentence about those that are left out; empty when none is.
    ``address`` is where the list can be seen."""

    title: str
    entries: tuple[ListEntry, ...]
    address: str
    archive_name: str
    made_at: datetime
    introduction: str = ""
    not_shown: str = ""

    @property
    def day(self) -> str:
        """When it was made: ``2 November 2026``."""
        return f"{self.made_at.day} {self.made_at:%B %Y}"


@dataclass(frozen=True, slots=True)
class Authority:
    """A record and the pages of it that are cited. ``before``, ``title``, ``after``: its Bluebook text."""

    before: str
    title: str
    after: str
    pages: str

    @property
    def text(self) -> str:
        """All of it, by which it is sorted."""
        return f"{self.before}{self.title}{self.after}"


def table_of_authorities(entries: Sequence[ListEntry]) -> list[tuple[str, list[Authority]]]:
    """Each record once, under its kind, in the order of the alphabet. Kinds with nothing are left out."""
    records: dict[str, list[CitedSource]] = {}
    for entry in entries:
        records.setdefault(entry.source.document_id, []).append(entry.source)
    groups: dict[str, list[Authority]] = {name: [] for name in GROUP_ORDER}
    for sources in records.values():
        kind = sources[0].kind
        groups[_GROUPS.get(kind, _OTHER) if kind else _OTHER].append(_authority(sources))
    ordered = {name: sorted(found, key=lambda one: one.text.casefold()) for name, found in groups.items()}
    return [(name, found) for name, found in ordered.items() if found]


def _authority(sources: Sequence[CitedSource]) -> Authority:
    pages = {
        page
        for source in sources
        for page in range(source.page_number, (source.last_page_number or source.page_number) + 1)
    }
    return Authority(*bluebook_authority(cleaned(sources[0])), cited_pages(pages))


def cited_pages(pages: set[int]) -> str:
    """``1, 3, 4``; ``passim`` when they are more than five."""
    return "passim" if len(pages) > PASSIM_OVER else ", ".join(map(str, sorted(pages)))
