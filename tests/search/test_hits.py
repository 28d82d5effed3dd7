"""Where a query's words stand in a text."""

from __future__ import annotations

import pytest

from archive.ports import IndexedDocument
from archive.rules.query_words import describe
from archive.search.hits import explain, find_spans, spans_within
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
        ("wom?n", "Woman, women; womn", ["Woman", "women"]),
        ("*tainer", "Detainer retained a container", ["Detainer", "container"]),
        ("secuer~", "Secure the secured", ["Secure"]),
        ("opt /3 out", "opt of it out; but then they opt, and far from it they are out", ["opt", "out"]),
        ("opt +3 out", "out opt x out", ["opt", "out"]),
        ("county /s detainer", "The county. A detainer by the county.", ["detainer", "county"]),
        ("county /p detainer", "The county. A detainer.\n\nThe county.", ["county", "detainer"]),
        ('"opt out" /2 (county OR sheriff)', "sheriff opt out; out opt county", ["sheriff", "opt out"]),
        ("I-247 /2 form", "Form I-247, form I 248, I 247 form", ["Form", "I-247", "form", "I 247", "form"]),
        ("memo ex:b7E title:county", "county memo (b)(7)(E)", ["memo"]),
    ],
)
def test_the_matching_parts_are_marked(query: str, text: str, parts: list[str]) -> None:
    assert marked(query, text) == parts


def test_only_places_that_take_part_in_a_whole_chain_are_marked() -> None:
    chain = "alpha /1 beta /1 gamma"
    assert marked(chain, "alpha beta gamma, alpha beta, beta gamma") == ["alpha", "beta", "gamma"]
    assert marked(chain, "alpha beta. Gone. beta gamma") == []


def test_an_explanation_counts_by_where_it_matches() -> None:
    document = IndexedDocument(
        "a", 1, title="County detainer policy", source_file="county_memo.pdf", agency_names=("ICE", "Customs")
    )
    tree = parse_tree('detainer county* "customs" memo -policy missing county /2 policy')
    assert [
        (describe(one.leaf), one.where, one.count)
        for one in explain(tree, "A detainer. Detainers!", document)
    ] == [
        ("detainer", "page", 2),
        ("detainer", "title", 1),
        ("county*", "title", 1),
        ("county*", "file", 1),
        ("“customs”", "agency", 1),
        ("memo", "file", 1),
        ("county /2 policy", "title", 1),
    ]


def test_spans_say_which_part_of_the_query_they_match() -> None:
    spans = find_spans(parse_tree("county (memo OR county) letter"), "letter county")
    assert [(span.start, span.leaf) for span in spans] == [(0, 2), (7, 0)]


def test_spans_within_a_stretch_lie_in_it_wholly() -> None:
    spans = find_spans(parse_tree("a OR b OR c"), "a b c")
    assert [span.start for span in spans_within(spans, 1, 5)] == [2, 4]
    assert [span.start for span in spans_within(spans, 0, 4)] == [0, 2]
