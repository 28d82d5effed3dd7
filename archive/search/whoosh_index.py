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
from whoosh.reading import SegmentReader

from archive.ports import IndexedDocument
from archive.search.cache import ArrayCache
from archive.search.segment import LiveSegment
from archive.search.whoosh_schema import PageCodec, iter_entries, make_schema
from archive.search.whoosh_segment import WhooshSegment

PAGES_PER_COMMIT = 500
POSTINGS_IN_MEMORY_MB = 64  # while writing; more goes to temporary files
SMALL_SEGMENT_PAGES = 5_000  # larger segments are not merged again
MAX_SMALL_SEGMENTS = 8

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
        self._loaded: dict[str, WhooshSegment] = {}
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
            segment = self._loaded.get(key) or WhooshSegment(self._storage, part, self._cache)
            loaded[key] = segment
            alive = np.ones(part.doc_count_all(), np.bool_)
            alive[list(part.deleted_docs())] = False
            live.append(LiveSegment(segment, alive, generation))
        self._generation, self._loaded, self._live = generation, loaded, live

    def documents(self) -> Iterator[tuple[str, int, int]]:
        """(document id, content version, pages) of each live document."""
        for part in self.segments():
            documents = part.segment.documents
            counts = np.bincount(part.segment.pages.document[part.live], minlength=len(documents.ids))
            for row in np.flatnonzero(counts):
                yield str(documents.ids[row]), int(documents.versions[row]), int(counts[row])

    def replace(self, documents: Iterable[IndexedDocument]) -> None:
        """Put documents in, in place of what was there; a commit every ``PAGES_PER_COMMIT`` pages."""
        for batch in batches(documents, PAGES_PER_COMMIT):
            self._write(batch, remove=[document.document_id for document in batch], merge=_merge_small)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Take documents out."""
        if any(len(pages) for _, pages in self._places(document_ids)):
            self._write((), remove=document_ids, merge=_drop_dead)

    def close(self) -> None:
        """Let go of files."""
        with self._loading:
            for segment in self._loaded.values():
                segment.close()
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
        writer = self._index.writer(codec=PageCodec(), compound=False, limitmb=POSTINGS_IN_MEMORY_MB)
        try:
            yield writer
            writer.commit(mergetype=merge)
            self.segments()  # writes the tables of the new segment, so that no reader has to
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise


class Filling:
    """Fills a new index that nobody reads yet, in few large segments."""

    def __init__(self, index: WhooshIndex) -> None:
        self._index = index
        self._open = ExitStack()
        self._writer: Any = None
        self._unwritten = 0
        self.pages = 0

    def add(self, document: IndexedDocument) -> None:
        """Put a document in; memory is bounded."""
        if self._writer is None:
            self._writer = self._open.enter_context(self._index.writer(_drop_dead))
        add_document(self._writer, document)
        self._unwritten += len(document.pages)
        self.pages += len(document.pages)
        if self._unwritten >= SMALL_SEGMENT_PAGES:
            self._commit()

    def _commit(self) -> None:
        self._open.close()
        self._writer, self._unwritten = None, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            self._commit()
        else:
            self._open.__exit__(*error)


def add_document(writer: Any, document: IndexedDocument) -> None:
    """Hand all pages of a document to a Whoosh writer."""
    for entry in iter_entries(document):
        writer.add_document(**entry)


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


def _drop_dead(_writer: Any, segments: list[Any]) -> list[Any]:
    """Merge nothing; let go of segments in which every page is deleted."""
    return [segment for segment in segments if _live_pages(segment)]


def _merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """When there are many small segments, merge the smallest, as long as each is no larger than twice
    what has been gathered: a page is rewritten a few times in its life, and a commit has an end."""
    remaining = _drop_dead(writer, segments)
    small = sorted((one for one in remaining if _live_pages(one) < SMALL_SEGMENT_PAGES), key=_live_pages)
    if len(small) <= MAX_SMALL_SEGMENTS:
        return remaining
    gathered = writer.doc_count()
    merged = []
    for number, segment in enumerate(small):
        if gathered >= SMALL_SEGMENT_PAGES or (number > 1 and _live_pages(segment) > 2 * gathered):
            break
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
        gathered += _live_pages(segment)
        merged.append(segment)
    return [segment for segment in remaining if segment not in merged]


def _live_pages(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())
