"""What search knows of a page beside its words."""

from __future__ import annotations

import pytest

from archive.services.page_facts import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The agency did not say whether it was for the county to leave the program at all.", "en"),
        ("La agencia no dijo si el condado puede salir del programa en el que está.", "es"),
        ("ICE 2010FOIA2674 000045", ""),
        ("Guadalajara Tapachula Mexicali Ojinaga Nogales Reynosa Matamoros Piedras Negras", ""),
    ],
)
def test_the_language_of_running_text(text: str, language: str) -> None:
    assert language_of(text) == language
