"""The better copy as readers are shown it, and as editors name it."""

from __future__ import annotations

from collections.abc import Callable

from archive.models import Document
from archive.parts import Parts
from archive.rules.statuses import Role, Visibility
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]
Add = Callable[..., Document]
NOTE = "A better copy of this record is in the archive:"


def test_readers_are_led_from_the_document_and_each_page_to_the_better_copy(visit: Visit, add: Add) -> None:
    worse, better = add(title="Worse"), add(title="Better <b>")
    editor, form = visit(Role.EDITOR), f"/documents/{worse.id}/better-copy"
    assert editor.get(form).status_code == 200
    answer = editor.post(form, data={"better": f"/documents/{better.id}", "reason": "All <i> pages."})
    assert answer.status_code == 303
    for path in ("", "/pages/1", "/text"):
        page = visit(None).get(f"/documents/{worse.id}{path}").text
        assert NOTE in page
        assert f'href="/documents/{better.id}"' in page
        assert "Better &lt;b&gt;" in page
        assert "All &lt;i&gt; pages." in page
    assert editor.post(form, data={"what": "take_back"}).status_code == 303
    assert NOTE not in visit(None).get(f"/documents/{worse.id}").text


def test_a_copy_that_was_hidden_since_is_not_told_of(visit: Visit, add: Add, parts: Parts) -> None:
    worse, better = add(title="Worse"), add(title="Better zq")
    data = {"better": better.id, "reason": "Zqreason"}
    assert visit(Role.EDITOR).post(f"/documents/{worse.id}/better-copy", data=data).status_code == 303
    with parts.database.transaction() as session:
        session.get_one(Document, better.id).visibility = Visibility.HELD
    page = visit(None).get(f"/documents/{worse.id}").text
    for secret in (NOTE, better.id, "Better zq", "Zqreason"):
        assert secret not in page
    assert NOTE in visit(Role.EDITOR).get(f"/documents/{worse.id}").text


def test_what_is_refused_stays_in_the_form_with_the_reason(visit: Visit, add: Add) -> None:
    worse = add(title="Worse")
    data = {"better": worse.id, "reason": "Because"}
    answer = visit(Role.EDITOR).post(f"/documents/{worse.id}/better-copy", data=data)
    assert answer.status_code == 400
    assert "This is the document itself." in answer.text
    assert 'value="Because"' in answer.text


def test_only_editors_name_one(visit: Visit, add: Add) -> None:
    worse, better = add(title="Worse"), add(title="Better")
    data = {"better": better.id, "reason": "Because"}
    for role, status in ((None, 401), (Role.MEMBER, 403), (Role.VOLUNTEER, 403)):
        assert visit(role).post(f"/documents/{worse.id}/better-copy", data=data).status_code == status
    assert "better-copy" not in visit(None).get(f"/documents/{worse.id}").text
