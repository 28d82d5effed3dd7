"""Pages that resemble each other, and documents that are the same record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, PrimaryKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.models.base import Base, EnumText, UtcDateTime
from archive.rules.redaction_states import MatchKind, MatchState


class SketchedPage(Base):
    """A page whose words were sketched, so that others like it are found (``rules.page_sketch``).

    ``word_count`` is of the words that were sketched: stamps are left out.
    """

    __tablename__ = "sketched_page"
    __table_args__ = (UniqueConstraint("document_id", "page_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(String(12), ForeignKey("document.id", ondelete="CASCADE"))
    page_number: Mapped[int]
    word_count: Mapped[int]
    hash_count: Mapped[int]


class SketchHash(Base):
    """One hash of a page's sketch; looked up by the hash."""

    __tablename__ = "sketch_hash"
    # The key is all there is: without a number of its own, a row takes a sixth less time and room.
    __table_args__ = (PrimaryKeyConstraint("hash", "sketched_page_id"), {"sqlite_with_rowid": False})

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sketched_page_id: Mapped[int] = mapped_column(
        ForeignKey("sketched_page.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class RecordMatch(Base):
    """Two documents that may be the same record. ``first_id`` sorts before ``second_id``.

    ``score`` is 0..1: how much of the words that both show is the same. ``page_pairs`` are
    [page of the first, page of the second]. ``words_only_first`` and ``words_only_second`` count the words
    that one shows where the other withholds them.
    """

    __tablename__ = "record_match"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[str] = mapped_column(String(12), ForeignKey("document.id", ondelete="CASCADE"))
    second_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[MatchKind] = mapped_column(EnumText(MatchKind))
    score: Mapped[float]
    page_pairs: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    words_only_first: Mapped[int] = mapped_column(default=0)
    words_only_second: Mapped[int] = mapped_column(default=0)
    state: Mapped[MatchState] = mapped_column(EnumText(MatchState), index=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LaterRelease(Base):
    """A run of words that one copy withheld and another shows, of two documents accepted as the same record.

    Made anew whenever the match or either document changes. ``codes`` were claimed for it in the copy that
    withheld it.
    """

    __tablename__ = "later_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("record_match.id", ondelete="CASCADE"), index=True)
    withheld_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    withheld_page: Mapped[int]
    shown_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    shown_page: Mapped[int]
    start: Mapped[int]  # of the words in the text of the page that shows them
    end: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    word_count: Mapped[int]
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
