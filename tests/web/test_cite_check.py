"""``/cite/check``: a draft goes in, a verdict for each quotation comes out, and nothing is kept."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from flask import Flask

from archive.models import Citation, Document
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.draft_verdicts import Verdict
from archive.rules.statuses import Role, Visibility
from archive.services import draft_check, draft_pages, passages
from archive.services.citations import cite_passage
from archive.services.indexing import bring_index_up_to_date
from tests.factories import NOON, make_document
from tests.visitors import Visitor

PAGES = (
    "The program is voluntary.\nCounties may opt out of it by letter.\nHe said “nobody asked” in May.",
    "They must ask before the first of June.\nNobody has asked so far.",
)
CITED = "Counties may opt out of it by letter."


@pytest.fixture
def document(parts: Parts) -> Document:
    with parts.database.transaction() as session:
        made = make_document(session, parts.storage, title="Opt-out memo", pages=PAGES)
    bring_index_up_to_date(parts.database, parts.engine)
    return made


@pytest.fixture
def citation(parts: Parts, document: Document) -> Citation:
    with parts.database.transaction() as session:
        return cite_passage(session, document.id, 1, CITED, viewer=READER, at=NOON)


def rows_of(client: Visitor, draft: str | bytes, name: str = "") -> list[dict[str, str]]:
    data: dict[str, object] = {"as": "csv"}
    if isinstance(draft, bytes):
        data["file"] = (io.BytesIO(draft), name)
    else:
        data["draft"] = draft
    answer = client.post("/cite/check", data=data)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def verdict(client: Visitor, draft: str) -> str:
    (row,) = rows_of(client, draft)
    return row["verdict"].replace(" ", "_")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Counties may opt out of it by letter", Verdict.STANDS),
        ("[c]ounties may opt-out ... by letter,", Verdict.STANDS),
        ("may opt out", Verdict.STANDS),
        ("He said ‘nobody asked’ in May", Verdict.OUTSIDE),
        ("Counties may not opt out of it by letter", Verdict.DIFFERS),
        ("Counties may opt out of it by phone", Verdict.DIFFERS),
        ("ounties may opt out of it by letter", Verdict.DIFFERS),
        ("The program is voluntary", Verdict.OUTSIDE),
        ("They must ask before the first of June", Verdict.ELSEWHERE),
    ],
)
def test_a_quotation_with_a_citation(
    client: Visitor, citation: Citation, quote: str, expected: Verdict
) -> None:
    draft = f"The memo says “{quote}” (http://localhost/cite/{citation.id})."
    assert verdict(client, draft) == expected
    assert verdict(client, f'<p>It says <a href="/cite/{citation.id}">“{quote}”</a>.</p>') == expected


def test_a_quotation_with_the_address_of_a_page_or_document(client: Visitor, document: Document) -> None:
    page = f"http://localhost/documents/{document.id}/pages/1"
    assert verdict(client, f"“The program is voluntary,” she said ({page}).") == Verdict.STANDS
    assert verdict(client, f"“The program is mandatory,” she said ({page}).") == Verdict.DIFFERS
    assert verdict(client, f"“Nobody has asked so far,” she said ({page}).") == Verdict.ELSEWHERE
    whole = f"http://localhost/documents/{document.id}"
    assert verdict(client, f"“Nobody has asked so far,” she said ({whole}).") == Verdict.STANDS
    assert verdict(client, f"See {page}.") == Verdict.HOLDS
    assert verdict(client, f"See http://localhost/documents/{document.id}/pages/9.") == Verdict.UNKNOWN


def test_capitals_that_differ_are_told(client: Visitor, document: Document, citation: Citation) -> None:
    for address in (f"/cite/{citation.id}", f"/documents/{document.id}/pages/1"):
        (row,) = rows_of(client, f"“Counties MAY opt out of it” ({address})")
        assert (row["verdict"], "Some capital letters differ." in row["what was found"]) == ("stands", True)
        (row,) = rows_of(client, f"“counties may opt out of it” ({address})")
        assert "capital" not in row["what was found"], "its first letter is that of the draft's sentence"


def test_a_link_to_another_site_is_told(client: Visitor, citation: Citation) -> None:
    (row,) = rows_of(client, f"“{CITED}” (https://archive.example/cite/{citation.id})")
    assert row["verdict"] == "other site"
    assert "leads to archive.example, not here." in row["what was found"]
    (row,) = rows_of(client, "See https://archive.example/cite/aaaaaaaaaaaaaaaa.")
    assert row["verdict"] == "other site"
    assert "not in this archive" in row["what was found"]
    assert verdict(client, f"“Nobody wrote this” (https://archive.example/cite/{citation.id})") == "differs"


def test_words_far_into_a_document_are_found(
    client: Visitor, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (passages, draft_pages):
        monkeypatch.setattr(module, "PAGES_AROUND", 2)  # two hundred, but a test need not make as many
    pages = [f"Nothing is on page {number}." for number in range(1, 13)]
    pages[4], pages[11] = "The sheriff signed it here.", "The clerk signed it there."
    with parts.database.transaction() as session:
        long = make_document(session, parts.storage, title="Long", pages=tuple(pages))
    for words, page in (("The sheriff signed it", 5), ("The clerk signed it", 12)):
        (row,) = rows_of(client, f"“{words}” (/documents/{long.id})")
        assert (row["verdict"], row["source"]) == ("stands", f"Long, page {page}")
    assert verdict(client, f"“The mayor signed it” (/documents/{long.id})") == Verdict.DIFFERS


def test_a_long_quotation_without_a_link_is_compared_to_its_end(client: Visitor, parts: Parts) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    with parts.database.transaction() as session:
        make_document(session, parts.storage, title="Long", pages=(words,))
    bring_index_up_to_date(parts.database, parts.engine)
    for quote, source in (
        (words, "Long, page 1"),
        (words.replace("word55", "wrong"), ""),
        ("word1 word2 ... word9 word10 word11", "Long, page 1"),
        ("word9 word10 word11 ... word1 word2", ""),
    ):
        (row,) = rows_of(client, f"“{quote}”")
        assert (row["verdict"], row["source"]) == ("not linked", source)


def test_checking_very_often_is_refused(
    client: Visitor, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_check, "MOST_BY_A_READER", 2)
    answers = [client.post("/cite/check", data={"draft": "“one two three four”"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "one two three four" in answers[-1].text, "what was pasted is still in the field"


def test_a_quotation_without_a_link_is_looked_for(client: Visitor, document: Document) -> None:
    (row,) = rows_of(client, "It is said that “nobody has asked so far” about it.")
    assert row["verdict"] == "not linked"
    assert row["source"] == "Opt-out memo, page 2"
    (row,) = rows_of(client, "It is said that “the moon is made of cheese” here.")
    assert row["source"] == ""


def test_what_differs_is_shown_word_by_word(client: Visitor, citation: Citation) -> None:
    draft = f"“Counties may never opt out of it by letter” (/cite/{citation.id})"
    page = client.post("/cite/check", data={"draft": draft})
    assert '<ins><span class="visually-hidden">in the draft only: </span>never</ins>' in page.text
    assert "0 of 1 quotations stand as written." in page.text


def test_ocr_is_near_and_says_so(client: Visitor, parts: Parts) -> None:
    with parts.database.transaction() as session:
        scan = make_document(
            session, parts.storage, title="Scan", pages=("Tbe memo was signed by the sheriff",), source="ocr"
        )
    draft = f"“The memo was signed by the sheriff” (/documents/{scan.id}/pages/1)"
    assert verdict(client, draft) == Verdict.NEAR
    assert "read by OCR" in client.post("/cite/check", data={"draft": draft}).text


def test_hidden_and_withdrawn_documents(
    app: Flask, client: Visitor, parts: Parts, document: Document, citation: Citation
) -> None:
    draft = f"“{CITED}” (/cite/{citation.id})"
    with parts.database.transaction() as session:
        row = session.get_one(Document, document.id)
        row.visibility = Visibility.MEMBERS
    assert verdict(client, draft) == Verdict.UNKNOWN
    member = app.test_client()
    assert isinstance(member, Visitor)
    member.sign_in(parts.database, Role.MEMBER, "m@example.org")
    assert verdict(member, draft) == Verdict.STANDS
    with parts.database.transaction() as session:
        row = session.get_one(Document, document.id)
        row.visibility, row.withdrawn_at, row.published_at = Visibility.WITHDRAWN, NOON, NOON
        row.withdrawn_reason = "Asked for by the county."
    (said,) = rows_of(client, draft)
    assert said["verdict"] == "withdrawn"
    assert "Asked for by the county." in said["what was found"]
    assert "Opt-out" not in said["source"]


def word_file(citation: Citation) -> bytes:
    word = WordDocument()
    word.add_paragraph(f"Bare: “The program is voluntary” /cite/{citation.id}")
    paragraph = word.add_paragraph("They wrote that ")
    link = OxmlElement("w:hyperlink")
    address = f"http://localhost/cite/{citation.id}"
    link.set(qn("r:id"), word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "“counties may opt out”"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    word.add_paragraph("Counties may opt out of it by letter.", style="Quote")
    word.add_paragraph(f"(http://localhost/cite/{citation.id})")
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def test_a_word_file_with_links_behind_words(client: Visitor, citation: Citation) -> None:
    rows = rows_of(client, word_file(citation), "draft.docx")
    assert [row["verdict"] for row in rows] == ["outside", "stands", "stands"]


def test_the_report_can_be_asked_for_again_in_another_form(client: Visitor, citation: Citation) -> None:
    page = client.post(
        "/cite/check",
        data={"file": (io.BytesIO(word_file(citation)), "d.docx")},
        content_type="multipart/form-data",
    ).text
    start = page.index("hidden aria-hidden")
    draft = page[page.index(">", start) + 1 : page.index("</textarea>", start)]
    again = draft.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&")
    assert [row["verdict"] for row in rows_of(client, again)] == ["outside", "stands", "stands"]
    text = client.post("/cite/check", data={"draft": again, "as": "txt"}).text
    assert "2 of 3 quotations stand as written." in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"PK\x03\x04nonsense", "could not be read"),
        (b"\x00\x01\x02", "could not be read"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b"", "There is nothing to check"),
    ],
)
def test_files_that_are_no_drafts(client: Visitor, content: bytes, sentence: str) -> None:
    answer = client.post("/cite/check", data={"file": (io.BytesIO(content), "draft.docx")})
    assert answer.status_code == 400
    assert sentence in answer.text


def test_what_is_pasted_cannot_become_markup(client: Visitor, document: Document) -> None:
    draft = "“<script>alert(1)</script> four words here” </textarea><img src=x onerror=alert(1)>"
    page = client.post("/cite/check", data={"draft": draft}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_too_many_quotations_are_refused(client: Visitor) -> None:
    draft = "\n".join(f"“these are four words {number}” here" for number in range(201))
    answer = client.post("/cite/check", data={"draft": draft})
    assert answer.status_code == 400
    assert "200" in answer.text


def test_a_formula_is_no_formula_in_the_csv(client: Visitor) -> None:
    (row,) = rows_of(client, "“=HYPERLINK and three more words” here")
    assert row["quotation"].startswith("'=")
