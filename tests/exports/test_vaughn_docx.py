"""An index of withheld records as a Word file."""

from __future__ import annotations

import io
import time

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches

from archive.exports.vaughn_docx import VaughnTable, write_vaughn_docx
from archive.rules.vaughn_columns import headings
from tests.factories import NOON


def table_of(*rows: tuple[str, ...]) -> VaughnTable:
    return VaughnTable(
        "ICE FOIA 10-2674",
        "For the court.\n\nSecond.",
        headings(),
        rows,
        "Reading Room",
        "https://a.example/vaughn/1",
        NOON,
    )


def row(number: int, **cells: str) -> tuple[str, ...]:
    return (str(number), *(cells.get(f"c{column}", f"r{number}c{column}") for column in range(1, 11)))


def test_the_table_is_on_landscape_paper_and_its_head_on_every_page() -> None:
    document = docx.Document(io.BytesIO(write_vaughn_docx(table_of(row(1), row(2)))))
    section = document.sections[0]
    assert (section.page_width, section.page_height) == (Inches(11), Inches(8.5))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(headings())
    assert [cell.text for cell in table.rows[2].cells] == list(row(2))
    heads = [one._tr.trPr.find(qn("w:tblHeader")) is not None for one in table.rows]
    assert heads == [True, False, False]
    assert sum(cell.width.inches for cell in table.rows[1].cells if cell.width) == pytest.approx(9.5)
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said == [
        "ICE FOIA 10-2674",
        "For the court.",
        "Second.",
        "Reading Room, 2 November 2026: https://a.example/vaughn/1",
    ]


def test_what_looks_like_markup_or_a_control_character_stays_text() -> None:
    odd = row(1, c5="<b>&amp;\x0b\x00 {PAGE}", c10="two\nlines")
    (table,) = docx.Document(io.BytesIO(write_vaughn_docx(table_of(odd)))).tables
    cells = [cell.text for cell in table.rows[1].cells]
    assert "<b>&amp;" in cells[5]
    assert "{PAGE}" in cells[5]
    assert cells[10] == "two\nlines"


def test_a_thousand_rows_are_written_within_seconds() -> None:
    began = time.monotonic()
    write_vaughn_docx(table_of(*(row(number) for number in range(1000))))
    assert time.monotonic() - began < 10
