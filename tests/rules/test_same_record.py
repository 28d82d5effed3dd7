"""Whether two documents are one record, by their words."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.rules.page_sketch import sketched_words
from archive.rules.redaction_states import MatchKind
from archive.rules.same_record import PageWords, PairCompared, SameRecord, compare_pair, judge, pair_pages
from tests.rules.test_page_sketch import lines, misread, page, withheld

Row = tuple[int, int, int]


def compare(first: str, second: str, *, withholds: tuple[bool, bool] = (False, False)) -> PairCompared:
    return compare_pair(
        (1, 1),
        PageWords(sketched_words(first), withholds[0]),
        PageWords(sketched_words(second), withholds[1]),
    )


def judged(first: str, second: str, *, withholds: tuple[bool, bool] = (False, False)) -> SameRecord | None:
    return judge([compare(first, second, withholds=withholds)], 1)


PROSE = lines(page(1, 120))
MORE = lines(page(2, 120))


def test_words_where_the_other_has_a_code_are_counted_as_shown_by_one_alone() -> None:
    pair = compare("We say that (b)(5) and go home", "We say that the county may leave and go home")
    assert (pair.common, pair.only_first, pair.only_second) == (6, 0, 4)
    assert (pair.differ_first, pair.differ_second) == (0, 0)


def test_a_passage_released_in_part_is_counted_by_its_released_words() -> None:
    pair = compare("We say (b)(5) today", "We say the county (b)(5) today")
    assert (pair.common, pair.only_second, pair.differ_second) == (3, 2, 0)


def test_words_missing_without_a_code_are_withheld_only_where_something_is_redacted() -> None:
    first, second = "We say that and go home", "We say that the county may leave and go home"
    assert compare(first, second).differ_second == 4
    assert compare(first, second, withholds=(True, False)).only_second == 4
    assert compare(first, second, withholds=(False, True)).only_second == 0


def test_other_words_in_the_same_place_are_not_withheld_ones() -> None:
    pair = compare("of Loudoun County signs", "of the Department signs", withholds=(True, True))
    assert (pair.only_first, pair.only_second) == (0, 0)
    assert (pair.differ_first, pair.differ_second) == (2, 2)


def test_each_may_withhold_what_stands_beside_what_the_other_withholds() -> None:
    first = "We say that (b)(5) nor the state may leave and go home"
    second = "We say that neither the county (b)(5) and go home"
    pair = compare(first, second)
    assert (pair.common, pair.only_first, pair.only_second) == (6, 5, 3)
    assert (pair.differ_first, pair.differ_second) == (0, 0)


def test_misread_and_joined_words_are_the_same() -> None:
    pair = compare("the termination of this moa", "the tennination of thismoa")
    assert (pair.common, pair.differ_first, pair.differ_second) == (5, 0, 0)


def test_what_ocr_left_of_a_code_is_no_word() -> None:
    pair = compare("we say b7cx and go", "we say the county may leave and go", withholds=(True, False))
    assert (pair.differ_first, pair.only_second) == (0, 4)


def test_the_same_text_is_a_second_copy_also_when_a_scan_misread_some_of_it() -> None:
    same = judged(PROSE, lines(misread(page(1, 120), 0.1, 5)))
    assert same is not None
    assert same.kind == MatchKind.SAME_TEXT
    assert same.score > 0.97
    assert (same.page_pairs, same.words_only_first, same.words_only_second) == ([[1, 1]], 0, 0)


def test_words_that_one_release_withholds_make_it_another_release() -> None:
    same = judged(lines(withheld(page(1, 120), 0.4, 3)), PROSE)
    assert same is not None
    assert same.kind == MatchKind.OTHER_RELEASE
    assert same.words_only_first == 0
    assert 20 < same.words_only_second < 80
    assert same.score == 1.0


def test_one_name_that_is_withheld_makes_it_another_release() -> None:
    words = page(1, 120)
    same = judged(lines([*words[:50], "(b)(6)", *words[52:]]), lines(words))
    assert same is not None
    assert (same.kind, same.words_only_second) == (MatchKind.OTHER_RELEASE, 2)


def test_other_words_are_another_record_and_so_is_another_paper_of_one_template() -> None:
    assert judged(PROSE, MORE) is None
    words, names = page(1, 120), page(9, 120)
    filled = [names[at] if at % 5 == 0 else word for at, word in enumerate(words)]
    assert judged(lines(words), lines(filled)) is None


def test_a_message_quoted_with_another_before_it_is_the_same_record() -> None:
    same = judged(PROSE, f"{lines(page(3, 30))}\n{PROSE}")
    assert same is not None
    assert same.kind == MatchKind.OTHER_RELEASE


def test_one_page_of_many_counts_only_when_it_is_long_and_the_same() -> None:
    assert judge([compare(PROSE, PROSE)], 9) is not None
    assert judge([compare(lines(page(1, 80)), lines(page(1, 80)))], 9) is None
    assert judge([], 1) is None


def test_too_few_words_in_common_prove_nothing() -> None:
    assert judged(lines(page(1, 30)), lines(page(1, 30))) is None


def test_pages_are_paired_in_order() -> None:
    alike = [(1, 4, 60), (2, 1, 50), (3, 2, 40), (3, 9, 41), (4, 3, 60), (5, 5, 60)]
    assert pair_pages(alike) == [(2, 1), (3, 2), (4, 3), (5, 5)]
    assert pair_pages([]) == []


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 9)), max_size=9))
def test_no_other_choice_of_pages_in_order_is_more_alike(alike: list[Row]) -> None:
    weights = {(first, second): 0 for first, second, _ in alike}
    for first, second, weight in alike:
        weights[first, second] = max(weights[first, second], weight)
    pairs = pair_pages(alike)
    assert rises(pairs)
    best = max(
        (sum(weights[pair] for pair in some) for some in chains(sorted(weights))),
        default=0,
    )
    assert sum(weights[pair] for pair in pairs) == best


def rises(pairs: list[tuple[int, int]]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def chains(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    some = (list(chosen) for count in range(len(pairs) + 1) for chosen in combinations(pairs, count))
    return [chosen for chosen in some if rises(chosen)]
