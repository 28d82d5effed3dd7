"""``/cite/pack``: a form without JavaScript, a PDF, and refusals that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from archive.exports.evidence_pack_maker import _alone
from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.statuses import Role, Visibility
from archive.services.attempts import take_attempt
from archive.services.citations import cite_passage
from archive.services.evidence_packs import MOST_PACKS
from tests.factories import NOON
from tests.visitors import Visitor
from tests.web.conftest import MakeDocument

Visit = Callable[[Role | None], Visitor]
PATH = "/cite/pack"
SENDER = "zqsender@example.org"


@pytest.fixture
def memo(add: MakeDocument) -> Document:
    return add(title="Memo", pages=("Counties may not opt out.", "Second page"), index=False)


def texts_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_form_is_filled_from_the_address(client: FlaskClient, memo: Document) -> None:
    page = client.get(f"{PATH}?id=abc&id=def&document={memo.id}&pages=1-2&document=second").text
    assert "abc\ndef</textarea>" in page
    assert f"{memo.id} 1-2\nsecond</textarea>" in page
    assert client.get(f"{PATH}?pages=7").status_code == 200
    assert "<script>" not in client.get(f"{PATH}?id=%3C/textarea%3E%3Cscript%3E").text


def test_a_pack_is_a_download(client: FlaskClient, memo: Document, parts: Parts) -> None:
    with parts.database.transaction() as session:
        cited = cite_passage(session, memo.id, 1, "opt out", viewer=READER, at=NOON).id
    answer = client.post(
        PATH,
        data={
            "citations": f"http://localhost/cite/{cited}",
            "pages": f"{memo.id} 2",
            "heading": 'Exhibit "12"/../x',
            "prepared_by": "Jane Roe",
            "marks": "on",
        },
    )
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="exhibit-12-x.pdf"')
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    said = texts_of(answer.data)
    assert "Counties may not opt out." in said
    assert "Second page" in said
    assert 'Exhibit "12"/../x · p. 1 of' in said
    assert f"http://localhost/documents/{memo.id}/pages/1" in said
    assert [path.name for path in (parts.settings.home / "packs").iterdir()] == [".lock"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: FlaskClient, memo: Document) -> None:
    typed = {"pages": f"{memo.id} 3", "heading": "Exhibit <12>", "prepared_by": "Jane", "citations": ""}
    answer = client.post(PATH, data=typed)
    assert answer.status_code == 400
    assert f"{memo.id} has no page 3." in answer.text
    assert f"{memo.id} 3</textarea>" in answer.text
    assert "Exhibit &lt;12&gt;" in answer.text
    assert "checked" not in answer.text
    assert client.post(PATH, data={}).status_code == 400


@pytest.mark.parametrize("visibility", [Visibility.UNPUBLISHED, Visibility.SEALED, Visibility.WITHDRAWN])
def test_hidden_ones_answer_as_absent_ones(
    client: FlaskClient, add: MakeDocument, visibility: Visibility
) -> None:
    hidden = add(title="zqtitle", pages=("zqtext",), visibility=visibility, agency="zqagency", index=False)
    answers = [client.post(PATH, data={"pages": id_}) for id_ in (hidden.id, "a" * 12)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not any(secret in answers[0].text for secret in ("zqtitle", "zqtext", "zqagency"))
    texts = [
        answer.text.replace(id_, "ID") for answer, id_ in zip(answers, (hidden.id, "a" * 12), strict=True)
    ]
    assert _without_tokens(texts[0]) == _without_tokens(texts[1])


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "form_token" not in line]


def test_readers_learn_no_names_and_editors_do(
    memo: Document, visit: Visit, parts: Parts, client: FlaskClient
) -> None:
    editor = visit(Role.EDITOR)
    with parts.database.transaction() as session:
        document = session.get_one(Document, memo.id)
        assert editor.account is not None
        document.uploaded_by_id = editor.account.id
    mail = editor.account.email
    for visitor, is_told in ((client, False), (visit(Role.MEMBER), False), (editor, True)):
        answer = visitor.post(PATH, data={"pages": memo.id})
        assert answer.status_code == 200
        assert (mail in texts_of(answer.data)) is is_told


def test_opening_what_is_not_shown_is_on_record(visit: Visit, add: MakeDocument, parts: Parts) -> None:
    hidden = add(pages=("in review",), visibility=Visibility.UNPUBLISHED, index=False)
    assert visit(Role.EDITOR).post(PATH, data={"pages": hidden.id}).status_code == 200
    with parts.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "original_opened")).one()
    assert (entry.subject, entry.actor) == (hidden.id, "editor@example.org")


def test_one_at_a_time_and_so_many_an_hour(client: FlaskClient, memo: Document, parts: Parts) -> None:
    with _alone(parts.settings.home / "packs"):
        busy = client.post(PATH, data={"pages": memo.id})
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "Try again" in busy.text
    with parts.database.transaction() as session:
        while take_attempt(
            session, "evidence_pack", "127.0.0.1", at=NOON, most=MOST_PACKS, window=timedelta(hours=1)
        ):
            pass
    refused = client.post(PATH, data={"pages": memo.id})
    assert refused.status_code == 429
    assert "last hour" in refused.text


def test_a_form_without_its_token_is_refused(client: Visitor, memo: Document) -> None:
    client.sends_tokens = False
    assert client.post(PATH, data={"pages": memo.id}).status_code == 403
