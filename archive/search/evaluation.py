"""Which pages of one segment match a tree.

The meaning of a tree, the same in every engine:

* A page's own words are its text; on a document's first readable page also its *description* (title,
  subject, sender, recipient, agency, place, file name).
* A plain word may be supplied by the description on every page of the document, but then something
  else that was asked for must be the page's own words. What stands in quotation marks or near something
  must always be the page's own.
* NOT looks at the text of the page alone.
* Conditions are true or not, of the page or its document. They neither supply words nor need any.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from archive.rules.query import (
    LEAVES,
    All,
    And,
    AtLeast,
    Condition,
    Fuzzy,
    InField,
    Leaf,
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
    positive_leaves,
)
from archive.search.leaves import SegmentLeaves
from archive.search.page_set import PageSet, at_least, both, either, outside
from archive.search.places import united
from archive.search.segment import IntArray


class Evaluation:
    """Answers for one segment, deleted pages among them."""

    def __init__(self, leaves: SegmentLeaves) -> None:
        self._leaves = leaves
        self._size = len(leaves.segment.pages)

    def matches(self, tree: Node) -> PageSet:
        """The pages that match."""
        if isinstance(tree, LEAVES):
            return self.own(tree)
        lent = self._combine(tree, self._holds)
        wanted = list(positive_leaves(tree))
        if not wanted:
            return lent
        own = both([lent, either([self.own(leaf) for leaf in wanted])])
        return own if is_anchored(tree) else either([own, self._combine(tree, self.own)])

    def has(self, part: Leaf | Condition) -> PageSet:
        """The pages with a leaf in their text or their description, or of which a condition is true."""
        return self._anywhere(part) if isinstance(part, LEAVES) else self._met(part)

    def own(self, leaf: Leaf) -> PageSet:
        """The pages with the leaf in their own words."""
        described = self._leaves.in_description(leaf).pages
        return self._with(leaf, described[self._leaves.segment.pages.first[described]])

    def _anywhere(self, leaf: Leaf) -> PageSet:
        return self._with(leaf, self._leaves.in_description(leaf).pages)

    def _with(self, leaf: Leaf, described: IntArray) -> PageSet:
        pages = self._leaves.in_text(leaf).pages
        if len(described):
            pages = united([pages, described])
        return PageSet(self._size, pages=pages)

    def _holds(self, leaf: Leaf) -> PageSet:
        return self.own(leaf) if is_exact(leaf) else self._anywhere(leaf)

    def _in_text(self, leaf: Leaf) -> PageSet:
        return PageSet(self._size, pages=self._leaves.in_text(leaf).pages)

    def _combine(self, node: Node, test: Callable[[Leaf], PageSet]) -> PageSet:
        match node:
            case And(parts):
                return both([self._combine(part, test) for part in parts])
            case Or(parts):
                return either([self._combine(part, test) for part in parts])
            case AtLeast(count, parts):
                return at_least(count, [test(part) for part in parts])
            case Not(part):
                return outside(self._combine(part, self._in_text))
            case All() | Nothing():
                return PageSet(self._size, mask=np.full(self._size, isinstance(node, All)))
            case Term() | Phrase() | Prefix() | Wildcard() | Fuzzy() | Same() | Near():
                return test(node)
            case _:
                return self._met(node)

    def _met(self, condition: Condition) -> PageSet:
        if isinstance(condition, InField):
            return PageSet(self._size, pages=self._leaves.in_field(condition.field, condition.leaf))
        return PageSet(self._size, mask=self._leaves.met(condition))


def is_exact(leaf: Leaf) -> bool:
    """Whether the leaf must be the page's own: it stood in quotation marks, or near something."""
    match leaf:
        case Term(_, exact) | Phrase(_, exact):
            return exact
        case Same(parts):
            return all(is_exact(part) for part in parts)
        case Near():
            return True
        case _:
            return False


def is_anchored(node: Node) -> bool:
    """Whether no page can match without one of the leaves that are asked for."""
    match node:
        case And(parts):
            return any(map(is_anchored, parts))
        case Or(parts):
            return all(map(is_anchored, parts))
        case AtLeast(count, _):
            return count > 0
        case _:
            return isinstance(node, LEAVES)


def every_part(node: Node) -> list[Leaf | Condition]:
    """All leaves and conditions of a tree, those under a NOT among them, each once."""
    match node:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return list(dict.fromkeys(leaf for part in parts for leaf in every_part(part)))
        case Not(part):
            return every_part(part)
        case All() | Nothing():
            return []
        case _:
            return [node]


def positive_parts(node: Node) -> list[Leaf | Condition]:
    """The leaves and conditions that are asked for, none under a NOT, from left to right, each once."""
    match node:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return list(dict.fromkeys(leaf for part in parts for leaf in positive_parts(part)))
        case Not() | All() | Nothing():
            return []
        case _:
            return [node]
