"""Requests are entered, described and deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.models import Account, FoiaRequest, OldSlug, Production
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.laws import get_law
from archive.rules.request_errors import BadRequestForm, LawNotFound, RequestNotFound
from archive.rules.request_forms import RequestForm, clean_request
from archive.rules.request_publication import RequestHasProductions, WhyShown
from archive.services.audit import record_event
from archive.services.catalogue import find_or_add_agency, find_or_add_place
from archive.services.foia_requests import get_request, sees_whole_requests
from archive.services.request_access import (
    Texts,
    get_to_keep,
    get_to_publish,
    record_change,
    refuse_unless_keeper,
    screen_change,
)
from archive.services.slugs import SlugSpace

__all__ = [
    "RequestForm",
    "add_request",
    "delete_request",
    "describe_request",
    "find_new_request_slug",
    "public_texts",
]
KIND = "requests"  # of an OldSlug
_NOBODY = 0  # an old slug that leads nowhere, and is never given away
# Addresses of their own beside those of requests.
REQUEST_SLUGS = SlugSpace(
    FoiaRequest, KIND, frozenset({"new", "import", "overdue", "add", "calendar", "mail", "letters"})
)


def add_request(session: Session, form: RequestForm, *, viewer: Viewer, at: datetime) -> FoiaRequest:
    """Enter a request, for members: a draft, until an event says that it was sent.

    Raises ``NotAllowed``, ``BadRequestForm``."""
    refuse_unless_keeper(viewer)
    form = clean_request(form)
    request = FoiaRequest(
        slug=REQUEST_SLUGS.free(session, form.title, None),
        audience=Audience.MEMBERS,
        created_by_id=viewer.account_id,
        created_at=at,
        changed_at=at,
    )
    _fill(session, request, form, viewer)
    session.add(request)
    session.flush()
    record_change(session, request, "request_added", viewer=viewer, at=at)
    return request


def describe_request(
    session: Session,
    slug: str,
    form: RequestForm,
    *,
    viewer: Viewer,
    at: datetime,
    why_shown: WhyShown | None = None,
) -> FoiaRequest:
    """Change how a request is described. While it was never public, its address follows its title.

    Raises ``RequestNotFound``, ``NotAllowed``, ``BadRequestForm``; of a public one ``PublicAlready``,
    ``LikelyPrivate``.
    """
    request, form = get_to_keep(session, slug, viewer), clean_request(form)
    before = _described(request)
    _fill(session, request, form, viewer)
    if (after := _described(request)) == before:
        return request
    changed = sorted(field for field in after if after[field] != before[field])
    is_shown = changed != ["responsible_id"]
    details = screen_change(
        request, public_texts(request), is_shown=is_shown, viewer=viewer, why_shown=why_shown
    )
    if "title" in changed and request.made_public_at is None:
        REQUEST_SLUGS.rename(session, request, request.title, at)
    record_change(session, request, "request_described", viewer=viewer, at=at, fields=changed, **details)
    return request


def delete_request(session: Session, slug: str, *, viewer: Viewer, at: datetime) -> None:
    """Take a request away for good, with its events, numbers, people and letters; documents stay. Its
    addresses are given to no other.

    Raises ``RequestNotFound``, ``NotAllowed``, ``RequestHasProductions``.
    """
    request = get_to_publish(session, slug, viewer)
    if session.scalar(select(Production.id).where(Production.request_id == request.id).limit(1)):
        raise RequestHasProductions
    subject = f"request/{request.id}"
    record_event(session, "request_deleted", subject, actor=viewer.name, at=at, details={})
    old = OldSlug.kind == KIND, OldSlug.target_id == request.id
    session.execute(update(OldSlug).where(*old).values(target_id=_NOBODY))
    session.add(OldSlug(kind=KIND, slug=request.slug, target_id=_NOBODY, changed_at=at))
    came_from_it = FoiaRequest.parent_id == request.id
    session.execute(update(FoiaRequest).where(came_from_it).values(parent_id=None, relation=None))
    session.expire_all()
    session.execute(delete(FoiaRequest).where(FoiaRequest.id == request.id))
    session.expunge(request)


def find_new_request_slug(session: Session, old_slug: str, viewer: Viewer) -> str | None:
    """The slug now of a request that had another title, for members; None when there is none. Readers never
    had the old one: a request that was public keeps its address."""
    old = session.get(OldSlug, (KIND, old_slug))
    if old is None or not sees_whole_requests(viewer):
        return None
    found = session.get(FoiaRequest, old.target_id)
    return found.slug if found else None


def public_texts(request: FoiaRequest) -> Texts:
    """What people wrote about the request itself and everybody sees once it is public."""
    return [
        ("the title", request.title),
        ("the records sought", request.records_sought),
        ("the requester", request.requester),
        ("the name of the agency", request.agency.name),
        ("the name of the place", request.place.name if request.place else ""),
        ("the address", request.slug.replace("-", " ")),
    ]


def _fill(session: Session, request: FoiaRequest, form: RequestForm, viewer: Viewer) -> None:
    request.title, request.records_sought, request.requester = form.title, form.records_sought, form.requester
    request.law_id = _known_law(form.law_id)
    request.agency = find_or_add_agency(session, form.agency)
    request.agency_id = request.agency.id
    request.place = find_or_add_place(session, form.place) if form.place else None
    request.place_id = request.place.id if request.place else None
    request.fee_category = form.fee_category
    request.parent_id, request.relation = _checked_parent(session, request, form, viewer), form.relation
    request.responsible_id = _known_account(session, form.responsible_id, request.responsible_id)


def _described(request: FoiaRequest) -> dict[str, object]:
    names = (
        "title",
        "records_sought",
        "requester",
        "law_id",
        "agency_id",
        "place_id",
        "fee_category",
        "parent_id",
        "relation",
        "responsible_id",
    )
    return {name: getattr(request, name) for name in names}


def _known_law(law_id: str) -> str:
    try:
        return get_law(law_id).id
    except LawNotFound as absent:
        raise BadRequestForm(absent.sentence, field="law_id", help=absent.help) from absent


def _known_account(session: Session, wanted: int | None, before: int | None) -> int | None:
    if wanted is None or wanted == before:
        return wanted
    account = session.get(Account, wanted)
    if account is None or account.disabled_at is not None:
        raise BadRequestForm(
            "Nobody with this account works here now.", field="responsible_id", help="Choose somebody else."
        )
    return wanted


def _checked_parent(session: Session, request: FoiaRequest, form: RequestForm, viewer: Viewer) -> int | None:
    """The id of the request it came from; none that came from it itself."""
    if not form.parent:
        return None
    try:
        parent = get_request(session, form.parent.rstrip("/").rpartition("/")[2], viewer)
    except RequestNotFound as absent:
        raise BadRequestForm(
            "There is no such request.", field="parent", help="Write its address as it stands in the browser."
        ) from absent
    above: FoiaRequest | None = parent
    while above is not None:
        if above is request or (request.id is not None and above.id == request.id):
            raise BadRequestForm(
                "That request came from this one.", field="parent", help="Requests form a tree, no circle."
            )
        above = session.get(FoiaRequest, above.parent_id) if above.parent_id else None
    return parent.id
