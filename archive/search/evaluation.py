"""Which pages of one segment match a tree.

The meaning of a tree, the same in every engine:

* A page's own words are its text; on a document's first readable page also its *description* (title,
  subject, sender, recipient, agency, place, file name).
* A plain word may be supplied by the description on every page of the document, but something that
  was asked for must be the page's own. What stands in quotation marks must always be its own.
* NOT looks at the text of the page alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from archive.rules.query import (
    LEAVES,
    All,
    And,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Same,
    Term,
    positive_leaves,
)
from archive.search.leaves import SegmentLeaves
from archive.search.segment import IntArray, Mask


class Evaluation:
    """Answers for one segment, whose live pages are given."""

    def __init__(self, leaves: SegmentLeaves, live: Mask) -> None:
        self._leaves = leaves
        self._live = live

    def matches(self, tree: Node) -> Mask:
        """The live pages that match."""
        hits: Mask = self._combine(tree, self._holds) & self._own_word(tree) & self._live
        return hits

    def has(self, leaf: Leaf) -> Mask:
        """The live pages with the leaf in their text or their description."""
        hits: Mask = self._anywhere(leaf) & self._live
        return hits

    def _combine(self, node: Node, test: Callable[[Leaf], Mask]) -> Mask:
        match node:
            case And(parts):
                return _reduce(np.logical_and, (self._combine(part, test) for part in parts))
            case Or(parts):
                return _reduce(np.logical_or, (self._combine(part, test) for part in parts))
            case Not(part):
                return np.logical_not(self._combine(part, self._in_text))
            case All() | Nothing():
                return np.full(len(self._live), isinstance(node, All))
            case _:
                return test(node)

    def _own_word(self, tree: Node) -> Mask:
        """Pages with something of their own that was asked for."""
        leaves = list(positive_leaves(tree))
        if not leaves:
            return np.ones(len(self._live), np.bool_)
        return _reduce(np.logical_or, map(self._own, leaves))

    def _holds(self, leaf: Leaf) -> Mask:
        return self._own(leaf) if is_exact(leaf) else self._anywhere(leaf)

    def _own(self, leaf: Leaf) -> Mask:
        described = self._leaves.in_description(leaf).pages
        own = self._in_text(leaf)
        own[described[self._leaves.segment.pages.first[described]]] = True
        return own

    def _anywhere(self, leaf: Leaf) -> Mask:
        mask = self._in_text(leaf)
        mask[self._leaves.in_description(leaf).pages] = True
        return mask

    def _in_text(self, leaf: Leaf) -> Mask:
        pages: IntArray = self._leaves.in_text(leaf).pages
        mask = np.zeros(len(self._live), np.bool_)
        mask[pages] = True
        return mask


def is_exact(leaf: Leaf) -> bool:
    """Whether the leaf stood in quotation marks."""
    match leaf:
        case Term(_, exact) | Phrase(_, exact):
            return exact
        case Same(parts):
            return all(is_exact(part) for part in parts)
        case Prefix():
            return False


def every_leaf(node: Node) -> list[Leaf]:
    """All leaves of a tree, those under a NOT among them, each once."""
    if isinstance(node, LEAVES):
        return [node]
    if isinstance(node, Not):
        return every_leaf(node.part)
    if isinstance(node, And | Or):
        return list(dict.fromkeys(leaf for part in node.parts for leaf in every_leaf(part)))
    return []


def _reduce(join: np.ufunc, masks: Iterable[Mask]) -> Mask:
    remaining = iter(masks)
    joined = next(remaining)
    for mask in remaining:
        join(joined, mask, out=joined)
    return joined
