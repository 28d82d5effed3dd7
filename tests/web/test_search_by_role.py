"""What search finds for whom; and that a hidden document shows in no answer, order or score."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.visitors import Visitor, make_account

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]
ASKED = (
    "opt",
    "opt out counties",
    "zqsecret",
    "zqsecrt",
    "opt*",
    "counties -opt",
    "agency:zqbureau",
    '"may not opt"',
    "opt out zqsecret nowhere",
)
PATHS = ("/search", "/search.csv", "/api/v1/search", "/search/suggest", "/search.atom")
FOUND = {
    None: {Visibility.PUBLISHED},
    Role.MEMBER: {Visibility.PUBLISHED, Visibility.MEMBERS},
    Role.VOLUNTEER: {Visibility.PUBLISHED, Visibility.MEMBERS},
    Role.EDITOR: {*Visibility} - {Visibility.REJECTED, Visibility.WITHDRAWN},
    Role.ADMIN: {*Visibility} - {Visibility.REJECTED, Visibility.WITHDRAWN},
}


@pytest.mark.parametrize("role", FOUND)
def test_everybody_finds_what_the_table_lets_them_see(visit: Visit, add: Add, role: Role | None) -> None:
    for visibility in Visibility:
        add(title=f"Memo {visibility}", pages=(f"Counties opt out, {visibility}.",), visibility=visibility)
    visitor = visit(role)
    found = visitor.get("/api/v1/search?q=opt").json
    assert found
    assert {one["title"] for one in found["documents"]} == {f"Memo {one}" for one in FOUND[role]}
    assert found["total_documents"] == len(FOUND[role])
    for path in ("/search?q=opt", "/search", "/search.csv?q=opt"):
        page = visitor.get(path).text
        for visibility in Visibility:
            assert (f"Memo {visibility}" in page) == (visibility in FOUND[role]), (path, visibility)


def test_a_volunteer_finds_what_they_sent_in(visit: Visit, add: Add, parts: Parts) -> None:
    document = add(title="Mine", pages=("Counties opt out.",), visibility=Visibility.UNPUBLISHED)
    volunteer = visit(Role.VOLUNTEER)
    assert "Mine" not in volunteer.get("/search?q=opt").text
    with parts.database.transaction() as session:
        owner = (
            make_account(parts.database, Role.VOLUNTEER) if volunteer.account is None else volunteer.account
        )
        session.get_one(Document, document.id).uploaded_by_id = owner.id
    assert "Mine" in volunteer.get("/search?q=opt").text
    assert "Mine" not in visit(Role.MEMBER).get("/search?q=opt").text


def test_rows_say_their_state_and_one_click_shows_only_what_is_published(visit: Visit, add: Add) -> None:
    add(title="Open", pages=("Counties opt out.",))
    add(title="Kept", pages=("Counties opt out.",), visibility=Visibility.HELD)
    editor = visit(Role.EDITOR)
    assert '<span class="state held">held</span>' in editor.get("/search?q=opt").text
    only = editor.get("/search?q=opt&shown=published").text
    assert "Kept" not in only
    assert "Open" in only


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER])
@pytest.mark.parametrize(
    "visibility", [Visibility.UNPUBLISHED, Visibility.HELD, Visibility.REJECTED, Visibility.SEALED]
)
def test_a_hidden_document_changes_no_answer(
    visit: Visit, add: Add, role: Role, visibility: Visibility
) -> None:
    """With it and without it the same bytes: counts, filters, advice, spellings, order and scores."""
    add(title="Public", pages=("Counties may not opt out.", "A long page of opt and opt and counties."))
    add(title="Members", pages=("Opt out of it.",), visibility=Visibility.MEMBERS, agency="ICE")
    before = answers(visit(role))
    add(
        title="zqsecret",
        pages=("zqsecret opt out", "counties counties counties", "opt " * 40),
        visibility=visibility,
        agency="Zqbureau",
    )
    assert answers(visit(role)) == before


def answers(visitor: Visitor) -> dict[str, object]:
    """What each search says, without the time that it took and what no two pages share."""
    found: dict[str, object] = {}
    for path in PATHS:
        for query in ASKED:
            answer = visitor.get(path, query_string={"q": query})
            said = answer.json if answer.is_json else answer.text.replace(csrf_of(answer.text), "")
            if isinstance(said, dict):
                said.pop("took_ms", None)
            found[f"{path} {query}"] = answer.status_code, said
    return found


def csrf_of(page: str) -> str:
    """The form token of a page, which differs from page to page; a text that is nowhere when it has none."""
    return page.partition('name="form_token" value="')[2].partition('"')[0] or "\0"
