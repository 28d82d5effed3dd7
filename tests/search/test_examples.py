"""What the help shows is what the language is."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.search.examples import EXAMPLES, Example
from archive.search.query import parse_tree
from archive.search.query_fields import FIELDS

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "search.md"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_every_example_can_be_asked(example: Example) -> None:
    assert parse_tree(example.query)
    assert example.meaning


def test_no_example_stands_twice() -> None:
    assert len({example.query for example in EXAMPLES}) == len(EXAMPLES)


def test_every_field_has_an_example_and_is_in_the_documentation() -> None:
    shown = " ".join(example.query for example in EXAMPLES)
    written = DOCUMENTATION.read_text()
    for name, field in FIELDS.items():
        assert f"{name}:" in shown
        assert f"`{field.example}`" in written
        assert parse_tree(field.example)


def test_the_meanings_of_same_examples_are_the_same() -> None:
    for one, other in (
        ("detainer NOT bond", "detainer -bond"),
        ("ex:b7E", "ex:(b)(7)(E)"),
        ("bates:ICE-000120..ICE-000190", "bates:ICE-000120..190"),
        ("sheriff /10 detainer", "sheriff w/10 detainer"),
        ("opt +3 out", "opt pre/3 out"),
        ("from:sheriff", "sender:sheriff"),
        ("to:county", "recipient:county"),
    ):
        assert parse_tree(one) == parse_tree(other)
