"""Lists of citations as files: in order, readable by the programs that people use, and harmless."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import docx
import pytest
import rispy  # type: ignore[import-untyped]  # it has no types

from archive.exports.citation_list_parts import cited_pages, table_of_authorities
from archive.exports.citation_lists import LIST_FORMS, CitationList, ListEntry, list_form_by_id
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind
from tests.exports.cited_kinds import KINDS

MEMO = KINDS["memo with author"]
NASTY = (
    "=cmd|' /C calc'!A0",
    "# [x](javascript:alert(1)) `y` <script>alert(1)</script>",
    "A\x00\x0b\x1b\ud800\ufffe\u202eB",
    "line\r\nER  - \r\nTY  - BOOK",
    "]]></w:t><w:br/>&amp; {\\field{HYPERLINK}}",
    "- a list\n1. a number\n+ more\n---",
)


def listed(*entries: ListEntry, title: str = "A list", introduction: str = "") -> CitationList:
    return CitationList(
        title,
        entries,
        "https://archive.example/cite/list?id=abcdefghijklmnop",
        "Bay Counties Reading Room",
        datetime(2026, 11, 2, tzinfo=UTC),
        introduction,
        "1 passage is not shown: withdrawn.",
    )


def written(form: str, value: CitationList) -> bytes:
    return list_form_by_id(form).write(value)


def lines_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def kinds() -> list[ListEntry]:
    return [
        ListEntry(replace(source, document_id=f"{number:012}", citation_id=f"{number:016}"), "", "Matches")
        for number, source in enumerate(KINDS.values())
    ]


def test_authorities_stand_under_their_kind_in_the_order_of_the_alphabet() -> None:
    table = table_of_authorities(kinds())
    assert [name for name, _ in table] == [
        "Agency Memoranda and Letters",
        "E-mail",
        "Resolutions",
        "Other Records",
    ]
    for _, authorities in table:
        texts = [authority.text.casefold() for authority in authorities]
        assert texts == sorted(texts)
    court = replace(MEMO, kind=DocumentKind.COURT_PAPER)
    assert table_of_authorities([ListEntry(court)])[0][0] == "Court Papers"
    assert table_of_authorities([ListEntry(replace(MEMO, kind=None))])[0][0] == "Other Records"


def test_a_record_stands_once_with_the_pages_that_are_cited() -> None:
    entries = [ListEntry(replace(MEMO, page_number=page)) for page in (9, 2, 4, 2)]
    entries.append(ListEntry(replace(MEMO, page_number=4, last_page_number=5)))
    ((_, (authority,)),) = table_of_authorities(entries)
    assert authority.pages == "2, 4, 5, 9"
    assert "at 9" not in authority.text
    assert "Bates" not in authority.text
    assert authority.after.endswith(f"{MEMO.document_address}.")
    assert cited_pages(set(range(1, 6))) == "1, 2, 3, 4, 5"
    assert cited_pages(set(range(1, 7))) == "passim"


def test_the_table_has_dots_before_the_pages_and_titles_in_italics() -> None:
    document = docx.Document(io.BytesIO(written("docx", listed(ListEntry(MEMO, "", "Matches")))))
    (line,) = [one for one in document.paragraphs if "\t" in one.text]
    assert line.text.endswith("\t2")
    (stop,) = line.paragraph_format.tab_stops
    assert "DOTS" in str(stop.leader)
    assert [run.text for run in line.runs if run.italic] == [MEMO.title]


def test_a_word_file_has_each_passage_with_hash_note_and_a_link() -> None:
    data = written("docx", listed(ListEntry(MEMO, "First line\nSecond line", "Matches"), introduction="Why"))
    said = lines_of(data)
    for line in (f"\u201c{MEMO.words}\u201d", "Note: First line", "Second line", "Why", "A list"):
        assert line in said
    assert f"Matches. SHA-256 of the file: {MEMO.sha256}. {MEMO.address}" in said
    assert "1 passage is not shown: withdrawn." in said
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert relations.count(f'Target="{MEMO.address}"') == 1


def test_markdown_has_the_quotation_the_note_and_the_hash() -> None:
    said = written("md", listed(ListEntry(MEMO, "1. My *note*", "Matches"))).decode()
    assert f"> {MEMO.words}" in said
    assert "\n\n1\\. My \\*note\\*\n\n" in said
    assert f"`{MEMO.sha256}`. Matches." in said


def test_a_spreadsheet_has_a_row_a_passage() -> None:
    data = written("csv", listed(*kinds())).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert [row["Number"] for row in rows] == [str(number + 1) for number in range(len(KINDS))]
    assert rows[0]["SHA-256"] == MEMO.sha256
    assert rows[2]["Last page"] == "3"


def test_reference_managers_read_every_record_and_note() -> None:
    entries = [replace(entry, note=f"Note {number}") for number, entry in enumerate(kinds())]
    records = rispy.loads(written("ris", listed(*entries)).decode())
    assert [record["id"] for record in records] == [entry.source.citation_id for entry in entries]
    assert [record["notes"][-1] for record in records] == [entry.note for entry in entries]


def nasty_lists() -> Iterator[CitationList]:
    for text in NASTY:
        source: CitedSource = replace(
            MEMO, title=text, words=text, sender=text, agency=text, bates=text, production=text
        )
        yield listed(ListEntry(source, text, "Matches"), title=text, introduction=text)


@pytest.mark.parametrize("value", list(nasty_lists()), ids=range(len(NASTY)))
def test_whatever_people_write_is_text_and_nothing_else(value: CitationList) -> None:
    data = written("docx", value)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
        body = archive.read("word/document.xml").decode()
    assert "<w:fldSimple" not in body
    assert "<w:instrText" not in body
    assert len(re.findall("<w:hyperlink ", body)) == 2
    (record,) = rispy.loads(written("ris", value).decode())
    assert record["type_of_reference"] == "RPRT"
    rows = list(csv.reader(io.StringIO(written("csv", value).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in rows[1])
    for line in written("md", value).decode().splitlines():
        bare = line.lstrip("> ")
        assert not re.match(r"[-+] |\d+[.)] |---|===", bare), line
        assert not re.search(r"(?<!\\)<script|(?<!\\)\[x|(?<!\\)`y", bare), line


def test_an_empty_list_is_a_file_too() -> None:
    for form in LIST_FORMS:
        assert isinstance(written(form.id, listed()), bytes)
