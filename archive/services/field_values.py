"""The fields of a document as text, read and set. Agencies, places and productions go by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from archive.models import Agency, Document, Place, Production
from archive.rules.addresses import slug_of
from archive.rules.description_fields import DATES, DescriptionField, hash_of_values, kind_of, squeeze
from archive.rules.statuses import KIND_WORDS
from archive.services.catalogue import find_or_add_agency, find_or_add_place, find_or_add_production

Shelves = dict[tuple[DescriptionField, str], Agency | Place | Production]


def text_of(document: Document, field: DescriptionField) -> str:
    """One field as a form shows it; empty when it has no value."""
    match field:
        case DescriptionField.KIND:
            return KIND_WORDS[document.kind] if document.kind else ""
        case DescriptionField.AGENCY:
            return agency_text(document.agency) if document.agency else ""
        case DescriptionField.PLACE:
            return place_text(document.place) if document.place else ""
        case DescriptionField.PRODUCTION:
            return production_text(document.production) if document.production else ""
    value = getattr(document, field)
    return value.isoformat() if isinstance(value, date) else squeeze(value or "")


def values_of(document: Document) -> dict[DescriptionField, str]:
    """All fields as text."""
    return {field: text_of(document, field) for field in DescriptionField}


def base_of(document: Document) -> str:
    """What a form that is shown now is based on."""
    return hash_of_values(values_of(document))


def set_value(
    session: Session, document: Document, field: DescriptionField, value: str, known: Shelves
) -> None:
    """Set one field to a value that ``clean_value`` gave. ``known`` spares looking up a name again."""
    if field in DATES:
        setattr(document, field, date.fromisoformat(value) if value else None)
    elif field == DescriptionField.KIND:
        document.kind = kind_of(value)
    elif field in _SHELVES:
        row = _shelf(session, field, value, known) if value else None
        setattr(document, field, row)
        setattr(document, f"{field}_id", row.id if row else None)
    else:
        setattr(document, field, value or None)


def agency_text(agency: Agency) -> str:
    """``Immigration and Customs Enforcement (ICE)``: as ``find_or_add_agency`` takes it."""
    return f"{agency.name} ({agency.abbreviation})" if agency.abbreviation else agency.name


def place_text(place: Place) -> str:
    """``Arlington County, VA``."""
    return f"{place.name}, {place.state}" if place.state else place.name


def production_text(production: Production) -> str:
    """Its title when that finds it again, else its short name."""
    title = squeeze(production.title)
    return title if slug_of(title) == production.slug else production.slug


def said_by(values: Mapping[str, str]) -> dict[DescriptionField, str]:
    """The fields among the values that a form sent, on one line each."""
    return {field: squeeze(values[field]) for field in DescriptionField if field in values}


def _shelf(
    session: Session, field: DescriptionField, value: str, known: Shelves
) -> Agency | Place | Production:
    if (field, value) not in known:
        known[field, value] = _SHELVES[field](session, value)
    return known[field, value]


_SHELVES: dict[DescriptionField, Callable[[Session, str], Agency | Place | Production]] = {
    DescriptionField.AGENCY: find_or_add_agency,
    DescriptionField.PLACE: find_or_add_place,
    DescriptionField.PRODUCTION: find_or_add_production,
}
