"""Cited by: proposed by anybody, shown by an editor, and nothing of it before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive.models import AuditEntry, CitingWork, Document
from archive.parts import Parts
from archive.rules.citation_states import LinkState
from archive.rules.statuses import Role, Visibility
from archive.services.citing_works import PROPOSALS_A_DAY
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]
SAID = {
    "address": "https://news.example.org/story?a=1&b=2",
    "title": "The <i>story</i>",
    "publisher": "Example & Post",
    "published_on": "2026-10-01",
    "page_number": "1",
    "note": "zqnote for you",
}
SHOWN = 'href="https://news.example.org/story?a=1&amp;b=2" rel="nofollow noopener ugc"'


def works(parts: Parts) -> list[CitingWork]:
    with parts.database.reading() as session:
        return list(session.scalars(select(CitingWork).order_by(CitingWork.id)))


def propose(visitor: Visitor, document: Document, **said: str) -> int:
    answer = visitor.post(f"/documents/{document.id}/cited-by", data=SAID | said)
    return int(answer.status_code)


def test_a_link_is_shown_when_an_editor_has_said_so_and_undone(visit: Visit, add: Add, parts: Parts) -> None:
    document = add(pages=("One", "Two"))
    reader, editor = visit(None), visit(Role.EDITOR)
    assert propose(reader, document) == 303
    pages = [f"/documents/{document.id}{path}" for path in ("", "/pages/1", "/cited-by")]
    for page in pages:
        assert "story" not in reader.get(page).text
    queue = editor.get("/review/cited-by").text
    assert "The &lt;i&gt;story&lt;/i&gt;" in queue
    assert "zqnote for you" in queue
    assert "1 waits" in editor.get("/review").text
    there = f"/review/cited-by/{works(parts)[0].id}"
    done = editor.post(there, data={"decision": "show"})
    assert "The link is shown now." in editor.get(done.headers["Location"]).text
    for page in pages:
        said = reader.get(page).text
        assert SHOWN in said
        assert "The &lt;i&gt;story&lt;/i&gt;" in said
        assert "Example &amp; Post" in said
        assert "news.example.org" in said
        assert "zqnote" not in said
    assert SHOWN not in reader.get(f"/documents/{document.id}/pages/2").text
    editor.post(there, data={"decision": "lay_back"})
    assert SHOWN not in reader.get(pages[0]).text
    with parts.database.reading() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["link_proposed", "link_shown", "link_laid_back"]


def test_an_editor_adds_one_at_once(visit: Visit, add: Add, parts: Parts) -> None:
    document = add()
    assert propose(visit(Role.EDITOR), document) == 303
    assert SHOWN in visit(None).get(f"/documents/{document.id}").text
    assert [work.state for work in works(parts)] == [LinkState.SHOWN]


def test_the_same_address_is_one_row_that_a_reader_cannot_change(
    visit: Visit, add: Add, parts: Parts
) -> None:
    document, other = add(), add(title="Other")
    propose(visit(Role.EDITOR), document)
    shouted = SAID["address"].replace("https://news", "HTTPS://NEWS")
    assert propose(visit(None), document, title="Defaced", address=shouted) == 303
    assert [work.title for work in works(parts)] == [SAID["title"]]
    assert propose(visit(None), other) == 303
    assert len(works(parts)) == 2


def test_a_refused_link_is_shown_to_nobody_and_its_proposer_is_answered_alike(
    visit: Visit, add: Add, parts: Parts
) -> None:
    document, reader, editor = add(), visit(None), visit(Role.EDITOR)
    propose(reader, document)
    editor.post(f"/review/cited-by/{works(parts)[0].id}", data={"decision": "refuse"})
    assert propose(reader, document) == 303
    assert [work.state for work in works(parts)] == [LinkState.REFUSED]
    assert SHOWN not in reader.get(f"/documents/{document.id}").text
    assert "story" in editor.get("/review/cited-by?state=refused").text


def test_an_editor_corrects_what_was_proposed(visit: Visit, add: Add, parts: Parts) -> None:
    document, editor = add(), visit(Role.EDITOR)
    propose(visit(None), document)
    propose(visit(None), document, address="https://other.example.org/")
    there = f"/review/cited-by/{works(parts)[0].id}"
    wrong = editor.post(there, data=SAID | {"decision": "show", "title": ""})
    assert wrong.status_code == 400
    assert "Write what it is called." in wrong.text
    twice = editor.post(there, data=SAID | {"decision": "show", "address": "https://other.example.org/"})
    assert twice.status_code == 400
    assert {work.state for work in works(parts)} == {LinkState.WAITING}
    right = SAID | {"decision": "show", "title": "Corrected", "page_number": ""}
    assert editor.post(there, data=right).status_code == 303
    assert "Corrected" in visit(None).get(f"/documents/{document.id}").text


def test_what_is_wrong_stands_beside_its_field(visit: Visit, add: Add, parts: Parts) -> None:
    document = add()
    answer = visit(None).post(
        f"/documents/{document.id}/cited-by", data=SAID | {"address": "javascript:alert(1)"}
    )
    assert answer.status_code == 400
    assert "Write the whole address" in answer.text
    assert 'value="The &lt;i&gt;story&lt;/i&gt;"' in answer.text
    assert works(parts) == []


def test_a_reader_proposes_so_many_a_day(visit: Visit, add: Add, parts: Parts) -> None:
    document, reader = add(), visit(None)
    for number in range(PROPOSALS_A_DAY):
        assert propose(reader, document, address=f"https://example.org/{number}") == 303
    assert propose(reader, document, address="https://example.org/more") == 429
    assert len(works(parts)) == PROPOSALS_A_DAY
    assert propose(visit(Role.EDITOR), document) == 303


@pytest.mark.parametrize("visibility", [one for one in Visibility if one != Visibility.PUBLISHED])
def test_nothing_is_proposed_about_what_is_hidden(
    visit: Visit, add: Add, parts: Parts, visibility: Visibility
) -> None:
    document = add(visibility=visibility)
    assert propose(visit(None), document) == 404
    assert visit(None).get(f"/documents/{document.id}/cited-by").status_code == 404
    assert works(parts) == []


def test_only_editors_decide(visit: Visit, add: Add, parts: Parts) -> None:
    propose(visit(None), add())
    there = f"/review/cited-by/{works(parts)[0].id}"
    for role, status in ((None, 401), (Role.MEMBER, 403), (Role.VOLUNTEER, 403)):
        assert visit(role).post(there, data={"decision": "show"}).status_code == status
    assert [work.state for work in works(parts)] == [LinkState.WAITING]
    for number in (999, 10**30):
        answer = visit(Role.EDITOR).post(f"/review/cited-by/{number}", data={"decision": "show"})
        assert answer.status_code == 404
