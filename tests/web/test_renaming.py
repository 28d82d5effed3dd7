"""Old addresses of shelves as readers meet them, and the pages on which editors give other names."""

from __future__ import annotations

from collections.abc import Callable

from archive.models import Document
from archive.rules.statuses import Role, Visibility
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]


def test_an_old_address_leads_on_with_its_question(visit: Visit, add: Add) -> None:
    add(agency="ICE")
    editor = visit(Role.EDITOR)
    assert "/review/names/agencies/1" in editor.get("/agencies/ice").text
    answer = editor.post(
        "/review/names/agencies/1",
        data={"name": "Homeland Investigations", "abbreviation": "HSI", "new_address": "yes"},
    )
    assert answer.headers["Location"] == "/review/names/agencies/1?done=renamed"
    assert "The name is changed." in editor.get(answer.headers["Location"]).text
    reader = visit(None)
    led = reader.get("/agencies/ice?window=2&x=%0d%0aSet-Cookie:a")
    assert led.status_code == 301
    assert led.headers["Location"] == "/agencies/hsi?window=2&x=%0d%0aSet-Cookie:a"
    assert led.headers["Cache-Control"] == "public, max-age=300"
    page = reader.get("/agencies/hsi")
    assert "Homeland Investigations (HSI)" in page.text
    assert "/review/names" not in page.text


def test_hidden_and_absent_answer_alike(visit: Visit, add: Add) -> None:
    add(production="Zqsecret", visibility=Visibility.HELD)
    editor = visit(Role.EDITOR)
    data = {"name": "Zqother", "new_address": "yes"}
    assert editor.post("/review/names/productions/1", data=data).status_code == 303
    slugs = ("zqsecret", "zqother", "zqnothing")
    answers = [visit(None).get(f"/productions/{slug}") for slug in slugs]
    assert {answer.status_code for answer in answers} == {404}
    said = {answer.text.replace(slug, "") for answer, slug in zip(answers, slugs, strict=True)}
    assert len(said) == 1


def test_putting_together_asks_once_more(visit: Visit, add: Add) -> None:
    add(agency="ICE")
    add(title="Other", agency="Immigration Enforcement")
    editor, form = visit(Role.EDITOR), "/review/names/agencies/2"
    data = {"what": "merge", "into": "https://records.example.org/agencies/ice"}
    asked = editor.post(form, data=data)
    assert asked.status_code == 200
    assert "Are these one and the same?" in asked.text
    assert visit(None).get("/agencies/immigration-enforcement").status_code == 200
    done = editor.post(form, data=data | {"confirmed": "yes"})
    assert done.headers["Location"] == "/review/names/agencies/1?done=merged"
    assert visit(None).get("/agencies/immigration-enforcement").headers["Location"] == "/agencies/ice"
    assert "2 documents" in visit(None).get("/agencies/ice").text


def test_what_is_refused_stays_in_the_form(visit: Visit, add: Add) -> None:
    add(agency="ICE")
    add(title="Other", agency="FBI")
    editor = visit(Role.EDITOR)
    answer = editor.post("/review/names/agencies/1", data={"name": "FBI", "abbreviation": "<i>"})
    assert answer.status_code == 400
    assert "Something else is called that already." in answer.text
    assert 'value="&lt;i&gt;"' in answer.text
    for into in ("", "nowhere", "ice"):
        assert (
            editor.post("/review/names/agencies/1", data={"what": "merge", "into": into}).status_code == 400
        )
    for number in (99, 10**30):
        assert editor.get(f"/review/names/agencies/{number}").status_code == 404


def test_only_editors_give_names(visit: Visit, add: Add) -> None:
    add(agency="ICE")
    for role, status in ((None, 401), (Role.MEMBER, 403), (Role.VOLUNTEER, 403)):
        assert visit(role).post("/review/names/agencies/1", data={"name": "X"}).status_code == status
