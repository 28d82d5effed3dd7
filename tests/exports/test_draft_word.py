"""Drafts out of Word: what stands there once changes are accepted; what a file claims is not believed."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archive.exports.draft_files import read_draft
from archive.rules.draft_text import DraftText, UnreadableDraft

A, B = "https://archive.example/cite/aaaaaaaaaaaaaaaa", "https://archive.example/cite/bbbbbbbbbbbbbbbb"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def drafted(inside: str, *, kind: str = "p", notes: str = "") -> DraftText:
    """A Word file with one paragraph or table, given as the XML in it."""
    word = Document()
    word.element.body.insert(0, parse_xml(f"<w:{kind} {nsdecls('w', 'r')}>{inside}</w:{kind}>"))
    if notes:
        blob = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, word.part.package)
        word.part.relate_to(part, KIND.FOOTNOTES)
    file = io.BytesIO()
    word.save(file)
    return read_draft(file.getvalue())


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_a_footnote_stands_where_it_is_called() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2"><w:p>{run(f"See {A}.")}</w:p></w:footnote>'
    draft = drafted(run("It says “one two.”") + call + run(" And more."), notes=note)
    assert f"“one two.” (See {A}. ) And more." in draft.text
    assert [link.address for link in draft.links] == [A]


def test_a_footnote_that_is_called_again_and_again_is_said_once() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>' * 1000
    note = f'<w:footnote w:id="2"><w:p>{run("words " * 1000)}</w:p></w:footnote>'
    assert len(drafted(call, notes=note).text) < 10_000


def test_tracked_changes_are_read_as_accepted() -> None:
    struck = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    draft = drafted(run("a ") + struck + f"<w:ins>{run('new')}</w:ins>")
    assert draft.text.strip() == "a new"


def test_links_in_fields_are_links() -> None:
    simple = f"<w:fldSimple w:instr=' HYPERLINK \"{A}\" '>{run('one')}</w:fldSimple>"
    long = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText> HYPERLINK "{B}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("two")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    draft = drafted(simple + run(" and ") + long)
    assert [(draft.text[link.start : link.end], link.address) for link in draft.links] == [
        ("one", A),
        ("two", B),
    ]


def test_a_cell_that_claims_to_span_a_billion_columns_is_one_cell() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p>{run("in a table")}</w:p></w:tc>'
    assert drafted(f"<w:tr>{cell}</w:tr>", kind="tbl").text.strip() == "in a table"


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in members.items():
            writer.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed(word__document_xml=b" " * 25_000_000),
        packed(word__document_xml=b"<a/>", picture=b"\0" * 70_000_000),
        packed(**{f"member{number}": b"" for number in range(2_001)}, word__document_xml=b"<a/>"),
        packed(some__other_xml=b"<a/>"),
        packed(word__document_xml=b"<a/>"),
    ],
    ids=["much XML", "much of all", "many members", "no document", "no DOCX"],
)
def test_packed_files_that_are_no_drafts_are_refused(content: bytes) -> None:
    assert len(content) < 5_000_000
    with pytest.raises(UnreadableDraft):
        read_draft(content)


def test_a_file_outside_is_never_read() -> None:
    word = io.BytesIO()
    Document().save(word)
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(word) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "word/document.xml":
                text = "<w:p><w:r><w:t>a &e; b</w:t></w:r></w:p>"
                body = f"<w:document {nsdecls('w')}><w:body>{text}</w:body></w:document>"
                content = entity + body.encode()
            new.writestr(member.filename, content)
    try:
        text = read_draft(file.getvalue()).text
    except UnreadableDraft:
        return
    assert "root:" not in text
