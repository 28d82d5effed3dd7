"""One Whoosh index in one folder: written in batches, each of them durable; read as segments."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from archive.ports import IndexedDocument
from archive.search.cache import ArrayCache
from archive.search.merging import Source, merge_segments
from archive.search.segment import LiveSegment, Mask
from archive.search.stored_segment import StoredSegment
from archive.search.whoosh_codec import PAGE, ArrayCodec, PageOfDocument, arrays_path, make_schema

PAGES_PER_COMMIT = 500
PAGES_PER_RUN = 5_000  # while an index is filled: what is taken down before it is written
MAX_SMALL_SEGMENTS = 8
PAGES_MERGED_IN_COMMIT = 10_000  # a commit must have an end; more is merged by ``tidy``

Batch = Sequence[IndexedDocument]
MergePolicy = Callable[[Any, list[Any]], list[Any]]


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Files that survive a power cut: all that was written is on the disk before the new table of
    contents takes the old one's place. Whoosh itself never calls fsync."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._written: set[str] = set()

    def create_file(self, name: str, *args: Any, **options: Any) -> Any:
        """As Whoosh's, and remembered."""
        self._written.add(name)
        return super().create_file(name, *args, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002  Whoosh's
        """As Whoosh's, after everything was put on the disk."""
        for name in self._written:
            if self.file_exists(name):
                sync_path(Path(self._fpath(name)))
        self._written.clear()
        super().rename_file(oldname, newname, safe)
        sync_path(Path(self.folder))


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
        """The newest state. Cheap when nothing was committed since."""
        with self._loading:
            generation = self._index.latest_generation()
            if generation != self._generation:
                self._load(generation)
            return self._live

    def _load(self, generation: int) -> None:
        contents = TOC.read(self._storage, self._index.indexname, gen=generation, schema=make_schema())
        loaded, live = {}, []
        for part in contents.segments:
            key = part.segment_id()
            segment = self._loaded.get(key) or self._open(part)
            loaded[key] = segment
            live.append(LiveSegment(segment, _alive(part), generation))
        self._generation, self._loaded, self._live = generation, loaded, live

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
        self._write(list(newest.values()), remove=list(newest), merge=self._merge_small)

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

    def _merge_small(self, writer: Any, segments: list[Any]) -> list[Any]:
        """When there are many small segments, merge the smallest, as long as each is no larger than twice
        what has been gathered: a page is rewritten a few times in its life, and a commit has an end."""
        remaining = drop_dead(writer, segments)
        small = sorted(
            (one for one in remaining if _live_pages(one) < PAGES_MERGED_IN_COMMIT), key=_live_pages
        )
        if len(small) <= MAX_SMALL_SEGMENTS:
            return remaining
        gathered = 0
        chosen: list[Any] = []
        for number, segment in enumerate(small):
            if number > 1 and _live_pages(segment) > 2 * gathered:
                break
            gathered += _live_pages(segment)
            if gathered > PAGES_MERGED_IN_COMMIT and len(chosen) > 1:
                break
            chosen.append(segment)
        return self._merged(remaining, chosen)

    def merge_all(self, writer: Any, segments: list[Any]) -> list[Any]:
        """One segment for all. A merge policy."""
        return self._merged(drop_dead(writer, segments), segments)

    def _merged(self, segments: list[Any], chosen: list[Any]) -> list[Any]:
        """The segments with one new one in place of those that are ``chosen``."""
        parts = [one for one in segments if one in chosen]
        if len(parts) < 2:
            return segments
        new = ArrayCodec().new_segment(self._storage, self._index.indexname)
        sources = [
            Source(self._loaded.get(one.segment_id()) or self._open(one), _alive(one)) for one in parts
        ]
        merge_segments(sources, arrays_path(self._storage, new))
        new.set_doc_count(sum(map(_live_pages, parts)))
        return [*(one for one in segments if one not in parts), new]


class Filling:
    """Fills a new index that nobody reads yet, and leaves one segment."""

    def __init__(self, index: WhooshIndex) -> None:
        self._index = index
        self._open = ExitStack()
        self._writer: Any = None
        self._unwritten = 0
        self.pages = 0

    def add(self, document: IndexedDocument) -> None:
        """Put a document in; memory is bounded."""
        if self._writer is None:
            self._writer = self._open.enter_context(self._index.writer(drop_dead))
        add_document(self._writer, document)
        self._unwritten += len(document.pages)
        self.pages += len(document.pages)
        if self._unwritten >= PAGES_PER_RUN:
            self._commit()

    def _commit(self) -> None:
        self._open.close()
        self._writer, self._unwritten = None, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            self._commit()
            with self._index.writer(self._index.merge_all):
                """Nothing is added; the runs become one segment."""
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


def sync_path(path: Path) -> None:
    """Put a file or the names in a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def drop_dead(_writer: Any, segments: list[Any]) -> list[Any]:
    """Merge nothing; let go of segments in which every page is deleted. A merge policy."""
    return [segment for segment in segments if _live_pages(segment)]


def _live_pages(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _alive(segment: Any) -> Mask:
    alive = np.ones(segment.doc_count_all(), np.bool_)
    alive[list(segment.deleted_docs())] = False
    return alive
