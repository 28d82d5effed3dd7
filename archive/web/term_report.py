"""Term hit report: many queries at once, as a page to print and as a spreadsheet."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from archive.errors import ArchiveError, BadQuery
from archive.rules.access import public
from archive.rules.addresses import with_parameters
from archive.rules.query import All, Query
from archive.services.search import Facet, search_pages
from archive.services.term_details import (
    TermDetail,
    iter_detail_rows,
    iter_summary_rows,
    term_details,
    term_note,
)
from archive.services.term_lists import MOST_QUERIES, TermList, TermListWrong, read_term_file, term_list
from archive.services.term_report import SECONDS, TermReport, report_terms
from archive.web.attachments import csv_attachment
from archive.web.current import parts, reading
from archive.web.formats import format_time
from archive.web.search_address import SearchAddress
from archive.web.templating import absolute_address, local_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("term_report", __name__)
PATH, CSV_PATH = "/search/report", "/search/report.csv"
MOST_IN_ADDRESS = 2_000  # characters; longer addresses are cut by some programs
_CHOICES = ("agency", "kind", "place", "production")
_turn = threading.Semaphore(1)


class ReportBusy(ArchiveError):
    code = "report_busy"
    sentence = "Another report is being made at this moment."
    help = "Try again in half a minute."
    status = 503


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a report: the queries, the filters in an address, and whether pages are listed."""

    terms: TermList
    filters: SearchAddress
    with_pages: bool

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that ask the same again."""
        shown = [("details", "on")] if self.with_pages else []
        return [("queries", "\n".join(self.terms.queries)), *self.filters.parameters, *shown]

    @property
    def path(self) -> str:
        """The address of this report."""
        return with_parameters(PATH, self.pairs)

    @property
    def fits_in_address(self) -> bool:
        """Whether the report can be kept as an address."""
        return len(self.path) <= MOST_IN_ADDRESS


@blueprint.get(PATH)
@public
def show_report() -> ResponseReturnValue:
    """The form; with queries, the report."""
    return _answer()


@blueprint.post(PATH)
@public
def make_report() -> ResponseReturnValue:
    """A report of a list that was pasted or uploaded; a short one is sent on to its own address."""
    return _answer(send_on=True)


@blueprint.route(CSV_PATH, methods=["GET", "POST"])
@public
def show_report_csv() -> Response:
    """The counts as a spreadsheet; with ``rows=pages`` every page of every query."""
    asked = _asked()
    if not asked.terms.queries:
        raise TermListWrong("No query was given.")
    with _one_at_a_time(), reading() as session:
        report = _report(session, asked)
    root = absolute_address(parts().settings, "")
    if request.values.get("rows") == "pages":
        return csv_attachment(
            "term hit report pages",
            lambda session: iter_detail_rows(session, report, lambda path: root + path),
        )
    facts = _facts(report, asked)
    return csv_attachment("term hit report", lambda _: iter([*iter_summary_rows(report), (), *facts]))


def _answer(*, send_on: bool = False) -> ResponseReturnValue:
    filters = _filters(_given())
    try:
        asked = _asked()
        if asked.terms.queries:
            if send_on and asked.fits_in_address:
                return redirect(local_address(asked.path), 303)
            return _show(asked)
    except (TermListWrong, BadQuery) as problem:
        return _form(filters, problem), problem.status
    return _form(filters)


def _show(asked: Asked) -> str:
    with _one_at_a_time(), reading() as session:
        report = _report(session, asked)
        details: Sequence[TermDetail] = term_details(session, report) if asked.with_pages else ()
        choices = _choices(session)
    return render_template(
        "search/report.html",
        asked=asked,
        report=report,
        details=details,
        facts=_facts(report, asked),
        filters=asked.filters,
        choices=choices,
        typed="\n".join(asked.terms.queries),
        problem=None,
        note=term_note,
        most_queries=MOST_QUERIES,
    )


def _form(filters: SearchAddress, problem: ArchiveError | None = None) -> str:
    with reading() as session:
        choices = _choices(session)
    return render_template(
        "search/report.html",
        asked=None,
        report=None,
        filters=filters,
        choices=choices,
        typed=_given().get("queries", ""),
        problem=problem,
        most_queries=MOST_QUERIES,
    )


def _given() -> MultiDict[str, str]:
    return request.form if request.method == "POST" else request.args


def _asked() -> Asked:
    """Raises ``TermListWrong``."""
    given, file = _given(), request.files.get("file")
    texts = [given.get("queries", ""), read_term_file(file.read()) if file else ""]
    return Asked(term_list(texts), _filters(given), given.get("details") == "on")


def _filters(given: MultiDict[str, str]) -> SearchAddress:
    """The filters, without words of a search that led here, and without an order."""
    known = SearchAddress.from_pairs(given.items(multi=True)).parameters
    return SearchAddress(tuple(pair for pair in known if pair[0] not in ("q", "sort")))


def _report(session: Session, asked: Asked) -> TermReport:
    parameters: dict[str, list[str]] = {}
    for name, value in asked.filters.parameters:
        parameters.setdefault(name, []).append(value)
    opened = parts()
    return report_terms(session, opened.engine, asked.terms.queries, parameters, at=opened.clock())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A report is as much work as 200 searches: a second one would hold the threads of the site."""
    if not _turn.acquire(timeout=SECONDS / 3):
        raise ReportBusy
    try:
        yield
    finally:
        _turn.release()


def _choices(session: Session) -> tuple[Facet, ...]:
    """The values that filters can have, as everybody may know them."""
    query = Query("", All(), facets=_CHOICES)
    return search_pages(session, parts().engine, query, limit=0).facets


def _facts(report: TermReport, asked: Asked) -> list[tuple[str, object]]:
    """What a report must say of itself beside its numbers."""
    state, settings = report.state, parts().settings
    filters = "; ".join(f"{name}: {value}" for name, value in asked.filters.parameters) or "none"
    changed = format_time(state.changed_at) if state.changed_at else "never"
    facts: list[tuple[str, object]] = [
        ("Report made", format_time(report.made_at)),
        ("Archive", f"{settings.site_name}, {absolute_address(settings, '/')}"),
        ("Filters", filters),
        ("Documents searched, before filters", state.documents),
        ("Pages searched, before filters", state.pages),
        ("Pages that could not be read and were not searched", state.unreadable_pages),
        ("Documents whose newest state was not in the index yet", state.waiting),
        ("Last document published or read", changed),
        ("State of the index (SHA-256)", state.digest),
    ]
    if asked.terms.repeated:
        facts.append(("Lines left out because they were the same as an earlier one", asked.terms.repeated))
    return facts
