"""Exemption codes in running text: marks, mentions, and parts of other laws. The cases are written by hand;
a code is shown between ‹ and ›.
"""

from __future__ import annotations

import time

import pytest

from ingest.exemption_codes import CodeUse, find_codes
from ingest.exemption_law import exemptions

MARK, MENTION, CITE = CodeUse.MARK, CodeUse.MENTION, CodeUse.CITE

MARKS = [
    ("‹(b)(6)›", "b6"),
    ("On Monday ‹(b)(6), (b)(7)(C)› called the sheriff.", "b6 b7c"),
    ("From: ‹(b)(6)›\nTo: Sheriff", "b6"),
    ("flight ‹(b)(6); (b)(7)(C)› from Guadalajara", "b6 b7c"),
    ("Officer ‹(b) (6), (b) (7)(C)› was at the door", "b6 b7c"),
    ("call 202-732-‹(b)(6)› or", "b6"),
    ("mail ‹(b)(6)›@ice.dhs.gov", "b6"),
    ("the county [‹(b)(5)›] said", "b5"),
    ("We advise ‹(b)(5) AWP› and nothing else", "b5awp"),
    ("the request ‹(b)(5) DPP, ACP› so", "b5dpp b5acp"),
    ("screen ‹(b)(7)(E)›, then", "b7e"),
    ("Case b ‹b(6), b(7)(c )›   Agree", "b6 b7c"),
    ("2012-10-01 00:00:00\n‹b(6), b(7)(c )›   Agree", "b6 b7c"),
    ("212a7AiI   ‹(b)(6)(b)(7)(c)›   [8C]", "b6 b7c"),
    ("source ‹(k)(2)› told", "k2"),
    ("\n‹B6›\n", "b6"),
    ("\n   ‹B5›   \nnext", "b5"),
    ("text\n‹b6/b7C›\ntext", "b6 b7c"),
    ("text\n‹B1,1.4(D)›\ntext", "b1 1.4d"),
    ("\n‹1.4(D)›\n", "1.4d"),
    ("it may [‹Gov. Code § 7923.600›] be", "ca:7923.600"),
    ("\n‹87(2)(b)›\n", "ny:87.2.b"),
    ("name\n‹(d)(5)›\nname", "d5"),
    ("visa ‹(b)(3):8 USC 1202(f)› refused", "b3"),
]
MENTIONS = [
    ("withheld under Exemption ‹(b)(5)› in part", "b5"),
    ("exemptions ‹6 and 7(C)› of the FOIA", "b6 b7c"),
    ("FOIA Exemptions ‹5, 6, and 7(E)›.", "b5 b6 b7e"),
    ("Exemption ‹Four› covers it", "b4"),
    ("exemption ‹b5› and", "b5"),
    ("pursuant to ‹(b)(7)(E)›, we", "b7e"),
    ("5 U.S.C. § 552‹(b)(6), (b)(7)(C)›", "b6 b7c"),
    ("5 U.S.C. § 552a‹(j)(2) and (k)(2)›", "j2 k2"),
    ("‹(b)(7)(E)› protects techniques", "b7e"),
    ("‹(b)(6)› which permits", "b6"),
    ("under\nexemptions\n‹(b)(6)›", "b6"),
    ("Subsection ‹(b)(7)(C)› permits", "b7c"),
    ("ICE has applied ‹(b)(6) and (b)(7)(C)› to protect", "b6 b7c"),
    ("‹(b)(5)› of the Freedom of Information Act", "b5"),
    ("‹(b)(4)› Trade secrets and commercial", "b4"),
    ("‹(b)(6)› personnel and medical files", "b6"),
    ("Reason: ‹1.4(D)›  Declassify on: 2032", "1.4d"),
    ("‹E.O. 13526, 1.4(c)› says what", "1.4c"),
    ("Under ‹Gov. Code § 7923.600› the city", "ca:7923.600"),
    ("and ‹RCW 42.56.240› allows", "wa:42.56.240"),
    ("the Privacy Act, section ‹(d)(5)›, bars", "d5"),
]
CITES = [
    "a motion under Rule 12‹(b)(6)›",
    "Rule 30‹(b)(6)› witness",
    "Fed. R. Civ. P. 73‹(b)(1)›",
    "8 U.S.C. § 1226‹(b)(2)›",
    "8 U.S.C. § 1226a‹(b)(2)›",
    "6 C.F.R. § 5.11‹(b)(6)›",
    "§ 241‹(b)(3)›(B) of the Act",
    "INA 241‹(b)(3)›(B)",
    "§ 14-306(b), ‹(b)(1)›",
    "paragraph ‹(b)(1)› of this section",
    "subparagraph ‹(b)(2)›",
    "see ‹(b)(6)› of this rule",
    "under (a)(2) or ‹(b)(1)›",
    "section 3 ‹(b)(4)› of",
    "29 C.F.R. 1614.107(a)(1) or ‹(b)(2)›",
    "(a)(1) Who may ask.\n‹(b)(1)› What is sent.",
    "the ‹(b)(6)›(iii) factor",
    "the plan, ‹(d)(5)›, of the county",
    "clause ‹1.4(d)› of the lease",
]
NOTHING = [
    "",
    "see figure B2 there",
    "From: B6 to C4",
    "vitamin B6 and B12",
    "(h)(7) of this AD",
    "(6) (7) (8)",
    "(b)(10) and (c)(1)",
    "column (b) (continued)",
    "exemption 501(c)(3)",
    "exemptions 10 and 12",
    "tax exemptions granted in 2010",
    "the AC and the DP unit",
    "Section 7(C) rooms",
    "GSAR 552.101-70",
    "$7,923.600",
    "page 87 of 2",
    "Room 7C, Suite b",
    "1.4 million",
    "25X zoom",
    "b(x) = 2",
]


