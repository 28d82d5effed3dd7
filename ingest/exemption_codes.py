"""Exemption codes in every spelling: ``(b)(7)(E)``, ``b7E``, ``B5 DPP``, ``1.4(D)``, ``87(2)(b)``.

Labels and running text are read by different rules. In a label (words in or beside a box) all may be codes.
In running text a code may stand where words were withheld, be spoken of, or be part of another law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TypeAlias

from ingest import exemption_patterns as look
from ingest.exemption_lists import CodeList, CodeReader
from ingest.exemption_use import CodeUse, has_outline, use_of, use_of_d5, use_of_section

__all__ = ["CodeSpan", "CodeUse", "TextCode", "find_codes", "read_codes"]

_SECTION_REACH = 90  # characters between a law's name and the end of its section


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Codes that stand together in a label, at ``text[start:end]``, each once, in the one spelling.

    ``statute`` is the law named with (b)(3), as ``8 U.S.C. 1202(f)``. ``confidence`` is 0..1: lower for
    what is short, and for what OCR garbled.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    statute: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TextCode:
    """Codes that stand together in running text, and what they do there. A cite has no codes."""

    start: int
    end: int
    codes: tuple[str, ...]
    use: CodeUse
    statute: str = ""


def read_codes(text: str, *, is_ocr: bool = False) -> tuple[CodeSpan, ...]:
    """The codes in the text of a label. ``is_ocr``: letters may have been taken for one another."""
    reader = CodeReader.of(text, is_label=True, is_ocr=is_ocr)
    found, at, rest = [], 0, []
    while at < len(text):
        codes = reader.list_at(at)
        if codes is None or codes.end <= at:
            rest.append(text[at])
            at += 1
            continue
        found.append((CodeSpan(at, codes.end, codes.codes, codes.statute, codes.confidence), codes.family))
        at = codes.end
    only_codes = not any(map(str.isalnum, rest))
    return tuple(span for span, family in found if family != "alone" or only_codes)


def find_codes(text: str, *, is_ocr: bool = False) -> tuple[TextCode, ...]:
    """The codes in running text, in order. ``is_ocr``: letters may have been taken for one another."""
    reader = CodeReader.of(text, is_ocr=is_ocr)
    outline = has_outline(text)
    found: list[TextCode] = []
    done = 0
    begun = chain(_sections(reader), _orders(reader), _named(text), _bare_lines(text), _lists(reader))
    for start, known in sorted(begun, key=itemgetter(0)):
        if start >= done:
            last = found[-1] if found else None
            code = known or _list_at(reader, start, last, outline=outline)
            if code is not None:
                found.append(code)
                done = code.end
    return tuple(found)


_Begun: TypeAlias = tuple[int, TextCode | None]  # where codes begin, and the codes, where they are known


def _lists(reader: CodeReader) -> Iterator[_Begun]:
    for pattern in (*look.SIGNALS, *((look.OCR_SIGNAL,) if reader.is_ocr else ())):
        for match in pattern.finditer(reader.text):
            yield match.start(), None


def _list_at(reader: CodeReader, start: int, last: TextCode | None, *, outline: bool) -> TextCode | None:
    listed = reader.list_at(start)
    if listed is None:
        return None
    text, end = reader.text, listed.end
    use = use_of(text, start, end, last=(last.end, last.use) if last else None, outline=outline)
    if listed.codes[0] == "d5":
        use = use_of_d5(text, start, end)
    codes = () if use == CodeUse.CITE else listed.codes
    return TextCode(start, end, codes, use, "" if use == CodeUse.CITE else listed.statute)


def _orders(reader: CodeReader) -> Iterator[_Begun]:
    """Sections of the order on classification."""
    text = reader.text
    named = look.ORDER_NAMED.finditer(text) if any(each in text for each in look.ORDER_ANCHORS) else ()
    for match in chain(named, look.ORDER_SECTION.finditer(text)):
        listed = reader.list_at(match.start())
        if listed is not None and listed.family == "order":
            is_named = not match[0][0].isdigit() or match[0][:2] == "25"
            yield match.start(), _section(reader, match.start(), listed, is_named=is_named)


def _sections(reader: CodeReader) -> Iterator[_Begun]:
    """Sections of states' laws."""
    for law in reader.laws:
        for pattern, is_named in ((law.named, True), (law.bare, False)):
            for at in _places(reader.text, law.anchors) if pattern else ():
                start = max(0, at - _SECTION_REACH)
                for match in pattern.finditer(reader.text, start, at + _SECTION_REACH) if pattern else ():
                    listed = reader.list_at(match.start())
                    if listed is not None:
                        yield match.start(), _section(reader, match.start(), listed, is_named=is_named)


def _section(reader: CodeReader, start: int, listed: CodeList, *, is_named: bool) -> TextCode:
    use = use_of_section(reader.text, start, listed.end, is_named=is_named)
    return TextCode(start, listed.end, () if use == CodeUse.CITE else listed.codes, use, listed.statute)


def _places(text: str, anchors: tuple[str, ...]) -> Iterator[int]:
    for anchor in anchors:
        at = text.find(anchor)
        while at >= 0:
            yield at
            at = text.find(anchor, at + _SECTION_REACH)


def _named(text: str) -> Iterator[_Begun]:
    """Exemptions 6 and 7(C)."""
    if not any(anchor in text for anchor in look.NAMED_ANCHORS):
        return
    for named in look.NAMED.finditer(text):
        codes = []
        for match in look.NAMED_ONE.finditer(text, *named.span("list")):
            digit = match["digit"].lower()
            number = digit if digit.isdigit() else str(look.NUMBER_WORDS.index(digit) + 1)
            letter = (match["letter"] or "").lower() if number == "7" else ""
            codes.append(f"b{number}{letter}")
        start, end = named.span("list")
        yield start, TextCode(start, end, tuple(dict.fromkeys(codes)), CodeUse.MENTION)


def _bare_lines(text: str) -> Iterator[_Begun]:
    """Bare codes count where nothing else stands on the line."""
    for match in look.BARE_LINE.finditer(text):
        start, end = match.span("list")
        listed = CodeReader.of(match["list"], is_label=True).list_at(0)
        if listed is not None and listed.end == end - start:
            yield start, TextCode(start, end, listed.codes, CodeUse.MARK)
