"""One Whoosh index in one folder: written in batches, each of them durable; read as segments."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
from whoosh.index import TOC, FileIndex

from archive.ports import IndexedDocument
from archive.search.cache import ArrayCache
from archive.search.merge_policy import merged_in_commit, merged_when_idle
from archive.search.merging import Source, merge_segments
from archive.search.segment import IntArray, LiveSegment, Mask
from archive.search.stored_segment import StoredSegment
from archive.search.whoosh_codec import PAGE, ArrayCodec, PageOfDocument, arrays_path, make_schema
from archive.search.whoosh_storage import DurableStorage

PAGES_PER_COMMIT = 500
CHARACTERS_PER_RUN = 10_000_000  # while an index is filled: what is taken down before it is written
_CHARACTERS_A_PAGE = 200  # what a page costs beside its text
RUNS_MERGED_AT_ONCE = 32
_UNFINISHED = ".merging"  # Whoosh removes files that it does not know, but none whose names begin so

Batch = Sequence[IndexedDocument]
MergePolicy = Callable[[Any, list[Any]], list[Any]]


class WhooshIndex:
    """One index. Whoever writes holds the engine's lock; readers need none, in any thread."""

    def __init__(self, folder: Path, cache: ArrayCache) -> None:
        self._cache = cache
        self._storage = DurableStorage(folder)
        self._index = FileIndex(self._storage, make_schema())
        self._generation = -1
        self._loaded: dict[str, StoredSegment] = {}
        self._live: list[LiveSegment] = []
        self._loading = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> None:
        """Make an empty index in a new folder."""
        folder.mkdir(mode=0o700, parents=True)
        FileIndex.create(DurableStorage(folder), make_schema())

    def segments(self) -> Sequence[LiveSegment]:
        """The newest state. Cheap when nothing was committed since.

        Raises ``FileNotFoundError`` when there is no table of contents: the index is being taken away after
        a rebuild, or was lost. It must never look like an empty one.
        """
        with self._loading:
            generation = self._index.latest_generation()
            if generation < 0:
                raise FileNotFoundError(f"no table of contents in {self._storage.folder}")
            if generation != self._generation:
                self._load(generation)
            return self._live

    def _load(self, generation: int) -> None:
        loaded, live = {}, []
        for part in self._contents(generation):
            key = part.segment_id()
            segment = self._loaded.get(key) or self._open(part)
            loaded[key] = segment
            live.append(LiveSegment(segment, _alive(part), generation))
        self._generation, self._loaded, self._live = generation, loaded, live

    def _contents(self, generation: int) -> list[Any]:
        contents = TOC.read(self._storage, self._index.indexname, gen=generation, schema=make_schema())
        segments: list[Any] = contents.segments
        return segments

    def _open(self, part: Any) -> StoredSegment:
        return StoredSegment(arrays_path(self._storage, part), part.segment_id(), self._cache)

    def documents(self) -> Iterator[tuple[str, int, int]]:
        """(document id, content version, pages) of each live document."""
        for part in self.segments():
            documents = part.segment.documents
            counts = np.bincount(part.segment.pages.document[part.live], minlength=len(documents.ids))
            for row in np.flatnonzero(counts):
                yield str(documents.ids[row]), int(documents.versions[row]), int(counts[row])

    def replace(self, batch: Batch) -> None:
        """Put documents in, in place of what was there: one commit."""
        newest = {document.document_id: document for document in batch}
        self._write(list(newest.values()), remove=list(newest), merge=self.merge_small)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Take documents out."""
        if any(len(pages) for _, pages in self._places(document_ids)):
            self._write((), remove=document_ids, merge=drop_dead)

    def close(self) -> None:
        """Let go of what is loaded; files are closed when nobody reads them any more."""
        with self._loading:
            self._loaded, self._live, self._generation = {}, [], -1

    def _places(self, document_ids: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
        """(number of pages before the segment, pages to remove in it)."""
        before = 0
        for part in self.segments():
            rows = np.isin(part.segment.documents.ids, list(document_ids))
            pages = np.flatnonzero(rows[part.segment.pages.document] & part.live)
            yield before, pages.tolist()
            before += len(part.live)

    def _write(self, batch: Batch, *, remove: Sequence[str], merge: MergePolicy) -> None:
        outdated = [before + page for before, pages in self._places(remove) for page in pages]
        with self.writer(merge) as writer:
            for number in outdated:
                writer.delete_document(number)
            for document in batch:
                add_document(writer, document)

    @contextmanager
    def writer(self, merge: MergePolicy) -> Iterator[Any]:
        """A Whoosh writer, committed at the end, cancelled when the block raises."""
        writer = self._index.writer(codec=ArrayCodec(), compound=False)
        try:
            yield writer
            writer.commit(mergetype=merge)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise

    def tidy(self, lock: Callable[[], AbstractContextManager[None]]) -> None:
        """Merge what is worth it. ``lock`` is held only to put the result in: commits go on meanwhile.

        Only one process may be here. What others deleted meanwhile is deleted in the result; when they
        merged the same segments, the result is thrown away.
        """
        before = self._contents(self._index.latest_generation())
        sizes = [_live_pages(one) for one in before]
        chosen = [before[at] for at in merged_when_idle(sizes, [one.deleted_count() for one in before])]
        if not chosen:
            return
        unfinished = Path(self._storage.folder) / _UNFINISHED
        rows = merge_segments(self._sources(chosen), unfinished)
        with lock(), self.writer(lambda _, now: self._put_in(unfinished, chosen, rows, now)):
            pass
        unfinished.unlink(missing_ok=True)

    def _put_in(self, file: Path, merged: list[Any], rows: list[IntArray], now: list[Any]) -> list[Any]:
        """The segments of now with ``file`` in place of those that were ``merged`` into it."""
        if not all(one in now for one in merged):
            return now
        new = ArrayCodec().new_segment(self._storage, self._index.indexname)
        new.set_doc_count(sum(map(_live_pages, merged)))
        for one, new_rows in zip(merged, rows, strict=True):
            for page in now[now.index(one)].deleted_docs():
                if new_rows[page] >= 0:
                    new.delete_document(int(new_rows[page]))
        file.rename(arrays_path(self._storage, new))
        return [*(one for one in now if one not in merged), new]

    def merge_small(self, writer: Any, segments: list[Any]) -> list[Any]:
        """A merge policy: what a commit has time for."""
        remaining = drop_dead(writer, segments)
        chosen = merged_in_commit([_live_pages(one) for one in remaining])
        return self.merge(remaining, [remaining[at] for at in chosen])

    def merge(self, segments: list[Any], chosen: list[Any]) -> list[Any]:
        """The segments with one new one in place of those that are ``chosen``, if they are several."""
        if len(chosen) < 2:
            return segments
        new = ArrayCodec().new_segment(self._storage, self._index.indexname)
        merge_segments(self._sources(chosen), arrays_path(self._storage, new))
        new.set_doc_count(sum(map(_live_pages, chosen)))
        return [*(one for one in segments if one not in chosen), new]

    def _sources(self, segments: list[Any]) -> list[Source]:
        return [
            Source(self._loaded.get(one.segment_id()) or self._open(one), _alive(one)) for one in segments
        ]


class Filling:
    """Fills a new index that nobody reads yet, and leaves one segment. Memory is bounded: what has been
    taken down is written from time to time, as *runs*, which are merged, many at once."""

    def __init__(self, index: WhooshIndex) -> None:
        self._index = index
        self._open = ExitStack()
        self._writer: Any = None
        self._unwritten = 0
        self._merged: set[str] = set()
        self.pages = 0

    def add(self, document: IndexedDocument) -> None:
        """Put a document in."""
        if self._writer is None:
            self._writer = self._open.enter_context(self._index.writer(self._merge_runs))
        add_document(self._writer, document)
        self._unwritten += sum(len(page.text) + _CHARACTERS_A_PAGE for page in document.pages)
        self.pages += len(document.pages)
        if self._unwritten >= CHARACTERS_PER_RUN:
            self._commit()

    def _merge_runs(self, _writer: Any, segments: list[Any]) -> list[Any]:
        runs = [one for one in segments if one.segment_id() not in self._merged]
        if len(runs) < RUNS_MERGED_AT_ONCE:
            return segments
        merged = self._index.merge(segments, runs)
        self._merged = {one.segment_id() for one in merged}
        return merged

    def _commit(self) -> None:
        self._open.close()
        self._writer, self._unwritten = None, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            self._commit()
            with self._index.writer(lambda _, segments: self._index.merge(segments, segments)):
                pass
        else:
            self._open.__exit__(*error)


def add_document(writer: Any, document: IndexedDocument) -> None:
    """Hand all pages of a document to a Whoosh writer, in order."""
    for page in sorted(document.pages, key=lambda page: page.page_number):
        writer.add_document(**{PAGE: PageOfDocument(document, page)})


def batches(documents: Iterable[IndexedDocument], pages: int) -> Iterator[list[IndexedDocument]]:
    """Whole documents in batches of about so many pages."""
    batch: list[IndexedDocument] = []
    for document in documents:
        batch.append(document)
        if sum(len(one.pages) for one in batch) >= pages:
            yield batch
            batch = []
    if batch:
        yield batch


def drop_dead(_writer: Any, segments: list[Any]) -> list[Any]:
    """Merge nothing; let go of segments in which every page is deleted. A merge policy."""
    return [segment for segment in segments if _live_pages(segment)]


def _live_pages(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _alive(segment: Any) -> Mask:
    alive = np.ones(segment.doc_count_all(), np.bool_)
    alive[list(segment.deleted_docs())] = False
    return alive
