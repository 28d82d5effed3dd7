"""How to search: examples that run, each a link; and what search cannot see."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from archive.rules.access import public
from archive.search.examples import EXAMPLES
from archive.search.query_fields import ALIASES, FIELDS
from archive.services.unread import list_unread
from archive.web.current import reading, window_number

blueprint = Blueprint("search_help", __name__)


@blueprint.get("/search/help")
@public
def show_help() -> str:
    """What can be asked."""
    sections = [
        (name, list(examples)) for name, examples in groupby(EXAMPLES, lambda example: example.section)
    ]
    other_names = {name: [alias for alias, known in ALIASES.items() if known == name] for name in FIELDS}
    return render_template("search/help.html", sections=sections, fields=FIELDS, other_names=other_names)


@blueprint.get("/unread")
@public
def show_unread() -> str:
    """The published documents of which pages could not be read."""
    with reading() as session:
        unread = list_unread(session, window=window_number())
    return render_template("search/unread.html", unread=unread)
