"""A segment of a Whoosh index as arrays: its own file of tables beside it, its postings by the block.

The only place that looks inside Whoosh's posting reader; the names it uses are the same in
whoosh-reloaded and whoosh3 (see docs/why/whoosh.md).
"""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from archive.search.analysis import stem
from archive.search.cache import ArrayCache
from archive.search.segment import (
    FIELDS,
    POSITION_BITS,
    DocumentTable,
    FacetColumn,
    IntArray,
    PageTable,
    Vocabulary,
)
from archive.search.whoosh_schema import FACTS, Facts, make_schema, make_tables

# Whoosh removes the files of a segment by this pattern when the segment is merged away: ours with them.
_TABLES_EXTENSION = ".tables.npz"
_FORMATS = {name: field.format for name, field in make_schema().items() if name in FIELDS}


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

    def keys(self, field: str, form: str) -> IntArray:
        """Where a form stands, ascending; empty when it does not occur."""
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
    packed = {
        f"document_{name}": getattr(documents, name) for name in ("ids", "versions", "days", "sort_days")
    }
    packed |= {
        f"facet_{name}": np.array(column.values, np.str_)[column.codes]
        for name, column in documents.facets.items()
    }
    packed |= {f"page_{name}": getattr(pages, name) for name in ("document", "number", "length", "first")}
    for field, known in forms.items():
        packed[f"forms_{field}"] = _pack_words(known)
        packed[f"frequencies_{field}"] = np.fromiter(known.values(), np.int64)
        packed[f"stems_{field}"] = _pack_words([stem(form) for form in known])
    return packed


def _unpack(
    packed: dict[str, np.ndarray],
) -> tuple[DocumentTable, PageTable, dict[str, Vocabulary]]:
    def named(prefix: str) -> dict[str, np.ndarray]:
        return {name.removeprefix(prefix): array for name, array in packed.items() if name.startswith(prefix)}

    vocabularies = {
        field: Vocabulary(
            _unpack_words(packed[f"forms_{field}"]),
            _unpack_words(packed[f"stems_{field}"]),
            packed[f"frequencies_{field}"],
        )
        for field in FIELDS
    }
    facets = {name: FacetColumn.of(values) for name, values in named("facet_").items()}
    return (
        DocumentTable(**named("document_"), facets=facets),
        PageTable(**named("page_")),
        vocabularies,
    )


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
