"""Exemption codes as lawyers write them, as people type them, and what they are within.

When the law has changed, write ``exemption_page()`` into docs/exemptions.md again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.rules.exemption_page import exemption_page
from archive.rules.exemptions import (
    EXEMPTION_WORDS,
    format_exemption,
    parse_exemption,
    parse_exemptions,
    wider_exemptions,
)
from ingest.exemption_law import exemption_of, exemptions, state_laws
from ingest.wire_redactions import parse_redactions

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exemptions.md"


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("b7e", "(b)(7)(E)"),
        ("b5", "(b)(5)"),
        ("b5dpp", "(b)(5) DPP"),
        ("b2high", "(b)(2) High"),
        ("k2", "(k)(2)"),
        ("1.4d", "1.4(d)"),
        ("3.3b1", "3.3(b)(1)"),
        ("3.5c", "3.5(c)"),
        ("ny:87.2.b", "N.Y. Pub. Off. Law § 87(2)(b)"),
        ("ny:87.2.e.iv", "N.Y. Pub. Off. Law § 87(2)(e)(iv)"),
        ("oh:149.43.a.1.h", "R.C. 149.43(A)(1)(h)"),
        ("co:24-72-204.3.a.xiii", "C.R.S. § 24-72-204(3)(a)(XIII)"),
        ("ma:4.7.26.c", "G.L. c. 4, § 7(26)(c)"),
        ("nj:47:1a-1.1", "N.J.S.A. 47:1A-1.1"),
        ("tx:552.108.a.1", "Tex. Gov't Code § 552.108(a)(1)"),
        ("ny", "New York"),
        ("ny:99", "ny:99"),
        ("zz:1", "zz:1"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_a_code_is_written_as_lawyers_write_it(code: str, written: str) -> None:
    assert format_exemption(code) == written


def test_every_code_that_has_words_has_a_spelling() -> None:
    assert all(format_exemption(code) != code for code in EXEMPTION_WORDS)
    assert all(EXEMPTION_WORDS.values())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("b7E", "b7e"),
        ("(b)(7)(E)", "b7e"),
        ("7(E)", "b7e"),
        ("exemption 7E", "b7e"),
        ("6", "b6"),
        (" K2 ", "k2"),
        ("B5 DPP", "b5dpp"),
        ("b5dpp", "b5dpp"),
        ("1.4(D)", "1.4d"),
        ("1.4", "1.4"),
        ("25X1", "3.3b1"),
        ("NY:87.2.B", "ny:87.2.b"),
        ("87(2)(b)", "ny:87.2.b"),
        ("ny:87.2.z", "ny:87.2.z"),
        ("ny", "ny"),
        ("RCW 42.56.240", "wa:42.56.240"),
        ("Rule 12(b)(6)", None),
        ("(b)(6), (b)(7)(C)", None),
        ("b0", None),
        ("7g", None),
        ("sheriff", None),
        ("zz:1", None),
        ("", None),
    ],
)
def test_what_people_type_is_a_code_or_none(typed: str, code: str | None) -> None:
    assert parse_exemption(typed) == code


def test_several_codes_are_typed_together() -> None:
    assert parse_exemptions("(b)(6) and b7C; 1.4(d)") == ("b6", "b7c", "1.4d")
    assert parse_exemptions("b6 of the sheriff") == ()


@pytest.mark.parametrize("code", exemptions())
def test_every_code_is_typed_as_it_is_kept_and_as_it_is_printed(code: str) -> None:
    assert parse_exemption(code) == code
    assert parse_exemption(format_exemption(code)) == code


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("b7e", ("b7",)),
        ("b5dpp", ("b5",)),
        ("b2low", ("b2",)),
        ("b6", ()),
        ("k2", ()),
        ("1.4d", ("1.4",)),
        ("3.3b1", ("3.3",)),
        ("ny:87.2.b", ("ny:87.2", "ny:87", "ny")),
        ("ca:7923.600", ("ca",)),
        ("ma:4.7.26.a", ("ma:4.7.26", "ma")),
        ("ny", ()),
        ("nonsense", ()),
    ],
)
def test_a_code_is_within_wider_ones(code: str, around: tuple[str, ...]) -> None:
    assert wider_exemptions(code) == around


def test_a_part_without_a_row_has_the_words_of_what_it_is_within() -> None:
    part = exemption_of("ny:87.2.b.1")
    assert part is not None
    assert part.words == "personal privacy"
    assert part.printed == "N.Y. Pub. Off. Law § 87(2)(b)(1)"


def test_every_code_can_be_sent_from_the_reading_process() -> None:
    for code in exemptions():
        (found,) = parse_redactions([[[0, 0, 1, 1], "black", "text", [code], "", 1.0, ""]])
        assert found.codes == (code,)


def test_every_row_of_a_state_is_a_section_of_its_law() -> None:
    for law in state_laws().values():
        rows = [code for code in exemptions() if code.startswith(f"{law.id}:")]
        assert rows
        for code in rows:
            written = exemptions()[code].printed
            assert any(anchor in written for anchor in law.anchors), written


def test_the_page_is_what_the_law_says() -> None:
    assert PAGE.read_text() == exemption_page()
