"""A letter as a Word file on letter paper, to be edited on."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from archive.exports.cite_words import one_line
from archive.exports.letter_paper import (
    Block,
    LetterPaper,
    begins_from_right,
    blocks_of,
    is_closing,
    lines_of,
    sides_of,
)

_FONT = "Times New Roman"  # every machine has it or its like
_LANGUAGE = "en-US"
_BETWEEN = Pt(10)
_HAND = Pt(40)  # room to sign


def write_letter_docx(paper: LetterPaper) -> bytes:
    """The letter as a Word file. Texts are texts: nothing in them is a field, a link or markup."""
    document = docx.Document()
    _set_up(document, paper)
    if head := one_line(paper.letterhead):
        _letterhead(document, head)
    _line(document, paper.day, after=Pt(18))
    _lines(document, paper.addressee)
    subject = _line(document, f"Re: {one_line(paper.subject)}", after=_BETWEEN, before=_BETWEEN, bold=True)
    subject.style = document.styles["Heading 1"]
    for block in blocks_of(paper.text):
        last = _block(document, block)
    last.paragraph_format.keep_with_next = True  # no signature stands alone on a page
    _signature(document, paper.signature)
    _page_numbers(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: DocxDocument, paper: LetterPaper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin = section.bottom_margin = Inches(1)
    for name, points in (("Normal", 11.5), ("Heading 1", 11.5), ("Footer", 9)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(points), None
        look = style.element.get_or_add_rPr()
        fonts = look.get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # the theme's fonts would win over the name
            if "Theme" in attribute:
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)
        language = OxmlElement("w:lang", attrs={qn("w:val"): _LANGUAGE, qn("w:bidi"): "ar-SA"})
        look.append(language)
        style.paragraph_format.line_spacing = 1.15
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    facts = document.core_properties
    facts.title, facts.author = one_line(paper.subject)[:255], one_line(paper.letterhead)[:255]
    facts.created = facts.modified = paper.made_at.replace(tzinfo=None)
    facts.comments, facts.language = "", _LANGUAGE


def _letterhead(document: DocxDocument, text: str) -> None:
    """Who writes, over a rule."""
    paragraph = _line(document, text, after=Pt(24), bold=True)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    border = OxmlElement("w:pBdr")
    rule = {"w:val": "single", "w:sz": "6", "w:space": "6", "w:color": "555555"}
    border.append(OxmlElement("w:bottom", attrs={qn(name): value for name, value in rule.items()}))
    facts: Any = paragraph._p.get_or_add_pPr()
    facts.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _block(document: DocxDocument, block: Block) -> Paragraph:
    text = f"{block.mark}\t{block.text}" if block.mark else block.text
    paragraph = _line(document, text, after=_BETWEEN if block.ends_paragraph else Pt(4))
    if begins_from_right(block.text):
        facts: Any = paragraph._p.get_or_add_pPr()
        facts.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")
    if block.mark:
        setting = paragraph.paragraph_format
        setting.left_indent, setting.first_line_indent = Inches(0.35), Inches(-0.35)
        setting.tab_stops.add_tab_stop(Inches(0.35))
    return paragraph


def _lines(document: DocxDocument, text: str) -> None:
    for line in lines_of(text):
        _line(document, line, after=Pt(0))


def _signature(document: DocxDocument, text: str) -> None:
    """Kept on one page, with room for a hand after the closing."""
    lines = [line for line in lines_of(text) if line]
    for number, line in enumerate(lines):
        closes = number == 0 and is_closing(line) and len(lines) > 1
        paragraph = _line(
            document, line, after=_HAND if closes else Pt(0), before=Pt(6) if not number else Pt(0)
        )
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1


def _line(
    document: DocxDocument, text: str, *, after: Any, before: Any = None, bold: bool = False
) -> Paragraph:
    """Names from the right stay at the left edge of an English letter: they are runs, no paragraphs."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = after
    if before is not None:
        paragraph.paragraph_format.space_before = before
    paragraph.paragraph_format.widow_control = True
    for said, from_right in sides_of(text):
        run = paragraph.add_run(said)
        run.bold = bold or None
        if from_right:
            run.font.rtl = True
            run.font.complex_script = True
            run.font.cs_bold = bold or None
    return paragraph


def _page_numbers(document: DocxDocument) -> None:
    """'Page 2 of 3' at the foot, counted by the word processor."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        run = paragraph.add_run()
        for kind, words in (("begin", ""), ("", field), ("separate", ""), ("text", "1"), ("end", "")):
            run._r.append(_field_part(kind, words))


def _field_part(kind: str, words: str) -> Any:
    if kind == "text":
        part = OxmlElement("w:t")
        part.text = words
    elif kind:
        part = OxmlElement("w:fldChar", attrs={qn("w:fldCharType"): kind})
    else:
        part = OxmlElement("w:instrText", attrs={qn("xml:space"): "preserve"})
        part.text = f" {words} "
    return part
