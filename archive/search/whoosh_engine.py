"""The Whoosh engine: two indexes in one folder, one for what is published and one for what is not.

``CURRENT`` names the build in use, a folder with both indexes. A rebuild makes a new one beside it and
then changes the name, so readers in every process go over at once. Whoever writes holds ``LOCK``.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from archive.errors import BadQuery, IndexDamaged, IndexUnavailable
from archive.ports import IndexedDocument, LeafCount, PageHits, SimilarWord
from archive.rules.query import Query
from archive.search.answers import AnswerCache
from archive.search.cache import ArrayCache
from archive.search.executor import count_parts, execute, matching_pages, similar_words
from archive.search.segment import LiveSegment
from archive.search.whoosh_index import PAGES_PER_COMMIT, Filling, WhooshIndex, batches
from archive.search.whoosh_storage import sync_path

_log = logging.getLogger(__name__)
PUBLIC, UNPUBLISHED = "public", "unpublished"
FORMAT = 3  # raised when the analyzer or what is kept changes: an older index must be built again
SECONDS_TO_WAIT_FOR_LOCK = 60.0
READING_TRIES = 4
_SECONDS_BETWEEN_TRIES = 0.05

Answer = TypeVar("Answer")


class WhooshEngine:
    """A ``SearchEngine`` over the folder ``root``. Safe to use from several threads and processes."""

    def __init__(
        self, root: Path, cache: ArrayCache | None = None, answers: AnswerCache | None = None
    ) -> None:
        self._root = root
        self._answers = answers or AnswerCache()
        self._cache = cache or ArrayCache()
        self._opening = threading.Lock()
        self._build = ""
        self._indexes: dict[str, WhooshIndex] = {}

    def search(
        self,
        query: Query,
        *,
        limit: int,
        offset: int = 0,
        include_unpublished: bool = False,
        document_id: str | None = None,
    ) -> PageHits:
        """See ``SearchEngine``. An editor's search takes both indexes as one: the statistics behind the
        scores are those of all pages it sees, so scores compare."""

        def answer() -> PageHits:
            return execute(
                query,
                self._segments(include_unpublished),
                self._cache,
                self._answers,
                limit=limit,
                offset=offset,
                document_id=document_id,
            )

        return self._reading(answer)

    def matching_pages(self, query: Query, *, include_unpublished: bool = False) -> Sequence[tuple[str, int]]:
        """See ``SearchEngine``."""
        return self._reading(lambda: matching_pages(query, self._segments(include_unpublished), self._cache))

    def count_parts(self, query: Query, *, include_unpublished: bool = False) -> Sequence[LeafCount]:
        """See ``SearchEngine``."""
        return self._reading(lambda: count_parts(query, self._segments(include_unpublished), self._cache))

    def similar_words(
        self, word: str, *, limit: int, without: Sequence[str] = (), include_unpublished: bool = False
    ) -> Sequence[SimilarWord]:
        """See ``SearchEngine``."""

        def answer() -> Sequence[SimilarWord]:
            return similar_words(word, self._segments(include_unpublished), limit=limit, without=without)

        return self._reading(answer)

    def _segments(self, include_unpublished: bool) -> list[LiveSegment]:  # noqa: FBT001  the searches' own name
        names = (PUBLIC, UNPUBLISHED) if include_unpublished else (PUBLIC,)
        return [segment for name in names for segment in self._index(name).segments()]

    def replace_documents(self, documents: Iterable[IndexedDocument], *, public: bool) -> None:
        """See ``SearchEngine``."""
        here, other = (PUBLIC, UNPUBLISHED) if public else (UNPUBLISHED, PUBLIC)
        for batch in batches(documents, PAGES_PER_COMMIT):
            ids = [document.document_id for document in batch]
            with self._writing() as build:
                build[other].remove(ids)
                build[here].replace(batch)

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        """See ``SearchEngine``."""
        with self._writing() as build:
            for index in build.values():
                index.remove(document_ids)

    def rebuild(self, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        """See ``SearchEngine``. Killed half way it leaves a folder that the next rebuild removes."""
        with self._locked("REBUILD"):
            self._remove_abandoned_builds()
            name = self._new_build()
            pages = self._fill(self._root / name, documents)
            with self._locked("LOCK"):
                self._switch_to(name)
            self._remove_abandoned_builds()
            return pages

    def tidy(self) -> None:
        """See ``SearchEngine``. Left to the next time when another process tidies or rebuilds, and when
        there is no room on the disk or a commit was quicker."""
        with self._lock_file("REBUILD") as descriptor:
            if not self._current() or not _take_lock(descriptor):
                return
            try:
                with _damage_in_words(but=OSError):
                    for name in (PUBLIC, UNPUBLISHED):
                        self._index(name).tidy(lambda: self._locked("LOCK"))
            except OSError:
                _log.warning("the segments of the search index were not merged", exc_info=True)

    def iter_page_counts(self, *, public: bool) -> Iterator[tuple[str, int, int]]:
        """See ``SearchEngine``."""

        def counts() -> list[tuple[str, int, int]]:
            return list(self._index(PUBLIC if public else UNPUBLISHED).documents())

        yield from self._reading(counts)

    def close(self) -> None:
        """See ``SearchEngine``."""
        with self._opening:
            for index in self._indexes.values():
                index.close()
        self._forget()

    def _forget(self) -> None:
        """Open everything anew next time. Other threads may still read what they have."""
        with self._opening:
            self._indexes, self._build = {}, ""

    def _reading(self, answer: Callable[[], Answer]) -> Answer:
        """Ask again when files were merged or switched away under us; then give up in words."""
        for attempt in range(1, READING_TRIES):
            try:
                return answer()
            except (IndexUnavailable, BadQuery):
                raise
            except Exception:  # noqa: BLE001  Whoosh raises anything at all on files that are not what they were
                _log.info("the search index changed while it was read; reading it again", exc_info=True)
            self._forget()
            time.sleep(attempt * _SECONDS_BETWEEN_TRIES)
        with _damage_in_words():
            return answer()

    def _index(self, name: str) -> WhooshIndex:
        """An index of the build in use; both are made when there is none yet."""
        build = self._current() or self._create()
        if not build.startswith(_build_prefix()):
            raise IndexDamaged("The search index was made by another version of this program.")
        with self._opening:
            if build != self._build:
                self._indexes, self._build = {}, build
            if name not in self._indexes:
                self._indexes[name] = WhooshIndex(self._root / build / name, self._cache)
            return self._indexes[name]

    def _current(self) -> str:
        """The build in use; empty when there is none yet."""
        try:
            return (self._root / "CURRENT").read_text("ascii").strip()
        except FileNotFoundError:
            return ""

    def _create(self) -> str:
        """Make the folder with two empty indexes, unless another process is quicker."""
        with self._locked("LOCK"):
            if not self._current():
                self._switch_to(self._new_build())
            return self._current()

    def _new_build(self) -> str:
        name = _build_prefix() + secrets.token_hex(8)
        for index in (PUBLIC, UNPUBLISHED):
            WhooshIndex.create(self._root / name / index)
        sync_path(self._root / name)
        return name

    def _fill(self, build: Path, documents: Iterable[tuple[IndexedDocument, bool]]) -> int:
        """Both indexes at once, as the documents come."""
        try:
            with (
                Filling(WhooshIndex(build / PUBLIC, self._cache)) as published,
                Filling(WhooshIndex(build / UNPUBLISHED, self._cache)) as unpublished,
            ):
                for document, public in documents:
                    (published if public else unpublished).add(document)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        return published.pages + unpublished.pages

    def _switch_to(self, name: str) -> None:
        unfinished = self._root / "CURRENT.new"
        unfinished.write_text(name, "ascii")
        sync_path(unfinished)
        unfinished.rename(self._root / "CURRENT")
        sync_path(self._root)

    def _remove_abandoned_builds(self) -> None:
        current = self._current()
        for folder in self._root.glob("build-*"):
            if folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[dict[str, WhooshIndex]]:
        """The indexes of the build in use, while nobody else writes or switches."""
        if not self._current():
            self._create()
        with self._locked("LOCK"), _damage_in_words():
            yield {name: self._index(name) for name in (PUBLIC, UNPUBLISHED)}

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        """Hold a lock between processes and threads; the kernel lets go of it when we are killed."""
        with self._lock_file(name) as descriptor:
            _wait_for_lock(descriptor)
            yield

    @contextmanager
    def _lock_file(self, name: str) -> Iterator[int]:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._root / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def _build_prefix() -> str:
    return f"build-{FORMAT}-"


@contextmanager
def _damage_in_words(but: type[Exception] = IndexUnavailable) -> Iterator[None]:
    try:
        yield
    except (IndexUnavailable, but):
        raise
    except Exception as error:
        raise IndexDamaged(
            "The search index is damaged, or its disk is full.",
            help="Make sure that there is room on the disk, then run `reading-room reindex`.",
        ) from error


def _wait_for_lock(descriptor: int) -> None:
    until = time.monotonic() + SECONDS_TO_WAIT_FOR_LOCK
    while not _take_lock(descriptor):
        if time.monotonic() > until:
            raise IndexUnavailable(
                "Another process has been writing to the search index for a minute.",
                help="Wait until it is done, or end it, and try again.",
            )
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _take_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
