"""What search knows of a page beside its words."""

from __future__ import annotations

import pytest

from archive.services.page_facts import language_of, redacted_percent


def mark(*box: float, kind: str = "dark_box") -> dict[str, object]:
    return {"kind": kind, "box": list(box), "text": ""}


def test_the_share_of_a_page_that_is_covered() -> None:
    assert redacted_percent([], 612, 792) == 0
    assert redacted_percent([mark(0, 0, 612, 396)], 612, 792) == 50
    assert redacted_percent([mark(0, 0, 612, 792)], 612, 792) == 100


def test_boxes_that_overlap_count_once_and_what_is_off_the_page_not() -> None:
    assert redacted_percent([mark(0, 0, 306, 792), mark(0, 0, 306, 792)], 612, 792) == 50
    assert redacted_percent([mark(-500, -500, 306, 2000)], 612, 792) == 50


def test_words_outside_the_page_are_no_redaction() -> None:
    assert redacted_percent([mark(0, 0, 612, 396, kind="off_page_text")], 612, 792) == 0


def test_a_page_without_size_has_no_share() -> None:
    assert redacted_percent([mark(0, 0, 10, 10)], 0, 0) == 0


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
