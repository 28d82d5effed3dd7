"""The small markup the sample texts are written in.

Blocks are parted by empty lines. The first characters of a block say what it is::

    # title          ## heading        ### subheading      ^ centred line      - bullet
    (1) numbered     > quotation       : line kept as it is (also within an e-mail's head)
    | cell | cell    a table row       |= 2 1  shares of the columns from here on
    --- a rule       === a new page    ~ 40  empty points  @name  a figure

Inside a block ``**words**`` are bold, ``//words//`` slanted, and ``[[b5,b7E|words]]`` are withheld
under exemptions 5 and 7(E): their width is kept, the words themselves never reach the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_TEXTS = Path(__file__).parent / "texts"
_INLINE = re.compile(r"\[\[([^|\]]+)\|(.*?)\]\]|\*\*(.+?)\*\*|//(.+?)//", re.DOTALL)
_NUMBERED = re.compile(r"(\(\w+\)|\d+\.|[A-Z]\.|[IVX]+\.)\s+(.*)", re.DOTALL)
_CODE = re.compile(r"([a-z])(\d)([A-F]?)")


class BlockKind(StrEnum):
    TITLE = "# "
    HEADING = "## "
    SUBHEADING = "### "
    CENTRED = "^ "
    BULLET = "- "
    QUOTATION = "> "
    LINE = ": "
    COLUMNS = "|= "
    ROW = "| "
    RULE = "---"
    PAGE_BREAK = "==="
    SPACE = "~ "
    FIGURE = "@"
    NUMBERED = "(1)"
    BODY = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text; ``label`` is a numbered block's number."""

    kind: BlockKind
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words set alike. ``codes`` such as ('b6', 'b7C') say that they are withheld."""

    text: str
    bold: bool = False
    slanted: bool = False
    codes: tuple[str, ...] = ()


def read_text(name: str) -> str:
    """The sample text of that name."""
    return (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a sample text in order."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip("\n")) for block in _parse_part(part))


def parse_spans(text: str) -> Iterator[Span]:
    """The differently set parts of one block."""
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            yield Span(text[at : match.start()])
        codes, withheld, bold, slanted = match.groups()
        if codes is not None:
            yield Span(withheld, codes=tuple(codes.split(",")))
        elif bold is not None:
            yield Span(bold, bold=True)
        else:
            yield Span(slanted, slanted=True)
        at = match.end()
    if at < len(text):
        yield Span(text[at:])


def written_codes(codes: tuple[str, ...]) -> str:
    """``('b6', 'b7C')`` as it is stamped: ``(b)(6), (b)(7)(C)``."""
    return ", ".join(_written_code(code) for code in codes)


def _written_code(code: str) -> str:
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    letter, number, part = match.groups()
    return f"({letter})({number})" + (f"({part})" if part else "")


def _parse_part(part: str) -> Iterator[Block]:
    """A line that starts with a mark starts a block; any other goes on with the block before it."""
    gathered: list[tuple[BlockKind, str]] = []
    for line in part.split("\n"):
        kind = _kind_of(line)
        if kind is BlockKind.BODY and gathered:
            gathered[-1] = (gathered[-1][0], f"{gathered[-1][1]} {line}")
        else:
            gathered.append((kind, line.removeprefix(kind.value).removeprefix(kind.value.strip())))
    for kind, text in gathered:
        yield _block(kind, text)


def _kind_of(line: str) -> BlockKind:
    marked = (kind for kind in BlockKind if kind is not BlockKind.NUMBERED)
    return next(kind for kind in marked if line.startswith(kind.value) or line == kind.value.strip())


def _block(kind: BlockKind, text: str) -> Block:
    if kind is BlockKind.SUBHEADING:
        return Block(kind, f"//{text}//")
    if kind is BlockKind.BODY and (numbered := _NUMBERED.match(text)):
        return Block(BlockKind.NUMBERED, numbered[2], numbered[1])
    return Block(kind, text)
