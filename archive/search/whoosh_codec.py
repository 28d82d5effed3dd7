"""How a Whoosh index keeps its segments: a codec that writes arrays.

Whoosh has the table of contents, the generations, the deletions and the writer. A page is handed to its
writer as one value; the codec takes it down and, when the segment is finished, writes one file that numpy
maps into memory. See docs/why/whoosh.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields
from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Segment

from archive.ports import IndexedDocument, IndexedPage
from archive.search.segment_draft import SegmentDraft

PAGE = "page"  # the one field of the schema
EXTENSION = ".arrays"


class PageOfDocument(NamedTuple):
    """What Whoosh's writer is given."""

    document: IndexedDocument
    page: IndexedPage


def make_schema() -> fields.Schema:
    """The schema of both indexes."""
    return fields.Schema(**{PAGE: fields.STORED()})


def arrays_path(storage: Any, segment: Any) -> Path:
    """The file of a segment: named so that Whoosh removes it with the segment."""
    return Path(storage.folder, segment.make_filename(EXTENSION))


class ArrayCodec(Codec):  # type: ignore[misc]  # Whoosh has no types
    """A codec for Whoosh's writer. Whoosh's own readers are not used: see ``StoredSegment``."""

    length_stats = False  # Whoosh's page lengths are rounded to a byte; ours are among the facts

    def new_segment(self, _storage: Any, indexname: str) -> Any:
        """A segment that has no file yet."""
        return W3Segment(self, indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> PerDocumentWriter:
        """Takes the pages down, and writes the file."""
        return _PageWriter(arrays_path(storage, segment))

    def field_writer(self, _storage: Any, _segment: Any) -> FieldWriter:
        """Gets nothing: no field is indexed by Whoosh itself."""
        return _NoFields()


class _PageWriter(PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    is_closed = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = SegmentDraft()

    def start_doc(self, docnum: int) -> None:
        """Nothing to do before the value comes."""

    def add_field(self, _name: str, _field: Any, value: PageOfDocument, _length: int) -> None:
        self._draft.add(value.document, value.page)

    def close(self) -> None:
        self.is_closed = True
        if len(self._draft):
            self._draft.write(self._path)


class _NoFields(FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    is_closed = False

    def close(self) -> None:
        self.is_closed = True
