"""The public-records laws that dates are counted by: all of them, and one of them row by row."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.rules.access import public
from archive.rules.law_holidays import holidays_of
from archive.rules.law_values import LimitKind
from archive.rules.law_words import (
    HOW_CHECKED_WORDS,
    LIMIT_WORDS,
    NOT_ADVICE,
    PAUSE_WORDS,
    START_WORDS,
    counts_workdays,
    has_fixed_limit,
    heading_of,
    how_checked,
    is_agencys,
    rows_compared,
)
from archive.rules.laws import agency_rules, all_laws, cited_beside, get_law
from archive.web.current import parts

blueprint = Blueprint("laws", __name__)


@blueprint.get("/laws")
@public
def show_laws() -> str:
    """All laws in a table: what each gives an agency, and a requester."""
    return render_template(
        "laws/index.html", laws=all_laws(), kinds=LimitKind, is_fixed=has_fixed_limit, compared=rows_compared
    )


@blueprint.get("/laws/<law_id>")
@public
def show_law(law_id: str) -> str:
    """One law: every row with its statute, its words, and how it was checked."""
    law = get_law(law_id)
    year = parts().clock().year
    return render_template(
        "laws/show.html",
        law=law,
        heading=heading_of(law),
        agencies=agency_rules(law.id),
        cited=cited_beside(law.id),
        year=year,
        holidays=holidays_of(law.calendar, year) if counts_workdays(law) else (),
        how_checked=how_checked,
        is_agencys=is_agencys,
        limit_words=LIMIT_WORDS,
        start_words=START_WORDS,
        pause_words=PAUSE_WORDS,
        checked_words=HOW_CHECKED_WORDS,
        not_advice=NOT_ADVICE,
    )
