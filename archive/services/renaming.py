"""Agencies, productions and places get another name, or are found to be one: their old addresses lead on.

An old slug is never given to another row: whoever wrote it down once meant the row that had it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from archive.errors import ArchiveError, ShelfNotFound
from archive.models import Agency, Document, OldSlug, Place
from archive.rules.access import Viewer
from archive.rules.addresses import slug_of
from archive.services.audit import record_event
from archive.services.catalogue import find_renamed
from archive.services.merged_requests import move_requests
from archive.services.shelves import SHELF_TABLES, ShelfKind, ShelfRow, get_shelf

_STATE = re.compile(r"[A-Z]{2}")
_LONGEST = {ShelfKind.AGENCIES: 300, ShelfKind.PRODUCTIONS: 500, ShelfKind.PLACES: 300}
LONGEST_ABBREVIATION = 32


class RenamingRefused(ArchiveError):
    """Nothing was changed. The sentence says why."""

    code = "renaming_refused"
    sentence = "This name cannot be given."
    help = "Correct it and send it again."
    status = 400


@dataclass(frozen=True, slots=True)
class ShelfNames:
    """How a shelf is to be called. ``abbreviation`` is an agency's, ``state`` a place's: two letters."""

    name: str
    abbreviation: str = ""
    state: str = ""


def get_row(session: Session, kind: ShelfKind, slug: str) -> ShelfRow:
    """An agency, production or place by its slug or an old one, for an editor. Raises ``ShelfNotFound``."""
    table, _ = SHELF_TABLES[kind]
    row: ShelfRow | None = session.scalar(select(table).where(table.slug == slug))
    row = row or find_renamed(session, kind, slug)
    if row is None:
        raise ShelfNotFound
    return row


def get_numbered_row(session: Session, kind: ShelfKind, number: int) -> ShelfRow:
    """An agency, production or place by its row's number, which stays. Raises ``ShelfNotFound``."""
    table, _ = SHELF_TABLES[kind]
    row: ShelfRow | None = session.get(table, number)
    if row is None:
        raise ShelfNotFound
    return row


def slug_today(session: Session, kind: ShelfKind, slug: str) -> str:
    """Where an old slug leads. Raises ``ShelfNotFound`` for one that is none, and for a shelf without
    published documents: an old address tells no more than a new one."""
    row = find_renamed(session, kind, slug)
    if row is None:
        raise ShelfNotFound
    return get_shelf(session, kind, row.slug).row.slug


def names_of(row: ShelfRow) -> ShelfNames:
    """How it is called now."""
    if isinstance(row, Agency):
        return ShelfNames(row.name, abbreviation=row.abbreviation or "")
    if isinstance(row, Place):
        return ShelfNames(row.name, state=row.state or "")
    return ShelfNames(row.title)


def count_documents(session: Session, kind: ShelfKind, row: ShelfRow) -> int:
    """How many documents stand there, published or not."""
    _, column = SHELF_TABLES[kind]
    return session.scalar(select(func.count(Document.id)).where(column == row.id)) or 0


def rename_shelf(
    session: Session,
    kind: ShelfKind,
    slug: str,
    names: ShelfNames,
    *,
    new_address: bool,
    viewer: Viewer,
    at: datetime,
) -> ShelfRow:
    """Give it this name, and with ``new_address`` the slug that goes with it; the old one leads there.

    Documents that stand there are indexed again. Raises ``RenamingRefused``, ``ShelfNotFound``.
    """
    row, names = get_row(session, kind, slug), _cleaned(kind, names)
    if (other := _same_name(session, kind, row, names)) is not None:
        raise RenamingRefused(
            "Something else is called that already.", help=f"Merge this one into {other.slug}."
        )
    before, old_slug, old_slugs = names_of(row), row.slug, _slugs_of(row)
    wanted = _slug_for(names) if new_address else row.slug
    if wanted != row.slug:
        _must_be_free(session, kind, row, wanted)
    _set_names(row, names)
    row.slug = wanted
    _lead_on(session, kind, [old_slug, *old_slugs, *_slugs_of(row)], row, at=at)
    if before == names and wanted == old_slug:
        return row
    _index_again(session, kind, row)
    details = {"from": before.name, "to": names.name, "address": wanted, "old_address": old_slug}
    record_event(session, "shelf_renamed", f"{kind}:{row.id}", actor=viewer.name, at=at, details=details)
    return row


