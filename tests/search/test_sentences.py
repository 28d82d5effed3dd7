"""Where sentences and paragraphs begin."""

from __future__ import annotations

import pytest

from archive.search.analysis import analyse


def sentences(text: str) -> list[str]:
    """The first word of each sentence."""
    found = analyse(text)
    by_position = {at: form for form, places in found.positions.items() for at in places}
    return [by_position[at] for at in found.sentences]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("Counties may leave. Agents may not.", ["counties", "agents"]),
        ("May a county leave? No! It may not.", ["may", "no", "it"]),
        ('He said "no." Then he left.', ["he", "then"]),
        ("The U.S. Attorney wrote to Mr. Doe on Jan. 5 about it.", ["the"]),
        ("See Doe v. ICE, No. 7058. The motion is denied.", ["see", "the"]),
        ("Sent by J. Morton. He signed it.", ["sent", "he"]),
        ("1. Detainers\nare requests. 2 counties agree.", ["1", "2"]),
        ("withheld under 5 U.S.C. § 552(b)(6) and sealed", ["withheld"]),
        ("One day...\nThen nothing.", ["one", "then"]),
        ("¿Puede pedir? Sí. Escriba a la agencia.", ["puede", "si", "escriba"]),
        ("This was noted [3]. Others disagree.[4] They wrote.", ["this", "others", "they"]),
    ],
)
def test_a_sentence_ends_at_a_stop_that_is_one(text: str, first_words: list[str]) -> None:
    assert sentences(text) == first_words


def test_an_empty_line_begins_a_paragraph_and_a_sentence() -> None:
    found = analyse("a heading\n\nthe text goes\non here\n \nthe end")
    assert found.paragraphs == [0, 2, 7]
    assert found.sentences == [0, 2, 7]


def test_a_text_begins_a_sentence_and_no_words_begin_none() -> None:
    assert analyse("word").sentences == [0]
    assert analyse(" . ! \n\n ?").sentences == []
    assert analyse("\n\n. word\n\n").paragraphs == [0]


def test_a_row_of_stops_takes_no_time() -> None:
    found = analyse("." * 50_000 + " A" + ". " * 50_000)
    assert found.length == 1
