"""A town, county, city or state."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base


class Place(Base):
    """``kind`` is 'town', 'county', 'city' or 'state'; ``state`` the two-letter postal code."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(16), default="county")
    state: Mapped[str | None] = mapped_column(String(2))
