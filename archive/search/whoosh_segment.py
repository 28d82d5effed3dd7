"""A segment of a Whoosh index as arrays: its own file of tables beside it, its postings by the block.

The only place that looks inside Whoosh's posting reader; the names it uses are the same in
whoosh-reloaded and whoosh3 (see docs/why/whoosh.md).
"""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Iterable
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from archive.rules.query import Within
from archive.search.analysis import stem
from archive.search.cache import ArrayCache
from archive.search.segment import (
    FIELDS,
    POSITION_BITS,
    DocumentTable,
    FacetColumn,
    IntArray,
    ManyValues,
    Matches,
    PageTable,
    Vocabulary,
)
from archive.search.vocabulary import SortedVocabulary
from archive.search.whoosh_schema import BREAKS, FACTS, Facts, make_schema, make_tables

# Whoosh removes the files of a segment by this pattern when the segment is merged away: ours with them.
_TABLES_EXTENSION = ".tables.npz"
_FORMATS = {name: field.format for name, field in make_schema().items() if name in (*FIELDS, BREAKS)}


class WhooshSegment:
    """One segment of the index in ``storage``. Safe to read from several threads."""

    def __init__(self, storage: Any, segment: Any, cache: ArrayCache) -> None:
        self.key = str(segment.segment_id())
        self._cache = cache
        self._lock = threading.Lock()  # a posting file has one place where it is read
        self._terms = segment.codec().terms_reader(storage, segment)
        path = Path(storage.folder) / segment.make_filename(_TABLES_EXTENSION)
        tables = _read_tables(path)
        if tables is None:
            tables = self._make_tables(storage, segment)
            _write_tables(path, tables)
        self.documents, self.pages, self._vocabularies = _unpack(tables)

    def vocabulary(self, field: str) -> Vocabulary:
        """The words of a field."""
        return self._vocabularies[field]

    def matches(self, field: str, numbers: IntArray) -> Matches:
        """See ``Segment``."""
        keys = [self._keys(field, form) for form in self.vocabulary(field).forms(numbers)]
        pages, counts = np.unique(
            np.concatenate([*keys, np.empty(0, np.int64)]) >> POSITION_BITS, return_counts=True
        )
        return Matches(pages, counts.astype(np.float64))

    def places(self, field: str, numbers: IntArray) -> IntArray:
        """See ``Segment``."""
        keys = [self._keys(field, form) for form in self.vocabulary(field).forms(numbers)]
        return np.unique(np.concatenate([*keys, np.empty(0, np.int64)]))

    def starts(self, within: Within) -> IntArray:
        """See ``Segment``."""
        return self._keys(BREAKS, within.value)

    def _keys(self, field: str, form: str) -> IntArray:
        return self._cache.get((self.key, field, form), lambda: (self._read_keys(field, form),))[0]

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._terms.close()

    def _read_keys(self, field: str, form: str) -> IntArray:
        with self._lock:
            if (field, form.encode()) not in self._terms:
                return np.empty(0, np.int64)
            matcher = self._terms.matcher(field, form.encode(), _FORMATS[field])
            blocks = []
            while not matcher._atend:
                blocks.append(_block_keys(matcher))
                matcher._next_block()
        return blocks[0] if len(blocks) == 1 else np.concatenate(blocks)

    def _make_tables(self, storage: Any, segment: Any) -> dict[str, np.ndarray]:
        per_document = segment.codec().per_document_reader(storage, segment)
        stored = [
            Facts(*per_document.stored_fields(number)[FACTS]) for number in range(segment.doc_count_all())
        ]
        per_document.close()
        forms = {field: self._read_forms(field) for field in FIELDS}
        return _pack(*make_tables(stored), forms)

    def _read_forms(self, field: str) -> dict[str, int]:
        forms = {}
        for (name, term), about in self._terms.items_from(field, b""):
            if name != field:
                break
            forms[term.decode()] = about.doc_frequency()
        return forms


def _block_keys(matcher: Any) -> IntArray:
    """A whole block of postings at once: 20 times faster than asking Whoosh for one after the other."""
    matcher._read_ids()
    matcher._read_values()
    values = matcher._values
    pages = np.array(matcher._ids, np.int64)
    counts = np.fromiter(map(len, values), np.int64, len(values)) >> 2  # four bytes each
    positions = np.frombuffer(b"".join(values), np.uint32)
    keys: IntArray = (np.repeat(pages, counts) << POSITION_BITS) | positions
    return keys


def _pack(
    documents: DocumentTable, pages: PageTable, forms: dict[str, dict[str, int]]
) -> dict[str, np.ndarray]:
    packed: dict[str, np.ndarray] = {}
    for table, name in ((documents, "document"), (pages, "page")):
        for column in fields(table):
            packed |= _pack_column(f"{name}.{column.name}", getattr(table, column.name))
    for field, known in forms.items():
        packed[f"forms.{field}"] = _pack_words(known)
        packed[f"frequencies.{field}"] = np.fromiter(known.values(), np.int64)
        packed[f"stems.{field}"] = _pack_words([stem(form) for form in known])
    return packed


def _pack_column(name: str, column: Any) -> dict[str, np.ndarray]:
    match column:
        case dict():
            parts = [_pack_column(f"{name}.{key}", value) for key, value in column.items()]
            return dict(chain.from_iterable(part.items() for part in parts))
        case FacetColumn(values, codes):
            return {f"{name}.values": np.array(values, np.str_), f"{name}.codes": codes}
        case ManyValues(values, starts, codes):
            packed = {f"{name}.values": np.array(values, np.str_), f"{name}.codes": codes}
            return packed | {f"{name}.starts": starts}
        case _:
            return {name: column}


def _unpack(
    packed: dict[str, np.ndarray],
) -> tuple[DocumentTable, PageTable, dict[str, Vocabulary]]:
    vocabularies: dict[str, Vocabulary] = {
        field: SortedVocabulary(
            _unpack_words(packed[f"forms.{field}"]),
            _unpack_words(packed[f"stems.{field}"]),
            packed[f"frequencies.{field}"],
        )
        for field in FIELDS
    }
    document = {one.name: _unpack_column(f"document.{one.name}", packed) for one in fields(DocumentTable)}
    page = {one.name: _unpack_column(f"page.{one.name}", packed) for one in fields(PageTable)}
    return DocumentTable(**document), PageTable(**page), vocabularies


def _unpack_column(name: str, packed: dict[str, np.ndarray]) -> Any:
    if name in packed:
        return packed[name]
    if f"{name}.starts" in packed:
        values = tuple(packed[f"{name}.values"].tolist())
        return ManyValues(values, packed[f"{name}.starts"], packed[f"{name}.codes"])
    if f"{name}.values" in packed:
        return FacetColumn(tuple(packed[f"{name}.values"].tolist()), packed[f"{name}.codes"])
    below = {key.removeprefix(f"{name}.").partition(".")[0] for key in packed if key.startswith(f"{name}.")}
    return {key: _unpack_column(f"{name}.{key}", packed) for key in below}


def _pack_words(words: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _unpack_words(packed: np.ndarray) -> list[str]:
    text = packed.tobytes().decode()
    return text.split("\n") if text else []


def _read_tables(path: Path) -> dict[str, np.ndarray] | None:
    """None when the file is not there or is damaged: it can be made again from the segment."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write_tables(path: Path, tables: dict[str, np.ndarray]) -> None:
    """Best effort: without the file each process works the tables out for itself."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with unfinished.open("wb") as file:
            np.savez(file, allow_pickle=False, **tables)
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
