"""Editors decide which documents are the same record; each then leads to the other, for who may see both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from archive.models import AuditEntry, Document, LaterRelease, Page, RecordMatch
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.statuses import Role, Visibility
from archive.services.record_matches import find_releases
from archive.services.same_records import look_for_same_records
from tests.factories import NOON
from tests.rules.test_page_sketch import lines, page, withheld
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]
PATH = "/review/same-records"
EDITOR = Viewer(Role.EDITOR)


@pytest.fixture
def releases(add: Add, parts: Parts) -> tuple[Document, Document]:
    """Two releases of a memo, proposed: the first one withholds more."""
    first = add(title="Zqfirst", pages=(lines(withheld(page(1, 120), 0.4, 1)),), production="January release")
    second = add(title="Zqsecond", pages=(lines(page(1, 120)),), production="May release")
    with parts.database.transaction() as session:
        session.get_one(Page, (first.id, 1)).withheld_share = 0.4
    look_for_same_records(parts.database, first.id, at=NOON)
    look_for_same_records(parts.database, second.id, at=NOON)
    return first, second


def match(parts: Parts) -> RecordMatch:
    with parts.database.reading() as session:
        return session.scalars(select(RecordMatch)).one()


def actions(parts: Parts) -> list[str]:
    with parts.database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def decide(visitor: Visitor, parts: Parts, decision: str, state: str = "proposed") -> str:
    answer = visitor.post(f"{PATH}/{match(parts).id}", data={"decision": decision, "state": state})
    assert answer.status_code == 303
    return str(visitor.get(answer.headers["Location"]).text)


def seen(parts: Parts, document: Document, viewer: Viewer = READER) -> list[str]:
    with parts.database.reading() as session:
        return [release.document.id for release in find_releases(session, document.id, viewer)]


def test_a_proposal_says_what_pairs_and_what_only_one_shows(
    visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    editor = visit(Role.EDITOR)
    shown = editor.get(PATH).text
    only = match(parts).words_only_first + match(parts).words_only_second
    for words in ("Zqfirst", "Zqsecond", "January release", "May release", "1 page pairs"):
        assert words in shown
    assert f"Shows {only} words that the other withholds." in shown
    assert shown.count("that the other withholds") == 1
    assert "Looks like the same record, another release" in shown
    assert f"/compare/{match(parts).first_id}/{match(parts).second_id}" in shown
    assert PATH in editor.get("/review").text


def test_an_editor_says_that_it_is_another_release_and_undoes_it(
    visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    first, second = releases
    editor = visit(Role.EDITOR)
    assert seen(parts, first) == []
    assert "are the same record now" in decide(editor, parts, "other_release")
    assert match(parts).state == MatchState.ACCEPTED
    assert match(parts).decided_at == NOON
    assert seen(parts, first) == [second.id]
    assert seen(parts, second) == [first.id]
    with parts.database.reading() as session:
        assert session.scalars(select(LaterRelease.shown_id)).first() == second.id
    assert "Is the same record, another release" in editor.get(f"{PATH}?state=accepted").text
    assert "wait for a decision again" in decide(editor, parts, "lay_back", "accepted")
    assert seen(parts, first) == []
    with parts.database.reading() as session:
        assert session.scalars(select(LaterRelease)).all() == []
    assert match(parts).decided_by_id is None
    assert actions(parts) == ["record_match_accepted", "record_match_reopened"]


def test_a_second_copy_and_a_refusal_are_kept_and_the_same_again_is_said_once(
    visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    editor = visit(Role.EDITOR)
    decide(editor, parts, "same_text")
    decide(editor, parts, "same_text")
    assert match(parts).kind == MatchKind.SAME_TEXT
    decide(editor, parts, "not_same", "accepted")
    assert match(parts).state == MatchState.REFUSED
    assert seen(parts, releases[0]) == []
    assert actions(parts) == ["record_match_accepted", "record_match_refused"]
    assert "Nothing waits" in editor.get(PATH).text
    assert "Looked like" in editor.get(f"{PATH}?state=refused").text


def test_the_least_redacted_copy_is_offered_with_its_share(
    visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    first, second = releases
    decide(visit(Role.EDITOR), parts, "other_release")
    with parts.database.reading() as session:
        (release,) = find_releases(session, first.id, READER)
        (other,) = find_releases(session, second.id, READER)
    assert (release.is_least, release.withheld_share, release.own_share) == (True, 0.0, 0.4)
    assert release.shows_more
    assert release.pages == {1: 1}
    assert (other.is_least, other.withheld_share, other.own_share) == (False, 0.4, 0.0)


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.UNPUBLISHED, Visibility.WITHDRAWN])
def test_nothing_of_a_release_is_told_to_who_may_not_see_it(
    visit: Visit, parts: Parts, releases: tuple[Document, Document], visibility: Visibility
) -> None:
    first, second = releases
    decide(visit(Role.EDITOR), parts, "other_release")
    with parts.database.transaction() as session:
        session.get_one(Document, second.id).visibility = visibility
    is_for_members = visibility == Visibility.MEMBERS
    assert seen(parts, first) == []
    assert seen(parts, first, Viewer(Role.MEMBER)) == ([second.id] if is_for_members else [])
    assert seen(parts, first, EDITOR) == [second.id]


def test_only_editors_decide(visit: Visit, parts: Parts, releases: tuple[Document, Document]) -> None:
    for role in (Role.MEMBER, Role.VOLUNTEER):
        assert visit(role).get(PATH).status_code == 403
        assert visit(role).post(f"{PATH}/{match(parts).id}").status_code == 403
    assert visit(None).get(PATH).status_code == 303
    assert match(parts).state == MatchState.PROPOSED


def test_nonsense_is_answered_with_a_sentence_or_the_list(
    visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    editor = visit(Role.EDITOR)
    missing = editor.post(f"{PATH}/999", data={"decision": "same_text"})
    assert missing.status_code == 404
    assert "There is no such proposal." in missing.text
    assert editor.get(f"{PATH}?state=zq&window=99&done=zq&was=zq").status_code == 200
    decide(editor, parts, "zq", "zq")
    assert match(parts).state == MatchState.PROPOSED
    assert actions(parts) == []


def test_the_panel_leads_to_the_page_of_the_other_copy_and_is_small(
    app: Flask, visit: Visit, parts: Parts, releases: tuple[Document, Document]
) -> None:
    first, second = releases
    decide(visit(Role.EDITOR), parts, "other_release")
    with parts.database.reading() as session, app.test_request_context("/"):
        found = find_releases(session, first.id, READER)
        given = {"releases": found, "document": session.get_one(Document, first.id)}
        shown = render_template("record_matches/_releases.html", **given)
        of_page = render_template(
            "record_matches/_releases.html", page=session.get_one(Page, (first.id, 1)), **given
        )
        nothing = render_template("record_matches/_releases.html", releases=(), document=first)
    words = " ".join(shown.split())
    assert "the least redacted copy</strong>, 0 % of its lines withheld, 40 % here." in words
    assert f"It shows {found[0].words_more} words withheld here." in words
    assert found[0].words_more == match(parts).words_only_first + match(parts).words_only_second
    assert f'href="/documents/{second.id}"' in shown
    assert f'href="/documents/{second.id}/pages/1"' in of_page
    assert f"/compare/{first.id}/{second.id}" in shown
    assert len(shown) < 900
    assert nothing.strip() == ""
