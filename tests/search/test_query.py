"""What is typed, and the tree it means."""

from __future__ import annotations

import pytest

from archive.errors import BadQuery
from archive.rules.query import And, Node, Not, Or, Phrase, Prefix, Same, Term
from archive.search.query import MAX_DEPTH, MAX_LENGTH, parse_query, parse_tree
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


def test_the_text_is_kept_as_it_was_typed() -> None:
    assert parse_query("“Opt Out”").text == "“Opt Out”"
