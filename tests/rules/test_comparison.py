"""What became of words between two releases: found by where redactions stand in the order of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from archive.rules.comparison import (
    ComparedPage,
    ComparedRedaction,
    Comparison,
    Run,
    RunKind,
    compare_pages,
)
from archive.rules.comparison_blocks import misread_pairs, same_blocks
from archive.rules.comparison_values import places_of
from ingest.page import Box, Word

_WITHHELD = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")  # [b5|words]
LETTER_PT, LINE_PT = 5.5, 14.0


def page(
    marked: str, number: int = 1, *, shown: str = "", labels: bool = True, ocr: bool = False
) -> ComparedPage:
    """A page of lines as ``marked``, with words in brackets under boxes unless their code is ``shown``."""
    text, words, redactions = "", [], []
    for row, line in enumerate(marked.splitlines()):
        top, column = 72 + row * LINE_PT, 0
        for piece in re.split(r"(\[[^\]]*\])|\s+", line):
            if not piece:
                continue
            found = _WITHHELD.fullmatch(piece)
            said = found[2] if found else piece
            x0 = 72 + column * LETTER_PT
            box = Box(x0, top, x0 + len(said) * LETTER_PT, top + 12)
            column += len(said) + 1
            if found and found[1] != shown:
                redactions.append(ComparedRedaction(box, tuple(found[1].split())))
                said = f"({found[1][0]})({found[1][1]})" if labels else ""
                box = Box(x0 + 1, top, x0 + 20, top + 12)
            for word in said.split():
                words.append(Word(word, len(text), len(text) + len(word), (box,)))
                text += f"{word} "
        text = text.rstrip(" ") + "\n"
    return ComparedPage(number, text, places_of(words), tuple(redactions), ocr)


def said(comparison: Comparison, kind: RunKind) -> list[str]:
    return [run.shown.words for run in comparison.runs if run.kind == kind]


def compared(first: Sequence[ComparedPage], second: Sequence[ComparedPage]) -> Comparison:
    return compare_pages(first, second)


MEMO = """Counties may ask. [b5|They cannot leave.] A jurisdiction
that asks [b5|should be told] nothing. The answers
given do not agree [b6|Jane Roe] with one another.
[b5|This whole line is withheld]
The end of it [b5|is near]."""


@pytest.mark.parametrize("labels", [True, False])
def test_words_under_boxes_are_found_exactly(labels: bool) -> None:
    found = compared([page(MEMO, labels=labels)], [page(MEMO, shown="b5", labels=labels)])
    assert said(found, RunKind.RELEASED) == [
        "They cannot leave.",
        "should be told",
        "This whole line is withheld",
        "is near",
    ]
    assert {run.codes for run in found.runs} == {("b5",)}
    assert {run.kind for run in found.runs} == {RunKind.RELEASED}
    assert found.codes(RunKind.RELEASED) == ("b5",)
    assert found.count(RunKind.RELEASED) == 13
    assert found.code_changes == ()


def test_the_other_way_round_they_are_withheld_later() -> None:
    found = compared([page(MEMO, shown="b5")], [page(MEMO)])
    assert said(found, RunKind.WITHHELD)[0] == "They cannot leave."
    assert said(found, RunKind.RELEASED) == []
    assert found.runs[0].hidden_page == 1


def test_places_are_those_of_the_pages_text() -> None:
    second = page(MEMO, shown="b5")
    for run in compared([page(MEMO)], [second]).runs:
        place = run.shown
        assert " ".join(second.text[place.start : place.end].split()) == place.words
        assert run.hidden[0].box is not None


def test_a_part_of_what_was_withheld_is_released() -> None:
    first = "It was said [b5|that nobody knew what the county had been told] and so on for long."
    second = "It was said that nobody knew [b5|what the county had been told] and so on for long."
    found = compared([page(first)], [page(second)])
    assert said(found, RunKind.RELEASED) == ["that nobody knew"]
    assert len(found.runs) == 1


def test_a_word_beside_a_box_of_the_same_size_was_not_under_it() -> None:
    first = "It was said [b5|that nobody knew] and so on."
    second = "It was also said [b5|that nobody knew] plainly and so on."
    assert {run.kind for run in compared([page(first)], [page(second)]).runs} == {RunKind.CHANGED}


def test_words_that_differ_without_a_box_are_changed() -> None:
    (run,) = compared([page("You may leave the room.")], [page("You must leave the room.")]).runs
    assert run.kind == RunKind.CHANGED
    assert (run.first and run.first.words, run.second and run.second.words) == ("may", "must")


def test_codes_that_changed_are_told() -> None:
    first = "From [b6|Stephen Brandvold] to the board, on the date."
    found = compared([page(first)], [page(first.replace("[b6", "[b7"))])
    assert found.runs == ()
    (change,) = found.code_changes
    assert (change.first_codes, change.second_codes) == (("b6",), ("b7",))


def test_words_pushed_to_the_next_page_are_no_difference() -> None:
    lines = [
        f"Line {number} says number {number} alone, and [b5|secret {number}] ends." for number in range(12)
    ]
    first = [page("\n".join(lines[:6])), page("\n".join(lines[6:]), 2)]
    second = [page("\n".join(lines[:4]), shown="b5"), page("\n".join(lines[4:]), 2, shown="b5")]
    found = compared(first, second)
    assert said(found, RunKind.RELEASED) == [f"secret {number}" for number in range(12)]
    assert [(pair.first, pair.second) for pair in found.pairs] == [(1, 1), (2, 2)]


def test_a_page_withheld_in_full_is_released() -> None:
    whole = ComparedRedaction(Box(0, 0, 612, 792), ("b5",), is_whole_page=True)
    slip = ComparedPage(2, "Page(s) withheld under (b)(5)", (), (whole,))
    around = [page("The first page is here for all to read."), page("The third page ends what was begun.", 3)]
    shown = page("Nobody was to know of this page at all.", 2)
    found = compared([around[0], slip, around[1]], [around[0], shown, around[1]])
    assert said(found, RunKind.RELEASED) == ["Nobody was to know of this page at all."]
    assert [(pair.first, pair.second, pair.released) for pair in found.pairs] == [
        (1, 1, 0),
        (2, 2, 9),
        (3, 3, 0),
    ]


def test_pages_that_one_release_lacks_stand_alone() -> None:
    pages = [page(f"Page {name} tells of {name} and only of {name}.", n) for n, name in enumerate("abcd", 1)]
    found = compared(pages, [pages[0], pages[3]])
    assert [(pair.first, pair.second) for pair in found.pairs] == [(1, 1), (2, None), (3, None), (4, 4)]


def test_stamps_and_bates_numbers_are_no_difference() -> None:
    first = [page(f"ICE FOIA 10-2674.000120{n}\nWords of page {n} that stay as they are.", n) for n in (1, 2)]
    second = [
        page(f"ICE FOIA 10-2674.000487{n}\nWords of page {n} that stay as they are.", n) for n in (1, 2)
    ]
    assert compared(first, second).runs == ()


def test_a_code_in_the_margin_is_no_word() -> None:
    first = page("He told [b5|nobody at all] of it then.        B5\nSo it was.", labels=False)
    found = compared([first], [page("He told nobody at all of it then.\nSo it was.")])
    assert said(found, RunKind.RELEASED) == ["nobody at all"]
    assert len(found.runs) == 1


def test_a_code_that_stands_where_words_stood_withholds_them() -> None:
    found = compared([page("He told (b)(6), (b)(7)(C) of it.")], [page("He told Jane Roe of it.")])
    (run,) = found.runs
    assert (run.kind, run.codes, run.shown.words) == (RunKind.RELEASED, ("b6", "b7c"), "Jane Roe")


def test_misread_words_are_the_same_words() -> None:
    first = page("The county asked [b5|for a written answer] on Tuesday moming and again later.", ocr=True)
    second = page("Thc county asked for a written answer on Tuesday morning and again 1ater.", ocr=True)
    found = compared([first], [second])
    assert said(found, RunKind.RELEASED) == ["for a written answer"]
    assert len(found.runs) == 1


def test_in_a_text_layer_nothing_is_misread() -> None:
    found = compared([page("It shall be so.")], [page("It should be so.")])
    assert [run.kind for run in found.runs] == [RunKind.CHANGED]


def test_two_that_are_alike_differ_in_nothing() -> None:
    found = compared([page(MEMO)], [page(MEMO)])
    assert (found.runs, found.code_changes) == ((), ())
    assert found.same_count > 10


def test_nothing_is_compared_with_nothing() -> None:
    assert compared([], []).pairs == ()
    assert compared([ComparedPage(1, "")], [ComparedPage(1, "")]).runs == ()
    assert compared([], [page("Words of one release.")]).pairs[0].second == 1


def test_long_flows_are_the_same_in_parts_that_rise() -> None:
    first = [f"w{number % 997}" for number in range(5_000)]
    second = [*first[:1_000], "new", *first[1_200:]]
    blocks = same_blocks(first, second)
    assert sum(length for _, _, length in blocks) == 4_800
    assert all(first[i : i + n] == second[j : j + n] for i, j, n in blocks)
    assert blocks == sorted(blocks)


def test_misread_pairs_go_forward() -> None:
    assert misread_pairs(["thc", "x", "morning"], ["the", "moming"]) == [(0, 0), (2, 1)]
    assert misread_pairs([], ["the"]) == []


def test_a_run_says_where_it_is_seen() -> None:
    run: Run = compared([page(MEMO)], [page(MEMO, 7, shown="b5")]).runs[0]
    assert run.is_on(None, 7)
    assert not run.is_on(7, 1)


def test_what_ocr_makes_of_a_code_is_neither_released_nor_changed() -> None:
    both = "It was copied to [b6|Lorraine Petrakis Junior] and to nobody else at all."
    misread = both.replace("[b6|Lorraine Petrakis Junior]", "BOs")
    for first, second in ((both, misread), (misread, both)):
        assert compared([page(first, ocr=True)], [page(second, ocr=True)]).runs == ()
    noisy = "He said bi5 [b5|that nobody knew of it] and then he left for good."
    found = compared([page(noisy, ocr=True)], [page(noisy.replace("bi5 ", ""), shown="b5", ocr=True)])
    assert [(run.kind, run.shown.words) for run in found.runs] == [
        (RunKind.RELEASED, "that nobody knew of it")
    ]


def test_a_short_name_is_not_taken_for_a_code() -> None:
    first = "It was copied to [b6|Lee] and to nobody else at all."
    found = compared([page(first, ocr=True)], [page(first, shown="b6", ocr=True)])
    assert said(found, RunKind.RELEASED) == ["Lee"]
