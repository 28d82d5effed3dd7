"""What was withheld, in figures: all over the archive, and in one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from archive.errors import BadFilter
from archive.exports.redaction_sheets import DOCUMENTS, TABLES, TableNotFound, document_rows, page_rows
from archive.rules.access import READER, public
from archive.rules.addresses import document_redactions_path, page_path, redactions_path, with_parameters
from archive.rules.exemptions import EXEMPTION_WORDS
from archive.rules.redaction_figures import (
    SEARCH_IN_FULL,
    SEARCH_IN_PART,
    SEARCH_RELEASED,
    FigureFilters,
    right_in_words,
)
from archive.services.documents import get_document
from archive.services.redaction_document_figures import (
    get_document_redactions,
    get_page_redactions,
    iter_document_redactions,
)
from archive.services.redaction_figures import get_figures, list_all_documents, list_by_share
from archive.services.redaction_figures_asked import list_choices, read_filters, scope_of
from archive.services.redaction_precision_figures import add_up, count_precision
from archive.services.visible import sees_more
from archive.web.attachments import csv_attachment, in_plain_words
from archive.web.current import parts, reading, window_number
from archive.web.identity import viewer
from archive.web.templating import absolute_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

blueprint = Blueprint("redaction_figures", __name__)
LEAST = "least"
YEARS_SHOWN = 30
ROWS_SHOWN = 15  # of each table; the spreadsheet has all
CODES_OVER_TIME = 6


@blueprint.get("/redactions")
@public
def show_figures() -> str:
    """What was withheld all over the archive, as charts and tables."""
    filters = read_filters(request.args)
    least_first = request.args.get("order") == LEAST
    with reading() as session:
        scope = scope_of(session, filters, viewer())
        figures = get_figures(session, scope)
        documents = list_by_share(
            session, scope, figures.total.redacted, least_first=least_first, window=window_number()
        )
        precision = count_precision(session, scope)
        choices = list_choices(session, READER if filters.shown else viewer())
    return render_template(
        "redactions/index.html",
        figures=figures,
        filters=filters,
        documents=documents,
        least_first=least_first,
        precision=precision,
        precision_of_all=add_up(precision),
        choices=choices,
        sees_more=sees_more(viewer()),
        rows_shown=ROWS_SHOWN,
        years_shown=YEARS_SHOWN,
        words_of=EXEMPTION_WORDS,
        codes_over_time=[row.code for row in figures.codes.rows][:CODES_OVER_TIME],
        here=_address_of(filters),
        right_in_words=right_in_words,
        queries={"released": SEARCH_RELEASED, "in_part": SEARCH_IN_PART, "in_full": SEARCH_IN_FULL},
    )


@blueprint.get("/redactions.csv")
@public
def show_figures_csv() -> Response:
    """One table of the figures for a spreadsheet, with all of its rows."""
    try:
        filters = read_filters(request.args)
    except BadFilter as problem:
        return in_plain_words(problem)
    name = request.args.get("table", "exemptions")
    if name == DOCUMENTS:
        return _documents_csv(filters)
    if name not in TABLES:
        raise TableNotFound(help=f"Tables are: {', '.join((*TABLES, DOCUMENTS))}.")
    with reading() as session:
        figures = get_figures(session, scope_of(session, filters, viewer()))
    return csv_attachment(f"withheld {name}", lambda _: TABLES[name](figures))


@blueprint.get("/documents/<document_id>/redactions")
@public
def show_document_figures(document_id: str) -> str:
    """What was withheld in one document, page by page; with ``page``, on that page alone."""
    page_number = request.args.get("page", type=int)
    with reading() as session:
        if page_number is None:
            found = get_document_redactions(session, document_id, viewer(), window=window_number())
        else:
            found = get_page_redactions(session, document_id, page_number, viewer())
    return render_template(
        "redactions/document.html",
        found=found,
        document=found.document,
        here=_window_of(document_id),
        page_alone=_page_of(document_id),
        is_alone=page_number is not None,
        words_of=EXEMPTION_WORDS,
    )


@blueprint.get("/documents/<document_id>/redactions.csv")
@public
def show_document_csv(document_id: str) -> Response:
    """Every page of a document and every place where words are withheld, for a spreadsheet."""
    with reading() as session:
        get_document(session, document_id, viewer())
    root = absolute_address(parts().settings, "")  # now: when the rows are written the request is over

    def rows(session: Session) -> Iterator[Sequence[object]]:
        pages = iter_document_redactions(session, document_id)
        return page_rows(document_id, pages, lambda number: root + page_path(document_id, number))

    return csv_attachment(f"withheld {document_id}", rows)


def _documents_csv(filters: FigureFilters) -> Response:
    root, looking = absolute_address(parts().settings, ""), viewer()

    def rows(session: Session) -> Iterator[Sequence[object]]:
        documents = list_all_documents(session, scope_of(session, filters, looking))
        return document_rows(documents, lambda one: root + document_redactions_path(one))

    return csv_attachment("withheld documents", rows)


def _address_of(filters: FigureFilters) -> Callable[..., str]:
    """The address of the same figures: with other filters, another order, another window, as a table."""

    def address(window: int = 1, *, order: str = "", table: str = "", **more: str) -> str:
        pairs = [*filters.having(**more), ("order", order), ("table", table)]
        pairs.append(("window", str(window) if window > 1 else ""))
        path = redactions_path()
        return with_parameters(f"{path}.csv" if table else path, pairs)

    return address


def _window_of(document_id: str) -> Callable[[int], str]:
    def address(window: int) -> str:
        number = str(window) if window > 1 else ""
        return with_parameters(document_redactions_path(document_id), [("window", number)])

    return address


def _page_of(document_id: str) -> Callable[[int], str]:
    return lambda number: with_parameters(document_redactions_path(document_id), [("page", str(number))])
