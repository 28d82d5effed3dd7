"""Trees at random, of the whole language: few words, so that they meet often."""

from __future__ import annotations

import random
from collections.abc import Sequence

from archive.rules.query import (
    DESCRIBED_FIELDS,
    All,
    And,
    AtLeast,
    BatesRange,
    Between,
    Condition,
    Fuzzy,
    HasCode,
    HasValue,
    InField,
    Leaf,
    Link,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Same,
    Term,
    Wildcard,
    Within,
    Word,
)
from archive.search.query import parse_tree

FORMS = (
    *("opt", "out", "deported", "deporting", "aliens", "alien", "county", "counties", "detainer", "the"),
    *("b7e", "i247", "247", "19cv7058", "exencion", "287g", "g"),
)
_WRITTEN = ("(b)(7)(E)", "opt-out", '"opt out"', "I-247", "19 Civ. 7058", "287(g)", '"287(g)"')
_STARTS = ("de", "dep", "al", "count", "b7", "19", "op")
_PATTERNS = ("?pt", "*ing", "count*s", "c*t*y", "?*e*", "al?en*", "2?7", "*", "d*r")
_MISSPELT = ("opl", "cuonty", "detaine", "alein", "te")
_VALUES = (
    ("kind", "memo"),
    ("kind", "*e*o"),
    ("kind", "*"),
    ("production", "ice-*"),
    ("request", "2010-foia-2674"),
    ("source", "ocr"),
    ("lang", "*"),
    ("lang", "es"),
)
_RANGES = (
    ("date", 14_838, None),
    ("date", None, 14_974),
    ("date", 14_838, 14_838),
    ("pages", 3, 5),
    ("redacted", 61, None),
    ("redacted", 0, 60),
    ("pages", None, 10**30),
)
_CODES = ("b7", "b7e", "b6", "b5", "k2")
_BATES = (("ICE", 120, 190), ("*", 0, 125), ("ICE", 10**40, 10**41), ("XYZ", 0, 10**9))
_AGAIN = 0.6  # engines remember what they have worked out for a leaf


class TreeMaker:
    """Makes trees of these words."""

    def __init__(self, chance: random.Random, forms: Sequence[str] = FORMS) -> None:
        self._chance = chance
        self._forms = forms
        self._made: list[Leaf] = []

    def tree(self, depth: int = 3) -> Node:
        """Any tree."""
        kind = self._chance.random()
        if depth == 0 or kind < 0.3:
            return self.leaf()
        if kind < 0.4:
            return self.condition()
        if kind < 0.42:
            return self._chance.choice((All(), Nothing()))
        if kind < 0.5:
            return Not(self.tree(depth - 1))
        if kind < 0.58:
            leaves = tuple(self.leaf() for _ in range(self._chance.randint(1, 5)))
            return AtLeast(self._chance.randint(1, len(leaves)), leaves)
        parts = tuple(self.tree(depth - 1) for _ in range(self._chance.randint(2, 4)))
        return And(parts) if kind < 0.8 else Or(parts)

    def leaf(self) -> Leaf:
        """Any leaf, often one that was in another tree."""
        if self._made and self._chance.random() < _AGAIN:
            return self._chance.choice(self._made)
        self._made.append(self._leaf())
        return self._made[-1]

    def _leaf(self) -> Leaf:
        kind = self._chance.random()
        if kind < 0.2:
            return self._near()
        if kind < 0.3:
            return self._same()
        if kind < 0.4:
            written = parse_tree(self._chance.choice(_WRITTEN))
            return written if isinstance(written, Same | Phrase | Term) else self._word()
        return self._word()

    def condition(self) -> Condition:
        """Any condition."""
        choose = self._chance.choice
        kind = choose(("field", "field", "value", "range", "bates", "code"))
        match kind:
            case "field":
                return InField(choose(DESCRIBED_FIELDS), self.leaf())
            case "value":
                return HasValue(*choose(_VALUES))
            case "range":
                return Between(*choose(_RANGES))
            case "bates":
                return BatesRange(*choose(_BATES))
            case _:
                return HasCode(choose(_CODES))

    def _word(self) -> Word:
        choose, form = self._chance.choice, self._chance.choice(self._forms)
        kind = self._chance.random()
        if kind < 0.5:
            return Term(form, choose((True, False)))
        if kind < 0.7:
            others = self._chance.choices(self._forms, k=choose((1, 1, 2)))
            return Phrase((form, *others), choose((True, False)))
        if kind < 0.8:
            return Prefix(choose((*_STARTS, form[:3])))
        if kind < 0.9:
            return Wildcard(choose((*_PATTERNS, form[:1] + "*", "*" + form[-2:])))
        return Fuzzy(choose((*_MISSPELT, form)), choose((1, 2)))

    def _same(self) -> Same:
        return Same(tuple(self._word() for _ in range(self._chance.randint(2, 3))))

    def _near(self) -> Near:
        count = self._chance.choice((2, 2, 2, 3, 4))
        parts = tuple(self._same() if self._chance.random() < 0.2 else self._word() for _ in range(count))
        return Near(parts, tuple(self._link() for _ in parts[1:]))

    def _link(self) -> Link:
        within = self._chance.choice((Within.WORDS, Within.WORDS, Within.SENTENCE, Within.PARAGRAPH))
        distance = self._chance.choice((1, 2, 5, 10**9)) if within is Within.WORDS else 0
        return Link(within, distance, self._chance.choice((True, False)))
