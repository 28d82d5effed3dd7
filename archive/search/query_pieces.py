"""What was typed, cut into pieces: words and things, conditions, operators, brackets. Each knows where it
stood."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from archive.errors import BadQuery
from archive.rules.query import And, Link, Near, Node, Or, Within
from archive.search.query_fields import REPEATED_AS, as_words, field_at, field_node
from archive.search.query_leaves import nearness_leaf, phrase_leaf, within_words, word_node
from archive.search.query_repair import Mistake, with_quote_closed
from archive.search.query_spans import opens_bracket, quote_end, value_end, word_end

MAX_WORDS = 300

# One character for one, so that positions stay those of what was typed. A long dash ends a word.
_TYPEWRITER = str.maketrans("“”„‟«»″＂\u2010\u2011\u2012\u2013\u2212—―", '""""""""-----  ')
_OPERATORS = {"AND", "OR", "NOT"}
_EXCLUDES = re.compile(r'-(?=["(\w*])')
_NEARNESS = re.compile(r"~(?P<sign>>?)(?P<distance>[0-9]*)")
# An operator stands by itself: and/or, 5/12 and +1-202 are words. w/5 and pre/5 are what other systems say.
_LINK = re.compile(
    r'(?:^|(?<=[\s()"]))(?P<sign>(?:w|near)?/|pre/|\+)(?P<reach>[0-9]+|[sp])(?=[\s()"]|$)', re.IGNORECASE
)
_REACHES = {"s": Within.SENTENCE, "p": Within.PARAGRAPH}
_LINK_HELP = (
    "Write /5 for at most 5 words on, +5 for that and in this order, /s for the same sentence, /p paragraph."
)


class Kind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    LINK = "link"
    OPERAND = "operand"


JOINTS = (Kind.AND, Kind.OR, Kind.LINK)  # what needs something on both sides


class Piece(NamedTuple):
    """A piece of the query, from ``start`` to ``end``. An operand may say nothing (``?``): then its node is
    None. ``field`` is its field's name when it is a condition, ``link`` what a ``/5`` means."""

    kind: Kind
    start: int
    end: int
    written: str
    node: Node | None = None
    field: str = ""
    link: Link | None = None


def cut_into_pieces(text: str) -> list[Piece]:
    """The pieces of a query, from left to right. Raises ``BadQuery``."""
    text = text.translate(_TYPEWRITER)
    pieces: list[Piece] = []
    at = words = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        piece = _cut_one(text, at)
        pieces.append(piece)
        at = piece.end
        words += _count(piece)
        if words > MAX_WORDS:
            before = text[: piece.start].strip() or piece.written[: len(piece.written) // 2]
            raise BadQuery(
                f"This query has more than {MAX_WORDS} words.",
                help="Search for the words that matter most.",
                position=piece.start,
                repaired=before,
            )
    return pieces


def _count(piece: Piece) -> int:
    """How many words it asks for: ``(b)(5),(b)(6)`` and a list of values are several."""
    if isinstance(piece.node, And | Or | Near):
        return len(piece.node.parts)
    return int(piece.kind is Kind.OPERAND)


def _cut_one(text: str, at: int) -> Piece:
    if text[at] == ")":
        return Piece(Kind.CLOSE, at, at + 1, ")")
    if opens_bracket(text, at):
        return Piece(Kind.OPEN, at, at + 1, "(")
    if _EXCLUDES.match(text, at):
        return Piece(Kind.NOT, at, at + 1, "-")
    if link := _LINK.match(text, at):
        return _cut_link(text, link)
    if text[at] == '"':
        return _cut_phrase(text, at)
    return _cut_field(text, at) or _cut_word(text, at)


def _cut_word(text: str, at: int) -> Piece:
    end = word_end(text, at)
    written = text[at:end]
    if written in _OPERATORS:
        return Piece(Kind(written), at, end, written)
    try:
        return Piece(Kind.OPERAND, at, end, written, word_node(written))
    except Mistake as mistake:
        raise mistake.within(text, at, end).as_bad_query() from None


def _cut_phrase(text: str, at: int) -> Piece:
    end = quote_end(text, at)
    if end < 0:
        raise _not_closed(text, at)
    inside = text[at + 1 : end - 1]
    near = _NEARNESS.match(text, end)
    end = near.end() if near else end
    try:
        node = nearness_leaf(inside, near["sign"], near["distance"]) if near else phrase_leaf(inside)
    except Mistake as mistake:
        raise mistake.within(text, at, end).as_bad_query() from None
    return Piece(Kind.OPERAND, at, end, text[at:end], node)


def _cut_link(text: str, found: re.Match[str]) -> Piece:
    sign, reach = found["sign"].lower(), found["reach"].lower()
    ordered = sign in ("+", "pre/")
    if reach in _REACHES:
        link = Link(_REACHES[reach], ordered=ordered)
    else:
        try:
            link = Link(distance=within_words(reach, _LINK_HELP, before=found["sign"]), ordered=ordered)
        except Mistake as mistake:
            raise mistake.within(text, *found.span()).as_bad_query() from None
    return Piece(Kind.LINK, *found.span(), found[0], link=link)


def _cut_field(text: str, at: int) -> Piece | None:
    end = at
    try:
        field = field_at(text, at)
        if field is None:
            return None
        end = _field_end(text, field.end)
        node = _condition(field.name, text[at : field.end], text[field.end : end])
    except Mistake as mistake:
        end = max(end, _field_end(text, text.index(":", at) + 1))
        raise mistake.within(text, at, end).as_bad_query() from None
    return Piece(Kind.OPERAND, at, end, text[at:end], node, REPEATED_AS.get(field.name, field.name))


def _field_end(text: str, value_at: int) -> int:
    end = value_end(text, value_at)
    if end < 0:
        raise _not_closed(text, min(at for at in map(text.find, '"(', (value_at, value_at)) if at >= 0))
    near = _NEARNESS.match(text, end) if text[end - 1] == '"' else None
    return near.end() if near else end


def _condition(name: str, label: str, value: str) -> Node | None:
    """Raises ``Mistake``, for ``label`` and value together."""
    whole = label + value
    try:
        return field_node(name, value)
    except Mistake as mistake:
        if mistake.instead is None:
            mistake.instead = as_words(name, value)
            raise Mistake(
                mistake.sentence, mistake.help, at=len(label) + mistake.at, instead=mistake.instead
            ) from None
        raise mistake.within(whole, len(label), len(whole)) from None


def _not_closed(text: str, at: int) -> BadQuery:
    if text[at] == "(":
        return BadQuery(
            "A bracket is opened and never closed.",
            help="Close it after the words that belong together, or take it out.",
            position=at,
            repaired=f"{text})",
        )
    return BadQuery(
        "A quotation mark is opened and never closed.",
        help="Close the phrase with a second quotation mark, or take this one out.",
        position=at,
        repaired=with_quote_closed(text, at),
    )
