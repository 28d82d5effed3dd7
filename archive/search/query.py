"""From what a person types to a query tree. Every text gives a tree or a ``BadQuery`` that helps.

Words are all required. ``"..."`` is an exact phrase, AND, OR, NOT (in capitals), a leading ``-`` and
brackets join and exclude, ``deport*`` is the beginning of a word. What holds brackets or hyphens of its
own, such as ``(b)(7)(E)`` or ``19 Civ. 7058``, is one thing. AND binds tighter than OR.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.errors import BadQuery
from archive.rules.query import LEAVES, And, Filters, Node, Not, Or, Query, Sort
from archive.search.query_pieces import Kind, Piece, cut_into_pieces

MAX_LENGTH = 4_000
MAX_DEPTH = 50


def parse_query(text: str, filters: Filters | None = None, sort: Sort = Sort.RELEVANCE) -> Query:
    """The query that ``text`` asks. Raises ``BadQuery``."""
    return Query(text, parse_tree(text), filters or Filters(), sort)


def parse_tree(text: str) -> Node:
    """The tree of ``text``. Raises ``BadQuery`` with the 0-based position where it goes wrong."""
    if len(text) > MAX_LENGTH:
        raise BadQuery(
            f"This query is longer than {MAX_LENGTH:,} characters.",
            help="Search for the words that matter most.",
            position=MAX_LENGTH,
        )
    pieces = cut_into_pieces(text)
    tree = _Parser(pieces, len(text)).parse()
    if tree is None:
        raise BadQuery(
            "There is no word to search for.", help="Type at least one word or number.", position=0
        )
    if not _is_anchored(tree):
        raise BadQuery(
            "This query only says what to leave out.",
            help='Add what to look for: "detainer NOT memo" finds pages with one word and without the other.',
            position=next((piece.start for piece in pieces if piece.kind is Kind.NOT), 0),
        )
    return tree


@dataclass(slots=True)
class _Parser:
    """Recursive descent: or := and (OR and)*; and := part ([AND] part)*; part := NOT part | (or) | word."""

    pieces: list[Piece]
    length: int
    at: int = 0
    depth: int = 0

    def parse(self) -> Node | None:
        if not self.pieces:
            return None
        tree = self._or()
        if (piece := self._peek()) is not None:
            raise BadQuery(
                "A bracket is closed that was never opened.",
                help="Take it out, or open it before the words it belongs to.",
                position=piece.start,
            )
        return tree

    def _peek(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _take(self, kind: Kind) -> Piece | None:
        piece = self._peek()
        if piece is None or piece.kind is not kind:
            return None
        self.at += 1
        return piece

    def _or(self) -> Node | None:
        parts = [self._and()]
        while self._take(Kind.OR):
            parts.append(self._and())
        return _joined(Or, parts)

    def _and(self) -> Node | None:
        parts = [self._part()]
        while (piece := self._peek()) is not None and piece.kind not in (Kind.OR, Kind.CLOSE):
            self._take(Kind.AND)
            parts.append(self._part())
        return _joined(And, parts)

    def _part(self) -> Node | None:
        piece = self._peek()
        if piece is None or piece.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
            raise self._dangling(piece)
        self.at += 1
        if piece.kind is Kind.OPERAND:
            return piece.node
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadQuery(
                f"Brackets stand more than {MAX_DEPTH} deep.",
                help="Use fewer brackets.",
                position=piece.start,
            )
        node = self._negated() if piece.kind is Kind.NOT else self._bracketed(piece)
        self.depth -= 1
        return node

    def _negated(self) -> Node | None:
        part = self._part()
        if isinstance(part, Not):
            return part.part
        return None if part is None else Not(part)

    def _bracketed(self, opening: Piece) -> Node | None:
        if self._take(Kind.CLOSE):
            return None
        node = self._or()
        if not self._take(Kind.CLOSE):
            raise BadQuery(
                "A bracket is opened and never closed.",
                help="Close it after the words that belong together, or take it out.",
                position=opening.start,
            )
        return node

    def _dangling(self, piece: Piece | None) -> BadQuery:
        before = self.pieces[self.at - 1] if self.at else None
        if before is not None and before.kind in (Kind.AND, Kind.OR, Kind.NOT):
            return BadQuery(
                f"{before.written} has nothing after it.",
                help=f'Write a word after it, or put "{before.written}" in quotation marks to search for it.',
                position=before.start,
            )
        if piece is not None and piece.kind is not Kind.CLOSE:
            return BadQuery(
                f"{piece.written} has nothing before it.",
                help=f'Write a word before it, or put "{piece.written}" in quotation marks to search for it.',
                position=piece.start,
            )
        return BadQuery(
            "A bracket is closed that was never opened.",
            help="Take it out, or open it before the words it belongs to.",
            position=piece.start if piece else self.length,
        )


def _joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """The parts that say something, those of the same kind lifted up."""
    said: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            said += part.parts
        elif part is not None:
            said.append(part)
    said = list(dict.fromkeys(said))
    if not said:
        return None
    return said[0] if len(said) == 1 else kind(tuple(said))


def _is_anchored(node: Node) -> bool:
    """Whether the tree asks for something, and not for nearly everything."""
    if isinstance(node, And):
        return any(map(_is_anchored, node.parts))
    if isinstance(node, Or):
        return all(map(_is_anchored, node.parts))
    return isinstance(node, LEAVES)
