"""Addresses that are made from titles: each is given once, and an old one leads to where it led."""

from __future__ import annotations

from collections.abc import Collection as Values
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Collection, FoiaRequest, OldSlug
from archive.rules.addresses import slug_of

_ROOM_FOR_NUMBER = 72  # of the 80 characters that a slug may have


@dataclass(frozen=True, slots=True)
class SlugSpace:
    """Rows whose addresses must differ. ``kind`` is what old slugs of them are kept under; ``reserved`` are
    words that pages of the site have at the same place."""

    table: type[Collection] | type[FoiaRequest]
    kind: str
    reserved: Values[str]

    def free(self, session: Session, title: str, own_id: int | None) -> str:
        """From the title, with a number after it when another row is called so, or ever was."""
        wanted = slug_of(title)
        number, slug = 1, wanted
        while slug in self.reserved or self._is_taken(session, slug, own_id):
            number += 1
            slug = f"{wanted[:_ROOM_FOR_NUMBER].rstrip('-')}-{number}"
        return slug

    def rename(self, session: Session, row: Collection | FoiaRequest, title: str, at: datetime) -> None:
        """Give it the slug that goes with a title; the one it had leads there."""
        before = row.slug
        row.slug = self.free(session, title, row.id)
        if (own := session.get(OldSlug, (self.kind, row.slug))) is not None:  # it is called so again
            session.delete(own)
        if row.slug != before:
            session.merge(OldSlug(kind=self.kind, slug=before, target_id=row.id, changed_at=at))
        session.flush()

    def _is_taken(self, session: Session, slug: str, own_id: int | None) -> bool:
        holder = session.scalar(select(self.table.id).where(self.table.slug == slug))
        old = session.get(OldSlug, (self.kind, slug))
        return holder not in (None, own_id) or (old is not None and old.target_id != own_id)
