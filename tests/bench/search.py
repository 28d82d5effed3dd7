"""Search over 10,000 generated pages against SQLite FTS5 on the same pages, in the same run."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.ports import IndexedDocument
from archive.rules.query import Query
from archive.search.query import parse_query
from archive.search.whoosh_engine import WhooshEngine
from tests.bench.pages import generate_documents
from tests.bench.timing import seconds_of

PAGES = 10_000
WINDOW = 20
ROUNDS = 20
# what it is, our query, the same for FTS5
QUERIES = (
    ("one rare word", "detainer", "detainer"),
    ("one common word", "agency", "agency"),
    ("two words", "agency detainer", "agency AND detainer"),
    ("either of two", "detainer OR communities", "detainer OR communities"),
    ("one without the other", "agency -records", "agency NOT records"),
    ("phrase", '"secure communities program"', '"secure communities program"'),
    ("phrase of common words", '"of the"', '"of the"'),
    ("prefix", "deta*", "deta*"),
    ("exemption code", "(b)(7)(E)", '"b 7 e"'),
)


def measure_search() -> None:
    """Print, for each query, the first answer and p50 and p95 of the next ones, ours and FTS5's."""
    documents = list(generate_documents(PAGES))
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        build = seconds_of(lambda: engine.rebuild((document, True) for document in documents))
        fts = sqlite3.connect(Path(folder) / "fts.sqlite3")
        build_fts = seconds_of(lambda: _fill(fts, documents))
        print(f"  index built: {PAGES / build:.0f} pages/s, FTS5 {PAGES / build_fts:.0f} pages/s")
        print(f"  {'':24} {'hits':>7} {'FTS5':>7}   first   p50    p95 ms |  FTS5 p50    p95 ms | p50 ratio")
        ratios = [_compare(engine, fts, *row) for row in QUERIES]
        engine.close()
    print(f"  geometric mean of p50 ratios to FTS5: {statistics.geometric_mean(ratios):.2f}")


def _compare(engine: WhooshEngine, fts: sqlite3.Connection, name: str, text: str, fts_text: str) -> float:
    query = parse_query(text)
    first = seconds_of(lambda: _ours(engine, query)) * 1000
    middle, late = _percentiles(lambda: _ours(engine, query))
    middle_fts, late_fts = _percentiles(lambda: _fts(fts, fts_text))
    hits, hits_fts = _ours(engine, query), _fts(fts, fts_text)
    print(
        f"  {name:24} {hits:7,} {hits_fts:7,} {first:7.1f} {middle:6.2f} {late:6.2f}    |"
        f" {middle_fts:9.2f} {late_fts:6.2f}    | {middle / middle_fts:6.2f}"
    )
    return middle / middle_fts


def _ours(engine: WhooshEngine, query: Query) -> int:
    return engine.search(query, limit=WINDOW).total_pages


def _fts(connection: sqlite3.Connection, text: str) -> int:
    """Count and best twenty: two statements, as anybody would ask."""
    connection.execute(
        "SELECT document, page FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT ?", (text, WINDOW)
    ).fetchall()
    (count,) = connection.execute("SELECT count(*) FROM pages WHERE pages MATCH ?", (text,)).fetchone()
    return int(count)


def _percentiles(ask: Callable[[], int]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def _fill(connection: sqlite3.Connection, documents: list[IndexedDocument]) -> None:
    connection.execute("CREATE VIRTUAL TABLE pages USING fts5(document UNINDEXED, page UNINDEXED, text)")
    rows = (
        (page.document_id, page.page_number, page.text) for document in documents for page in document.pages
    )
    connection.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows)
    connection.execute("INSERT INTO pages(pages) VALUES ('optimize')")
    connection.commit()
