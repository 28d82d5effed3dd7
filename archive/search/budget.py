"""How much work one query may be, known before the work is done, so that the same query is always answered
alike, on a busy machine too.

The unit is the posting: a word on a page. A query that asks for more keeps of its widest words only the
most frequent forms, and says so. What no cutting makes quick is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from archive.errors import BadQuery
from archive.rules.query import Fuzzy, InField, Leaf, Near, Node, Same, Wildcard
from archive.rules.query_words import describe
from archive.search.cache import ArrayCache
from archive.search.evaluation import every_part
from archive.search.leaves import SegmentLeaves, Wide
from archive.search.segment import TEXT, IntArray, LiveSegment

MAX_POSTINGS = 30_000_000  # of words that stand for many forms; about a second of work
MAX_FORMS = 4_000  # kept of the words that are cut, all together
MAX_SCANS = 24  # words for which a whole vocabulary is looked through
MAX_PLACES = 10_000_000  # of all words that must stand near others
_PLACE_COST = 4  # of one place where a word stands: to find it, and to compare it with others
_EACH_SEGMENT = 4  # times as many forms are weighed as may be kept


@dataclass(frozen=True, slots=True)
class Plan:
    """What is searched of words that are too wide: their forms; and that in words."""

    kept: Mapping[Wide, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


NOTHING_CUT = Plan()


def make_plan(tree: Node, segments: Sequence[LiveSegment], cache: ArrayCache) -> Plan:
    """Raises ``BadQuery`` when the query is more than can be answered by leaving something out."""
    leaves = [part.leaf if isinstance(part, InField) else part for part in every_part(tree)]
    wide = _wide_words(leaves)
    if sum(map(_looks_through_all, wide)) > MAX_SCANS:
        raise BadQuery(
            f"This query has more than {MAX_SCANS} words that begin with * or ? or end with ~.",
            help="Each is compared with every word of the archive. Use fewer, or write how they begin.",
        )
    chains = [leaf for leaf in leaves if isinstance(leaf, Near)]
    if not wide and not chains:
        return NOTHING_CUT
    searched = [SegmentLeaves(segment.segment, cache) for segment in segments]
    plan = _cut(wide, searched)
    if sum(_count_places(chain, searched, plan) for chain in chains) > MAX_PLACES:
        raise BadQuery(
            "This query asks for words near each other that stand on nearly every page.",
            help="Take the most common words out, or search for them as a phrase in quotation marks.",
        )
    return plan


def _wide_words(leaves: Sequence[object]) -> dict[Wide, bool]:
    """The words that stand for many forms, and whether it matters where on a page they are."""
    wide: dict[Wide, bool] = {}
    for leaf in leaves:
        for part in leaf.parts if isinstance(leaf, Near) else (leaf,):
            for word in part.parts if isinstance(part, Same) else (part,):
                if isinstance(word, Wide):
                    wide[word] = wide.get(word, False) or word is not leaf
    return wide


def _looks_through_all(word: Wide) -> bool:
    return isinstance(word, Fuzzy) or (isinstance(word, Wildcard) and word.pattern[:1] in "*?")


def _cut(wide: Mapping[Wide, bool], searched: Sequence[SegmentLeaves]) -> Plan:
    """Everybody gets an equal share, and what the narrow ones leave of theirs goes to the wide ones."""
    costs = {word: sum(_cost(word, leaves, placed) for leaves in searched) for word, placed in wide.items()}
    left, cut = MAX_POSTINGS, dict[Wide, int]()
    if sum(costs.values()) <= left:
        return NOTHING_CUT
    by_cost = sorted(costs, key=costs.__getitem__)
    for number, word in enumerate(by_cost):
        share = left // (len(by_cost) - number)
        if costs[word] > share:
            cut[word] = share
        left -= min(costs[word], share)
    most = max(MAX_FORMS // len(cut), 1)
    kept = {word: _most_frequent(word, wide[word], searched, share, most) for word, share in cut.items()}
    return Plan(kept, tuple(_in_words(word, len(forms)) for word, forms in kept.items()))


def _cost(word: Wide, leaves: SegmentLeaves, placed: bool) -> int:  # noqa: FBT001  as it stands in the table
    about = ("cost", word, placed)
    return leaves.remembered(about, lambda: int(_form_costs(leaves.page_counts(word), leaves, placed).sum()))


def _most_frequent(
    word: Wide,
    placed: bool,  # noqa: FBT001  as above
    searched: Sequence[SegmentLeaves],
    left: int,
    most: int,
) -> tuple[str, ...]:
    """The forms that stand on most pages, as many as there is left for, one at least."""
    pages: dict[str, int] = {}
    costs: dict[str, int] = {}
    for leaves in searched:
        forms, counts = _candidates(word, leaves, most * _EACH_SEGMENT)
        each = _form_costs(counts, leaves, placed)
        for form, count, cost in zip(forms, counts.tolist(), each.tolist(), strict=True):
            pages[form] = pages.get(form, 0) + count
            costs[form] = costs.get(form, 0) + cost
    kept: list[str] = []
    for form in sorted(pages, key=lambda form: (-pages[form], form))[:most]:
        left -= costs[form]
        if left < 0 and kept:
            break
        kept.append(form)
    return tuple(kept)


def _form_costs(counts: IntArray, leaves: SegmentLeaves, placed: bool) -> IntArray:  # noqa: FBT001  as above
    """A posting each; or the places, of which a form on nearly all pages has many on each: as many as
    when they fell at random."""
    if not placed:
        return counts
    size = len(leaves.segment.pages)
    places = -size * np.log1p(-np.minimum(counts, size - 0.5) / size)
    costs: IntArray = (places * _PLACE_COST).astype(np.int64)
    return costs


def _candidates(word: Wide, leaves: SegmentLeaves, most: int) -> tuple[list[str], IntArray]:
    numbers, counts = leaves.numbers(TEXT, word), leaves.page_counts(word)
    if len(numbers) > most:
        chosen = np.sort(np.argpartition(-counts, most)[:most])
        numbers, counts = numbers[chosen], counts[chosen]
    return leaves.segment.vocabulary(TEXT).forms(numbers), counts


def _in_words(word: Wide, forms: int) -> str:
    return (
        f"{describe(word)} stands for too many words: only the {forms:,} most frequent of them were searched."
    )


def _count_places(chain: Near, searched: Sequence[SegmentLeaves], plan: Plan) -> int:
    """Words that are cut have been paid for."""
    parts = [part for part in chain.parts if not any(word in plan.kept for word in _words(part))]
    return sum(leaves.count_places(part) for leaves in searched for part in parts)


def _words(part: Leaf) -> tuple[Leaf, ...]:
    return part.parts if isinstance(part, Same) else (part,)
