"""An index of withheld records as a Word file: one table on landscape paper, its head on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Inches, Pt

from archive.exports.cite_words import one_line

_FONT = "Times New Roman"  # what court rules ask for, and every machine has it or its like
# Of the 9.5 inches between the margins, column by column: the number first, the note last.
_WIDTHS = (0.35, 1.0, 0.8, 0.85, 0.85, 1.35, 0.6, 1.25, 0.75, 0.85, 0.85)
_HALF_POINTS = "16"  # 8 points


@dataclass(frozen=True, slots=True)
class VaughnTable:
    """An index as it goes out: texts alone, ``rows`` as long as ``headings``."""

    title: str
    introduction: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    archive_name: str
    address: str
    made_at: datetime


def write_vaughn_docx(table: VaughnTable) -> bytes:
    """The index as a Word file. Texts are texts: nothing in them is a field, a link or markup."""
    document = docx.Document()
    _set_up(document, table)
    document.add_heading(one_line(table.title), level=0)
    for line in table.introduction.splitlines():
        if said := one_line(line):
            document.add_paragraph(said)
    _add_table(document, table)
    day = f"{table.made_at.day} {table.made_at:%B %Y}"
    document.add_paragraph(f"{one_line(table.archive_name)}, {day}: {one_line(table.address)}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: DocxDocument, table: VaughnTable) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = Inches(0.75)
    section.top_margin = section.bottom_margin = Inches(0.75)
    for name, points in (("Normal", 10), ("Title", 16)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(points), None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # the theme's fonts would win over the name
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)
    facts = document.core_properties
    facts.title, facts.author = one_line(table.title)[:255], one_line(table.archive_name)[:255]
    facts.created = facts.modified = table.made_at.replace(tzinfo=None)
    facts.comments = ""


def _add_table(document: DocxDocument, table: VaughnTable) -> None:
    drawn = document.add_table(rows=0, cols=len(table.headings), style="Table Grid")
    drawn.autofit = False
    for column, width in zip(drawn.columns, _WIDTHS, strict=True):
        column.width = Inches(width)
    _add_row(drawn._tbl, table.headings, is_head=True)
    for row in table.rows:
        _add_row(drawn._tbl, row)


def _add_row(table: CT_Tbl, texts: Sequence[str], *, is_head: bool = False) -> None:
    """Made of its elements: through the library's cells a thousand rows take ten seconds. No row is broken
    over two pages, and the head stands on every page."""
    row = _below(table, "w:tr")
    facts = _below(row, "w:trPr")
    _below(facts, "w:cantSplit")
    if is_head:
        _below(facts, "w:tblHeader")
    for text, width in zip(texts, _WIDTHS, strict=True):
        cell = _below(row, "w:tc")
        _below(_below(cell, "w:tcPr"), "w:tcW", w=str(Inches(width).twips), type="dxa")
        run = _below(_below(cell, "w:p"), "w:r")
        look = _below(run, "w:rPr")
        if is_head:
            _below(look, "w:b")
        _below(look, "w:sz", val=_HALF_POINTS)
        for number, line in enumerate(filter(None, map(one_line, text.splitlines()))):
            if number:
                _below(run, "w:br")
            _below(run, "w:t").text = line


def _below(parent: Any, tag: str, **facts: str) -> Any:
    """A new element at the end of ``parent``."""
    made = OxmlElement(tag, attrs={qn(f"w:{name}"): value for name, value in facts.items()})
    parent.append(made)
    return made
