"""The few words that show why a page was found."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from archive.search.hits import find_spans
from archive.search.query import parse_tree
from archive.services.snippets import WIDTH, make_snippet

FILLER = "Nothing of interest is said in this sentence. " * 12


def snippet(query: str, text: str) -> Markup:
    """The snippet of a page."""
    return make_snippet(text, find_spans(parse_tree(query), text))


def test_text_is_escaped_and_only_matches_are_marked() -> None:
    assert snippet("opt", "<b>Opt</b> & <mark>out</mark>") == (
        "&lt;b&gt;<mark>Opt</mark>&lt;/b&gt; &amp; &lt;mark&gt;out&lt;/mark&gt;"
    )


def test_a_phrase_is_one_mark_through_its_line_break() -> None:
    assert snippet('"opt out"', "may opt\nout now") == "may <mark>opt out</mark> now"


def test_it_shows_the_stretch_with_most_parts_of_the_query() -> None:
    shown = snippet("detainer county", f"county {FILLER} the detainer of the county {FILLER} detainer")
    assert "the <mark>detainer</mark> of the <mark>county</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(re.sub("</?mark>", "", shown)) < WIDTH + 70


def test_parts_that_stand_far_apart_are_both_shown() -> None:
    shown = snippet("detainer county", f"The detainer was. {FILLER * 3} The county did not.")
    assert "<mark>detainer</mark>" in shown
    assert "<mark>county</mark>" in shown
    assert len(re.sub("</?mark>", "", shown)) < WIDTH + 140


def test_without_a_match_it_is_the_beginning() -> None:
    shown = make_snippet("First words. " + FILLER * 3, ())
    assert shown.startswith("First words. Nothing")
    assert shown.endswith("…")


def test_an_empty_page_has_an_empty_snippet() -> None:
    assert make_snippet("", ()) == ""


@given(st.text(max_size=400), st.sampled_from(("a", "a OR b", '"a b"', "aa*")))
def test_nothing_but_marks_is_markup(text: str, query: str) -> None:
    shown = snippet(query, text)
    without = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in without
    assert ">" not in without
    assert shown.count("<mark>") == shown.count("</mark>")
