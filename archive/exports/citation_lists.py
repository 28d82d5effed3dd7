"""A list of cited passages as a file: Markdown, CSV, RIS, and a table of authorities (DOCX)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.exports.citation_list_docx import write_docx
from archive.exports.citation_list_parts import CitationList, ListEntry
from archive.exports.citation_styles import format_citation, style_by_id
from archive.exports.cite_markup import markdown_text
from archive.exports.cite_words import bates_pages, kind_words, one_line
from archive.exports.spreadsheets import csv_chunks

__all__ = ["LIST_FORMS", "CitationList", "ListEntry", "ListForm", "ListFormNotFound", "list_form_by_id"]

# What begins a list, a rule or a heading in Markdown where a line begins.
_BEGINS_A_BLOCK = re.compile(r"^(\d{1,9})([.)])|^([-+])")
_COLUMNS = (
    "Number", "Words", "Title", "Agency", "Kind", "Date", "First page", "Last page", "Bates", "Production",
    "Request", "State", "Note", "Citation", "Document", "SHA-256", "Read by OCR",
)  # fmt: skip


class ListFormNotFound(ArchiveError):
    code = "list_form_not_found"
    sentence = "A list cannot be had in this form."
    help = "There are: md, csv, ris, docx."
    status = 404


@dataclass(frozen=True, slots=True)
class ListForm:
    """A kind of file. ``id`` is its extension; ``name`` stands on the button."""

    id: str
    name: str
    media_type: str
    write: Callable[[CitationList], bytes]


def list_form_by_id(form_id: str) -> ListForm:
    """The kind of file with this extension. Raises ``ListFormNotFound``."""
    try:
        return _BY_ID[form_id]
    except KeyError:
        raise ListFormNotFound from None


def write_markdown(listed: CitationList) -> bytes:
    """CommonMark: what is introduced, then each passage as a quotation with its source, hash and note."""
    blocks = [f"# {_line(listed.title)}", *_paragraphs(listed.introduction)]
    for number, entry in enumerate(listed.entries, 1):
        blocks.append(f"## {number}")
        blocks.append(format_citation(style_by_id("markdown"), entry.source).text.rstrip("\n"))
        blocks += _paragraphs(entry.note)
        blocks.append(f"File SHA-256: `{entry.source.sha256}`. {_line(entry.state_name)}.")
    blocks += [_line(listed.not_shown)] if listed.not_shown else []
    blocks.append(f"{_line(listed.archive_name)}, {listed.day}: <{listed.address}>")
    return _encoded("\n\n".join(blocks) + "\n")


def write_csv(listed: CitationList) -> bytes:
    """One row a passage; no cell is a formula."""
    return b"".join(csv_chunks([_COLUMNS, *_rows(listed.entries)]))


def write_ris(listed: CitationList) -> bytes:
    """One record a passage; the note is one of the notes (N1) that reference managers show."""
    return _encoded("".join(map(_ris, listed.entries)))


def _ris(entry: ListEntry) -> str:
    said = format_citation(style_by_id("ris"), entry.source).text
    note = one_line(entry.note)
    if not note:
        return said
    head, end, rest = said.rpartition("ER  - ")
    return f"{head}N1  - {note}\r\n{end}{rest}"


def _rows(entries: Sequence[ListEntry]) -> Iterator[Sequence[object]]:
    for number, entry in enumerate(entries, 1):
        source = entry.source
        texts = (
            source.words,
            source.title,
            source.agency,
            kind_words(source),
            source.dated_on.isoformat() if source.dated_on else "",
            source.page_number,
            source.last_page_number or source.page_number,
            bates_pages(source),
            source.production,
            source.tracking_number,
            entry.state_name,
            entry.note,
            source.address,
            source.document_address,
            source.sha256,
            "yes" if source.is_ocr else "no",
        )
        yield (number, *(one_line(text) if isinstance(text, str) else text for text in texts))


def _paragraphs(text: str) -> list[str]:
    """What a person wrote, line by line: a mark that begins a list or a heading is only a mark."""
    return [said for line in text.splitlines() if (said := _line(line))]


def _line(text: str) -> str:
    said = markdown_text(one_line(text))
    return _BEGINS_A_BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", said)


def _encoded(text: str) -> bytes:
    # Text from files may hold half of a surrogate pair, which UTF-8 cannot.
    return text.encode("utf-8", "replace")


LIST_FORMS: tuple[ListForm, ...] = (
    ListForm(
        "docx",
        "Table of authorities (Word)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write_docx,
    ),
    ListForm("md", "Markdown", "text/markdown; charset=utf-8", write_markdown),
    ListForm("csv", "Spreadsheet (CSV)", "text/csv; charset=utf-8; header=present", write_csv),
    ListForm(
        "ris", "Reference manager (RIS)", "application/x-research-info-systems; charset=utf-8", write_ris
    ),
)
_BY_ID = {form.id: form for form in LIST_FORMS}
