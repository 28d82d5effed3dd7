"""A public-records request and what belongs to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.models.agency import Agency
from archive.models.base import Base, EnumText, UtcDateTime
from archive.models.place import Place
from archive.rules.citation_states import Audience
from archive.rules.clock_values import DeadlineKind
from archive.rules.request_states import (
    EventKind,
    FeeCategory,
    NumberKind,
    NumberRelation,
    Outcome,
    PersonRole,
    RequestRelation,
    RequestStatus,
)


class FoiaRequest(Base):
    """One request to one agency, under one law: one clock. Requests that came from each other are a tree.

    ``law_id`` is an id of ``archive.rules.laws``. ``records_sought`` are the words of the request,
    ``requester`` who is named as asking. ``place_id`` is the place it is about, if it is about one.
    Status, outcome and dates follow from its events and are never typed in.
    """

    __tablename__ = "foia_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    records_sought: Mapped[str] = mapped_column(Text, default="")
    requester: Mapped[str] = mapped_column(String(500), default="")
    law_id: Mapped[str] = mapped_column(String(16), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    fee_category: Mapped[FeeCategory | None] = mapped_column(EnumText(FeeCategory))
    audience: Mapped[Audience] = mapped_column(EnumText(Audience))
    made_public_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("foia_request.id"), index=True)
    relation: Mapped[RequestRelation | None] = mapped_column(EnumText(RequestRelation))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship(lazy="joined")
    place: Mapped[Place | None] = relationship(lazy="joined")


class TrackingNumber(Base):
    """A number that an agency or a court gave. Numbers that came from each other are a tree.

    ``agency_id`` is whose number it is; empty: the agency of the request. ``court`` of a docket number.
    """

    __tablename__ = "tracking_number"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(String(100), index=True)
    kind: Mapped[NumberKind] = mapped_column(EnumText(NumberKind))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    court: Mapped[str] = mapped_column(String(300), default="")
    given_on: Mapped[date | None]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("tracking_number.id", ondelete="SET NULL"))
    relation: Mapped[NumberRelation | None] = mapped_column(EnumText(NumberRelation))
    is_public: Mapped[bool] = mapped_column(default=False)


class RequestEvent(Base):
    """Something that happened to a request on a day.

    ``says`` is a sentence about it, shown with it; ``note`` is for members only. ``days`` and ``until_on``
    are an extension's length and end, an estimate's or an order's day. ``is_public``: shown to everybody
    once the request is. ``position`` orders events of one day. ``message_id``: of the e-mail it was made of.
    """

    __tablename__ = "request_event"
    __table_args__ = (
        Index("ix_request_event_request_id_happened_on", "request_id", "happened_on", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"))
    kind: Mapped[EventKind] = mapped_column(EnumText(EventKind))
    happened_on: Mapped[date]
    position: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Outcome | None] = mapped_column(EnumText(Outcome))
    until_on: Mapped[date | None]
    days: Mapped[int | None]
    amount_cents: Mapped[int | None] = mapped_column(BigInteger)  # of fees, US dollars
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # it was referred or routed to
    production_id: Mapped[int | None] = mapped_column(ForeignKey("production.id", ondelete="SET NULL"))
    says: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(String(500), default="")  # of a letter or e-mail; members only
    recipient: Mapped[str] = mapped_column(String(1000), default="")
    message_id: Mapped[str | None] = mapped_column(String(998), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class RequestFile(Base):
    """A document that came or went with an event: a letter, an attachment. Who may see the event does not
    see the document by that: the document's own visibility decides."""

    __tablename__ = "request_file"
    __table_args__ = (UniqueConstraint("event_id", "document_id", name="uq_request_file_event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("request_event.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[str] = mapped_column(
        String(12), ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(1024), default="")  # as it was attached; members only
    position: Mapped[int] = mapped_column(default=0)


class RequestPerson(Base):
    """Somebody who has to do with a request. Names and addresses are for members; a name with ``is_public``
    is shown to everybody, an address never is."""

    __tablename__ = "request_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    role: Mapped[PersonRole] = mapped_column(EnumText(PersonRole))
    organisation: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(100), default="")
    is_public: Mapped[bool] = mapped_column(default=False)


class RequestStanding(Base):
    """What lists are filtered and ordered by: derived from the events, made again with every change.

    One row as members see the request, and, when it is public, one as everybody does (``is_public_view``):
    from public events alone. No page shows a date from here: what is shown is counted when it is shown.
    ``law_version``: of the law files it was made with; other ones, and it is made again.
    """

    __tablename__ = "request_standing"
    __table_args__ = (
        Index("ix_request_standing_view_sent_on", "is_public_view", "sent_on"),
        Index("ix_request_standing_view_answer_due_on", "is_public_view", "is_waiting", "answer_due_on"),
    )

    request_id: Mapped[int] = mapped_column(
        ForeignKey("foia_request.id", ondelete="CASCADE"), primary_key=True
    )
    is_public_view: Mapped[bool] = mapped_column(primary_key=True)
    status: Mapped[RequestStatus] = mapped_column(EnumText(RequestStatus))
    outcome: Mapped[Outcome | None] = mapped_column(EnumText(Outcome))
    sent_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    days_to_answer: Mapped[int | None]  # calendar days from the day it was sent
    is_waiting: Mapped[bool] = mapped_column(default=False)  # an answer is due and has not come
    was_late: Mapped[bool] = mapped_column(default=False)  # the answer came after it was due
    answer_due_on: Mapped[date | None]
    last_event_on: Mapped[date | None]
    law_version: Mapped[str] = mapped_column(String(64), default="")


class RequestDate(Base):
    """One date of a request's clocks, for lists of what comes next and what is overdue: derived like
    ``RequestStanding``, and made again with it. ``is_done``: what was due has happened, or became void."""

    __tablename__ = "request_date"
    __table_args__ = (
        Index("ix_request_date_view_due_on", "is_public_view", "is_done", "due_on"),
        Index("ix_request_date_request_id", "request_id", "is_public_view"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("foia_request.id", ondelete="CASCADE"))
    is_public_view: Mapped[bool]
    kind: Mapped[DeadlineKind] = mapped_column(EnumText(DeadlineKind))
    due_on: Mapped[date]
    is_done: Mapped[bool]