def merge_shelves(
    session: Session, kind: ShelfKind, slug: str, into_slug: str, *, viewer: Viewer, at: datetime
) -> ShelfRow:
    """Two rows are one and the same: all of the first goes to the second, and its addresses lead there.

    Raises ``RenamingRefused`` for a row and itself, and ``ShelfNotFound``.
    """
    row, into = get_row(session, kind, slug), get_row(session, kind, into_slug)
    if row.id == into.id:
        raise RenamingRefused("These are one already.", help="Name the other one.")
    _, column = SHELF_TABLES[kind]
    moved = count_documents(session, kind, row)
    _index_again(session, kind, row)
    session.execute(update(Document).where(column == row.id).values({column: into.id}))
    move_requests(session, row, into, at=at)
    if isinstance(row, Agency) and isinstance(into, Agency):
        _move_components(session, row, into)
    old = select(OldSlug).where(OldSlug.kind == kind, OldSlug.target_id == row.id)
    for known in session.scalars(old):
        known.target_id = into.id
    slugs, name = [row.slug, *_slugs_of(row)], names_of(row).name
    session.delete(row)
    session.flush()
    _lead_on(session, kind, slugs, into, at=at)
    details = {"from": name, "to": names_of(into).name, "old_address": slugs[0], "documents": moved}
    record_event(session, "shelves_merged", f"{kind}:{into.id}", actor=viewer.name, at=at, details=details)
    return into


def _move_components(session: Session, row: Agency, into: Agency) -> None:
    if into.parent_id == row.id:
        into.parent_id = row.parent_id
    session.execute(update(Agency).where(Agency.parent_id == row.id).values(parent_id=into.id))
    session.expire(into)


def _lead_on(session: Session, kind: ShelfKind, slugs: Iterable[str], row: ShelfRow, *, at: datetime) -> None:
    """Let slugs that the row had, and those that its names make when somebody writes them, lead to it. One
    that it has now, or that another row has or had, is left alone."""
    session.flush()
    table, _ = SHELF_TABLES[kind]
    now = session.get(OldSlug, (kind, row.slug))
    if now is not None:
        session.delete(now)
    for slug in dict.fromkeys(slugs):
        taken = session.scalar(select(table.id).where(table.slug == slug)) is not None
        if not taken and session.get(OldSlug, (kind, slug)) is None:
            session.add(OldSlug(kind=kind, slug=slug, target_id=row.id, changed_at=at))
    session.flush()


def _must_be_free(session: Session, kind: ShelfKind, row: ShelfRow, slug: str) -> None:
    table, _ = SHELF_TABLES[kind]
    holder = session.scalar(select(table).where(table.slug == slug)) or find_renamed(session, kind, slug)
    if holder is not None and holder.id != row.id:
        raise RenamingRefused(
            f"The address /{kind}/{slug} belongs to another one, or did once.",
            help="Choose another name, keep the address, or merge the two.",
        )


def _same_name(session: Session, kind: ShelfKind, row: ShelfRow, names: ShelfNames) -> ShelfRow | None:
    """Another row that this name would find, so that two of one name never stand side by side."""
    if kind == ShelfKind.AGENCIES:
        wanted = [text.lower() for text in (names.name, names.abbreviation) if text]
        called = or_(func.lower(Agency.name).in_(wanted), func.lower(Agency.abbreviation).in_(wanted))
        return session.scalar(select(Agency).where(called, Agency.id != row.id))
    if kind == ShelfKind.PLACES:
        same = func.lower(Place.name) == names.name.lower(), Place.state == (names.state or None)
        return session.scalar(select(Place).where(*same, Place.id != row.id))
    return None  # productions may share a title: their slugs tell them apart


def _index_again(session: Session, kind: ShelfKind, row: ShelfRow) -> None:
    _, column = SHELF_TABLES[kind]
    session.execute(
        update(Document).where(column == row.id).values(content_version=Document.content_version + 1)
    )


def _set_names(row: ShelfRow, names: ShelfNames) -> None:
    if isinstance(row, Agency):
        row.name, row.abbreviation = names.name, names.abbreviation or None
    elif isinstance(row, Place):
        row.name, row.state = names.name, names.state or None
    else:
        row.title = names.name


def _slug_for(names: ShelfNames) -> str:
    return slug_of(names.abbreviation or f"{names.name} {names.state}")


def _slugs_of(row: ShelfRow) -> list[str]:
    """What a person may write for it: the slugs of its names, as ``catalogue`` would make them."""
    names = names_of(row)
    whole = slug_of(f"{names.name} {names.state}")
    return [whole, slug_of(names.abbreviation)] if names.abbreviation else [whole]


def _cleaned(kind: ShelfKind, names: ShelfNames) -> ShelfNames:
    name, abbreviation = _line(names.name), _line(names.abbreviation)
    state = _line(names.state).upper()
    if not name or len(name) > _LONGEST[kind]:
        raise RenamingRefused(f"A name has 1 to {_LONGEST[kind]} characters.")
    if len(abbreviation) > LONGEST_ABBREVIATION:
        raise RenamingRefused(f"An abbreviation has {LONGEST_ABBREVIATION} characters at most.")
    if state and not _STATE.fullmatch(state):
        raise RenamingRefused("A state is written with its two letters: VA.")
    is_agency, is_place = kind == ShelfKind.AGENCIES, kind == ShelfKind.PLACES
    return ShelfNames(name, abbreviation if is_agency else "", state if is_place else "")


def _line(text: str) -> str:
    line = " ".join(text.split())
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") for sign in line):
        raise RenamingRefused("This holds a sign that cannot be kept.", help="Type it anew.")
    return line
