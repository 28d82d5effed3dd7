"""Server time of the list of requests, of one, of an agency and of what is overdue, over a full archive.

``python -m tests.bench requests``. The requests are made up: six events each in the mean, two fifths of them
public, to 40 agencies; the documents stand in productions of them. What lists need is derived by the
services that do it everywhere.
"""

from __future__ import annotations

import gc
import itertools
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.app import create_app
from archive.models import (
    Agency,
    Document,
    FoiaRequest,
    Page,
    Place,
    Production,
    RequestEvent,
    TrackingNumber,
)
from archive.parts import Parts, open_parts
from archive.rules.citation_states import Audience
from archive.rules.request_states import EventKind, NumberKind, Outcome
from archive.rules.statuses import DocumentKind, PageStatus, ReadingStatus, Role, Visibility
from archive.services.request_standings import restand
from archive.settings import load_settings
from ingest.redaction_found import PageDisposition
from tests.bench.search import Bars
from tests.visitors import Visitor

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
AGENCIES, PLACES, ROUNDS, PAGES_OF_A_DOCUMENT = 40, 60, 40, 2
BAR_MS = 100.0
_AT_ONCE = 2000
_Rows = Sequence[dict[str, Any]]


def measure_requests(folder: Path, *, requests: int = 5_000, documents: int = 50_000) -> None:
    """Print p50 and p95 of each kind of page, for readers and for members."""
    settings = load_settings(folder / "requests", environ={"READING_ROOM_SECOND_FACTOR": "optional"})
    parts = replace(open_parts(settings), clock=lambda: NOW)
    began = time.perf_counter()
    with parts.database.transaction() as session:
        fill(session, requests, documents)
    print(f"  filled in {time.perf_counter() - began:.0f} s: {requests:,} requests, {documents:,} documents")
    print("  milliseconds by the clock, and of a core: on a busy machine the second is what the site costs")
    with _visitors(parts) as visitors:
        bars = Bars()
        _settle()
        for who, client in visitors.items():
            for kind, paths in _paths(parts, is_member=who == "member").items():
                asked = itertools.islice(itertools.cycle(paths), ROUNDS)
                clock, core = zip(*_milliseconds(client, asked), strict=True)
                said = "  ".join(
                    f"p50 {statistics.median(one):6.1f} p95 {_p95(one):6.1f}" for one in (clock, core)
                )
                print(f"  {who:7} {kind:22} {said}")
                bars.judge(f"{who}: {kind}, p95 of a core", _p95(core), BAR_MS, " ms")
        bars.show()
    parts.close()


def _settle() -> None:
    """As ``serving_app`` does: what filling left behind is not walked through at every collection."""
    gc.collect()
    gc.freeze()


@contextmanager
def _visitors(parts: Parts) -> Iterator[dict[str, FlaskClient]]:
    app = create_app(parts.settings, parts)
    app.test_client_class = Visitor
    reader, member = app.test_client(), app.test_client()
    assert isinstance(member, Visitor)
    member.sign_in(parts.database, Role.MEMBER)
    yield {"reader": reader, "member": member}


def _paths(parts: Parts, *, is_member: bool) -> dict[str, list[str]]:
    """What is asked for, again and again."""
    with parts.database.reading() as session:
        asked = select(FoiaRequest.slug).where(FoiaRequest.audience == Audience.PUBLIC).limit(ROUNDS)
        shown = session.scalars(asked).all()
        agencies = session.scalars(
            select(Agency.slug).where(Agency.id > 1).order_by(Agency.id).limit(8)
        ).all()
    every = ["", "?sort=due", "?sort=waiting", "?window=7"]
    return {
        "list": [f"/requests{one}" for one in every],
        "list, narrowed": [
            "/requests?agency=agency-1",
            "/requests?overdue=yes",
            "/requests?year=2024&status=sent",
        ],
        "list, with words": ["/requests?q=detainer+county", "/requests?q=2024-0012"],
        "a request": [f"/requests/{slug}" for slug in shown],
        "an agency": [f"/agencies/{slug}" for slug in agencies],
        "the largest agency": ["/agencies/agency-0"],
        "what is overdue": ["/requests/overdue"],
    }


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _milliseconds(client: FlaskClient, paths: Iterator[str]) -> Iterator[tuple[float, float]]:
    """By the clock, and of a core."""
    for number, path in enumerate(paths):
        if not number:
            client.get(path)  # makes what is made on first use
        began, core = time.perf_counter(), time.process_time()
        answer = client.get(path)
        yield (time.perf_counter() - began) * 1000, (time.process_time() - core) * 1000
        assert answer.status_code == 200, path


def fill(session: Session, requests: int, documents: int) -> None:
    """Rows as people's work would leave them; the standing of each request is derived by its service."""
    chance = random.Random(7)
    _insert(
        session,
        Agency,
        ({"id": n + 1, "slug": f"agency-{n}", "name": f"Agency {n}"} for n in range(AGENCIES)),
    )
    _insert(
        session,
        Place,
        (
            {"id": n + 1, "slug": f"place-{n}", "name": f"County {n}", "kind": "county", "state": "VA"}
            for n in range(PLACES)
        ),
    )
    made = [_request(number, chance) for number in range(1, requests + 1)]
    _insert(session, FoiaRequest, (request for request, _ in made))
    _insert(session, RequestEvent, (event for _, events in made for event in events))
    _insert(session, TrackingNumber, (_number(request) for request, _ in made))
    _fill_documents(session, made, documents, chance)
    session.flush()
    for some in _batches(requests, 200):
        for request in session.scalars(select(FoiaRequest).where(FoiaRequest.id.in_(some))):
            restand(session, request)
        session.expunge_all()


