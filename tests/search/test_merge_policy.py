"""Few segments, and no page written over and over."""

from __future__ import annotations

from archive.search.merge_policy import (
    MAX_SMALL_SEGMENTS,
    PAGES_MERGED_IN_COMMIT,
    merged_in_commit,
    merged_when_idle,
)


def grown(commits: int, pages: int) -> tuple[list[int], int, int]:
    """The segments after so many commits, how many pages were written again, and the most in one commit."""
    sizes: list[int] = []
    written, most = 0, 0
    for _ in range(commits):
        chosen = merged_in_commit(sizes)
        merged = sum(sizes[at] for at in chosen)
        sizes = (
            [size for at, size in enumerate(sizes) if at not in chosen] + [merged] * bool(merged) + [pages]
        )
        written += merged
        most = max(most, merged)
    return sizes, written, most


def test_a_commit_merges_a_bounded_number_of_pages() -> None:
    for pages in (1, 20, 500, 3_000):
        sizes, _, most = grown(2_000, pages)
        assert most <= PAGES_MERGED_IN_COMMIT
        small = [size for size in sizes if size < PAGES_MERGED_IN_COMMIT // 2]
        assert len(small) <= MAX_SMALL_SEGMENTS + 1


def test_a_page_is_written_again_a_few_times_in_its_life() -> None:
    _, written, _ = grown(2_000, 20)
    assert written / (2_000 * 20) < 6


def test_nothing_is_merged_while_segments_are_few() -> None:
    assert merged_in_commit([10] * MAX_SMALL_SEGMENTS) == []
    assert merged_in_commit([]) == []


def test_when_there_is_time_few_segments_are_left_and_large_ones_are_let_be() -> None:
    assert merged_when_idle([100_000, 10_000, 10_000, 500, 500], [0] * 5) == [1, 2, 3, 4]
    assert merged_when_idle([100_000, 20_000, 1_000], [0] * 3) == []
    assert merged_when_idle([100_000, 30_000], [0, 0]) == [0, 1]
    assert merged_when_idle([100_000], [0]) == []
    assert merged_when_idle([], []) == []


def test_a_segment_with_many_deleted_pages_is_written_anew() -> None:
    assert merged_when_idle([100_000, 1_000], [30_000, 0]) == [0]
    assert merged_when_idle([100_000, 1_000], [10_000, 0]) == []
