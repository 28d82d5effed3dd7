"""Letters as files: python-docx reads back what was written, PDFs say their words, LibreOffice opens them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from archive.exports.letter_docx import write_letter_docx
from archive.exports.letter_paper import LetterPaper, blocks_of, plain_letter, sides_of
from archive.exports.letter_pdf import write_letter_pdf

ARABIC = "مركز الحقوق"
HOSTILE = "<b>bold</b> & {PAGE} \x07 \u202etxt.exe\u202c =1+1"


def paper(
    text: str = "Dear FOIA Officer:\n\nI ask for:\n\n- memos\n- e-mail\n\nThank you.", **other: str
) -> LetterPaper:
    facts = {
        "letterhead": "A. Requester",
        "addressee": "FOIA Officer\nSome Agency\n[postal address or e-mail address of the office]",
        "subject": "Request for records: Opt-out records",
        "signature": "Sincerely,\n\nA. Requester\n[your postal address]",
        **other,
    }
    return LetterPaper(
        dated_on=date(2010, 8, 17), text=text, made_at=datetime(2010, 8, 17, tzinfo=UTC), **facts
    )


def words_of(pdf: bytes) -> str:
    opened = PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in opened).split())
    finally:
        opened.close()


def test_word_files_read_back_as_the_letter_they_are() -> None:
    document = docx.Document(io.BytesIO(write_letter_docx(paper())))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == [
        "A. Requester",
        "August 17, 2010",
        "FOIA Officer",
        "Some Agency",
        "[postal address or e-mail address of the office]",
        "Re: Request for records: Opt-out records",
        "Dear FOIA Officer:",
        "I ask for:",
        "-\tmemos",
        "-\te-mail",
        "Thank you.",
        "Sincerely,",
        "A. Requester",
        "[your postal address]",
    ]
    assert document.core_properties.title == "Request for records: Opt-out records"
    assert document.core_properties.language == "en-US"
    subject = document.paragraphs[5]
    assert subject.style is not None
    assert subject.style.name == "Heading 1"  # a screen reader jumps to it
    foot = document.sections[0].footer._element.xml
    assert " PAGE " in foot
    assert " NUMPAGES " in foot


def test_the_signature_never_stands_alone_on_a_page() -> None:
    document = docx.Document(io.BytesIO(write_letter_docx(paper())))
    *_, last, closing, name, address = document.paragraphs
    assert [p.paragraph_format.keep_with_next for p in (last, closing, name)] == [True, True, True]
    assert not address.paragraph_format.keep_with_next
    assert closing.paragraph_format.space_after is not None


def test_pdfs_say_the_letter_its_title_and_its_pages() -> None:
    long = "\n\n".join(f"Paragraph {n} of a long letter that says little. " * 4 for n in range(40))
    file = write_letter_pdf(paper(long))
    words = words_of(file)
    assert "Re: Request for records: Opt-out records" in words
    opened = PdfDocument(file)
    try:
        pages = len(opened)
        assert opened.get_metadata_value("Title") == "Request for records: Opt-out records"
    finally:
        opened.close()
    assert pages > 2
    assert f"Page 1 of {pages}" in words
    assert f"Page {pages} of {pages}" in words
    assert b"/Lang" in file


@pytest.mark.parametrize("write", [write_letter_docx, write_letter_pdf])
def test_a_letter_is_the_same_file_each_time_it_is_asked_for_or_says_the_same(write) -> None:  # type: ignore[no-untyped-def]  # one of two
    first, second = write(paper()), write(paper())
    if write is write_letter_pdf:
        assert first == second
    else:
        texts = [[p.text for p in docx.Document(io.BytesIO(file)).paragraphs] for file in (first, second)]
        assert texts[0] == texts[1]


def test_nothing_in_a_text_is_markup_or_turns_what_follows() -> None:
    hostile = paper(HOSTILE, letterhead=HOSTILE, addressee=HOSTILE, subject=HOSTILE, signature=HOSTILE)
    document = docx.Document(io.BytesIO(write_letter_docx(hostile)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert said.count("<b>bold</b> & {PAGE}") == 5
    words = words_of(write_letter_pdf(hostile))
    assert words.count("<b>bold</b> & {PAGE}") == 5
    for text in (said, words, plain_letter(hostile)):
        assert "\x07" not in text
        assert "\u202e" not in text


def test_names_from_the_right_are_marked_as_such_and_stay_in_order() -> None:
    name = f"{ARABIC} (Center for Rights)"
    document = docx.Document(
        io.BytesIO(write_letter_docx(paper(letterhead=name, signature=f"Sincerely,\n{name}")))
    )
    head = document.paragraphs[0]
    assert head.text == name
    assert [(run.text, bool(run.font.rtl)) for run in head.runs] == [
        (ARABIC, True),
        (" (Center for Rights)", False),
    ]
    assert head._p.pPr is not None
    assert head._p.pPr.find(qn("w:bidi")) is None  # an English letter: its head stays at the left
    whole = docx.Document(io.BytesIO(write_letter_docx(paper(f"{ARABIC} تطلب السجلات"))))
    paragraph = next(p for p in whole.paragraphs if ARABIC in p.text)
    assert paragraph._p.pPr is not None
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert write_letter_pdf(paper(f"{ARABIC} and words in English. " * 60, letterhead=name))


def test_runs_of_two_directions_are_told_apart() -> None:
    assert list(sides_of("See שלום עולם, 12.")) == [("See ", False), ("שלום עולם", True), (", 12.", False)]
    assert list(sides_of("plain")) == [("plain", False)]


def test_lines_of_a_list_are_items_and_other_lines_stay_lines() -> None:
    blocks = list(blocks_of("One\ntwo\n\n1. first\n2. second"))
    assert [(b.mark, b.text, b.ends_paragraph) for b in blocks] == [
        ("", "One", False),
        ("", "two", True),
        ("1.", "first", False),
        ("2.", "second", True),
    ]


def test_the_plain_letter_can_be_put_into_an_e_mail() -> None:
    text = plain_letter(paper())
    assert text.startswith("A. Requester\n\nAugust 17, 2010\n\nFOIA Officer\nSome Agency\n")
    assert "\n\nRe: Request for records: Opt-out records\n\nDear FOIA Officer:\n\n" in text
    assert text.endswith("Sincerely,\n\nA. Requester\n[your postal address]\n")


def test_libreoffice_opens_the_word_file(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here: the Word file is read back by python-docx alone")
    (tmp_path / "letter.docx").write_bytes(write_letter_docx(paper(letterhead=ARABIC)))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "letter.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    words = words_of((tmp_path / "letter.pdf").read_bytes())
    assert "Re: Request for records: Opt-out records" in words
    assert "Page 1 of 1" in words
