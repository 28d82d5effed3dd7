"""The engines that are compared, each used as its makers advise, all asked for the same: the true number
of hits and the best twenty with document and page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import tantivy

from archive.ports import IndexedDocument
from archive.rules.query import Sort
from archive.search.answers import AnswerCache
from archive.search.query import parse_query
from archive.search.whoosh_engine import WhooshEngine
from tests.bench.rows import FACTS, rows_of
from tests.bench.search_questions import Question, TantivyCall

WINDOW = 20
_MAX_EXPANSIONS = 2_000  # of a wildcard in FTS5, which has none of its own


class Contestant(Protocol):
    """A search engine with its index in one folder."""

    def build(self, documents: Iterable[IndexedDocument]) -> None:
        """Put all documents in, at its best pace."""

    def add(self, document: IndexedDocument) -> None:
        """Put one more in; searchable on return."""

    def refresh(self) -> None:
        """See what another process committed; a part of the next answer's time."""

    def ask(self, question: Question) -> int | None:
        """Fetch the window; the number of hits. None when the engine has nothing equal."""

    def close(self) -> None:
        """Let go."""


class Ours:
    """The archive's own engine, as the site asks it: what is typed is parsed, words are stemmed."""

    def __init__(self, folder: Path) -> None:
        self.engine = WhooshEngine(folder / "index")

    def build(self, documents: Iterable[IndexedDocument]) -> None:
        """As ``reading-room reindex`` does."""
        self.engine.rebuild((document, True) for document in documents)

    def add(self, document: IndexedDocument) -> None:
        """As the worker does."""
        self.engine.replace_documents([document], public=True)

    def refresh(self) -> None:
        """It looks by itself."""

    def ask(self, question: Question) -> int | None:
        """Text to hits."""
        query = replace(parse_query(question.typed, question.filters, question.sort), facets=question.facets)
        return self.engine.search(query, limit=WINDOW, offset=question.offset).total_pages

    def close(self) -> None:
        """Let go."""
        self.engine.close()


class OursUnkept(Ours):
    """The same without the answers it keeps until the next commit: what a query itself costs."""

    def __init__(self, folder: Path) -> None:
        self.engine = WhooshEngine(folder / "index", answers=AnswerCache(0))


