"""Each mistake says what is wrong and where, and offers a query that can be asked."""

from __future__ import annotations

import pytest

from archive.errors import BadQuery
from archive.search.query import MAX_DEPTH, MAX_LENGTH, parse_tree
from archive.search.query_leaves import MAX_NEAR_PARTS
from archive.search.query_pieces import MAX_WORDS


def mistake(written: str) -> BadQuery:
    """What is answered."""
    with pytest.raises(BadQuery) as caught:
        parse_tree(written)
    assert caught.value.help
    return caught.value


@pytest.mark.parametrize(
    ("written", "position", "repaired"),
    [
        ('detainer "opt out', 9, 'detainer "opt out"'),
        ('detainer "', 9, "detainer"),
        ("detainer (opt out", 9, "detainer (opt out)"),
        ("detainer) opt", 8, "detainer opt"),
        ("((opt) out", 0, "((opt) out)"),
        ("detainer AND", 9, "detainer"),
        ("OR detainer", 0, "detainer"),
        ("detainer OR OR AND opt", 9, "detainer OR opt"),
        ("(detainer OR) opt", 10, "(detainer ) opt"),
        ("detainer NOT", 9, "detainer"),
        ("detainer /5", 9, "detainer"),
        ("/s detainer", 0, "detainer"),
        ("* detainer", 0, "detainer"),
        ("a* detainer", 1, "a detainer"),
        ("secuer~9", 6, "secuer~2"),
        ("secuer~0", 6, "secuer"),
        ("ab~", 2, "ab"),
        ('"opt out"~', 9, '"opt out"~5'),
        ('"opt"~5', 5, '"opt"'),
        ('"deport* aliens"', 7, 'deport* +1 "aliens"'),
        ("opt /0 out", 4, "opt /1 out"),
        ("opt /9999 out", 4, "opt /1000 out"),
        ("opt /5 NOT out", 7, "opt AND NOT out"),
        ("(a /5 b) /s c", 0, "a /5 b /s c"),
        ("(a AND b) /5 c", 0, "a /5 b /5 c"),
        ("and/or /5 b", 0, '"and/or" /5 b'),
        ("agency:ice /5 b", 0, "agency:ice AND b"),
        ("agancy:ice memo", 0, "agency:ice memo"),
        ("redcted:>60", 0, "redacted:>60"),
        ("date:2011..2010", 5, "date:2010..2011"),
        ("date:5/17/2010", 5, "date:2010-05-17"),
        ("date:2010-02-30", 5, "date:2010-02"),
        ("date:soon memo", 5, '"date soon" memo'),
        ("bates:ICE-000190..ICE-000120", 6, "bates:ICE-000120..ICE-000190"),
        ("bates:ICE-00190..00120", 6, "bates:ICE-00120..00190"),
        ("bates:ICE-0001*", 14, "bates:ICE-*"),
        ("bates:ICE-7..DHS-9", 6, "bates:ICE-7..9"),
        ("redacted:60..20", 9, "redacted:20..60"),
        ("kind:leter", 5, 'kind:"letter"'),
        ("kind:memo,letter", 5, "kind:(memo letter)"),
        ("ex:b12", 3, "ex:b1"),
        ("title:(a AND b)", 9, "title:(a b)"),
        ('agency:"ice', 7, 'agency:"ice"'),
        ("agency:(ice", 7, "agency:(ice)"),
        ("agancy:ice AND", 0, "agency:ice"),
        ("NOT", 0, None),
        ("NOT detainer", 0, None),
        ("*", 0, None),
        ("", 0, None),
    ],
)
def test_a_mistake_is_shown_and_mended(written: str, position: int, repaired: str | None) -> None:
    error = mistake(written)
    assert (error.position, error.repaired) == (position, repaired)


@pytest.mark.parametrize(
    "written",
    [
        "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
        "word " * (MAX_WORDS + 1),
        "word " * MAX_LENGTH,
        "/".join(f"word{number}" for number in range(MAX_WORDS + 1)),
        " /5 ".join(f"word{number}" for number in range(MAX_NEAR_PARTS + 1)),
        '"' + " ".join(f"word{number}" for number in range(MAX_NEAR_PARTS + 1)) + '"~5',
        "w*o*r*d*w*o*r*d*w*o*r*d",
    ],
)
def test_what_is_too_much_is_cut(written: str) -> None:
    repaired = mistake(written).repaired
    assert repaired
    assert parse_tree(repaired)


def test_words_that_were_excluded_are_never_offered_as_asked_for() -> None:
    assert mistake("NOT detainer AND").repaired is None
