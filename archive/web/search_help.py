"""How to search: examples that run, each a link."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.rules.access import public

blueprint = Blueprint("search_help", __name__)

EXAMPLES = (
    ("fingerprint sharing", "both words, anywhere on the page, in any of their forms"),
    ('"opt out"', "exactly these words, one after the other"),
    ("mandatory OR voluntary", "one of the words, or both"),
    ("detainer -bond", "the first word, but not the second; NOT bond means the same"),
    ("(sheriff OR police) resolution", "a choice inside brackets, together with another word"),
    ("deport*", "words that begin so: deport, deported, deportation"),
    ("(b)(7)(E)", "an exemption code, however it was typed"),
    ("287(g)", "a section number as one thing"),
)


@blueprint.get("/search/help")
@public
def show_help() -> str:
    """What can be asked."""
    return render_template("search/help.html", examples=EXAMPLES)