class Fts5:
    """SQLite FTS5: no copy of the text, prefix indexes, merged into one segment, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(folder / "fts5.sqlite3")
        self._connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 2000000000;"
            "PRAGMA cache_size = -64000;"
        )

    def build(self, documents: Iterable[IndexedDocument]) -> None:
        """One transaction, then one segment."""
        self._connection.executescript(
            "CREATE VIRTUAL TABLE pages USING fts5(text, title, about, content='', prefix='2 3');"
            "CREATE VIRTUAL TABLE words USING fts5vocab(pages, row);"
            "CREATE TABLE facts(id INTEGER PRIMARY KEY, document, page, agency, kind, place, production,"
            " exemption, year, day);"
        )
        self._insert(documents)
        self._connection.execute("INSERT INTO pages(pages) VALUES ('optimize')")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def add(self, document: IndexedDocument) -> None:
        """In a transaction of its own."""
        self._insert([document])
        self._connection.commit()

    def _insert(self, documents: Iterable[IndexedDocument]) -> None:
        (number,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM facts").fetchone()
        for document in documents:
            texts, facts = [], []
            for title, about, text, fact in rows_of(document):
                number += 1
                texts.append((number, text, title, about))
                facts.append((number, *fact))
            self._connection.executemany(
                "INSERT INTO pages(rowid, text, title, about) VALUES (?, ?, ?, ?)", texts
            )
            self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", facts)

    def refresh(self) -> None:
        """Each statement sees the newest state."""

    def ask(self, question: Question) -> int | None:
        """Best twenty, count, and a count for each value of each facet: a statement each."""
        match = question.fts
        if match is None:
            return None
        if {"?", "*"} & set(match[:-1]):
            match = self._expanded(match)
        where, values = _conditions(question)
        joined = f"FROM pages JOIN facts ON facts.id = pages.rowid WHERE pages MATCH ?{where}"
        order = {Sort.RELEVANCE: "rank", Sort.NEWEST: "day DESC", Sort.OLDEST: "day"}[question.sort]
        self._all(
            f"SELECT document, page {joined} ORDER BY {order} LIMIT {WINDOW} OFFSET {question.offset}",
            match,
            values,
        )
        for facet in question.facets:
            self._all(
                f"SELECT {facet}, count(*), count(DISTINCT document) {joined} GROUP BY 1", match, values
            )
        counted = joined if where else "FROM pages WHERE pages MATCH ?"
        ((count,),) = self._all(f"SELECT count(*) {counted}", match, values)
        return int(count)

    def _all(self, statement: str, match: str, values: list[object]) -> list[Any]:
        return self._connection.execute(statement, [match, *values]).fetchall()

    def _expanded(self, shape: str) -> str:
        found = self._connection.execute(
            "SELECT term FROM words WHERE term GLOB ? LIMIT ?", (shape, _MAX_EXPANSIONS)
        )
        return " OR ".join(f'"{term}"' for (term,) in found) or '""'

    def close(self) -> None:
        """Let go."""
        self._connection.close()


class Tantivy:
    """tantivy, merged into one segment by one writer of two threads."""

    def __init__(self, folder: Path) -> None:
        path = folder / "tantivy"
        path.mkdir(parents=True, exist_ok=True)
        self._schema = _tantivy_schema()
        self._index = tantivy.Index(self._schema, path=str(path))
        self._index.config_reader("manual")
        self._searcher = self._index.searcher()

    def build(self, documents: Iterable[IndexedDocument]) -> None:
        """One writer; its merges are waited for."""
        self._write(documents, memory_bytes=1_000_000_000)

    def add(self, document: IndexedDocument) -> None:
        """A small writer."""
        self._write([document], memory_bytes=30_000_000)

    def _write(self, documents: Iterable[IndexedDocument], memory_bytes: int) -> None:
        writer = self._index.writer(heap_size=memory_bytes, num_threads=1 if memory_bytes < 10**8 else 2)
        for document in documents:
            for title, about, text, fact in rows_of(document):
                named = {
                    name: value
                    for name, value in zip(("document", "page", *FACTS), fact, strict=True)
                    if value is not None
                }
                writer.add_document(tantivy.Document(text=text, title=title, about=about, **named))
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def refresh(self) -> None:
        """Open the newest state."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> int | None:
        """One search, and one aggregation for all facets."""
        query = self._query(question)
        if query is None:
            return None
        order: dict[str, Any] = {} if question.sort is Sort.RELEVANCE else {"order_by_field": "day"}
        found = self._searcher.search(query, limit=WINDOW, count=True, offset=question.offset, **order)
        for _, address in found.hits:
            hit = self._searcher.doc(address)
            assert hit["document"]
            assert hit["page"]
        if question.facets:
            self._searcher.aggregate(query, {name: _terms(name) for name in question.facets})
        count: Any = found.count  # type: ignore[attr-defined]  # there, though its stub does not say so
        return int(count)

    def _query(self, question: Question) -> tantivy.Query | None:
        asked = question.tantivy
        if asked is None:
            return None
        query = self._called(asked) if isinstance(asked, TantivyCall) else self._parsed(asked)
        filters = [(tantivy.Occur.Must, self._one_of(*item)) for item in question.filters.by_facet().items()]
        if question.filters.after:
            day = question.filters.after.toordinal()
            later = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, day, None)
            filters.append((tantivy.Occur.Must, later))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *filters]) if filters else query

    def _one_of(self, name: str, values: tuple[str, ...]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, name, list(values))

    def _parsed(self, text: str) -> tantivy.Query:
        return self._index.parse_query(text, ["text", "title", "about"])

    def _called(self, call: TantivyCall) -> tantivy.Query:
        match call.kind:
            case "near":
                return tantivy.Query.phrase_query(self._schema, "text", list(call.words), call.number)
            case "regex":
                return tantivy.Query.regex_query(self._schema, "text", call.words[0])
            case _:
                return tantivy.Query.fuzzy_term_query(self._schema, "text", call.words[0], call.number)

    def close(self) -> None:
        """Nothing is held but memory."""


def _tantivy_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("text", "title", "about"):
        builder.add_text_field(name)
    builder.add_text_field("document", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("page", stored=True)
    for name in ("agency", "kind", "place", "production", "exemption"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "day"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def _terms(name: str) -> dict[str, object]:
    """Pages by value, and documents in each: what our facets count."""
    documents = {"documents": {"cardinality": {"field": "document"}}}
    return {"terms": {"field": name, "size": 1_000}, "aggs": documents}


def _conditions(question: Question) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    for name, chosen in question.filters.by_facet().items():
        where += f" AND {name} IN ({', '.join('?' * len(chosen))})"
        values += chosen
    if question.filters.after:
        where += " AND day >= ?"
        values.append(question.filters.after.toordinal())
    return where, values


CONTESTANTS: dict[str, type[Ours] | type[Fts5] | type[Tantivy]] = {
    "ours": Ours,
    "FTS5": Fts5,
    "tantivy": Tantivy,
}
UNKEPT = "ours, no answers kept"
EVERY = {**CONTESTANTS, UNKEPT: OursUnkept}