def _batches(total: int, size: int) -> Iterator[range]:
    return (range(start, min(start + size, total + 1)) for start in range(1, total + 1, size))


def _insert(session: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(itertools.islice(rows, _AT_ONCE)):
        session.execute(insert(table), some)


def _agency_id(chance: random.Random) -> int:
    """A fifth of all goes to the first one."""
    return 1 if chance.random() < 0.2 else chance.randrange(2, AGENCIES + 1)


def _request(number: int, chance: random.Random) -> tuple[dict[str, Any], _Rows]:
    is_public = chance.random() < 0.4
    request = {
        "id": number,
        "slug": f"request-{number}",
        "title": f"Detainer policy and its numbers in county {chance.randrange(PLACES)}, part {number}",
        "records_sought": "All memoranda, e-mails and agreements about detainers. " * 8,
        "requester": "National Day Laborer Organizing Network",
        "law_id": "us",
        "agency_id": _agency_id(chance),
        "place_id": chance.choice([None, chance.randrange(1, PLACES + 1)]),
        "audience": Audience.PUBLIC if is_public else Audience.MEMBERS,
        "created_at": NOW,
        "changed_at": NOW,
    }
    return request, [*_events(number, chance, is_public=is_public)]


def _events(number: int, chance: random.Random, *, is_public: bool) -> Iterator[dict[str, Any]]:
    day = date(2012, 1, 3) + timedelta(chance.randrange(5_400))
    kinds = [EventKind.SENT, EventKind.RECEIVED, EventKind.ACKNOWLEDGED]
    kinds += chance.choice(
        [[], [EventKind.INFORMATION_ASKED, EventKind.INFORMATION_GIVEN], [EventKind.EXTENDED]]
    )
    kinds += [EventKind.FOLLOWED_UP] * chance.randrange(3)
    kinds += chance.choice([[], [EventKind.DETERMINED], [EventKind.DETERMINED, EventKind.APPEALED]])
    for position, kind in enumerate(kinds):
        yield {
            "request_id": number,
            "kind": kind,
            "happened_on": day,
            "position": position,
            "outcome": chance.choice([Outcome.DENIED, Outcome.GRANTED_IN_PART])
            if kind is EventKind.DETERMINED
            else None,
            "says": "As the letter says.",
            "is_public": is_public and (kind is EventKind.SENT or chance.random() < 0.8),
            "recorded_at": NOW,
        }
        day = min(day + timedelta(chance.randrange(1, 40)), NOW.date())


def _number(request: dict[str, Any]) -> dict[str, Any]:
    number = request["id"]
    return {
        "request_id": number,
        "number": f"{2012 + number % 15}-{number:06}",
        "kind": NumberKind.REQUEST,
        "is_public": number % 3 > 0,
    }


def _fill_documents(
    session: Session, made: Sequence[tuple[dict[str, Any], _Rows]], documents: int, chance: random.Random
) -> None:
    """Every second request has a production; the documents are spread over these, nine of ten published."""
    productions = [request for request, _ in made if request["id"] % 2]
    _insert(
        session,
        Production,
        (
            {
                "id": one["id"],
                "slug": f"production-{one['id']}",
                "title": f"Release {one['id']}",
                "agency_id": one["agency_id"],
                "request_id": one["id"],
                "received_on": date(2026, 1, 1),
            }
            for one in productions
        ),
    )
    _insert(
        session,
        Document,
        (_document(number, chance.choice(productions), chance) for number in range(documents)),
    )
    pages = (
        {
            "document_id": _document_id(number),
            "page_number": page,
            "status": PageStatus.READ,
            "text": "Detainers are requests.",
            "source": "text_layer",
            "quality": 1.0,
            "disposition": chance.choice(list(PageDisposition)),
            "read_at": NOW,
        }
        for number in range(documents)
        for page in range(1, PAGES_OF_A_DOCUMENT + 1)
    )
    _insert(session, Page, pages)


def _document_id(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(letters[number >> (5 * place) & 31] for place in range(12))


def _document(number: int, production: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    is_published = chance.random() < 0.9
    return {
        "id": _document_id(number),
        "sha256": f"{number:064x}",
        "byte_count": 1,
        "source_file": f"memo-{number}.pdf",
        "title": f"Memo {number} on detainers",
        "kind": DocumentKind.MEMO,
        "dated_on": date(2010, 1, 1) + timedelta(number % 3000),
        "agency_id": production["agency_id"],
        "production_id": production["id"],
        "page_count": PAGES_OF_A_DOCUMENT,
        "reading_status": ReadingStatus.READ,
        "visibility": Visibility.PUBLISHED if is_published else Visibility.UNPUBLISHED,
        "received_at": NOW,
        "published_at": NOW if is_published else None,
        "content_version": 1,
        "indexed_version": 1,
    }
