"""A table of authorities as briefs have it, and the passages after it, as a Word file.

The records stand under their kind, each with the pages that are cited, after dots, at the right margin.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from archive.exports.citation_list_parts import Authority, CitationList, ListEntry, table_of_authorities
from archive.exports.citation_styles import format_citation, style_by_id
from archive.exports.cite_words import cleaned, one_line, web_address

_TEXT_WIDTH = Inches(6.5)  # letter paper with an inch on each side
_FONT = "Times New Roman"  # what court rules ask for, and every machine has it or its like


def write_docx(listed: CitationList) -> bytes:
    """The list as a Word file. Texts are texts: nothing in them is a field, a link or markup."""
    document = docx.Document()
    _set_up(document, listed)
    document.add_heading("Table of Authorities", level=0)
    _line(document, listed.title, centered=True, bold=True)
    for line in listed.introduction.splitlines():
        _line(document, line)
    _add_table(document, listed)
    if listed.entries:
        document.add_heading("Passages", level=1)
    for number, entry in enumerate(listed.entries, 1):
        _add_passage(document, number, entry)
    if listed.not_shown:
        _line(document, listed.not_shown)
    last = document.add_paragraph(f"{one_line(listed.archive_name)}, {listed.day}: ")
    _add_link(last, listed.address)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: DocxDocument, listed: CitationList) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Quote"):
        style: Any = document.styles[name]
        style.font.name, style.font.color.rgb = _FONT, None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # the theme's fonts would win over the name
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)
    for name, points in (("Normal", 12), ("Title", 16), ("Heading 1", 14), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.size = Pt(points)
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    facts = document.core_properties
    facts.title, facts.author = one_line(listed.title)[:255], one_line(listed.archive_name)[:255]
    facts.created = facts.modified = listed.made_at.replace(tzinfo=None)
    facts.comments = ""


def _add_table(document: DocxDocument, listed: CitationList) -> None:
    for number, (name, authorities) in enumerate(table_of_authorities(listed.entries)):
        document.add_heading(name, level=2)
        if number == 0:
            _line(document, "Pages cited", right=True)
        for authority in authorities:
            _add_authority(document, authority)


def _add_authority(document: DocxDocument, authority: Authority) -> None:
    paragraph = document.add_paragraph()
    setting = paragraph.paragraph_format
    setting.left_indent, setting.first_line_indent = Inches(0.5), Inches(-0.5)
    setting.right_indent = Inches(0.75)  # long records break before the column of pages
    setting.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    setting.keep_together = True
    paragraph.add_run(authority.before)
    paragraph.add_run(authority.title).italic = True
    paragraph.add_run(f"{authority.after}\t{authority.pages}")


def _add_passage(document: DocxDocument, number: int, entry: ListEntry) -> None:
    source = cleaned(entry.source)
    head = document.add_paragraph(f"{number}. ")
    head.add_run(format_citation(style_by_id("bluebook"), source).text)
    head.paragraph_format.keep_with_next = True
    if source.words:
        quote = document.add_paragraph(f"\u201c{source.words}\u201d")
        quote._p.style = "Quote"  # by its id: the library looks through all styles for a name, each time
    else:
        _line(document, "The page as a whole is cited.")
    for number_of_line, line in enumerate(entry.note.splitlines()):
        _line(document, line if number_of_line else f"Note: {line}")
    proof = document.add_paragraph(f"{entry.state_name}. SHA-256 of the file: {source.sha256}. ")
    _add_link(proof, source.address)
    for run in proof.runs:
        run.font.size = Pt(9)


def _line(
    document: DocxDocument, text: str, *, centered: bool = False, right: bool = False, bold: bool = False
) -> None:
    said = one_line(text)
    if not said:
        return
    paragraph = document.add_paragraph()
    paragraph.add_run(said).bold = bold
    if centered or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centered else WD_ALIGN_PARAGRAPH.RIGHT


def _add_link(paragraph: Paragraph, address: str) -> None:
    """The address, as a link when it is one of the web."""
    said = one_line(address)
    if not web_address(said):
        paragraph.add_run(said)
        return
    # The library has no function for it: a relation to the address, and a hyperlink that names it.
    relation = paragraph.part.relate_to(said, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(said)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)
