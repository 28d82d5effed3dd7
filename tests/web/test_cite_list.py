"""A reader's list: what is in the address, in its order, and nothing that is hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import docx
import pytest
import rispy  # type: ignore[import-untyped]  # it has no types
from flask.testing import FlaskClient

from archive.models import Citation, Document
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.statuses import Role, Visibility
from archive.services.citations import cite_passage
from tests.factories import NOON

FORMS = ("md", "csv", "ris", "docx")
EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")
Cite = Callable[..., str]


@pytest.fixture
def cite(parts: Parts, add: Callable[..., Document]) -> Cite:
    """Makes a document with these words and cites them."""

    def cite_words(words: str, quote: str = "", **fields: object) -> str:
        document = add(index=False, title=fields.pop("title", f"Title {words}"), pages=(words,), **fields)
        with parts.database.transaction() as session:
            return cite_passage(session, document.id, 1, quote or words, viewer=EDITOR, at=NOON).id

    return cite_words


def change(parts: Parts, citation_id: str, **fields: object) -> None:
    with parts.database.transaction() as session:
        document = session.get_one(Citation, citation_id).document
        for name, value in fields.items():
            setattr(document, name, value)


def withdraw(parts: Parts, citation_id: str) -> None:
    change(
        parts,
        citation_id,
        visibility=Visibility.WITHDRAWN,
        published_at=NOON,
        withdrawn_at=NOON,
        withdrawn_reason="Asked for by the county.",
    )


def address(*ids: str, form: str = "") -> str:
    path = f"/cite/list.{form}" if form else "/cite/list"
    return f"{path}?{'&'.join(f'id={one}' for one in ids)}"


def words_of(answer_data: bytes, form: str) -> str:
    """All text of a file."""
    if form != "docx":
        return answer_data.decode()
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer_data)).paragraphs)


def test_passages_stand_in_the_order_of_the_address_each_once(client: FlaskClient, cite: Cite) -> None:
    first, second = cite("alpha words"), cite("beta words")
    page = client.get(address(second, first, second)).text
    assert page.index("beta words") < page.index("alpha words")
    assert page.count("<blockquote") == 2
    assert page.count("Matches.") == 2
    assert f"/cite/list?id={second}&amp;id={first}" in page, "the address to send on"


def test_without_numbers_the_page_says_how_a_list_begins(client: FlaskClient) -> None:
    answer = client.get("/cite/list")
    assert answer.status_code == 200
    assert "Nothing is on this list yet." in answer.text


def test_what_is_hidden_is_a_number_and_nothing_else(client: FlaskClient, cite: Cite, parts: Parts) -> None:
    shown, withdrawn = cite("shownword"), cite("withdrawnword")
    hidden = cite("memberword", visibility=Visibility.MEMBERS)
    withdraw(parts, withdrawn)
    ids = (withdrawn, shown, hidden, "a" * 16, "nonsense<b>")
    page = client.get(address(*ids)).text
    assert "4 passages are not shown: 1 withdrawn, 3 not here or not public." in page
    assert "shownword" in page
    for form in FORMS:
        text = words_of(client.get(address(*ids, form=form)).data, form)
        assert "shownword" in text
        assert "withdrawnword" not in text
        assert "memberword" not in text
    assert "withdrawnword" not in page
    assert "memberword" not in page
    assert "1 passage is not shown: withdrawn." in client.get(address(withdrawn)).text
    assert "1 passage is not shown: not here, or not public." in client.get(address(hidden)).text


def test_members_see_on_a_list_what_they_see_elsewhere(
    visit: Callable[[Role | None], FlaskClient], cite: Cite
) -> None:
    hidden = cite("memberword", visibility=Visibility.MEMBERS)
    assert "memberword" in visit(Role.MEMBER).get(address(hidden)).text


@pytest.mark.parametrize(
    ("what", "order"),
    [("up:{1}", (1, 0, 2)), ("down:{1}", (0, 2, 1)), ("up:{0}", (0, 1, 2)), ("down:{2}", (0, 1, 2)),
     ("remove:{1}", (0, 2)), ("nonsense", (0, 1, 2)), ("remove:" + "z" * 16, (0, 1, 2))],
)  # fmt: skip
def test_without_scripts_buttons_move_passages_and_take_them_off(
    client: FlaskClient, what: str, order: tuple[int, ...]
) -> None:
    ids = ["a" * 16, "b" * 16, "c" * 16]
    answer = client.post("/cite/list", data={"id": ids, "what": what.format(*ids)})
    assert answer.status_code == 303
    assert answer.headers["Location"] == address(*(ids[index] for index in order))


def test_notes_are_not_lost_when_something_is_moved(client: FlaskClient, cite: Cite) -> None:
    first, second = cite("alpha words"), cite("beta words")
    sent = {"id": [first, second], "what": f"up:{second}", f"note-{first}": "Look <here>"}
    answer = client.post("/cite/list", data=sent)
    assert answer.status_code == 200
    assert answer.text.index("beta words") < answer.text.index("alpha words")
    assert "Look &lt;here&gt;" in answer.text


def test_a_list_holds_500_and_a_page_200_of_them(client: FlaskClient) -> None:
    ids = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}".ljust(16, "a") for n in range(520)]
    page = client.post("/cite/list", data={"id": ids}).text
    assert "200 passages are not shown" in page
    assert "The other 300 passages of this list" in page


def test_files_have_the_words_the_hash_the_address_and_the_note(client: FlaskClient, cite: Cite) -> None:
    one = cite("Counties may opt out", title="=cmd|' /C calc'!A0", bates="ICE-")
    for form in FORMS:
        answer = client.post(f"/cite/list.{form}", data={"id": one, f"note-{one}": "=1+1 the note"})
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        text = words_of(answer.data, form).replace("\\", "")
        for said in ("Counties may opt out", f"/cite/{one}", "1+1 the note", "ICE-000001", "calc"):
            assert said in text, (form, said)
    rows = list(csv.DictReader(io.StringIO(client.get(address(one, form="csv")).data.decode("utf-8-sig"))))
    assert rows[0]["Title"] == "'=cmd|' /C calc'!A0"
    (record,) = rispy.loads(client.get(address(one, form="ris")).data.decode())
    assert record["id"] == one


def test_there_is_no_other_kind_of_file(client: FlaskClient) -> None:
    assert client.get("/cite/list.exe").status_code == 404
    assert client.get("/cite/list.").status_code == 404


def test_the_masthead_leads_to_the_list_when_there_is_one(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'data-my-list="/cite/list" hidden' in page
    assert "passages.js" in page
