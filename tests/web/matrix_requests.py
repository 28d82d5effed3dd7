"""Requests in every state for the route matrix, each full of words that stand nowhere else.

What a visitor may be told of one follows from two facts alone: members see requests whole, everybody else
what was made public.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import (
    Account,
    Document,
    FoiaRequest,
    Production,
    RequestEvent,
    RequestPerson,
    TrackingNumber,
)
from archive.ports import Storage
from archive.rules.access import Action, Viewer
from archive.rules.citation_states import Audience
from archive.services.request_editing import RequestForm, add_request
from archive.services.request_publication import make_request_public, take_request_back
from archive.services.request_standings import restand
from tests.factories import NOON
from tests.web.matrix_request_parts import (
    HIDDEN_ON,
    KEEPER,
    OF_EVENTS,
    OF_MEMBERS,
    OF_THE_REQUEST,
    add_parts,
    add_production,
    add_written,
    attach_all,
)

REQUEST_ROUTES = ("/requests/<slug>",)
PRODUCTION_ROUTES = ("/productions/<slug>",)
SHOWN = {200, 206, 302, 303, 304, 400, 409, 413}
_PARTS: tuple[Any, ...] = (RequestEvent, TrackingNumber, RequestPerson)
# Where a request may be, and what of it everybody sees then: nothing, that it was sent, or all that can be.
STATES = {"r": "members", "s": "draft", "t": "taken back", "u": "public in part", "v": "public"}


@dataclass(slots=True)
class RequestCase:
    """A request, what it is full of, and the ids of its parts."""

    about: str
    letter: str
    slug: str
    production: str
    audience: Audience
    ids: dict[str, int]
    open_words: tuple[str, ...]
    hidden_words: tuple[str, ...]
    shown_parts: dict[str, set[int]] = field(default_factory=dict)

    def is_seen(self, viewer: Viewer) -> bool:
        """Whether the permission table lets this visitor know of the request."""
        return viewer.may(Action.READ_REQUESTS) or self.audience is Audience.PUBLIC

    def is_production_seen(self, viewer: Viewer) -> bool:
        """Of a production without published documents: its event is public, or the visitor is a member."""
        return viewer.may(Action.READ_REQUESTS) or self.about == "public"

    def words_hidden_from(self, viewer: Viewer) -> tuple[str, ...]:
        """What this visitor must not be told by any address."""
        if viewer.may(Action.READ_REQUESTS):
            return ()
        return self.hidden_words if self.is_seen(viewer) else (*self.open_words, *self.hidden_words)


def add_request_cases(
    session: Session, storage: Storage, documents: Sequence[Document], responsible: Account
) -> list[RequestCase]:
    """A request in each state. Each has a file of every document with it, whatever may be seen of that."""
    return [
        _add_case(session, storage, letter, about, documents, responsible) for letter, about in STATES.items()
    ]


def restore(session: Session, case: RequestCase) -> None:
    """Undo what a form that was sent empty has changed of what is shown."""
    request = session.scalars(select(FoiaRequest).where(FoiaRequest.id == case.ids["request"])).one_or_none()
    assert request is not None, f"the request {case.about} was deleted"
    for production in session.scalars(select(Production).where(Production.slug.startswith(f"{case.slug}-"))):
        production.request_id = request.id
    if request.audience is case.audience:
        return
    request.audience = case.audience
    for model in _PARTS:
        rows: Sequence[Any] = session.scalars(select(model).where(model.request_id == request.id)).all()
        for row in rows:
            row.is_public = row.id in case.shown_parts[model.__name__]
    restand(session, request)


def request_routes_cases(rule: str, cases: list[RequestCase]) -> list[RequestCase]:
    """All requests for a route of one request or production; none for any other."""
    return cases if rule.startswith((*REQUEST_ROUTES, *PRODUCTION_ROUTES)) else []


def fill_request(rule: str, case: RequestCase) -> dict[str, object]:
    """What stands in the address."""
    slug = case.production if rule.startswith(PRODUCTION_ROUTES) else case.slug
    return {"slug": slug, "form": "docx", **{f"{name}_id": number for name, number in case.ids.items()}}


def hidden_request_words(viewer: Viewer, cases: list[RequestCase]) -> Iterator[str]:
    """What this visitor must not be told by any address; the days of what is hidden among it."""
    for case in cases:
        yield from case.words_hidden_from(viewer)


def allowed_for_request(rule: str, viewer: Viewer, case: RequestCase) -> set[int]:
    """The answers that the table allows to somebody who may use this route at all."""
    is_production = rule.startswith(PRODUCTION_ROUTES)
    is_seen = case.is_production_seen(viewer) if is_production else case.is_seen(viewer)
    if not is_seen:
        return {404}
    # A shelf of documents is not there before one of them may be seen.
    is_shelf = rule == "/productions/<slug>" or (is_production and "bates" in rule)
    has_parts = "_id" in rule or is_shelf
    return SHOWN | {404} if has_parts else SHOWN


def _word(letter: str, place: str) -> str:
    return f"zq{letter}{place}zq"


def _add_case(
    session: Session,
    storage: Storage,
    letter: str,
    about: str,
    documents: Sequence[Document],
    responsible: Account,
) -> RequestCase:
    word = {name: _word(letter, name) for name in (*OF_THE_REQUEST, *OF_EVENTS, *OF_MEMBERS)}
    form = RequestForm(
        title=f"Records {word['title']}",
        agency=f"{word['agency']} agency",
        law_id="us",
        records_sought=f"All of {word['records']}",
        requester=word["requester"],
        place=f"{word['place']} County, VA",
        responsible_id=responsible.id,
    )
    request = add_request(session, form, viewer=KEEPER, at=NOON)
    request.slug = f"case-{letter}"  # an address may be told to who asks for it: it has no word of its own
    ids = {"request": request.id} | add_parts(session, request, word, is_draft=about == "draft")
    production = add_production(session, request, word)
    ids |= add_written(session, storage, request, word)
    attach_all(session, ids["event"], documents, word)
    _publish(session, request, about, ids)
    session.flush()
    return _case(session, request, production, letter, about, ids, word)


def _publish(session: Session, request: FoiaRequest, about: str, ids: dict[str, int]) -> None:
    if about in ("members", "draft"):
        return
    events, numbers = _shown_of(session, request)
    is_whole = about == "public"
    make_request_public(
        session,
        request.slug,
        events=events if is_whole else [],
        numbers=numbers if is_whole else [],
        people=[ids["person"]] if is_whole else [],
        viewer=KEEPER,
        at=NOON,
    )
    if about == "taken back":
        take_request_back(session, request.slug, viewer=KEEPER, at=NOON)


def _shown_of(session: Session, request: FoiaRequest) -> tuple[list[int], list[int]]:
    """All but what is called secret in the words above."""
    events = session.scalars(
        select(RequestEvent.id).where(
            RequestEvent.request_id == request.id, RequestEvent.happened_on != HIDDEN_ON
        )
    )
    numbers = session.scalars(
        select(TrackingNumber.id).where(
            TrackingNumber.request_id == request.id, ~TrackingNumber.number.contains("secret")
        )
    )
    return list(events), list(numbers)


def _case(
    session: Session,
    request: FoiaRequest,
    production: Production,
    letter: str,
    about: str,
    ids: dict[str, int],
    word: dict[str, str],
) -> RequestCase:
    hidden = OF_MEMBERS if about == "public" else (*OF_EVENTS, *OF_MEMBERS)
    shown = {
        model.__name__: set(
            session.scalars(select(model.id).where(model.request_id == request.id, model.is_public))
        )
        for model in _PARTS
    }
    return RequestCase(
        about=about,
        letter=letter,
        slug=request.slug,
        production=production.slug,
        audience=request.audience,
        ids=ids,
        open_words=tuple(word[name] for name in OF_THE_REQUEST),
        hidden_words=tuple(word[name] for name in hidden),
        shown_parts=shown,
    )
