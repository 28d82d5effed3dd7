"""The requests that something happened to lately, for the first page."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from archive.models import FoiaRequest, RequestStanding
from archive.rules.access import Viewer
from archive.services.foia_requests import sees_whole_requests, visible_requests
from archive.services.request_rows import RequestRow, rows_of

ON_FRONT = 5


def latest_requests(
    session: Session, viewer: Viewer, today: date, *, most: int = ON_FRONT
) -> tuple[RequestRow, ...]:
    """Those that ``viewer`` may see and that were sent, the one that moved last first."""
    standing = RequestStanding
    is_view = standing.is_public_view.is_(not sees_whole_requests(viewer))
    asked = (
        visible_requests(viewer)
        .join(standing, (standing.request_id == FoiaRequest.id) & is_view)
        .where(standing.sent_on.is_not(None))
        .order_by(standing.last_event_on.desc(), FoiaRequest.id.desc())
        .limit(most)
    )
    return rows_of(session, session.scalars(asked).all(), viewer, today)
