"""Reads a draft out of a Word file: words as they stand once all changes are accepted, links behind words,
and footnotes where they are called, since that is where briefs cite."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from archive.rules.draft_text import MOST_DRAFT_CHARACTERS, DraftText, DraftWriter, UnreadableDraft

_MOST_UNPACKED_BYTES = 60_000_000  # of all members; pictures hardly shrink when they are packed
_MOST_XML_BYTES = 20_000_000  # of those that are parsed: a parsed one takes several times its size
_MOST_MEMBERS = 2_000
_QUOTE_STYLES = ("quote", "block text", "zitat")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIELD = re.compile(r"\s*HYPERLINK\s+\"([^\"]{1,2000})\"")
_LEFT_OUT = {  # a paragraph of a text box comes by itself; what was struck is gone
    f"{_WORD}{name}" for name in ("p", "del", "moveFrom", "pPr")
}
_SIGNS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": " ",
    f"{_WORD}cr": " ",
    f"{_WORD}noBreakHyphen": "-",
}


def read_word(content: bytes) -> DraftText:
    """The draft in a DOCX. Raises ``UnreadableDraft``."""
    _check_packed(content)
    from docx import Document  # imported when needed: it takes a third of a second
    from docx.opc.exceptions import OpcError

    errors = (OpcError, KeyError, ValueError, AttributeError, SyntaxError, zipfile.BadZipFile)
    try:
        return _WordDraft(Document(io.BytesIO(content))).read()
    except errors as error:
        raise UnreadableDraft("This file is no DOCX that can be read.") from error


class _WordDraft:
    """Goes through the elements itself: python-docx leaves out tracked insertions, fields, text boxes and
    notes, and says a merged cell once for each column that it spans, of which a file may claim any number."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._writer = DraftWriter()
        self._notes = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}
        self._field: list[str] = []  # addresses of the fields that are open
        self._begun: list[int] = []

    def read(self) -> DraftText:
        for paragraph in self._document.element.body.iter(f"{_WORD}p"):
            self._paragraph(paragraph, self._document.part)
        return self._writer.draft()

    def _notes_of(self, kind: str) -> tuple[Any, dict[str, Any]]:
        """The part with the notes of a kind, and each by its number."""
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
                part = relation.target_part
                notes = parse_xml(part.blob).iter(f"{_WORD}{kind}")
                return part, {note.get(f"{_WORD}id", ""): note for note in notes}
        return None, {}

    def _paragraph(self, paragraph: Any, part: Any) -> None:
        start = self._writer.length
        self._inside(paragraph, part)
        if any(name in self._style_of(paragraph) for name in _QUOTE_STYLES):
            self._writer.block(start)
        self._writer.write("\n")

    def _style_of(self, paragraph: Any) -> str:
        from docx.text.paragraph import Paragraph

        style = Paragraph(paragraph, self._document._body).style
        return (style.name or "").lower() if style is not None else ""

    def _inside(self, element: Any, part: Any) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
                continue
            match child.tag.removeprefix(_WORD):
                case "t":
                    self._write(child.text or "")
                case "footnoteReference" | "endnoteReference" as tag:
                    self._note(tag.removesuffix("Reference"), child)
                case "fldChar" | "instrText":
                    self._part_of_field(child)
                case "hyperlink" | "fldSimple":
                    self._linked(child, part)
                case _:
                    self._write(_SIGNS.get(child.tag, ""))
                    self._inside(child, part)

    def _linked(self, element: Any, part: Any) -> None:
        start = self._writer.length
        self._inside(element, part)
        relation = part.rels.get(element.get(_RELATED, ""))
        if relation is not None and relation.is_external:
            self._writer.link(start, relation.target_ref)
        elif found := _FIELD.match(element.get(f"{_WORD}instr", "")):
            self._writer.link(start, found[1])

    def _write(self, text: str) -> None:
        self._writer.write(text)
        if self._writer.length > MOST_DRAFT_CHARACTERS:
            raise UnreadableDraft("This draft is longer than a million characters. Check it in parts.")

    def _note(self, kind: str, reference: Any) -> None:
        """A note stands in round brackets where it is called first."""
        part, notes = self._notes[kind]
        note = notes.pop(reference.get(f"{_WORD}id", ""), None)
        if note is None:
            return
        self._write(" (")
        for paragraph in note.iter(f"{_WORD}p"):
            self._inside(paragraph, part)
            self._write(" ")
        self._write(")")

    def _part_of_field(self, element: Any) -> None:
        """A link may be a field: begin, its address, separate, its words, end."""
        if element.tag == f"{_WORD}instrText":
            if self._field:
                self._field[-1] += element.text or ""
            return
        match element.get(f"{_WORD}fldCharType"):
            case "begin":
                self._field.append("")
                self._begun.append(self._writer.length)
            case "separate" if self._begun:
                self._begun[-1] = self._writer.length
            case "end" if self._field:
                start = self._begun.pop()
                if found := _FIELD.match(self._field.pop()):
                    self._writer.link(start, found[1])


def _check_packed(content: bytes) -> None:
    """A file of a few bytes may unpack to more than there is room for: asked before anything is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDraft from error
    parsed = sum(one.file_size for one in members if one.filename.lower().endswith((".xml", ".rels")))
    unpacked = sum(one.file_size for one in members)
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED_BYTES or parsed > _MOST_XML_BYTES:
        raise UnreadableDraft("This file unpacks to more than a draft can be.")
    if not any(one.filename == "word/document.xml" for one in members):
        raise UnreadableDraft("This is a packed file, but no DOCX.")
