"""Agencies, places and productions: found by the name people use, added when they are new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.models import Agency, OldSlug, Place, Production
from archive.rules.addresses import slug_of

_NAME_WITH_ABBREVIATION = re.compile(r"(.+?)\s*\(([A-Z][A-Za-z0-9&.\-]{1,15})\)")
_PLACE_WITH_STATE = re.compile(r"(.+?),\s*([A-Z]{2})")
_TABLES: Mapping[str, Any] = {"agencies": Agency, "productions": Production, "places": Place}


def find_renamed(session: Session, kind: str, slug: str) -> Any:
    """The row of ``kind`` ('agencies', 'productions', 'places') that had this slug once; None for no one."""
    old = session.get(OldSlug, (kind, slug))
    return session.get(_TABLES[kind], old.target_id) if old is not None else None


def find_or_add_agency(session: Session, name: str) -> Agency:
    """By name, abbreviation, slug or old slug. ``Immigration and Customs Enforcement (ICE)`` names both."""
    named = _NAME_WITH_ABBREVIATION.fullmatch(name.strip())
    full, abbreviation = (named[1], named[2]) if named else (name.strip(), None)
    wanted = [text.casefold() for text in (full, abbreviation) if text]
    agency = session.scalar(
        select(Agency)
        .where(
            or_(
                func.lower(Agency.name).in_(wanted),
                func.lower(Agency.abbreviation).in_(wanted),
                Agency.slug == slug_of(abbreviation or full),
            )
        )
        .order_by(Agency.id)
    )
    agency = agency or find_renamed(session, "agencies", slug_of(abbreviation or full))
    if agency is None:
        agency = Agency(slug=slug_of(abbreviation or full), name=full, abbreviation=abbreviation)
        session.add(agency)
        session.flush()
    return agency


def find_or_add_place(session: Session, name: str, state: str = "") -> Place:
    """By name and state: ``Arlington County`` with ``VA``, or ``Arlington County, VA``."""
    with_state = _PLACE_WITH_STATE.fullmatch(name.strip())
    if with_state and not state:
        name, state = with_state[1], with_state[2]
    slug = slug_of(f"{name} {state}")
    place = session.scalar(select(Place).where(Place.slug == slug))
    place = place or find_renamed(session, "places", slug)
    if place is None:
        place = Place(slug=slug, name=name.strip(), kind=_place_kind(name), state=state.upper() or None)
        session.add(place)
        session.flush()
    return place


def find_or_add_production(
    session: Session, slug: str, *, title: str = "", tracking_number: str = "", agency: Agency | None = None
) -> Production:
    """By slug; a new one is titled with what was written."""
    production = session.scalar(select(Production).where(Production.slug == slug_of(slug)))
    production = production or find_renamed(session, "productions", slug_of(slug))
    if production is None:
        production = Production(
            slug=slug_of(slug), title=title or slug, tracking_number=tracking_number or None, agency=agency
        )
        session.add(production)
        session.flush()
    return production


def _place_kind(name: str) -> str:
    lowered = name.casefold()
    return next((kind for kind in ("county", "city", "town", "state") if kind in lowered), "place")
