"""How a text is cut into what can be looked up."""

from __future__ import annotations

import time

import pytest

from archive.search.analysis import MAX_FORM_LENGTH, analyse, exemption_codes, fold, stem, tokenize, words_of


def cut(text: str) -> list[tuple[str, int, str]]:
    """(form, position, as written) of each token."""
    return [(token.form, token.position, text[token.start : token.end]) for token in tokenize(text)]


def test_words_are_numbered_and_folded_one_by_one() -> None:
    assert cut("The Exención, ﬁled.") == [
        ("the", 0, "The"),
        ("exencion", 1, "Exención"),
        ("filed", 2, "ﬁled"),
    ]


def test_offsets_are_those_of_the_text_as_given() -> None:
    """Folding the whole text first would move them: a ligature becomes two letters, an accent none."""
    assert cut("ﬃ e\u0301te\u0301 co\u00adoperate x") == [
        ("ffi", 0, "ﬃ"),
        ("ete", 1, "e\u0301te\u0301"),
        ("cooperate", 2, "co\u00adoperate"),
        ("x", 3, "x"),
    ]


def test_a_whole_stands_at_the_position_of_its_first_part() -> None:
    assert cut("Form I-247 of") == [
        ("form", 0, "Form"),
        ("i", 1, "I"),
        ("247", 2, "247"),
        ("of", 3, "of"),
        ("i247", 1, "I-247"),
    ]


@pytest.mark.parametrize(
    ("written", "wholes"),
    [
        ("(b)(7)(E)", ["b7e"]),
        ("(b) (7) (E)", ["b7e"]),
        ("(b)(7)E", ["b7", "b7e"]),
        ("b(7)(E)", ["b7e"]),
        ("(b)(6)(b)(7)(c)", ["b6", "b7c"]),
        ("(b)(7)(b)(6)", ["b7", "b6"]),
        ("(b)(6);(b)(7)(C)", ["b6", "b7c"]),
        ("(bX7XC)", ["b7c"]),
        ("b(7)(cb(6), x", ["b7", "b7c", "cb6", "b6"]),
        ("552(b)(5)", ["552b5", "b5"]),
        ("Exemptions 5, 6, and 7(C)", ["b5", "b6", "b7c", "7c"]),
        ("in 5 days", []),
        ("Club (b)", []),
        ("19-cv-07058", ["19cv07058", "19cv7058"]),
        ("19 Civ. 7058", ["19cv7058"]),
        ("2019 CIV 7058", ["19cv7058"]),
        ("10-2674.0001234", ["10-2674.0001234"]),
        ("U.S.C.", ["usc"]),
        ("U.S. law", []),
        ("and/or", []),
        ("1,200 pages", ["1200"]),
        ("in 2010,2011", []),
        ("1.4(D)", ["1.4d"]),
        ("a@b.gov", ["a@b.gov"]),
    ],
)
def test_wholes_have_one_spelling(written: str, wholes: list[str]) -> None:
    found = [token.form for token in tokenize(written)]
    words = len(words_of(tokenize(written)))
    assert sorted(found[words:]) == sorted(wholes)


def test_the_exemptions_of_a_text_are_told_from_parts_of_other_laws() -> None:
    text = "Exemptions 6 and 7(C); (b)(5) DPP; B1; Rule 12(b)(3); 8 U.S.C. 1226(b)(2); Reason: 1.4(D)"
    assert exemption_codes(text) == ("1.4d", "b1", "b5dpp", "b6", "b7c")


def test_a_footnote_mark_is_no_part_of_the_word() -> None:
    assert [form for form, _, _ in cut("agreement² x")] == ["agreement", "x"]


def test_possessives_and_apostrophes_are_folded() -> None:
    assert [fold(word) for word in ("defendant’s", "O'Brien", "don’t")] == ["defendant", "obrien", "dont"]


def test_numbers_and_codes_have_no_stem() -> None:
    assert [stem(form) for form in ("deported", "b7es", "287g")] == ["deport", "b7es", "287g"]


def test_positions_are_what_the_tokens_say() -> None:
    text = "opt-out, Opt out (b)(7)(E) opt"
    positions, length, *_ = analyse(text)
    expected: dict[str, set[int]] = {}
    for token in tokenize(text):
        expected.setdefault(token.form, set()).add(token.position)
    assert {form: set(places) for form, places in positions.items()} == expected
    assert all(places == sorted(set(places)) for places in positions.values())
    assert length == 8


def test_a_word_without_end_is_cut_and_still_found() -> None:
    (token,) = tokenize("a" * 5_000)
    assert token.form == "a" * MAX_FORM_LENGTH
    assert token.end == 5_000


@pytest.mark.parametrize(
    "text", ["-" * 50_000, "(b)" * 20_000, "a-" * 50_000, "exemption 1," * 9_000, "1:" * 40_000]
)
def test_hostile_text_is_cut_in_linear_time(text: str) -> None:
    """Two seconds leave room for a busy machine; a quadratic pattern would take minutes."""
    began = time.process_time()
    tokenize(text)
    assert time.process_time() - began < 2
