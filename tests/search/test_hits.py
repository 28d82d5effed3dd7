"""Where a query's words stand in a text."""

from __future__ import annotations

import pytest

from archive.search.hits import find_spans, spans_within
from archive.search.query import parse_tree


def marked(query: str, text: str) -> list[str]:
    """What is marked."""
    return [text[span.start : span.end] for span in find_spans(parse_tree(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("deport", "Deported, deporting; import.", ["Deported", "deporting"]),
        ('"deport"', "Deported or deport", ["deport"]),
        ("dep*", "Deported from the depot", ["Deported", "depot"]),
        ('"opt out"', "Opt out, or opt\nout; out opt", ["Opt out", "opt\nout"]),
        ("opt-out", "opt out, opt-out, optout", ["opt out", "opt-out", "optout"]),
        ("(b)(7)(E)", "under (b)(7)(E), b7E and Exemption 7(E)", ["(b)(7)(E)", "b7E", "7(E)"]),
        ("19 Civ. 7058", "No. 19-cv-07058 (PGG)", ["19-cv-07058"]),
        ("exencion", "la exenci\u00f3n", ["exenci\u00f3n"]),
        ("memo NOT county", "county memo", ["memo"]),
        ("nothing", "else", []),
    ],
)
def test_the_matching_parts_are_marked(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


def test_spans_say_which_part_of_the_query_they_match() -> None:
    spans = find_spans(parse_tree("county (memo OR county) letter"), "letter county")
    assert [(span.start, span.leaf) for span in spans] == [(0, 2), (7, 0)]


def test_spans_within_a_stretch_lie_in_it_wholly() -> None:
    spans = find_spans(parse_tree("a OR b OR c"), "a b c")
    assert [span.start for span in spans_within(spans, 1, 5)] == [2, 4]
    assert [span.start for span in spans_within(spans, 0, 4)] == [0, 2]
