"""What the made-up files with words to be covered have in common: their pages, and how these are written."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from ingest.page import Box

WIDTH, HEIGHT = 440.0, 480.0
LEFT, TOP, STEP, SIZE = 36.0, 50.0, 23.0, 11.0
PAGES, LINES, WORDS = 3, 18, 5


@dataclass
class Case:
    """A PDF of three pages. ``secrets`` stand on page ``number``; ``places`` are where, when no reader can
    tell; ``beside`` are the words around them, ``elsewhere`` those of the other pages."""

    kind: str
    data: bytes
    number: int
    secrets: tuple[str, ...]
    beside: tuple[str, ...]
    elsewhere: tuple[str, ...]
    places: tuple[Box, ...] = ()


@dataclass
class Draft:
    chance: random.Random
    pages: list[list[list[str]]] = field(default_factory=list)  # page, line, word
    number: int = 1
    secrets: tuple[str, ...] = ()

    @classmethod
    def make(cls, seed: int) -> Draft:
        chance = random.Random(seed)
        pages = [[[_word(chance) for _ in range(WORDS)] for _ in range(LINES)] for _ in range(PAGES)]
        number = chance.randint(1, PAGES)
        on_page = [word for line in pages[number - 1] for word in line]
        secrets = tuple(chance.sample(on_page, chance.randint(1, 3)))
        return cls(chance, pages, number, secrets)

    def case(self, kind: str, data: bytes, places: Sequence[Box] = ()) -> Case:
        on_page = [word for line in self.pages[self.number - 1] for word in line]
        return Case(
            kind,
            data,
            self.number,
            self.secrets,
            tuple(word for word in on_page if word not in self.secrets),
            tuple(
                word
                for number, page in enumerate(self.pages, 1)
                for line in page
                for word in line
                if number != self.number
            ),
            tuple(places),
        )

    @property
    def secret_lines(self) -> list[list[str]]:
        return self.pages[self.number - 1]


def _word(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return f"A{chance.randint(10**8, 10**9 - 1)}"
    letters = "".join(
        chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(4, 5))
    )
    return letters.capitalize() if chance.random() < 0.5 else letters


def shown(text: str) -> str:
    return f"({text}) Tj"


def content_of(lines: Sequence[Sequence[str]], show: Callable[[str], str] = shown) -> bytes:
    rows = [
        f"BT /F1 {SIZE} Tf {LEFT} {HEIGHT - TOP - row * STEP} Td {show(' '.join(line))} ET"
        for row, line in enumerate(lines)
    ]
    return "\n".join(rows).encode()


def by_hand(draft: Draft, show: Callable[[str], str] = shown) -> Pdf:
    """A PDF written object by object, all pages with the same resources."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font), XObject=Dictionary()))
    for lines in draft.pages:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, WIDTH, HEIGHT]),
            Resources=resources,
            Contents=Stream(pdf, content_of(lines, show)),
        )
        pdf.pages.append(pikepdf.Page(page))
    return pdf


def saved(pdf: Pdf, *, packed: bool = False) -> bytes:
    buffer = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    pdf.save(buffer, object_stream_mode=mode)
    return buffer.getvalue()


def page_of(pdf: Pdf, draft: Draft) -> pikepdf.Object:
    return pdf.pages[draft.number - 1].obj
