"""How long the site takes to make a page of results over many pages: database, snippets and template too."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert

from archive.app import serving_app
from archive.models import Agency, Document, Page
from archive.parts import Parts, opened_parts
from archive.rules.statuses import DocumentKind, PageStatus, ReadingStatus, Visibility
from archive.settings import load_settings
from tests.bench.pages import AGENCIES, generate_documents
from tests.bench.search import Bars
from tests.bench.search_phases import percentiles
from tests.bench.search_questions import questions

ROUNDS = 8
_WHEN = datetime(2026, 1, 5, tzinfo=UTC)
_DOCUMENTS_AT_ONCE = 200


def measure_site(pages: int, folder: Path) -> None:
    """Print p50 and p95 of a page of results, for each kind of query and over all; asked again and again."""
    home = folder / "site"
    is_new = not home.exists()
    index = folder / "ours" / "index"
    settings = load_settings(home, environ={"READING_ROOM_SEARCH_URL": f"whoosh://{index}"})
    with opened_parts(settings) as parts:
        if is_new:
            _fill(parts, pages)
        taken = _ask(parts)
    every = percentiles(list(itertools.chain.from_iterable(taken.values())))
    for kind, times in taken.items():
        print(f"  {kind:24} p50 {statistics.median(times):7.1f}  longest {max(times):7.1f} ms")
    said = f"p50 {every['p50']:7.1f}  p95 {every['p95']:7.1f}  longest {every['max']:7.1f} ms"
    print(f"  {'all of them':24} {said}")
    bars = Bars()
    bars.judge("a page of results is made in, p95", every["p95"], 100, " ms")
    bars.show()


def _ask(parts: Parts) -> dict[str, list[float]]:
    app = serving_app(parts.settings)
    client = app.test_client()
    taken: dict[str, list[float]] = defaultdict(list)
    for round_number in range(ROUNDS + 1):
        for question in questions():
            filters = [
                (name, value) for name, values in question.filters.by_facet().items() for value in values
            ]
            asked = urlencode([("q", question.typed), *filters, ("sort", question.sort.value)])
            began = time.perf_counter()
            answer = client.get(f"/search?{asked}")
            if round_number:  # the first round warms
                taken[question.kind].append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, question.typed
    return taken


def _fill(parts: Parts, pages: int) -> None:
    """Rows as reading would leave them, without files and images."""
    with parts.database.transaction() as session:
        session.add_all(Agency(slug=slug, name=slug.upper(), abbreviation=slug.upper()) for slug in AGENCIES)
        session.flush()
        numbers = {agency.slug: agency.id for agency in session.query(Agency)}
        for some in _some(pages):
            documents, rows = some
            for document in documents:
                document["agency_id"] = numbers[str(document.pop("agency"))]
            session.execute(insert(Document), documents)
            session.execute(insert(Page), rows)


def _some(pages: int) -> Iterator[tuple[list[dict[str, object]], list[dict[str, object]]]]:
    generated = generate_documents(pages)
    while some := list(itertools.islice(generated, _DOCUMENTS_AT_ONCE)):
        documents: list[dict[str, object]] = [
            {
                "id": one.document_id,
                "sha256": one.document_id.ljust(64, "0"),
                "byte_count": 1,
                "source_file": one.source_file,
                "title": one.title,
                "kind": DocumentKind(one.kind),
                "dated_on": one.dated_on,
                "agency": one.agency,
                "page_count": len(one.pages),
                "reading_status": ReadingStatus.READ,
                "visibility": Visibility.PUBLISHED,
                "received_at": _WHEN,
                "published_at": _WHEN,
                "content_version": one.content_version,
                "indexed_version": one.content_version,
            }
            for one in some
        ]
        rows: list[dict[str, object]] = [
            {
                "document_id": page.document_id,
                "page_number": page.page_number,
                "status": PageStatus.READ,
                "text": page.text,
                "source": page.source,
                "quality": page.quality,
                "bates": page.bates or None,
                "read_at": _WHEN,
            }
            for one in some
            for page in one.pages
        ]
        yield documents, rows
