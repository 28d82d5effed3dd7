"""What came from what: the numbers of a request, and the requests that belong together, as trees.

A tree shows what its viewer may see and nothing of the rest: what hangs on something hidden stands alone,
as if it had come from nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Agency, FoiaRequest, RequestStanding, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.request_states import NumberRelation, Outcome, RequestRelation, RequestStatus
from archive.services.foia_requests import visible_requests
from archive.services.request_filters import standing_requests

MOST_STEPS_UP = 20
MOST_IN_TREE = 200


@dataclass(frozen=True, slots=True)
class NumberNode:
    """A number, whose it is when it is another agency's, and the numbers that came from it. ``relation``
    and ``came_from`` (a number) are empty where that is not to be seen."""

    row: TrackingNumber
    agency: Agency | None
    relation: NumberRelation | None
    came_from: str
    children: tuple[NumberNode, ...]


@dataclass(frozen=True, slots=True)
class RequestNode:
    """A request of the tree; ``relation`` is to the one above it, ``is_here``: the one that is shown."""

    request: FoiaRequest
    status: RequestStatus
    outcome: Outcome | None
    relation: RequestRelation | None
    is_here: bool
    children: tuple[RequestNode, ...]

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it."""
        return self.request.audience is Audience.PUBLIC


def number_tree(
    session: Session, numbers: Sequence[TrackingNumber], own_agency_id: int
) -> tuple[NumberNode, ...]:
    """``numbers`` are those of one request that may be seen."""
    others = {one.agency_id for one in numbers if one.agency_id not in (None, own_agency_id)}
    agencies = {one.id: one for one in session.scalars(select(Agency).where(Agency.id.in_(others)))}
    by_id = {one.id: one for one in numbers}
    below: dict[int | None, list[TrackingNumber]] = defaultdict(list)
    for one in numbers:
        below[one.from_id if one.from_id in by_id else None].append(one)
    roots = below[None] or list(numbers[:1])  # a circle begins somewhere
    seen: set[int] = set()

    def node(row: TrackingNumber) -> NumberNode:
        seen.add(row.id)
        parent = by_id.get(row.from_id) if row.from_id else None
        children = tuple(node(child) for child in below[row.id] if child.id not in seen)
        relation, came_from = (row.relation, parent.number) if parent else (None, "")
        agency = agencies.get(row.agency_id) if row.agency_id else None
        return NumberNode(row, agency, relation, came_from, children)

    return tuple(node(root) for root in roots)


def request_tree(session: Session, request: FoiaRequest, viewer: Viewer) -> RequestNode | None:
    """The tree around a request, from the highest one that ``viewer`` may see; None when it is alone."""
    top = _highest(session, request, viewer)
    found = _all_below(session, top, viewer)
    if len(found) < 2:
        return None
    below: dict[int | None, list[tuple[FoiaRequest, RequestStatus, Outcome | None]]] = defaultdict(list)
    for row in found:
        below[row[0].parent_id if row[0].id != top.id else None].append(row)

    def node(one: FoiaRequest, status: RequestStatus, outcome: Outcome | None) -> RequestNode:
        children = tuple(node(*row) for row in below[one.id])
        relation = one.relation if one.id != top.id else None
        return RequestNode(one, status, outcome, relation, one.id == request.id, children)

    return node(*below[None][0])


def _highest(session: Session, request: FoiaRequest, viewer: Viewer) -> FoiaRequest:
    passed = {request.id}
    for _ in range(MOST_STEPS_UP):
        if request.parent_id is None or request.parent_id in passed:
            break
        parent = session.scalar(visible_requests(viewer).where(FoiaRequest.id == request.parent_id))
        if parent is None:
            break
        request = parent
        passed.add(request.id)
    return request


def _all_below(
    session: Session, top: FoiaRequest, viewer: Viewer
) -> list[tuple[FoiaRequest, RequestStatus, Outcome | None]]:
    """``top`` first; each once, so that a circle ends."""
    asked = standing_requests(viewer).add_columns(RequestStanding.status, RequestStanding.outcome)
    rows = session.execute(asked.where(FoiaRequest.id == top.id)).all()
    found = {row[0].id: (row[0], row[1], row[2]) for row in rows}
    level = list(found)
    while level and len(found) < MOST_IN_TREE:
        rows = session.execute(
            asked.where(FoiaRequest.parent_id.in_(level)).order_by(RequestStanding.sent_on, FoiaRequest.id)
        ).all()
        new = {row[0].id: (row[0], row[1], row[2]) for row in rows if row[0].id not in found}
        found |= new
        level = list(new)
    return list(found.values())
