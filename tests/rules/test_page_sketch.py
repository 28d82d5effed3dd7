"""Sketches of pages: the same words give the same hashes, whatever was stamped on them or misread."""

from __future__ import annotations

import random
import string
import time

from hypothesis import given
from hypothesis import strategies as st

from archive.rules.page_sketch import GAP, HASHES_A_PAGE, sketch, sketched_words

FIRST = (21065776793474, 24302182476223)
WORDS = [
    "".join(random.Random(number).choices(string.ascii_lowercase, k=2 + number % 8)) for number in range(4000)
]


def page(seed: int, words: int = 300) -> list[str]:
    chance = random.Random(seed)
    return [WORDS[min(int(chance.paretovariate(0.3)), 3999)] for _ in range(words)]


def withheld(words: list[str], share: float, seed: int, code: str = "(b)(5)") -> list[str]:
    """The page with passages of eight words withheld."""
    chance = random.Random(seed)
    left: list[str] = []
    for start in range(0, len(words), 8):
        left += [code] if chance.random() < share else words[start : start + 8]
    return left


def misread(words: list[str], rate: float, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [word[:-1] + "x" if chance.random() < rate else word for word in words]


def lines(words: list[str], width: int = 12) -> str:
    return "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))


def shared(first: str, second: str) -> int:
    return len({*sketch(first).hashes} & {*sketch(second).hashes})


def test_a_page_has_at_most_sixty_four_rising_hashes_below_two_to_the_47() -> None:
    drawn = sketch(lines(page(1)))
    assert drawn.word_count == 300
    assert len(drawn.hashes) == HASHES_A_PAGE
    assert list(drawn.hashes) == sorted(set(drawn.hashes))
    assert 0 <= drawn.hashes[0] < drawn.hashes[-1] < 2**47


def test_the_hashes_are_the_same_in_every_process_and_version() -> None:
    assert sketch("one two three four five six seven eight nine ten eleven twelve").hashes[:2] == FIRST


def test_lines_capitals_accents_and_confused_letters_make_no_difference() -> None:
    words = page(2)
    assert sketch(lines(words)) == sketch(lines(words, 7).upper())
    plain = "the clerk of the county read the modern form in the barn at noon today"
    assert sketch(plain) == sketch("The clérk of the c0unty read the rnodem form ln the bam at noon today")


def test_stamps_make_no_difference() -> None:
    text = lines(page(3))
    stamped = f"RELEASED IN PART B5,B6\n{text}\nICE FOIA 10-2674.0001234\nPage 3 of 15\nUNCLASSIFIED"
    assert sketch(stamped) == sketch(text)


def test_a_code_in_place_of_words_is_a_gap_and_several_are_one() -> None:
    assert sketched_words("To: (b)(6), (b)(7)(C) from B6 and ( b )( 7 )( E )") == [
        *("to", GAP),
        *("from", GAP),
        *("and", GAP),
    ]
    assert sketched_words("(b)(5)") == [GAP]
    assert sketched_words("(b)(5) (b)(5) (b)(7) (C) b6,b7c end") == [GAP, "end"]
    assert sketched_words("the b52 and 11.4(c)") == ["the", "bs2", "and", "ll4", "c"]


def test_a_page_with_few_words_has_no_hashes() -> None:
    assert sketch("Page withheld under (b)(5)").hashes == ()
    assert sketch("").hashes == ()
    assert sketch("one two three four five six seven eight nine ten eleven").hashes == ()


def test_releases_with_a_tenth_and_a_third_withheld_and_words_misread_share_more_than_others() -> None:
    alike, others = [], []
    for seed in range(60):
        words = page(seed)
        first = lines(withheld(words, 0.10, seed))
        second = lines(misread(withheld(words, 0.35, -seed), 0.05, seed))
        alike.append(shared(first, second))
        others.append(shared(first, lines(page(seed + 1000))))
    assert min(alike) >= 10
    assert max(others) < min(alike)


@given(st.text(max_size=300))
def test_any_text_is_sketched(text: str) -> None:
    drawn = sketch(text)
    assert len(drawn.hashes) <= min(HASHES_A_PAGE, max(0, drawn.word_count - 2))


def test_text_made_to_be_slow_is_not() -> None:
    began = time.perf_counter()
    for text in (
        "(b)" + " " * 200_000,
        "(" * 200_000,
        "b1 " * 60_000,
        "(b)(7)" + "(c)" * 60_000,
        "a-" * 90_000,
    ):
        sketch(text)
    assert time.perf_counter() - began < 2.0
