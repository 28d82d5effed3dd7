"""Exemption codes in labels, in every spelling, and what only looks like one; written by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.exemption_codes import find_codes, read_codes
from ingest.exemption_law import exemptions


def codes_in(label: str, *, is_ocr: bool = False) -> str:
    """All codes of a label, in their order."""
    return " ".join(code for span in read_codes(label, is_ocr=is_ocr) for code in span.codes)


LABELS = [
    ("(b)(6)", "b6"),
    ("(b)(7)(C)", "b7c"),
    ("(b) (6), (b) (7) (C)", "b6 b7c"),
    ("(b) (6), (b) (7)(C)", "b6 b7c"),
    ("(b)(6);(b)(7)(E)", "b6 b7e"),
    ("(b)(6),(7)(C)", "b6 b7c"),
    ("(b)(7)(C), (E)", "b7c b7e"),
    ("(b)(6)(b)(7)(c)", "b6 b7c"),
    ("(b)(7)(b)(6)", "b7 b6"),
    ("( b )( 7 )( C )", "b7c"),
    ("(b)(7)(C)(D)", "b7c b7d"),
    ("(b)(5", "b5"),
    ("[b][7][E]", "b7e"),
    ("(b)(7)E", "b7e"),
    ("b(7)(E)", "b7e"),
    ("b(6), b(7)(c )", "b6 b7c"),
    ("b (7)(e )", "b7e"),
    ("b(7)(cb(6)", "b7c b6"),
    ("(b6)", "b6"),
    ("(b7E)", "b7e"),
    ("(b)7(C)", "b7c"),
    ("(bX7XC)", "b7c"),
    ("B6", "b6"),
    ("b7C", "b7c"),
    ("b6/b7C", "b6 b7c"),
    ("b6, 7C", "b6 b7c"),
    ("B5,B6", "b5 b6"),
    ("B7(A)", "b7a"),
    ("B7(A), B7(E)", "b7a b7e"),
    ("b-6", "b6"),
    ("b6 -1", "b6"),
    ("b7E -1,2", "b7e"),
    ("7(C)", "b7c"),
    ("7(E)", "b7e"),
    ("(b)(5) DPP", "b5dpp"),
    ("B5 DP", "b5dpp"),
    ("B5 AC, WP", "b5acp b5awp"),
    ("(b)(5) AWP; DPP", "b5awp b5dpp"),
    ("(b)(5) Attorney-Client", "b5acp"),
    ("(b)(5) - deliberative process privilege", "b5dpp"),
    ("(b)(5)\nACP", "b5acp"),
    ("DPP", "b5dpp"),
    ("AWP", "b5awp"),
    ("(b)(2)High", "b2high"),
    ("(b)(2) (low)", "b2low"),
    ("(j)(2)", "j2"),
    ("(k)(2), (b)(7)(E)", "k2 b7e"),
    ("k2", "k2"),
    ("(d)(5)", "d5"),
    ("1.4(D)", "1.4d"),
    ("1.4(b),(d)", "1.4b 1.4d"),
    ("B1 1.4(B), 1.4(D)", "b1 1.4b 1.4d"),
    ("B1,B7(D),B7(E),1.4(D),B7(A)", "b1 b7d b7e 1.4d b7a"),
    ("(b)(1) E.O. 13526, 1.4(c)", "b1 1.4c"),
    ("3.3(b)(1)", "3.3b1"),
    ("25X1", "3.3b1"),
    ("3.5(c)", "3.5c"),
    ("6254(f)", "ca:6254.f"),
    ("Gov. Code § 7923.600", "ca:7923.600"),
    ("Gov’t Code section 6254.3(a)", "ca:6254.3.a"),
    ("24-72-204(3)(a)(XIII)", "co:24-72-204.3.a.xiii"),
    ("D.C. Code § 2-534(a)(2)", "dc:2-534.a.2"),
    ("119.071(2)(c)", "fl:119.071.2.c"),
    ("5 ILCS 140/7(1)(a)", "il:7.1.a"),
    ("M.G.L. c. 4, § 7, cl. 26(c)", "ma:4.7.26.c"),
    ("G.L. c. 4, s. 7(26)(a)", "ma:4.7.26.a"),
    ("General Provisions Article § 4-351(b)", "md:4-351.b"),
    ("15.243(1)(a)", "mi:15.243.1.a"),
    ("N.J.S.A. 47:1A-1.1", "nj:47:1a-1.1"),
    ("87(2)(b)", "ny:87.2.b"),
    ("POL § 87(2)(e)(iv)", "ny:87.2.e.iv"),
    ("R.C. 149.43(A)(1)(h)", "oh:149.43.a.1.h"),
    ("65 P.S. § 67.708(b)(17)", "pa:67.708.b.17"),
    ("552.108(a)(1)", "tx:552.108.a.1"),
    ("Tex. Gov't Code § 552.101", "tx:552.101"),
    ("Va. Code § 2.2-3706(B)(1)", "va:2.2-3706.b.1"),
    ("RCW 42.56.240", "wa:42.56.240"),
]
NO_LABELS = [
    "", "  ", "(b)", "(6)", "b", "B", "7", "(7)", "B10", "(b)(10)", "(b)(0)", "6b", "B6x", "ab6", "B52",
    "(a)(1)", "(c)(2)", "(j)(3)", "(k)(8)", "j3", "12(b)(6)", "1226(b)(2)", "Suite 7C", "Room 7(C)",
    "AC unit", "DP world", "1.4", "1.4(k)", "11.4(d)", "3.3(c)", "6254", "552", "552.1", "GSAR 552.101-70",
    "87", "2-534", "4-351", "riMldWhiM", "CBPO", "Redacted", "ice.dhs.gov", "I-247", "2010FOIA2674",
    "BIA", "BG", "D7C",
]  # fmt: skip
OCR_LABELS = [
    ("(b)6)", "b6"),
    ("(0)(6)", "b6"),
    ("(h)(6)", "b6"),
    ("(6)(7)(E)", "b7e"),
    ("(b)7)(C)", "b7c"),
    ("(bp) 7(C)", "b7c"),
    ("(bh(6)", "b6"),
    ("b)(6)", "b6"),
    ("(b}(6}", "b6"),
    ("(b)(7M(E)", "b7e"),
    ("(b)(7XC)", "b7c"),
    ("(b)(7)(G)", "b7c"),
    ("(b)()(E)", "b7e"),
    ("(b)(A(C)", "b7c"),
    ("(b)(S)", "b5"),
    ("(b)(G)", "b6"),
    ("(b)(l)", "b1"),
    ("BG", "b6"),
    ("BS", "b5"),
    ("Bl", "b1"),
    ("BTC", "b7c"),
    ("D7C", "b7c"),
    ("(b)(6), (b)(7)(C)", "b6 b7c"),
    ("(0)(6), (b)(7XC)", "b6 b7c"),
]
NO_OCR_LABELS = ["(b))", "riMldWhiM", "BIA", "ICE", "bs", "DG", "DHS", "BSC", "(i)", "(a)(1)", "CBPO", "By"]


@pytest.mark.parametrize(("label", "codes"), LABELS)
def test_a_label_is_read(label: str, codes: str) -> None:
    assert codes_in(label) == codes


@pytest.mark.parametrize(("label", "codes"), [case for case in LABELS if case[0] != "(bX7XC)"])
def test_a_label_is_read_alike_where_letters_may_be_wrong(label: str, codes: str) -> None:
    assert codes_in(label, is_ocr=True) == codes


@pytest.mark.parametrize("label", NO_LABELS)
def test_what_is_no_code_is_not_read(label: str) -> None:
    assert codes_in(label) == ""


@pytest.mark.parametrize(("label", "codes"), OCR_LABELS)
def test_a_garbled_label_is_mended(label: str, codes: str) -> None:
    assert codes_in(label, is_ocr=True) == codes


@pytest.mark.parametrize("label", NO_OCR_LABELS)
def test_what_is_no_code_is_not_mended_into_one(label: str) -> None:
    assert codes_in(label, is_ocr=True) == ""


def test_what_was_mended_or_is_short_is_less_sure() -> None:
    sure = [read_codes(label, is_ocr=True)[0].confidence for label in ("(b)(6)", "B6", "(0)(6)", "BG")]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 4


@pytest.mark.parametrize(
    ("label", "statute"),
    [
        ("(b)(3):8 USC 1202(f)", "8 U.S.C. 1202(f)"),
        ("(b)(3) (50 U.S.C. 3024(i)(1))", "50 U.S.C. 3024(i)(1)"),
        ("(b)(3), 26 U.S.C. § 6103", "26 U.S.C. 6103"),
        ("(b)(3) per 18 U.S.C. §§ 2510-20", "18 U.S.C. 2510-20"),
        ("B3 CIA PERS/ORG", "50 U.S.C. 3507"),
        ("B3 INA SEC 222F", "8 U.S.C. 1202(f)"),
        ("(b)(3)-P.L. 86-36", "50 U.S.C. 3605"),
        ("(b)(3) Pub. L. 104-208", "Pub. L. 104-208"),
        ("(b)(3) Fed. R. Crim. P. 6(e)", "Fed. R. Crim. P. 6(e)"),
        ("(b)(3)", ""),
        ("(b)(3), 5 U.S.C. 552(b)(6)", ""),
    ],
)
def test_the_statute_named_with_b3_is_read(label: str, statute: str) -> None:
    first = read_codes(label)[0]
    assert first.codes[0] == "b3"
    assert first.statute == statute


def test_an_exemption_after_the_statute_is_no_part_of_it() -> None:
    (span,) = read_codes("(b)(3) 50 USC 3507 (b)(6)")
    assert span.codes == ("b3", "b6")
    assert span.statute == "50 U.S.C. 3507"


def test_codes_that_come_again_are_read_again() -> None:
    label = "(b)(6), (b)(7)(C)   (b)(6), (b)(7)(C)"
    assert [span.codes for span in read_codes(label)] == [("b6", "b7c")] * 2


@pytest.mark.parametrize("code", exemptions())
def test_every_code_is_read_back_as_it_is_printed(code: str) -> None:
    assert codes_in(exemptions()[code].printed) == code


_SEPARATORS = st.sampled_from([", ", "; ", ",", " and ", "/", "\n", ", and "])


@given(st.lists(st.sampled_from(list(exemptions())), min_size=1, max_size=4, unique=True), _SEPARATORS)
def test_a_list_of_codes_is_read_in_its_order(codes: list[str], separator: str) -> None:
    label = separator.join(exemptions()[code].printed for code in codes)
    assert codes_in(label) == " ".join(codes)


@given(st.text(alphabet="(b)67CEBX1.4 ,/§[]jkDP\n-2U", max_size=60), st.booleans())
def test_any_text_is_read_and_spans_do_not_overlap(text: str, is_ocr: bool) -> None:
    labels = [(span.start, span.end) for span in read_codes(text, is_ocr=is_ocr)]
    running = [(found.start, found.end) for found in find_codes(text, is_ocr=is_ocr)]
    for places in (labels, running):
        assert all(start < end <= len(text) for start, end in places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
