"""Of which documents and pages figures are wanted: filters in an address, and the choices that they have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, Text, cast, extract, select
from sqlalchemy.orm import Session

from archive.errors import BadFilter
from archive.models import Agency, Document, Production, Redaction
from archive.rules.access import READER, Viewer
from archive.rules.addresses import slug_of
from archive.rules.exemptions import parse_exemption
from archive.rules.query import Filters
from archive.rules.redaction_figures import FigureFilters, codes_in, with_wider
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.services.browsing import filtered_documents
from archive.services.visible import searched_documents

_YEAR = re.compile(r"(?!0000)[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that a filter can have, of the documents that a visitor may see."""

    agencies: tuple[Agency, ...]
    productions: tuple[Production, ...]
    years: tuple[int, ...]  # the newest first
    kinds: tuple[DocumentKind, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: ``documents``, by id, that the visitor may find and that pass the filters. When an
    exemption is asked for, only pages with one of ``code_lists`` count: the lists of codes, as the database
    has them, in which it or a part of it stands."""

    documents: Select[str]
    code_lists: tuple[str, ...] | None = None


def read_filters(given: Mapping[str, str]) -> FigureFilters:
    """The filters in the parameters of an address. Raises ``BadFilter``."""
    asked = {name: given.get(name, "").strip() for name in ("agency", "production", "year", "kind")}
    if asked["year"] and not _YEAR.fullmatch(asked["year"]):
        raise BadFilter(f"{asked['year']} is no year.", help="Write it with four digits: 2010.")
    kinds = [kind for kind in DocumentKind if kind == asked["kind"]]
    if asked["kind"] and not kinds:
        raise BadFilter(f"No kind is called {asked['kind']}.", help=f"Kinds are: {', '.join(DocumentKind)}.")
    return FigureFilters(
        agency=slug_of(asked["agency"]) if asked["agency"] else "",
        production=slug_of(asked["production"]) if asked["production"] else "",
        year=asked["year"],
        kind=kinds[0] if kinds else None,
        exemption=_exemption(given.get("exemption", "").strip()),
        shown="published" if given.get("shown") == "published" else "",
    )


def _exemption(written: str) -> str:
    code = parse_exemption(written) if written else ""
    if code is None:
        raise BadFilter(f"{written} is no exemption.", help="Write it as b5, b7E or k2.")
    return code


def scope_of(session: Session, filters: FigureFilters, viewer: Viewer = READER) -> Scope:
    """What is counted for ``viewer`` under these filters."""
    viewer = READER if filters.shown else viewer
    documents = _documents(filters, viewer).with_only_columns(Document.id)
    if not filters.exemption:
        return Scope(documents)
    listed = cast(Redaction.codes, Text)
    some = select(listed).where(listed.contains(f'"{filters.exemption}', autoescape=True)).distinct()
    return Scope(documents, tuple(text for text in session.scalars(some) if _claims(text, filters.exemption)))


def _claims(listed: str, exemption: str) -> bool:
    return exemption in with_wider(codes_in(listed))


def _documents(filters: FigureFilters, viewer: Viewer) -> Select[Document]:
    year = int(filters.year or 0)
    asked = Filters(
        agency=(filters.agency,) if filters.agency else (),
        production=(filters.production,) if filters.production else (),
        kind=(filters.kind,) if filters.kind else (),
        after=date(year, 1, 1) if year else None,
        before=date(year, 12, 31) if year else None,
    )
    return filtered_documents(asked, viewer)


def list_choices(session: Session, viewer: Viewer = READER) -> Choices:
    """What can be chosen: of the documents that ``viewer`` may find, by name."""
    seen = searched_documents(viewer)
    agency_ids = seen.with_only_columns(Document.agency_id).distinct()
    production_ids = seen.with_only_columns(Document.production_id).distinct()
    years = session.scalars(seen.with_only_columns(extract("year", Document.dated_on)).distinct())
    kinds = session.scalars(seen.with_only_columns(Document.kind).distinct())
    agencies = select(Agency).where(Agency.id.in_(agency_ids)).order_by(Agency.name)
    productions = select(Production).where(Production.id.in_(production_ids)).order_by(Production.title)
    return Choices(
        tuple(session.scalars(agencies)),
        tuple(session.scalars(productions)),
        tuple(sorted(filter(None, years), reverse=True)),
        tuple(sorted(filter(None, kinds), key=KIND_WORDS.__getitem__)),
    )
