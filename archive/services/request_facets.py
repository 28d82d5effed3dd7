"""How many requests each further choice would leave, counted in one pass over what may be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, extract, select, type_coerce
from sqlalchemy.orm import Session

from archive.models import Account, Agency, FoiaRequest, Place, RequestStanding
from archive.rules.access import Viewer
from archive.rules.laws import get_law
from archive.rules.request_errors import LawNotFound
from archive.rules.request_states import OUTCOME_WORDS, STATUS_WORDS, Outcome, RequestStatus
from archive.services.foia_requests import sees_whole_requests
from archive.services.request_filters import RequestFilters, has_words, is_overdue, standing_requests

FACETS = ("overdue", "status", "outcome", "agency", "law", "year", "place", "responsible", "audience")
MEMBERS_FACETS = frozenset({"responsible", "audience"})
_WORDS = frozenset({"overdue", "status", "outcome", "law", "year", "audience"})  # no rows of ours
_OVERDUE_LABEL = "Answer overdue"
_AUDIENCE_LABELS = {"public": "Public", "members": "Members only"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A choice: how it is written in the address, how on the page, and how many requests it leaves."""

    value: str
    label: str
    requests: int


@dataclass(frozen=True, slots=True)
class RequestFacet:
    """A filter with its choices, the most frequent first."""

    name: str
    values: tuple[FacetValue, ...]


def count_facets(
    session: Session, filters: RequestFilters, viewer: Viewer, today: date
) -> tuple[RequestFacet, ...]:
    """Each filter's choices under all other filters, so that choosing one more is an 'or'."""
    names = [name for name in FACETS if sees_whole_requests(viewer) or name not in MEMBERS_FACETS]
    chosen = _chosen(session, filters)
    counts = count_in_one_pass(
        session.execute(_facts(filters, viewer, today, names)), [chosen[name] for name in names]
    )
    return tuple(
        _facet(session, name, count, chosen[name]) for name, count in zip(names, counts, strict=True)
    )


def count_in_one_pass(
    rows: Iterable[Sequence[Any]], chosen: Sequence[frozenset[Any]]
) -> tuple[Counter[Any], ...]:
    """For each column the count of its values over the rows that all other columns' choices leave.

    A row that no choice leaves out counts everywhere; one that a single column's choice leaves out counts
    in that column, where it would be an alternative; any other counts nowhere.
    """
    counts: tuple[Counter[Any], ...] = tuple(Counter() for _ in chosen)
    narrowing = [(column, values) for column, values in enumerate(chosen) if values]
    left: list[Sequence[Any]] = []
    for row in rows:
        left_out = [column for column, values in narrowing if row[column] not in values]
        if not left_out:
            left.append(row)
        elif len(left_out) == 1:
            counts[left_out[0]][row[left_out[0]]] += 1
    for count, column in zip(counts, zip(*left, strict=True), strict=False):  # no columns without rows
        count.update(column)
    return counts


def _facts(filters: RequestFilters, viewer: Viewer, today: date, names: Sequence[str]) -> Any:
    """Plain values, which cost less than enums by the thousand."""
    columns: Mapping[str, Any] = {
        "overdue": is_overdue(today),
        "status": type_coerce(RequestStanding.status, String),
        "outcome": type_coerce(RequestStanding.outcome, String),
        "agency": FoiaRequest.agency_id,
        "law": FoiaRequest.law_id,
        "year": extract("year", RequestStanding.sent_on),
        "place": FoiaRequest.place_id,
        "responsible": FoiaRequest.responsible_id,
        "audience": type_coerce(FoiaRequest.audience, String),
    }
    asked = standing_requests(viewer)
    if filters.text.strip():
        asked = asked.where(has_words(filters.text, viewer))
    return asked.with_only_columns(*(columns[name] for name in names), maintain_column_froms=True)


def _chosen(session: Session, filters: RequestFilters) -> Mapping[str, frozenset[Any]]:
    """What is chosen, as the facts hold it. A slug that nobody has leaves nothing: -1 is no id."""
    return {
        "overdue": frozenset({True} if filters.overdue else ()),
        "status": frozenset(map(str, filters.status)),
        "outcome": frozenset(map(str, filters.outcome)),
        "agency": _ids(session, Agency, filters.agency),
        "law": frozenset(filters.law),
        "year": frozenset(filters.year),
        "place": _ids(session, Place, filters.place),
        "responsible": frozenset(filters.responsible),
        "audience": frozenset(map(str, filters.audience)),
    }


def _ids(session: Session, table: type[Agency] | type[Place], slugs: Sequence[str]) -> frozenset[int]:
    if not slugs:
        return frozenset()
    return frozenset(session.scalars(select(table.id).where(table.slug.in_(slugs)))) or frozenset({-1})


def _facet(session: Session, name: str, counts: Counter[Any], chosen: frozenset[Any]) -> RequestFacet:
    """Chosen words stay to be seen when they leave nothing; chosen rows do not: who sees no request of an
    agency is not told that there is such an agency."""
    kept = {*counts, *(chosen if name in _WORDS else ())}
    found = [value for value in kept if value is not None and (value or name != "overdue")]
    labels = _LABELS[name](session, found)
    values = [FacetValue(*labels[value], counts[value]) for value in found if value in labels]
    if name == "year":
        values.sort(key=lambda one: one.value, reverse=True)
    else:
        values.sort(key=lambda one: (-one.requests, one.label))
    return RequestFacet(name, tuple(values))


Labels = Mapping[Any, tuple[str, str]]


def _agency_labels(session: Session, ids: Sequence[Any]) -> Labels:
    rows = session.execute(select(Agency.id, Agency.slug, Agency.name).where(Agency.id.in_(ids)))
    return {agency_id: (slug, name) for agency_id, slug, name in rows}


def _place_labels(session: Session, ids: Sequence[Any]) -> Labels:
    rows = session.execute(select(Place.id, Place.slug, Place.name, Place.state).where(Place.id.in_(ids)))
    return {place_id: (slug, f"{name}, {state}" if state else name) for place_id, slug, name, state in rows}


def _account_labels(session: Session, ids: Sequence[Any]) -> Labels:
    rows = session.execute(select(Account.id, Account.email).where(Account.id.in_(ids)))
    return {account_id: (str(account_id), email) for account_id, email in rows}


def _law_labels(_: Session, ids: Sequence[Any]) -> Labels:
    return {law_id: (law_id, law_label(law_id)) for law_id in ids}


def law_label(law_id: str) -> str:
    """How a law is called in a list: 'California: CPRA'."""
    try:
        law = get_law(law_id)
    except LawNotFound:
        return law_id
    return f"{law.place}: {law.short}"


_LABELS: Mapping[str, Callable[[Session, Sequence[Any]], Labels]] = {
    "overdue": lambda _, values: dict.fromkeys(values, ("yes", _OVERDUE_LABEL)),
    "status": lambda _, values: {value: (value, STATUS_WORDS[RequestStatus(value)]) for value in values},
    "outcome": lambda _, values: {value: (value, OUTCOME_WORDS[Outcome(value)]) for value in values},
    "agency": _agency_labels,
    "law": _law_labels,
    "year": lambda _, values: {value: (str(value), str(value)) for value in values},
    "place": _place_labels,
    "responsible": _account_labels,
    "audience": lambda _, values: {value: (value, _AUDIENCE_LABELS[value]) for value in values},
}
