"""A page's text with what became of its words said in it: never by colour alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from archive.rules.exemptions import format_exemption
from archive.services.comparison_sheets import NoteKind, PageNote
from archive.web.page_text import reflow

_PARAGRAPH_GAP = re.compile(r"\n\s*\n")
_INSERTED = Markup('<ins class="note note-{}">{}{}</ins>')
_DELETED = Markup('<del class="note note-{}">{}{}</del>')
_MARKED = Markup('<mark class="note note-{}">{}{}</mark>')
_SAID = Markup('<span class="note-said">{}{}{}</span> ')
_HIDDEN = (NoteKind.HIDDEN, NoteKind.OTHER_CODES, NoteKind.STILL_HIDDEN)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_LABEL_WORDS = 4  # more are words of a slip sheet
NOTE_WORDS = {
    NoteKind.RELEASED: "released later",
    NoteKind.WITHHELD: "withheld later",
    NoteKind.CHANGED: "differs",
    NoteKind.HIDDEN: "withheld here",
    NoteKind.OTHER_CODES: "withheld on other grounds",
    NoteKind.STILL_HIDDEN: "withheld",
}


def format_codes(codes: Sequence[str]) -> str:
    """``(b)(5) and (b)(6)``."""
    written = [format_exemption(code) for code in codes]
    return " and ".join(filter(None, (", ".join(written[:-1]), *written[-1:])))


def note_paragraphs(text: str, notes: Sequence[PageNote]) -> tuple[Markup, ...]:
    """The paragraphs of a page, reflowed, escaped, with the notes in them. ``notes`` are in order."""
    flowing = reflow(text)
    bounds = [0, *(edge for gap in _PARAGRAPH_GAP.finditer(flowing) for edge in gap.span()), len(flowing)]
    paragraphs = (
        _marked(flowing, start, end, [note for note in _apart(notes) if _is_in(note, start, end)])
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph.strip())


def _is_in(note: PageNote, start: int, end: int) -> bool:
    if note.start == note.end:
        return start <= note.start <= end
    return note.start < end and note.end > start


def _apart(notes: Sequence[PageNote]) -> list[PageNote]:
    """Notes that do not overlap: what an earlier one covers is left out of a later one."""
    apart: list[PageNote] = []
    for note in notes:
        start = max(note.start, apart[-1].end) if apart else note.start
        if start < note.end or note.start == note.end:
            apart.append(
                PageNote(start, max(start, note.end), note.kind, note.number, note.codes, note.boxes)
            )
    return apart


def _marked(text: str, start: int, end: int, notes: Sequence[PageNote]) -> Markup:
    pieces: list[Markup | str] = []
    at = start
    for note in notes:
        first, last = max(start, note.start), min(end, note.end)
        pieces += [escape(text[at:first]), _note(text[first:last], note, is_first=note.start >= start)]
        at = last
    return Markup("").join([*pieces, escape(text[at:end])])


def _note(words: str, note: PageNote, *, is_first: bool) -> Markup:
    """The words with what is said of them before; said once, where they begin."""
    is_hidden = note.kind in _HIDDEN
    codes = f" under {format_codes(note.codes)}" if note.codes and is_hidden else ""
    number = f"{note.number} " if note.number else ""
    said = _SAID.format(number, NOTE_WORDS[note.kind], codes) if is_first else ""
    shown = "" if is_hidden and len(_WORD.findall(words)) <= _MOST_LABEL_WORDS else words
    if not said and not shown:
        return Markup("")
    template = {NoteKind.RELEASED: _INSERTED, NoteKind.WITHHELD: _DELETED}.get(note.kind, _MARKED)
    return template.format(note.kind.value.replace("_", "-"), said, shown)
