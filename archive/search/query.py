"""From what a person types to a query tree. Every text gives a tree or a ``BadQuery`` that helps.

Words are all required. ``"..."`` is an exact phrase; AND, OR, NOT (in capitals), a leading ``-`` and
brackets join and exclude; ``/5``, ``+5``, ``/s`` and ``/p`` ask for nearness and bind tightest, then AND,
then OR. ``deport*``, ``wom?n`` and ``secuer~`` are shapes of words, ``agency:ice`` is a field. What holds
brackets or hyphens of its own, such as ``(b)(7)(E)`` or ``19 Civ. 7058``, is one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.errors import BadQuery
from archive.rules.query import (
    CONDITIONS,
    LEAVES,
    And,
    Between,
    Filters,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Same,
    Sort,
    Term,
)
from archive.search.query_near import Operand, near_node, without_not
from archive.search.query_pieces import JOINTS, Kind, Piece, cut_into_pieces
from archive.search.query_repair import Mistake, repaired, tidied

MAX_LENGTH = 4_000
MAX_DEPTH = 50


def parse_query(text: str, filters: Filters | None = None, sort: Sort = Sort.RELEVANCE) -> Query:
    """The query that ``text`` asks. Raises ``BadQuery``."""
    return Query(text, parse_tree(text), filters or Filters(), sort)


def parse_tree(text: str) -> Node:
    """The tree of ``text``. Raises ``BadQuery`` with the 0-based position where it goes wrong and, wherever
    there is one, a repaired query that parses."""
    try:
        return _parse(text)
    except BadQuery as error:
        error.repaired = repaired(text, error.repaired, _parse)
        raise


def plain_parts(text: str) -> tuple[Leaf, ...] | None:
    """The words and things of a query that has nothing but those, each once; None when it has an operator,
    a phrase, a field or a shape: those are never loosened."""
    try:
        pieces = cut_into_pieces(text)
    except BadQuery:
        return None
    parts: list[Leaf] = []
    for piece in pieces:
        several = piece.node.parts if isinstance(piece.node, And) else (piece.node,)
        said = [node for node in several if node is not None]
        plain = [node for node in said if isinstance(node, Term | Phrase | Same) and not _is_exact(node)]
        if piece.kind is not Kind.OPERAND or piece.field or len(plain) < len(said):
            return None
        parts += plain
    return tuple(dict.fromkeys(parts)) or None


def _is_exact(leaf: Term | Phrase | Same) -> bool:
    first = leaf.parts[0] if isinstance(leaf, Same) else leaf
    return isinstance(first, Term | Phrase) and first.exact


@lru_cache(maxsize=128)  # turning the pages of a result list asks the same again and again
def _parse(text: str) -> Node:
    if len(text) > MAX_LENGTH:
        raise BadQuery(
            f"This query is longer than {MAX_LENGTH:,} characters.",
            help="Search for the words that matter most.",
            position=MAX_LENGTH,
            repaired=text[:MAX_LENGTH].rpartition(" ")[0] or None,
        )
    pieces = cut_into_pieces(text)
    try:
        tree = _Parser(pieces, text).parse()
    except Mistake as mistake:
        raise mistake.as_bad_query() from None
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
    """Recursive descent: or := and (OR and)*; and := part ([AND] part)*; part := NOT part | near;
    near := one (LINK one)*; one := (or) | operand. Raises ``Mistake``, for the whole text."""

    pieces: list[Piece]
    text: str
    at: int = 0
    depth: int = 0

    def parse(self) -> Node | None:
        if not self.pieces:
            return None
        tree = self._or()
        if (piece := self._peek()) is not None:
            raise self._never_opened(piece.start)
        return tree

    def _peek(self, ahead: int = 0) -> Piece | None:
        at = self.at + ahead
        return self.pieces[at] if at < len(self.pieces) else None

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
        parts: list[Node | None] = []
        side_by_side = [self._part()]
        while (piece := self._peek()) is not None and piece.kind not in (Kind.OR, Kind.CLOSE):
            if self._take(Kind.AND):
                parts += _with_repeated_fields_joined(side_by_side)
                side_by_side = []
            side_by_side.append(self._part())
        return _joined(And, parts + _with_repeated_fields_joined(side_by_side))

    def _part(self) -> tuple[str, Node | None]:
        """A part with its field, when it is one condition."""
        negation = self._take(Kind.NOT)
        if negation is None:
            return self._near()
        self._go_deeper(negation)
        _, part = self._part()
        self.depth -= 1
        if isinstance(part, Not):
            return "", part.part
        return "", None if part is None else Not(part)

    def _near(self) -> tuple[str, Node | None]:
        operands, links = [self._one()], []
        while link := self._take(Kind.LINK):
            self._skip_what_says_nothing()
            if (negation := self._peek()) is not None and negation.kind is Kind.NOT:
                raise without_not(self.text, link, negation)
            links.append(link)
            operands.append(self._one())
        if links:
            return "", near_node(self.text, operands, links)
        only = operands[0]
        return only.pieces[0].field, only.node

    def _skip_what_says_nothing(self) -> None:
        """``shall /5 § 1226``: the sign belongs to what follows."""
        while (piece := self._peek()) is not None and piece.kind is Kind.OPERAND and piece.node is None:
            following = self._peek(1)
            if following is None or following.kind not in (Kind.OPERAND, Kind.OPEN):
                return
            self.at += 1

    def _one(self) -> Operand:
        first, piece = self.at, self._peek()
        if piece is None or piece.kind in (*JOINTS, Kind.CLOSE):
            raise self._dangling(piece)
        self.at += 1
        if piece.kind is Kind.OPERAND:
            return Operand(piece.node, (piece,))
        self._go_deeper(piece)
        node = self._bracketed(piece)
        self.depth -= 1
        return Operand(node, self.pieces[first : self.at])

    def _go_deeper(self, piece: Piece) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            without = (" " if one.kind in (Kind.OPEN, Kind.CLOSE) else one.written for one in self.pieces)
            raise Mistake(
                f"Brackets stand more than {MAX_DEPTH} deep.",
                "Use fewer brackets.",
                at=piece.start,
                instead=" ".join(without),
            )

    def _bracketed(self, opening: Piece) -> Node | None:
        if self._take(Kind.CLOSE):
            return None
        node = self._or()
        if not self._take(Kind.CLOSE):
            raise self._mistake(
                "A bracket is opened and never closed.",
                "Close it after the words that belong together, or take it out.",
                opening.start,
            )
        return node

    def _dangling(self, piece: Piece | None) -> Mistake:
        before = self.pieces[self.at - 1] if self.at else None
        joints = (*JOINTS, Kind.NOT)
        for operator, side in ((before, "after"), (piece, "before")):
            if operator is not None and operator.kind in joints:
                return self._mistake(
                    f"{operator.written} has nothing {side} it.",
                    f'Write a word {side} it. To search for it, put it in marks: "{operator.written}".',
                    operator.start,
                )
        return self._never_opened(piece.start if piece else len(self.text))

    def _never_opened(self, at: int) -> Mistake:
        return self._mistake(
            "A bracket is closed that was never opened.",
            "Take it out, or open it before the words it belongs to.",
            at,
        )

    def _mistake(self, sentence: str, help: str, at: int) -> Mistake:
        return Mistake(sentence, help, at=at, instead=tidied(self.text, self.pieces))


def _with_repeated_fields_joined(parts: Sequence[tuple[str, Node | None]]) -> list[Node | None]:
    """Any value of a field that is repeated will do, except that ``date:>2009 date:<2012`` is one range."""
    said: list[Node | None] = []
    first_of: dict[str, int] = {}
    for field, node in parts:
        if field in first_of:
            said[first_of[field]] = _either(said[first_of[field]], node)
        else:
            if field:
                first_of[field] = len(said)
            said.append(node)
    return said


def _either(one: Node | None, other: Node | None) -> Node | None:
    if isinstance(one, Between) and isinstance(other, Between):
        low, high = (one, other) if one.high is None else (other, one)
        is_one_range = low.high is None and high.low is None
        if is_one_range and low.low is not None and high.high is not None and low.low <= high.high:
            return Between(one.field, low.low, high.high)
    return _joined(Or, [one, other])


def _joined(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
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
    return isinstance(node, (*LEAVES, *CONDITIONS))
