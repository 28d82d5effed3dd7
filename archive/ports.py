"""What the outside world must be able to do for the archive: Protocols and their promises.

A Protocol stands here only where two implementations really exist; ``tests/contracts`` holds one suite
for each and runs it on every implementation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from archive.rules.query import Condition, Leaf, Query


class Storage(Protocol):
    """Keeps bytes under keys (see ``archive.storage.keys``). Bytes under a key never change.

    Everything here is safe to call from several threads.
    """

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data``. When this returns, the bytes survive a power cut. Again is no error."""

    def put_many(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep many small objects; the same promise for all of them, at less cost than one by one."""

    def put_file(self, key: str, path: Path) -> None:
        """Keep the contents of a file, streamed. The same promise."""

    def read(self, key: str) -> bytes:
        """All bytes. Raises ``BlobNotFound``."""

    def iter_range(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """``length`` bytes from ``start``, in chunks. Raises ``BlobNotFound`` before the first chunk."""

    def size(self, key: str) -> int:
        """Length in bytes. Raises ``BlobNotFound``."""

    def exists(self, key: str) -> bool:
        """Whether the key is there."""

    def delete(self, key: str) -> None:
        """Forget the key. A missing key is no error."""

    def iter_keys(self, prefix: str = "") -> Iterator[str]:
        """All keys that start with ``prefix``, sorted."""

    def local_path(self, key: str) -> AbstractContextManager[Path]:
        """A file with these bytes for as long as the context lasts; read it, never write to it.

        Raises ``BlobNotFound``.
        """


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What an index keeps of one page. All of it comes from the database and can be built again."""

    document_id: str
    page_number: int
    text: str
    label: str = ""
    quality: float = 1.0
    source: str = "text_layer"
    bates: str = ""  # as stamped
    codes: tuple[str, ...] = ()  # exemptions claimed on the page, in the one spelling: b7e
    redacted_percent: int = 0  # how much of the page's text is withheld
    language: str = ""  # ISO 639-1, empty when not known


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with its readable pages, as search knows it. Slugs are the filter values."""

    document_id: str
    content_version: int
    title: str
    source_file: str
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    agency: str = ""  # slug
    agency_names: tuple[str, ...] = ()  # name and abbreviation, found as words
    kind: str = ""
    place: str = ""  # slug
    place_name: str = ""
    production: str = ""  # slug
    request: str = ""  # the slug of its tracking number
    page_count: int = 0  # of the file, pages that could not be read among them
    dated_on: date | None = None
    received_day: int = 0  # days since 1970-01-01, for 'newest' of undated documents
    pages: tuple[IndexedPage, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHit:
    """One matching page."""

    document_id: str
    page_number: int
    score: float


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many pages and documents have ``value``, under all filters of the query."""

    value: str
    pages: int
    documents: int


@dataclass(frozen=True, slots=True)
class PageHits:
    """A window of hits with true totals. ``warnings`` say in words what was left out."""

    hits: tuple[PageHit, ...]
    total_pages: int
    total_documents: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafCount:
    """How many pages have a part of a query, under its filters."""

    part: Leaf | Condition
    pages: int


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word of the archive that is spelled nearly as asked, and on how many pages it stands."""

    form: str
    pages: int


class SearchEngine(Protocol):
    """Finds pages. Two indexes that never mix: what is published, and what is not.

    ``public`` chooses the index on writing. A search sees the public index only, unless
    ``include_unpublished`` is set (an editor's search). The index is disposable: it can always be
    built again from the database.
    """

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        include_unpublished: bool = False,
        document_id: str | None = None,
    ) -> PageHits:
        """The window ``offset .. offset + limit`` of page hits in the query's order, with totals.

        With ``document_id`` only that document's pages. Raises ``IndexUnavailable``.
        """

    def matching_pages(self, query: Query, *, include_unpublished: bool = False) -> Sequence[tuple[str, int]]:
        """(document id, page number) of every page that matches, in that order; nothing is scored."""

    def count_parts(self, query: Query, *, include_unpublished: bool = False) -> Sequence[LeafCount]:
        """For each leaf and condition that is asked for (none under a Not), from left to right, the pages
        that have it: in their text or in what is said about their document. Under the query's filters."""

    def similar_words(
        self, word: str, *, limit: int, without: Sequence[str] = (), include_unpublished: bool = False
    ) -> Sequence[SimilarWord]:
        """Words spelled like the folded ``word`` (one or two edits, fewer first, then the commoner), that
        stand on live pages of documents other than ``without``; never ``word`` itself."""

    def replace_documents(self, documents: Iterable[IndexedDocument], *, public: bool) -> None:
        """Put these documents in (in place of what was there); durable and searchable on return.

        A document is in one index only: it is taken out of the other one *first*.
        """

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        """Take these documents out of both indexes."""

    def rebuild(self, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        """Build both indexes anew beside the old ones, in bounded memory, and switch at once.

        Each document comes with whether it is public. The old index answers until the switch.
        Returns the number of pages.
        """

    def tidy(self) -> None:
        """Do what makes later searches quicker, when there is time for it; nobody has to wait meanwhile.

        Raises ``IndexUnavailable``.
        """

    def iter_page_counts(self, *, public: bool) -> Iterator[tuple[str, int, int]]:
        """(document id, content version, number of pages) of what the index has, for ``check``."""

    def close(self) -> None:
        """Let go of files."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person. ``message_id`` is the same each time the same letter is tried, so that a
    second copy can be known as one. ``unsubscribe_url`` takes the one-click POST of RFC 8058."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    unsubscribe_url: str = ""


class Mailer(Protocol):
    """Sends letters, one at a time."""

    def send(self, letter: Letter) -> None:
        """When this returns, the letter is somebody else's to deliver.

        Raises ``LetterRefused`` when this letter will not be taken, ``MailUnavailable`` when none is now.
        """
