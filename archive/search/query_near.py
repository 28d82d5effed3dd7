"""Things that stand near each other: from operands and the links between them to one ``Near``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

from archive.rules.query import Fuzzy, Near, Node, Or, Phrase, Prefix, Same, Term, Wildcard, Word
from archive.search.query_leaves import MAX_NEAR_PARTS
from archive.search.query_pieces import Kind, Piece
from archive.search.query_repair import Mistake

_HELP = (
    "Beside /5, /s or /p stand words, phrases, shapes such as deport*, or brackets with a choice of them: "
    "(hold OR detainer) /5 sheriff."
)


class Operand(NamedTuple):
    """What stands on one side of a link, and its pieces."""

    node: Node | None
    pieces: Sequence[Piece]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.pieces[0].start, self.pieces[-1].end


def near_node(text: str, operands: Sequence[Operand], links: Sequence[Piece]) -> Node | None:
    """The chain of these operands; one that says nothing is left out with its link.

    Raises ``Mistake``, for the whole text, when an operand cannot stand near anything.
    """
    said = [number for number, operand in enumerate(operands) if operand.node is not None]
    if len(said) < 2:
        return operands[said[0]].node if said else None
    if len(said) > MAX_NEAR_PARTS:
        raise _without_link(
            text, links[said[MAX_NEAR_PARTS] - 1], f"More than {MAX_NEAR_PARTS} things are to stand near."
        )
    parts = []
    for number in said:
        part = _part(operands[number].node)
        if part is None:
            _refuse(text, operands[number], links[min(number, len(links) - 1)])
        parts.append(part)
    joints = [link.link for link in (links[number - 1] for number in said[1:]) if link.link is not None]
    return Near(tuple(parts), tuple(joints))


def without_not(text: str, link: Piece, negation: Piece) -> Mistake:
    """NOT beside a link: the excluded part is offered as one by itself."""
    return Mistake(
        f"“{negation.written}” cannot stand after {link.written}.",
        _HELP,
        at=negation.start,
        instead=f"{text[: link.start]}AND NOT {text[negation.end :]}",
    )


def _part(node: Node | None) -> Term | Phrase | Prefix | Wildcard | Fuzzy | Same | None:
    if isinstance(node, Term | Phrase | Prefix | Wildcard | Fuzzy | Same):
        return node
    if not isinstance(node, Or):
        return None
    ways: list[Word] = []
    for part in map(_part, node.parts):
        if part is None:
            return None
        ways += part.parts if isinstance(part, Same) else (part,)
    return Same(tuple(dict.fromkeys(ways)))


def _refuse(text: str, operand: Operand, link: Piece) -> NoReturn:
    start, end = operand.span
    written = text[start:end]
    inside = [piece for piece in operand.pieces if piece.kind not in (Kind.OPEN, Kind.CLOSE)]
    if isinstance(operand.node, Near) and not inside[0].written.startswith('"'):
        sentence, instead = "Brackets cannot hold one /5 within another.", _from(text, inside)
    elif len(inside) == 1 and not inside[0].field and not inside[0].written.startswith('"'):
        sentence = f"“{inside[0].written}” is several words."
        instead = f'"{re.sub(r"[*?~]", " ", inside[0].written)}"'
    elif {piece.kind for piece in inside} <= {Kind.OPERAND, Kind.AND} and not any(p.field for p in inside):
        words = [piece.written for piece in inside if piece.kind is Kind.OPERAND]
        sentence = f"“{written}” asks for all of its words, at no one place."
        instead = f" {link.written} ".join(words)
    else:
        raise _without_link(text, link, f"“{written}” cannot stand beside {link.written}.", at=start)
    raise Mistake(sentence, _HELP, at=start, instead=text[:start] + instead + text[end:])


def _without_link(text: str, link: Piece, sentence: str, *, at: int | None = None) -> Mistake:
    instead = f"{text[: link.start]}AND{text[link.end :]}"
    return Mistake(sentence, _HELP, at=link.start if at is None else at, instead=instead)


def _from(text: str, pieces: Sequence[Piece]) -> str:
    return text[pieces[0].start : pieces[-1].end]
