"""Tracking numbers of a request: several, split, merged, referred. They are a tree."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.models import Agency, FoiaRequest, TrackingNumber
from archive.rules.access import Viewer
from archive.rules.request_errors import BadRequestForm, RequestPartNotFound
from archive.rules.request_forms import NumberForm, clean_number
from archive.rules.request_publication import WhyShown
from archive.services.catalogue import find_or_add_agency
from archive.services.request_access import Texts, record_change, refuse_unless_keeper, screen_change

__all__ = ["NumberForm", "add_number", "change_number", "get_number", "number_texts", "remove_number"]


def add_number(
    session: Session, request: FoiaRequest, form: NumberForm, *, viewer: Viewer, at: datetime
) -> TrackingNumber:
    """Note a number that an agency or a court gave. Raises ``NotAllowed``, ``BadRequestForm``."""
    refuse_unless_keeper(viewer)
    form = _checked(session, request, form, None, at.date())
    number = TrackingNumber(request_id=request.id)
    _fill(session, number, form)
    session.add(number)
    session.flush()
    record_change(session, request, "request_number_added", viewer=viewer, at=at, number=number.id)
    return number


def change_number(
    session: Session,
    request: FoiaRequest,
    number_id: int,
    form: NumberForm,
    *,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> TrackingNumber:
    """Raises ``NotAllowed``, ``RequestPartNotFound``, ``BadRequestForm``; of a public one ``PublicAlready``,
    ``LikelyPrivate``."""
    refuse_unless_keeper(viewer)
    number = get_number(session, request, number_id)
    _fill(session, number, _checked(session, request, form, number_id, at.date()))
    texts = number_texts(session, number)
    details = screen_change(request, texts, is_shown=number.is_public, viewer=viewer, why_shown=why_shown)
    record_change(
        session, request, "request_number_changed", viewer=viewer, at=at, number=number.id, **details
    )
    return number


def remove_number(
    session: Session, request: FoiaRequest, number_id: int, *, viewer: Viewer, at: datetime
) -> None:
    """Numbers that came from it stand alone then. Raises ``NotAllowed``, ``RequestPartNotFound``,
    ``PublicAlready``."""
    refuse_unless_keeper(viewer)
    number = get_number(session, request, number_id)
    screen_change(request, [], is_shown=number.is_public, viewer=viewer, why_shown=None)
    for other in session.scalars(select(TrackingNumber).where(TrackingNumber.from_id == number_id)):
        other.from_id, other.relation = None, None
    session.flush()
    session.delete(number)
    session.flush()
    record_change(session, request, "request_number_removed", viewer=viewer, at=at, number=number_id)


def get_number(session: Session, request: FoiaRequest, number_id: int) -> TrackingNumber:
    """A number of this request. Raises ``RequestPartNotFound``."""
    number = session.get(TrackingNumber, number_id)
    if number is None or number.request_id != request.id:
        raise RequestPartNotFound
    return number


def number_texts(session: Session, number: TrackingNumber) -> Texts:
    """What everybody sees of a number once it is public, each text with its place for the log."""
    agency = session.get(Agency, number.agency_id) if number.agency_id else None
    return [
        ("a number", number.number),
        ("the court of a number", number.court),
        ("the agency of a number", agency.name if agency else ""),
    ]


def _fill(session: Session, number: TrackingNumber, form: NumberForm) -> None:
    number.number, number.kind, number.court = form.number, form.kind, form.court
    number.given_on, number.from_id, number.relation = form.given_on, form.from_id, form.relation
    number.agency_id = find_or_add_agency(session, form.agency).id if form.agency else None


def _checked(
    session: Session, request: FoiaRequest, form: NumberForm, own_id: int | None, today: date
) -> NumberForm:
    form = clean_number(form, today)
    same = select(TrackingNumber.id).where(
        TrackingNumber.request_id == request.id,
        func.lower(TrackingNumber.number) == form.number.lower(),
        TrackingNumber.kind == form.kind,
    )
    if any(found != own_id for found in session.scalars(same)):
        raise BadRequestForm(
            "This number is noted already.", field="number", help="Change the one that is there."
        )
    _refuse_circle(session, request, form.from_id, own_id)
    return form


def _refuse_circle(session: Session, request: FoiaRequest, from_id: int | None, own_id: int | None) -> None:
    above = from_id
    while above is not None:
        number = session.get(TrackingNumber, above)
        if number is None or number.request_id != request.id:
            raise BadRequestForm("There is no such number.", field="from_id", help="Choose one of the list.")
        if above == own_id:
            raise BadRequestForm(
                "That number came from this one.", field="from_id", help="Numbers form a tree, no circle."
            )
        above = number.from_id
