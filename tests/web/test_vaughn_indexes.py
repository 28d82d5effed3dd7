"""Indexes of withheld records on the site: begun, changed, printed and carried away; and who sees them."""

from __future__ import annotations

import csv
import io
import re

import docx
import pytest

from archive.models import Document, Page, VaughnEntry
from archive.parts import Parts
from archive.rules.statuses import Visibility
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument, Visit


@pytest.fixture
def memo(parts: Parts, add: MakeDocument) -> Document:
    document = add(
        index=False,
        title="Opt-out memo",
        pages=("one", "two", "three"),
        production="First release",
        bates="ICE-",
        sender="R. Brandvold",
    )
    with parts.database.transaction() as session:
        page = session.get_one(Page, (document.id, 2))
        page.claimed_codes, page.withheld_share = ["b6"], 0.3
    return document


def begin(visitor: Visitor, **fields: str) -> str:
    """Begins an index; its address."""
    answer = visitor.post("/vaughn/new", data={"title": "FOIA 10-2674", **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def row_ids(parts: Parts) -> list[int]:
    with parts.database.reading() as session:
        return [row.id for row in session.query(VaughnEntry).order_by(VaughnEntry.position)]


def test_an_index_of_a_production_says_what_is_known_and_goes_out_as_csv_and_word(
    sign: Visit, memo: Document
) -> None:
    keeper = sign("keeper")
    here = begin(keeper, production="first-release", introduction="For the <court>.")
    page = keeper.get(here).text
    for words in (
        "ICE-000001 to ICE-000003",
        "R. Brandvold",
        "(b)(6) personal privacy",
        "10%",
        "For the &lt;court&gt;.",
    ):
        assert words in page
    assert f'href="/documents/{memo.id}/pages/1"' in page
    rows = list(csv.reader(io.StringIO(keeper.get(f"{here}.csv").data.decode("utf-8-sig"))))
    assert rows[0][:3] == ["No.", "Bates numbers", "Date"]
    assert rows[1][1] == "ICE-000001 to ICE-000003"
    assert rows[1][-1].endswith(f"/documents/{memo.id}/pages/1")
    answer = keeper.get(f"{here}.docx")
    assert re.search(r'filename="foia-10-2674-2026-11-02\.docx"', answer.headers["Content-Disposition"])
    (table,) = docx.Document(io.BytesIO(answer.data)).tables
    assert "R. Brandvold" in [cell.text for cell in table.rows[1].cells]
    assert here in keeper.get("/vaughn").text


def test_a_cell_is_said_in_other_words_and_what_is_known_stays_to_be_seen(
    sign: Visit, memo: Document, parts: Parts
) -> None:
    keeper = sign("keeper")
    here = begin(keeper, pages=f"/documents/{memo.id} 2")
    (row,) = row_ids(parts)
    form = keeper.get(f"{here}?edit={row}").text
    assert 'placeholder="R. Brandvold"' in form
    saved = keeper.post(
        f"{here}/rows/{row}", data={"sender": "Counsel", "note": "Ask =again", "what": "save"}
    )
    assert saved.headers["Location"] == f"{here}#row-{row}"
    page = keeper.get(here).text
    assert '<span class="vaughn-said">Counsel</span>' in page
    assert "Ask =again" in page
    assert "R. Brandvold" not in page
    too_long = keeper.post(f"{here}/rows/{row}", data={"sender": "x" * 1001, "note": "Kept words"})
    assert too_long.status_code == 400
    assert "too long for a cell" in too_long.text
    assert "Kept words" in too_long.text


def test_rows_are_added_moved_and_taken_out_without_scripts(
    sign: Visit, memo: Document, parts: Parts
) -> None:
    keeper = sign("keeper")
    here = begin(keeper)
    keeper.post(f"{here}/rows", data={"pages": f"/documents/{memo.id} 1, 2, 3"})
    first, second, third = row_ids(parts)
    keeper.post(f"{here}/rows/{third}", data={"what": "up"})
    keeper.post(f"{here}/rows/{first}", data={"what": "remove"})
    assert row_ids(parts) == [third, second]
    wrong = keeper.post(f"{here}/rows", data={"pages": "the memo"})
    assert wrong.status_code == 400
    assert "“the memo” is not the address of a document." in wrong.text
    keeper.post(f"{here}/edit", data={"title": "Another title", "introduction": ""})
    assert '<h1 dir="auto">Another title</h1>' in keeper.get(here).text
    assert "Delete this index?" in keeper.get(f"{here}/delete").text
    assert keeper.post(f"{here}/delete").headers["Location"] == "/vaughn"
    assert keeper.get(here).status_code == 404


def test_a_document_is_put_into_an_index_from_its_own_page(sign: Visit, memo: Document, parts: Parts) -> None:
    keeper = sign("keeper")
    new = keeper.post("/vaughn/add", data={"document": memo.id, "pages": "2-3", "index": ""})
    assert new.status_code == 303
    assert f"/documents/{memo.id} 2-3" in keeper.get(new.headers["Location"]).text
    here = begin(keeper)
    number = here.rpartition("/")[2]
    added = keeper.post("/vaughn/add", data={"document": memo.id, "pages": "2-3", "index": number})
    assert added.headers["Location"] == f"{here}#row-{row_ids(parts)[0]}"
    report = keeper.get("/productions/first-release/bates").text
    assert f'<option value="{number}">FOIA 10-2674</option>' in report
    assert "/vaughn/add" not in sign("reader").get("/productions/first-release/bates").text
    keeper.post("/vaughn/add", data={"production": "first-release", "index": number})
    assert len(row_ids(parts)) == 2
    for index in ("x", "999", "9" * 30):
        assert keeper.post("/vaughn/add", data={"document": memo.id, "index": index}).status_code in (
            400,
            404,
        )


def test_an_index_is_shown_to_its_keeper_and_to_editors_alone(
    sign: Visit, memo: Document, parts: Parts
) -> None:
    here = begin(sign("keeper"), pages=memo.id)
    (row,) = row_ids(parts)
    other, editor, reader = sign("other"), sign("editor"), sign("reader")
    for path in (here, f"{here}.csv", f"{here}.docx", f"{here}/delete"):
        absent = other.get(path.replace(here, "/vaughn/999"))
        assert (other.get(path).status_code, absent.status_code) == (404, 404)
        assert other.get(path).text == absent.text.replace("/vaughn/999", here)
        assert reader.get(path).status_code == 303
    assert "FOIA 10-2674" not in other.get("/vaughn").text
    assert "FOIA 10-2674" in editor.get("/vaughn").text
    assert "Take out" not in editor.get(here).text
    for path in (f"{here}/rows/{row}", f"{here}/delete", f"{here}/edit", f"{here}/rows"):
        form = {"what": "remove", "title": "x", "pages": memo.id}
        assert other.post(path, data=form).status_code == 404
        assert editor.post(path, data=form).status_code == 403
    assert row_ids(parts) == [row]


def test_nothing_of_a_record_that_was_hidden_is_told_by_an_index(
    sign: Visit, memo: Document, add: MakeDocument, parts: Parts
) -> None:
    keeper = sign("keeper")
    here = begin(keeper, pages=memo.id)
    (row,) = row_ids(parts)
    keeper.post(f"{here}/rows/{row}", data={"sender": "Zqsaid", "note": "Zqnote"})
    with parts.database.transaction() as session:
        session.get_one(Document, memo.id).visibility = Visibility.HELD
    word = docx.Document(io.BytesIO(keeper.get(f"{here}.docx").data)).tables[0]
    told = [
        keeper.get(here).text,
        keeper.get(f"{here}?edit={row}").text,
        keeper.get(f"{here}.csv").text,
        " ".join(cell.text for line in word.rows for cell in line.cells),
    ]
    for text in told:
        assert "This record is not here any more, or not for you to see." in text
        assert not re.search(f"Zqsaid|Zqnote|Opt-out memo|Brandvold|ICE-0|{memo.id}", text)
    hidden = add(index=False, title="Zqheld", visibility=Visibility.HELD, production="Zqproduction")
    refused = keeper.post("/vaughn/new", data={"title": "x", "pages": hidden.id})
    assert refused.status_code == 400
    assert "Zqheld" not in refused.text
    assert "Zqproduction" not in keeper.get("/vaughn/new").text
