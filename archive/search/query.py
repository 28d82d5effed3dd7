"""From what a person types to a query tree. Every text gives a tree or a ``BadQuery`` that helps.

Words are all required. ``"..."`` is an exact phrase, AND, OR, NOT (in capitals), a leading ``-`` and
brackets join and exclude, ``deport*`` is the beginning of a word. What holds brackets or hyphens of its
own, such as ``(b)(7)(E)`` or ``19 Civ. 7058``, is one thing. AND binds tighter than OR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from archive.errors import BadQuery
from archive.rules.query import (
    LEAVES,
    And,
    Filters,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Same,
    Sort,
    Term,
)
from archive.search.analysis import Token, single_thing_at, tokenize, words_of

MAX_LENGTH = 4_000
MAX_PARTS = 300
MAX_DEPTH = 50
MIN_PREFIX_LENGTH = 2

# One character for one, so that positions stay those of what was typed. A long dash ends a word.
_TYPEWRITER = str.maketrans("“”„‟«»″\u2010\u2011\u2012\u2013\u2212—―", '"""""""-----  ')
_OPERATORS = {"AND", "OR", "NOT"}


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
    pieces = _cut(text.translate(_TYPEWRITER))
    tree = _Parser(pieces, len(text)).parse()
    if tree is None:
        raise BadQuery(
            "There is no word to search for.", help="Type at least one word or number.", position=0
        )
    if not _is_anchored(tree):
        raise BadQuery(
            "This query only says what to leave out.",
            help='Add what to look for: "detainer NOT memo" finds pages with one word and without the other.',
            position=next((piece.start for piece in pieces if piece.kind is _Kind.NOT), 0),
        )
    return tree


class _Kind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPERAND = "operand"


class _Piece(NamedTuple):
    """A piece of the query. An operand may say nothing (``?``): then its node is None."""

    kind: _Kind
    start: int
    written: str
    node: Node | None = None


def _cut(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece, at = _cut_one(text, at)
        pieces.append(piece)
        if len(pieces) > MAX_PARTS:
            raise BadQuery(
                f"This query has more than {MAX_PARTS} words.",
                help="Search for the words that matter most.",
                position=piece.start,
            )
    return pieces


def _cut_one(text: str, at: int) -> tuple[_Piece, int]:
    if text[at] == '"':
        return _cut_phrase(text, at)
    if text[at] == "-" and re.match(r'-(?=["(\w])', text[at : at + 2]):
        return _Piece(_Kind.NOT, at, "-"), at + 1
    if text[at] == ")":
        return _Piece(_Kind.CLOSE, at, ")"), at + 1
    if text[at] == "(" and single_thing_at(text, at) == at:
        return _Piece(_Kind.OPEN, at, "("), at + 1
    end = _word_end(text, at)
    written = text[at:end]
    if written in _OPERATORS:
        return _Piece(_Kind(written), at, written), end
    return _Piece(_Kind.OPERAND, at, written, _word_node(written, at)), end


def _word_end(text: str, at: int) -> int:
    """Up to a space, a quotation mark or a bracket that does not belong to the word."""
    start = at
    while at < len(text) and not text[at].isspace() and text[at] not in '"()':
        if not text[at].isalnum():
            at += 1
            continue
        begins_word = at == start or not text[at - 1].isalnum()
        at = max(at + 1, single_thing_at(text, at) if begins_word else at)
    return max(at, single_thing_at(text, start), start + 1)


def _cut_phrase(text: str, at: int) -> tuple[_Piece, int]:
    end = text.find('"', at + 1)
    if end < 0:
        raise BadQuery(
            "A quotation mark is opened and never closed.",
            help="Close the phrase with a second quotation mark, or take this one out.",
            position=at,
        )
    written = text[at + 1 : end]
    star = re.search(r"\w\*", written)
    if star:
        raise BadQuery(
            "A * has no meaning between quotation marks.",
            help="A phrase is matched exactly. Take the * out, or take the quotation marks off.",
            position=at + 1 + star.start() + 1,
        )
    return _Piece(_Kind.OPERAND, at, text[at : end + 1], _phrase(written)), end + 1


def _word_node(written: str, at: int) -> Node | None:
    if not re.search(r"\w", written) and "*" not in written:
        return None
    star = written.find("*")
    if star < 0:
        return _plain(written)
    if written[star:].strip(".,;:!?") != "*":
        raise BadQuery(
            "A * can only stand at the end of a word.",
            help='Write the beginning of the word and then *: "deport*".',
            position=at + star,
        )
    tokens = tokenize(written[:star])
    start = tokens[-1].form if tokens and _is_one_thing(tokens) else ""
    if len(start) < MIN_PREFIX_LENGTH:
        raise BadQuery(
            f"A * needs at least {MIN_PREFIX_LENGTH} letters of one word before it.",
            help='Write more of the word: "deport*".',
            position=at + star,
        )
    return Prefix(start)


def _is_one_thing(tokens: list[Token]) -> bool:
    words, last = words_of(tokens), tokens[-1]
    return len(words) == 1 or (last.start <= words[0].start and last.end >= words[-1].end)


def _phrase(written: str) -> Leaf | None:
    tokens = tokenize(written)
    words = words_of(tokens)
    if not words:
        return None
    return _one_thing(words, tokens[len(words) :], exact=True)


def _plain(written: str) -> Node | None:
    """What was typed without a space: mostly one word or one thing, but ``(b)(5),(b)(6)`` are two."""
    tokens = tokenize(written)
    words = words_of(tokens)
    wholes = tokens[len(words) :]
    parts: list[Node] = []
    while words:
        end = max([words[0].end, *(whole.end for whole in wholes if whole.start <= words[0].start)])
        inside = [word for word in words if word.end <= end]
        parts.append(_one_thing(inside, [whole for whole in wholes if whole.end <= end], exact=False))
        words, wholes = words[len(inside) :], [whole for whole in wholes if whole.end > end]
    return _joined(And, list(parts))


def _one_thing(words: list[Token], wholes: list[Token], *, exact: bool) -> Leaf:
    """The leaf for words that stand together: one word, one thing in several spellings, or a phrase."""
    spans_all = [whole for whole in wholes if whole.start <= words[0].start and whole.end >= words[-1].end]
    forms = dict.fromkeys(whole.form for whole in spans_all)
    if any(re.fullmatch("7[a-f]", form) for form in forms):
        forms |= dict.fromkeys(f"b{form}" for form in forms)  # exemption 7(E) is (b)(7)(E)
    phrase = Phrase(tuple(word.form for word in words), exact)
    as_words: Term | Phrase = Term(words[0].form, exact) if len(words) == 1 else phrase
    ways = tuple(dict.fromkeys([*(Term(form, exact) for form in forms), as_words]))
    return ways[0] if len(ways) == 1 else Same(ways)


@dataclass(slots=True)
class _Parser:
    """Recursive descent: or := and (OR and)*; and := part ([AND] part)*; part := NOT part | (or) | word."""

    pieces: list[_Piece]
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

    def _peek(self) -> _Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _take(self, kind: _Kind) -> _Piece | None:
        piece = self._peek()
        if piece is None or piece.kind is not kind:
            return None
        self.at += 1
        return piece

    def _or(self) -> Node | None:
        parts = [self._and()]
        while self._take(_Kind.OR):
            parts.append(self._and())
        return _joined(Or, parts)

    def _and(self) -> Node | None:
        parts = [self._part()]
        while (piece := self._peek()) is not None and piece.kind not in (_Kind.OR, _Kind.CLOSE):
            self._take(_Kind.AND)
            parts.append(self._part())
        return _joined(And, parts)

    def _part(self) -> Node | None:
        piece = self._peek()
        if piece is None or piece.kind in (_Kind.AND, _Kind.OR, _Kind.CLOSE):
            raise self._dangling(piece)
        self.at += 1
        if piece.kind is _Kind.OPERAND:
            return piece.node
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadQuery(
                f"Brackets stand more than {MAX_DEPTH} deep.",
                help="Use fewer brackets.",
                position=piece.start,
            )
        node = self._negated() if piece.kind is _Kind.NOT else self._bracketed(piece)
        self.depth -= 1
        return node

    def _negated(self) -> Node | None:
        part = self._part()
        if isinstance(part, Not):
            return part.part
        return None if part is None else Not(part)

    def _bracketed(self, opening: _Piece) -> Node | None:
        if self._take(_Kind.CLOSE):
            return None
        node = self._or()
        if not self._take(_Kind.CLOSE):
            raise BadQuery(
                "A bracket is opened and never closed.",
                help="Close it after the words that belong together, or take it out.",
                position=opening.start,
            )
        return node

    def _dangling(self, piece: _Piece | None) -> BadQuery:
        before = self.pieces[self.at - 1] if self.at else None
        if before is not None and before.kind in (_Kind.AND, _Kind.OR, _Kind.NOT):
            return BadQuery(
                f"{before.written} has nothing after it.",
                help=f'Write a word after it, or put "{before.written}" in quotation marks to search for it.',
                position=before.start,
            )
        if piece is not None and piece.kind is not _Kind.CLOSE:
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
