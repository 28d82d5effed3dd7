"""What is typed, and the tree it means."""

from __future__ import annotations

import pytest

from archive.errors import BadQuery
from archive.rules.query import (
    And,
    Fuzzy,
    Link,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Same,
    Term,
    Wildcard,
    Within,
)
from archive.search.query import MAX_DEPTH, MAX_LENGTH, parse_query, parse_tree, plain_parts
from archive.search.query_pieces import MAX_WORDS

DETAINER, ALIENS, MEMO = Term("detainer"), Term("aliens"), Term("memo")


def thing(whole: str, *parts: str, exact: bool = False) -> Same:
    """One thing, whole or as words in a row."""
    return Same((Term(whole, exact), Phrase(parts, exact)))


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("Detainer", DETAINER),
        ("detainer aliens", And((DETAINER, ALIENS))),
        ("detainer AND aliens", And((DETAINER, ALIENS))),
        ("detainer OR aliens", Or((DETAINER, ALIENS))),
        ("detainer aliens OR memo", Or((And((DETAINER, ALIENS)), MEMO))),
        ("detainer (aliens OR memo)", And((DETAINER, Or((ALIENS, MEMO))))),
        ("detainer NOT memo", And((DETAINER, Not(MEMO)))),
        ("detainer -memo", And((DETAINER, Not(MEMO)))),
        ("detainer –memo", And((DETAINER, Not(MEMO)))),
        ("detainer AND NOT (aliens OR memo)", And((DETAINER, Not(Or((ALIENS, MEMO)))))),
        ("NOT NOT detainer", DETAINER),
        ("detainer and aliens", And((DETAINER, Term("and"), ALIENS))),
        ("detain*", Prefix("detain")),
        ("I-24*", Prefix("i24")),
        ('"detainer aliens"', Phrase(("detainer", "aliens"))),
        ("“detainer aliens”", Phrase(("detainer", "aliens"))),
        ('"detainer"', Term("detainer", exact=True)),
        ("«detainer»", Term("detainer", exact=True)),
        ("(b)(7)(E)", thing("b7e", "b", "7", "e")),
        ('"(b)(7)(E)"', thing("b7e", "b", "7", "e", exact=True)),
        ("b7E", Term("b7e")),
        ("(b)(5),(b)(6)", And((thing("b5", "b", "5"), thing("b6", "b", "6")))),
        ("(detainer (b)(5))", And((DETAINER, thing("b5", "b", "5")))),
        ("287(g)", thing("287g", "287", "g")),
        ("(287(g) OR memo)", Or((thing("287g", "287", "g"), MEMO))),
        ("§ 1226(a)", thing("1226a", "1226", "a")),
        ("I-247", thing("i247", "i", "247")),
        ("opt-out", thing("optout", "opt", "out")),
        ("19 Civ. 7058", thing("19cv7058", "19", "civ", "7058")),
        ("2025-ICLI-00019", thing("2025icli00019", "2025", "icli", "00019")),
        ("detainer?", DETAINER),
        ("detainer ? , aliens —", And((DETAINER, ALIENS))),
        ("detainer OR ?", DETAINER),
        ('detainer ""', DETAINER),
        ("detainer ()", DETAINER),
        ("aliens/memo", And((ALIENS, MEMO))),
    ],
)
def test_what_is_typed_means_a_tree(written: str, tree: Node) -> None:
    assert parse_tree(written) == tree


