"""Public-records requests: all of them, one of them with its explained clocks, and what is overdue."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.rules.access import public
from archive.rules.addresses import request_path
from archive.rules.request_errors import RequestNotFound
from archive.rules.request_states import RequestStatus
from archive.services.due_requests import get_due_requests
from archive.services.foia_requests import sees_whole_requests
from archive.services.request_editing import find_new_request_slug
from archive.services.request_facets import RequestFacet
from archive.services.request_lists import list_requests
from archive.services.request_pages import get_request_page
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.request_words import REQUEST_FILTERS
from archive.web.requests_address import FACET_HEADINGS, ORDER_WORDS, RequestsAddress
from archive.web.templating import local_address

blueprint = Blueprint("requests", __name__)
blueprint.record_once(lambda state: state.app.jinja_env.filters.update(REQUEST_FILTERS))


@blueprint.get("/requests")
@public
def show_requests() -> str:
    """A window of the requests that the visitor may see, narrowed by what the address says."""
    address = asked_address()
    with reading() as session:
        found = list_requests(session, address.asked(), viewer(), present_day(), window_number())
    return render_template(
        "requests/index.html",
        found=found,
        address=address,
        labels=_labels(found.facets),
        facet_headings=FACET_HEADINGS,
        order_words=ORDER_WORDS,
        today=present_day(),
        is_member=sees_whole_requests(viewer()),
    )


@blueprint.get("/requests/overdue")
@public
def show_overdue() -> str:
    """What agencies owe and have not done, and what comes next."""
    with reading() as session:
        due = get_due_requests(session, viewer(), present_day())
    return render_template(
        "requests/overdue.html",
        due=due,
        today=present_day(),
        clarifying=RequestStatus.CLARIFYING,
        is_member=sees_whole_requests(viewer()),
    )


@blueprint.get("/requests/<slug>")
@public
def show_request(slug: str) -> ResponseReturnValue:
    """One request: where it stands, every date with its arithmetic, what happened to it."""
    with reading() as session:
        try:
            sheet = get_request_page(session, slug, viewer(), present_day())
        except RequestNotFound:
            renamed = find_new_request_slug(session, slug, viewer())
            if renamed is None:
                raise
            return redirect(local_address(request_path(renamed)), 302)
    return render_template("requests/show.html", sheet=sheet, today=sheet.today)


def present_day() -> date:
    """Today, in UTC: what 'in 4 days' and 'overdue' are told by."""
    return parts().clock().date()


def asked_address() -> RequestsAddress:
    """What this visitor asks for, as the address says it."""
    pairs = request.args.items(multi=True)
    return RequestsAddress.from_pairs(pairs, is_member=sees_whole_requests(viewer()))


def _labels(facets: tuple[RequestFacet, ...]) -> dict[tuple[str, str], str]:
    """What each choice is called, for the chips of those that are made."""
    return {(facet.name, one.value): one.label for facet in facets for one in facet.values}
