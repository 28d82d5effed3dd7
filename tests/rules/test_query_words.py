"""Parts of a query in few words."""

from __future__ import annotations

import pytest

from archive.rules.query import CONDITIONS, LEAVES
from archive.rules.query_words import describe
from archive.search.ocr_variants import tolerate_ocr
from archive.search.query import parse_tree
from archive.search.synonyms import SynonymBook


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Detainer", "detainer"),
        ('"detainer"', "“detainer”"),
        ('"opt out"', "“opt out”"),
        ("deport*", "deport*"),
        ("wom?n", "wom?n"),
        ("secuer~", "secuer~"),
        ("secuer~2", "secuer~2"),
        ("(b)(7)(E)", "(b)(7)(E)"),
        ("b7E", "(b)(7)(E)"),
        ("7(E)", "(b)(7)(E)"),
        ('"(b)(6)"', "“(b)(6)”"),
        ("I-247", "i-247"),
        ("opt-out", "opt-out"),
        ("287(g)", "287(g)"),
        ("552(b)(6)", "552(b)(6)"),
        ("U.S.C.", "u.s.c."),
        ("19-cv-07058", "19-cv-07058"),
        ("ICE /5 detainer", "ice /5 detainer"),
        ("opt +s out", "opt +s out"),
        ("(hold OR detainer) /p sheriff", "(hold or detainer) /p sheriff"),
        ('"opt out"~>5', "“opt” +5 “out”"),
        ("title:agreement", "title: agreement"),
        ('agency:"homeland security"', "agency: homeland security"),
        ("kind:sign_on_letter", "kind sign-on letter"),
        ("kind:*letter", "kind *letter"),
        ("request:2010FOIA2674", "request 2010foia2674"),
        ("source:ocr", "text from OCR"),
        ("lang:es", "language Spanish"),
        ("date:2010", "date 2010"),
        ("date:2010-05-17", "date 2010-05-17"),
        ("date:2010-05..2010-11", "date 2010-05-01 to 2010-11-30"),
        ("date:2010..", "date from 2010-01-01"),
        ("date:<=2010", "date to 2010-12-31"),
        ("pages:20", "pages 20"),
        ("pages:>20", "pages 21 or more"),
        ("redacted:<=60", "redacted 60 % or less"),
        ("redacted:20..40", "redacted 20 to 40 %"),
        ("bates:ICE-000120", "Bates ICE 120"),
        ("bates:ICE-000120..190", "Bates ICE 120 to 190"),
        ("bates:ICE-000120..", "Bates ICE from 120"),
        ("bates:ICE-*", "Bates ICE, any"),
        ("bates:*", "Bates number, any"),
        ("ex:b7E", "exemption (b)(7)(E)"),
    ],
)
def test_a_part_is_said_as_a_reader_would(written: str, said: str) -> None:
    part = parse_tree(written)
    assert isinstance(part, (*LEAVES, *CONDITIONS))
    assert describe(part) == said


def test_synonyms_are_named_and_misreadings_counted() -> None:
    tree, _ = SynonymBook([("detainer", "I-247", "immigration hold")]).expand(parse_tree("I-247"))
    assert isinstance(tree, LEAVES)
    assert describe(tree) == "(i-247 or detainer or immigration hold)"
    word = tolerate_ocr(parse_tree("hold"))
    assert isinstance(word, LEAVES)
    assert describe(word).startswith("hold (or ")