def split(shown: str) -> tuple[str, str]:
    """The text, and what stands between the marks of the test."""
    before, _, rest = shown.partition("‹")
    code, _, after = rest.partition("›")
    return before + code + after, code


def seen(text: str, *, is_ocr: bool = False) -> list[tuple[str, str, CodeUse]]:
    found = find_codes(text, is_ocr=is_ocr)
    return [(text[each.start : each.end], " ".join(each.codes), each.use) for each in found]


@pytest.mark.parametrize(("shown", "codes"), MARKS)
def test_a_code_in_place_of_words_is_a_mark(shown: str, codes: str) -> None:
    text, code = split(shown)
    assert seen(text) == [(code, codes, MARK)]


@pytest.mark.parametrize(("shown", "codes"), MENTIONS)
def test_a_code_that_is_spoken_of_is_a_mention(shown: str, codes: str) -> None:
    text, code = split(shown)
    assert seen(text) == [(code, codes, MENTION)]


@pytest.mark.parametrize("shown", CITES)
def test_a_part_of_another_law_has_no_codes(shown: str) -> None:
    text, code = split(shown)
    assert (code, "", CITE) in seen(text)
    assert {use for _, _, use in seen(text)} == {CITE}


@pytest.mark.parametrize(
    "text",
    [
        "(b) (6), (b) (b) (6), (b) (7)(C) (b) (6), (b) (7)(C) (b) (6)",  # clipped, in cells side by side
        "(b)\n(6)\n(b)(6), (b)(7)(C)\n(b) (7)\n(b)(6)",
        "(a) (b)(6), (b)(7)(C)\n(b) (b)(6)",  # a list of names
        "(b)(6) ... (b)(7)(C), (b)(6)",
    ],
)
def test_what_is_withheld_side_by_side_is_never_a_cite(text: str) -> None:
    assert {use for _, _, use in seen(text)} == {MARK}


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("is_ocr", [False, True])
def test_running_text_without_codes(text: str, is_ocr: bool) -> None:
    assert [found for found in seen(text, is_ocr=is_ocr) if found[2] != CITE] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Officer (b)6), then", ["b6"]),
        ("Officer (b)(7M(E) then", ["b7e"]),
        ("Officer (b)7)(C) then", ["b7c"]),
        ("(h)(7) of this", []),
        ("column (0)(6) there", []),
    ],
)
def test_garbled_codes_in_running_text_are_mended_with_care(text: str, codes: list[str]) -> None:
    assert [code for found in find_codes(text, is_ocr=True) for code in found.codes] == codes


@pytest.mark.parametrize("code", exemptions())
def test_every_code_alone_on_a_line_is_a_mark(code: str) -> None:
    printed = exemptions()[code].printed
    assert seen(printed) == [(printed, code, MARK)]
    assert seen(f"said:\n{printed}\nand left") == [(printed, code, MARK)]


@pytest.mark.parametrize(
    "text",
    ["(b)" * 20_000, "(b)(6), " * 9_000, "exemption 1," * 9_000, "B6" + " " * 50_000 + "x", "1.4(" * 20_000,
     "(b)(3) 50 U.S.C. 3" * 4_000, "87(2)" * 12_000, "G.L. c. 4 " * 6_000, "(d)(5) " * 9_000,
     "b(7)(c" * 9_000],
)  # fmt: skip
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """Three seconds leave room for a busy machine; a quadratic pattern would take minutes."""
    began = time.process_time()
    find_codes(text)
    assert time.process_time() - began < 3


def test_running_text_is_read_quickly() -> None:
    """Five million characters a second; the best of three, on a machine that may be busy."""
    text = ("The sheriff asked the agency in writing (twice) which prints it keeps, and for how long.\n" * 400
            + "On 4 May 2010 (b)(6), (b)(7)(C) said under Rule 12(b)(6) that it would.\n") * 20  # fmt: skip
    seconds = []
    for _ in range(3):
        began = time.process_time()
        find_codes(text)
        seconds.append(time.process_time() - began)
    assert len(text) / min(seconds) > 5_000_000
