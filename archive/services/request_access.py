"""Who may change what of a request: what everybody sees is changed by those who decide about that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from archive.errors import NotAllowed
from archive.models import FoiaRequest
from archive.rules.access import Action, Viewer
from archive.rules.citation_states import Audience
from archive.rules.request_publication import PublicAlready, WhyShown
from archive.services.audit import record_event
from archive.services.collection_screening import refuse_private
from archive.services.foia_requests import get_request
from archive.services.request_standings import touch_request

Texts = list[tuple[str, str]]  # words for a place, and what is written there


def get_to_keep(session: Session, slug: str, viewer: Viewer) -> FoiaRequest:
    """A request to be changed. Raises ``RequestNotFound``, ``NotAllowed``."""
    request = get_request(session, slug, viewer)
    refuse_unless_keeper(viewer)
    return request


def get_to_publish(session: Session, slug: str, viewer: Viewer) -> FoiaRequest:
    """A request about which is decided. Raises ``RequestNotFound``, ``NotAllowed``."""
    request = get_request(session, slug, viewer)
    if not viewer.may(Action.PUBLISH_REQUESTS):
        raise NotAllowed
    return request


def refuse_unless_keeper(viewer: Viewer) -> None:
    """Raises ``NotAllowed`` for whoever does not keep requests."""
    if not viewer.may(Action.KEEP_REQUESTS):
        raise NotAllowed


def screen_change(
    request: FoiaRequest, texts: Texts, *, is_shown: bool, viewer: Viewer, why_shown: WhyShown | None
) -> dict[str, object]:
    """Before something is changed: ``is_shown`` says that it is shown when its request is.

    Raises ``PublicAlready`` when everybody sees it and ``viewer`` does not decide about that, and
    ``LikelyPrivate`` for what may be private in ``texts`` without ``why_shown``. Returns what to log.
    """
    if request.audience is not Audience.PUBLIC or not is_shown:
        return {}
    if not viewer.may(Action.PUBLISH_REQUESTS):
        raise PublicAlready
    return screen_texts(texts, viewer=viewer, why_shown=why_shown)


def screen_texts(texts: Texts, *, viewer: Viewer, why_shown: WhyShown | None) -> dict[str, object]:
    """Raises ``LikelyPrivate`` for what may be private in ``texts`` without ``why_shown``. Returns for the
    log which kinds were found where, and why they are shown: nothing of what they say."""
    found = refuse_private(texts, viewer=viewer, was_looked_at=why_shown is not None)
    return {"looked_at": found, "why": str(why_shown)} if found else {}


def record_change(
    session: Session,
    request: FoiaRequest,
    action: str,
    *,
    viewer: Viewer,
    at: datetime,
    **details: object,
) -> None:
    """Note a change in the audit log (``details`` are ids, nothing private), and count all dates again."""
    record_event(session, action, f"request/{request.id}", actor=viewer.name, at=at, details=dict(details))
    touch_request(session, request, at=at)
