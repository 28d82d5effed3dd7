"""Words as OCR may have misread them."""

from __future__ import annotations

import pytest

from archive.rules.query import And, Node, Same, Term, positive_leaves
from archive.search.ocr_variants import MAX_ADDED, MAX_VARIANTS, misreadings, tolerate_ocr
from archive.search.query import parse_tree


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("detainer", "detalner"),
        ("detainer", "deta1ner"),
        ("modern", "modem"),
        ("modem", "modern"),
        ("release", "rclcasc"[:2] + "lease"),
        ("warrant", "vvarrant"),
        ("hold", "bold"),
        ("bold", "hold"),
        ("person", "per5on"),
        ("border", "8order"),
        ("action", "acnon"),
        ("clear", "dear"),
        ("officer", "0ffjcer".replace("j", "i")),
        ("agent", "agcnt"),
        ("sheriff", "shcriff"),
    ],
)
def test_letters_that_look_alike_are_put_for_one_another(word: str, read: str) -> None:
    assert read in misreadings(word)


def test_two_letters_may_be_wrong_but_those_with_one_come_first() -> None:
    variants = misreadings("detainer")
    assert "dctaincr" in variants
    assert variants.index("detalner") < variants.index("dctaincr")


@pytest.mark.parametrize("word", ["communities", "illegible", "immigration", "ll11ll11ll"])
def test_misreadings_are_bounded_and_always_the_same(word: str) -> None:
    variants = misreadings(word)
    assert len(variants) == len(set(variants)) <= MAX_VARIANTS
    assert word not in variants
    assert misreadings.__wrapped__(word) == variants


def test_a_plain_word_may_be_misread() -> None:
    tree = tolerate_ocr(parse_tree("detainer"))
    assert isinstance(tree, Same)
    assert tree.parts[0] == Term("detainer")
    assert Term("detalner", exact=True) in tree.parts


@pytest.mark.parametrize(
    "written",
    ['"detainer"', "the", "I-9", "detain*", "detainer /5 hold", "title:detainer", "2010", '"a b"~5'],
)
def test_nothing_else_is_tolerated(written: str) -> None:
    tree: Node = parse_tree(written)
    assert tolerate_ocr(tree) == tree


def test_what_is_left_out_is_left_out_as_typed() -> None:
    tree = tolerate_ocr(parse_tree("detainer NOT memo"))
    assert isinstance(tree, And)
    assert tree.parts[1] == parse_tree("detainer NOT memo").parts[1]  # type: ignore[union-attr]  # it is an And


def test_there_is_an_end_to_what_is_added() -> None:
    tree = tolerate_ocr(parse_tree(" ".join(f"illegible{number}" for number in range(100))))
    added = sum(len(leaf.parts) - 1 for leaf in positive_leaves(tree) if isinstance(leaf, Same))
    assert 0 < added <= MAX_ADDED