@pytest.mark.parametrize(
    ("written", "position", "says"),
    [
        ("", 0, "no word"),
        (" ? , ", 0, "no word"),
        ("()", 0, "no word"),
        ('detainer "aliens', 9, "quotation mark"),
        ("detainer (aliens", 9, "opened and never closed"),
        ("detainer) aliens", 8, "never opened"),
        (")", 0, "never opened"),
        ("AND detainer", 0, "nothing before"),
        ("detainer AND", 9, "nothing after"),
        ("detainer OR OR aliens", 9, "nothing after"),
        ("(detainer OR) aliens", 10, "nothing after"),
        ("detainer NOT", 9, "nothing after"),
        ("NOT detainer", 0, "leave out"),
        ("-detainer", 0, "leave out"),
        ("detainer OR -aliens", 12, "leave out"),
        ("*", 0, "at least"),
        ("detainer a*", 10, "at least"),
        ('"detain* aliens"', 7, "between quotation marks"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), MAX_DEPTH, "deep"),
        ("a " * (MAX_WORDS + 1), 2 * MAX_WORDS, "more than"),
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH, "longer"),
    ],
)
def test_what_cannot_be_understood_says_why_and_where(written: str, position: int, says: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse_tree(written)
    assert says in caught.value.sentence
    assert caught.value.position == position
    assert caught.value.help


@pytest.mark.parametrize(
    ("written", "leaf"),
    [
        ("deport*.", Prefix("deport")),
        ("deport**", Prefix("deport")),
        ("*tainer", Wildcard("*tainer")),
        ("de*tainer", Wildcard("de*tainer")),
        ("Wom?n", Wildcard("wom?n")),
        ("wom?n?", Wildcard("wom?n")),
        ("a*?*b", Wildcard("a?*b")),
        ("I-2?7", Wildcard("i2?7")),
        ("202-555-1?3*", Wildcard("202-555-1?3*")),
        ("19 Civ. 70*", Prefix("19cv70")),
        ("exenci*", Prefix("exenci")),
        ("why?", Term("why")),
        ("secuer~", Fuzzy("secuer", 1)),
        ("secuer~2,", Fuzzy("secuer", 2)),
        ("I-247~", Fuzzy("i247", 1)),
    ],
)
def test_a_shape_of_words_is_one_leaf(written: str, leaf: Node) -> None:
    assert parse_tree(written) == leaf


def near(*parts: Term | Phrase | Prefix | Same, links: tuple[Link, ...]) -> Near:
    """A chain."""
    return Near(parts, links)


FIVE, FIVE_ON = Link(distance=5), Link(distance=5, ordered=True)
SENTENCE, PARAGRAPH = Link(Within.SENTENCE), Link(Within.PARAGRAPH)


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("detainer /5 aliens", near(DETAINER, ALIENS, links=(FIVE,))),
        ("detainer w/5 aliens", near(DETAINER, ALIENS, links=(FIVE,))),
        ("detainer +5 aliens", near(DETAINER, ALIENS, links=(FIVE_ON,))),
        ("detainer pre/5 aliens", near(DETAINER, ALIENS, links=(FIVE_ON,))),
        ("detainer /s aliens", near(DETAINER, ALIENS, links=(SENTENCE,))),
        ("detainer /P aliens", near(DETAINER, ALIENS, links=(PARAGRAPH,))),
        (
            "detainer +s aliens +p memo",
            near(
                DETAINER,
                ALIENS,
                MEMO,
                links=(Link(Within.SENTENCE, ordered=True), Link(Within.PARAGRAPH, ordered=True)),
            ),
        ),
        ("detainer /5 aliens /s memo", near(DETAINER, ALIENS, MEMO, links=(FIVE, SENTENCE))),
        ('"opt out" /5 deport*', near(Phrase(("opt", "out")), Prefix("deport"), links=(FIVE,))),
        ("(aliens OR memo) /5 detainer", near(Same((ALIENS, MEMO)), DETAINER, links=(FIVE,))),
        (
            "(I-247 OR memo) /5 detainer",
            near(Same((Term("i247"), Phrase(("i", "247"), exact=False), MEMO)), DETAINER, links=(FIVE,)),
        ),
        ("detainer /5 § aliens", near(DETAINER, ALIENS, links=(FIVE,))),
        ("detainer /5 ?", DETAINER),
        ("detainer /5 aliens memo", And((near(DETAINER, ALIENS, links=(FIVE,)), MEMO))),
        ("detainer /5 aliens OR memo", Or((near(DETAINER, ALIENS, links=(FIVE,)), MEMO))),
        ("memo -detainer /5 aliens", And((MEMO, Not(near(DETAINER, ALIENS, links=(FIVE,)))))),
        ('"opt out"~5', near(Term("opt", exact=True), Term("out", exact=True), links=(FIVE,))),
        ('"opt out"~>5', near(Term("opt", exact=True), Term("out", exact=True), links=(FIVE_ON,))),
    ],
)
def test_nearness_binds_tighter_than_and_and_or(written: str, tree: Node) -> None:
    assert parse_tree(written) == tree


@pytest.mark.parametrize("written", ["and/or", "5/12", "10/12/2010", "C++", "/s/ Doe", "10:30", "+fax"])
def test_signs_within_words_are_no_operators(written: str) -> None:
    assert not isinstance(parse_tree(written), Near)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Detainer aliens", (DETAINER, ALIENS)),
        ("aliens I-247?", (ALIENS, thing("i247", "i", "247"))),
        ("aliens/memo aliens", (ALIENS, MEMO)),
        ("aliens AND memo", None),
        ("aliens OR memo", None),
        ("aliens -memo", None),
        ("aliens (memo)", None),
        ('aliens "memo"', None),
        ('aliens "I-247"', None),
        ("aliens memo*", None),
        ("aliens memo~", None),
        ("aliens /5 memo", None),
        ("aliens agency:ice", None),
        ('"aliens', None),
        ("?", None),
    ],
)
def test_only_plain_words_may_be_loosened(written: str, words: tuple[Node, ...] | None) -> None:
    assert plain_parts(written) == words


def test_the_text_is_kept_as_it_was_typed() -> None:
    assert parse_query("“Opt Out”").text == "“Opt Out”"
