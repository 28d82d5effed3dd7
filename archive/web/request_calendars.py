"""The dates of requests for calendar programs: everybody's, a member's by the key in their address, and
those of one request."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from archive.exports.request_calendar import MEDIA_TYPE, RequestCalendar, write_calendar
from archive.rules.access import READER, Viewer, public
from archive.rules.addresses import (
    request_calendar_path,
    request_path,
    requests_path,
    with_parameters,
)
from archive.rules.calendar_words import subject_of
from archive.rules.request_errors import RequestNotFound
from archive.services.calendar_keys import viewer_by_calendar_key
from archive.services.request_calendars import (
    MOST_REQUESTS,
    CalendarSite,
    RequestDates,
    dates_of_request,
    dates_of_requests,
)
from archive.services.request_editing import find_new_request_slug
from archive.settings import secret_key
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import address_for_others, local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("request_calendars", __name__)
_NOTE = "Not legal advice."


@blueprint.get("/requests.ics")
@public
def show_all() -> Response:
    """Without ``key``: what everybody may know. With a member's: all that they may see; ``mine=1``: of the
    requests that they answer for."""
    with reading() as session:
        who = _by_key(session) or READER
        is_mine = who is not READER and request.args.get("mine") == "1"
        dates = dates_of_requests(session, who, _site(), today=_today(), mine=is_mine)
    site_name = parts().settings.site_name
    name = f"My requests · {site_name}" if is_mine else f"Requests · {site_name}"
    return _answer(name, requests_path(), dates, who)


@blueprint.get("/requests/<slug>.ics")
@public
def show_one(slug: str) -> ResponseReturnValue:
    """One request: as its page shows it to whoever asks, or to whose key it is."""
    with reading() as session:
        who = _by_key(session) or viewer()
        try:
            found, dates = dates_of_request(session, slug, who, _site(), today=_today())
        except RequestNotFound:
            if (new := find_new_request_slug(session, slug, who)) is None:
                raise
            key = [("key", request.args.get("key", ""))]
            return redirect(local_address(with_parameters(request_calendar_path(new), key)), 303)
        name = subject_of(found.agency.abbreviation or found.agency.name, found.title)
    return _answer(name, request_path(slug), dates, who)


def _by_key(session: Session) -> Viewer | None:
    """None: no key was given. Raises ``CalendarNotFound`` for one that opens nothing."""
    return viewer_by_calendar_key(session, request.args["key"]) if "key" in request.args else None


def _answer(name: str, path: str, dates: RequestDates, who: Viewer) -> Response:
    left_out = dates.left_out
    cut = f" Only the {MOST_REQUESTS:,} requests with the next dates: {left_out:,} more have dates, too."
    written = write_calendar(
        RequestCalendar(
            name=name,
            says=f"Dates of public-records requests.{cut if left_out else ''} {_NOTE}",
            url=address_for_others(path),
            made_at=datetime.combine(_today(), time(), UTC),
            entries=dates.entries,
        )
    )
    response = Response(written, content_type=MEDIA_TYPE)
    if who != READER:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.add_etag(weak=True)  # weak, because the same calendar also goes out compressed
    if request.if_none_match:
        response.make_conditional(request)
    return response


def _today() -> date:
    return parts().clock().date()


def _site() -> CalendarSite:
    root = address_for_others("")
    return CalendarSite(root, urlsplit(root).hostname or "localhost", secret_key(parts().settings))
