"""Letters for papers that are drawn here: embedded, and of any script that a font on this machine has.

ReportLab brings Bitstream Vera, which has Latin letters. Others come from fonts of the system, where there
are any. A letter that none has is written without its accents, or as […]: never as a black box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from archive.exports.right_to_left import as_displayed

NOT_SET = "[…]"  # stands for letters that no font here has
_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu")
_NOTO = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/usr/share/fonts/google-noto")
_NOTO_FACES = ("NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansEthiopic")
_SERIFS = ("/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/liberation2")
_OTHERS = ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",)


@dataclass(frozen=True, slots=True)
class Face:
    """One font in two weights, registered with ReportLab under these names."""

    plain: str
    bold: str
    letters: frozenset[int]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that one font has."""

    text: str
    face: Face

    def font(self, *, bold: bool) -> str:
        """ReportLab's name of it."""
        return self.face.bold if bold else self.face.plain


@cache
def faces() -> tuple[Face, ...]:
    """Vera first, then what this machine has."""
    names = [("DejaVu", f"{folder}/DejaVuSans.ttf", f"{folder}/DejaVuSans-Bold.ttf") for folder in _FOLDERS]
    names += [
        (name, f"{folder}/{name}-Regular.ttf", f"{folder}/{name}-Bold.ttf")
        for folder in _NOTO
        for name in _NOTO_FACES
    ]
    names += [(Path(path).stem, path, path) for path in _OTHERS]
    found = [_face("Vera", "Vera.ttf", "VeraBd.ttf"), *(_face(*name) for name in names)]
    return tuple(face for face in found if face is not None)


@cache
def serif_faces() -> tuple[Face, ...]:
    """For letters: one with serifs where this machine has it, then all others."""
    names = [f"{folder}/LiberationSerif" for folder in _SERIFS]
    found = [_face("LiberationSerif", f"{name}-Regular.ttf", f"{name}-Bold.ttf") for name in names]
    return (*[face for face in found if face is not None][:1], *faces())


def runs_of(text: str, among: Sequence[Face] | None = None, *, in_english: bool = False) -> tuple[Run, ...]:
    """``text`` as it is to be set, from left to right, each run in a font that has its letters."""
    known = faces() if among is None else tuple(among)
    shown = as_displayed(_spaced(text), in_english=in_english)
    return tuple(_runs([(letter, _face_for(letter, known)) for letter in shown], known))


def markup_of(text: str, *, bold: bool = False, in_english: bool = False) -> str:
    """``text`` for a paragraph of ReportLab: nothing in it is taken for markup."""
    runs = runs_of(text, in_english=in_english)
    return "".join(f'<font name="{run.font(bold=bold)}">{escape(run.text)}</font>' for run in runs)


def lacks_letters(text: str) -> bool:
    """Whether something in ``text`` cannot be set here."""
    return any(run.text == NOT_SET for run in runs_of(text)) and NOT_SET not in text


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """In points."""
    return sum(pdfmetrics.stringWidth(run.text, run.font(bold=bold), size) for run in runs_of(text))


def draw_line(
    canvas: Canvas, place: tuple[float, float], text: str, size: float, *, bold: bool = False, room: float
) -> None:
    """One line from ``place`` to the right, cut with an ellipsis where it would take more than ``room``."""
    if width_of(text, size, bold=bold) > room:
        while text and width_of(text + "…", size, bold=bold) > room:
            text = text[:-1]
        text = text.rstrip() + "…"
    x, y = place
    for run in runs_of(text):
        canvas.setFont(run.font(bold=bold), size)
        canvas.drawString(x, y, run.text)
        x += pdfmetrics.stringWidth(run.text, run.font(bold=bold), size)


def _face(name: str, plain: str, bold: str) -> Face | None:
    try:
        fonts = [TTFont(f"Pack-{name}", plain), TTFont(f"Pack-{name}-Bold", bold)]
    except (TTFError, OSError):
        return None
    for font in fonts:
        pdfmetrics.registerFont(font)
    return Face(fonts[0].fontName, fonts[1].fontName, frozenset(fonts[0].face.charToGlyph))


def _face_for(letter: str, known: Sequence[Face]) -> Face | None:
    return next((face for face in known if ord(letter) in face.letters), None)


def _runs(letters: Sequence[tuple[str, Face | None]], known: Sequence[Face]) -> Iterator[Run]:
    for face, group in groupby(letters, key=lambda pair: pair[1]):
        text = "".join(letter for letter, _ in group)
        if face is None:
            plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
            yield Run(plain if plain.strip() else NOT_SET, known[0])
        else:
            yield Run(text, face)


def _spaced(text: str) -> str:
    """On one line, without letters that are not to be seen."""
    kept = (" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    return "".join(letter for letter in kept if unicodedata.category(letter)[0] != "C")
