"""Exemption codes as lawyers write them."""

from __future__ import annotations

import pytest

from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption


@pytest.mark.parametrize(
    ("code", "written"),
    [("b7e", "(b)(7)(E)"), ("b5", "(b)(5)"), ("k2", "(k)(2)"), ("nonsense", "nonsense"), ("", "")],
)
def test_a_code_is_written_with_its_brackets(code: str, written: str) -> None:
    assert format_exemption(code) == written


def test_every_code_that_has_words_has_a_spelling() -> None:
    assert all(format_exemption(code) != code for code in EXEMPTION_WORDS)
