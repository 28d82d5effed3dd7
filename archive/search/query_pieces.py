"""What was typed, cut into pieces: words and things, operators, brackets. Each knows where it stood."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from archive.errors import BadQuery
from archive.rules.query import And, Leaf, Node, Phrase, Prefix, Same, Term
from archive.search.analysis import Token, single_thing_at, tokenize, words_of

MAX_WORDS = 300
MIN_PREFIX_LENGTH = 2

# One character for one, so that positions stay those of what was typed. A long dash ends a word.
_TYPEWRITER = str.maketrans("“”„‟«»″\u2010\u2011\u2012\u2013\u2212—―", '"""""""-----  ')
_OPERATORS = {"AND", "OR", "NOT"}


class Kind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPERAND = "operand"


class Piece(NamedTuple):
    """A piece of the query. An operand may say nothing (``?``): then its node is None."""

    kind: Kind
    start: int
    written: str
    node: Node | None = None


def cut_into_pieces(text: str) -> list[Piece]:
    """The pieces of a query, from left to right. Raises ``BadQuery``."""
    text = text.translate(_TYPEWRITER)
    pieces: list[Piece] = []
    at = words = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece, at = _cut_one(text, at)
        pieces.append(piece)
        words += piece.kind is Kind.OPERAND
        if words > MAX_WORDS:
            raise BadQuery(
                f"This query has more than {MAX_WORDS} words.",
                help="Search for the words that matter most.",
                position=piece.start,
            )
    return pieces


def _cut_one(text: str, at: int) -> tuple[Piece, int]:
    if text[at] == '"':
        return _cut_phrase(text, at)
    if text[at] == "-" and re.match(r'-(?=["(\w])', text[at : at + 2]):
        return Piece(Kind.NOT, at, "-"), at + 1
    if text[at] == ")":
        return Piece(Kind.CLOSE, at, ")"), at + 1
    if text[at] == "(" and single_thing_at(text, at) == at:
        return Piece(Kind.OPEN, at, "("), at + 1
    end = _word_end(text, at)
    written = text[at:end]
    if written in _OPERATORS:
        return Piece(Kind(written), at, written), end
    return Piece(Kind.OPERAND, at, written, _word_node(written, at)), end


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


def _cut_phrase(text: str, at: int) -> tuple[Piece, int]:
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
    return Piece(Kind.OPERAND, at, text[at : end + 1], _phrase(written)), end + 1


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
    different = tuple(dict.fromkeys(parts))
    if len(different) < 2:
        return different[0] if different else None
    return And(different)


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
