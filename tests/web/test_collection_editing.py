"""Keeping a collection, as its forms do it: who may, what is shown again, what is refused."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from archive.models import AuditEntry, Collection, CollectionItem
from archive.parts import Parts
from archive.rules.citation_states import Audience
from tests.web.conftest import Keep, Visit

PHONE = "Call John Example at home: (408) 555-0134."


def test_a_member_makes_a_collection_from_a_citation(
    sign: Visit, cite: Callable[..., str], parts: Parts
) -> None:
    one, keeper = cite("alpha words"), sign("keeper")
    assert "Add to a collection" in keeper.get(f"/cite/{one}").text
    assert "Add to a collection" not in sign("reader").get(f"/cite/{one}").text
    asked = keeper.post("/collections/add", data={"citation": one, "collection": ""})
    assert asked.headers["Location"] == f"/collections/new?citation={one}"
    assert one in keeper.get(asked.headers["Location"]).text
    made = keeper.post("/collections/new", data={"citation": one, "title": "My <title>"})
    assert (made.status_code, made.headers["Location"]) == (303, "/collections/my-title/edit")
    assert "alpha words" in keeper.get("/collections/my-title/edit").text
    two = cite("beta words")
    added = keeper.post("/collections/add", data={"citation": two, "collection": "my-title"})
    assert added.headers["Location"].startswith("/collections/my-title/edit#item-")
    assert (
        sign("other").post("/collections/add", data={"citation": two, "collection": "my-title"}).status_code
        == 403
    )
    with parts.database.reading() as session:
        assert len(session.scalars(select(CollectionItem)).all()) == 2
        assert session.scalars(select(Collection)).one().audience == Audience.MEMBERS


def test_a_form_that_is_wrong_is_shown_again_with_what_was_written(sign: Visit, keep: Keep) -> None:
    keeper, slug = sign("keeper"), keep()
    answer = keeper.post("/collections/new", data={"title": " ", "introduction": "What I wrote"})
    assert answer.status_code == 400
    assert "A collection needs a title." in answer.text
    assert "What I wrote" in answer.text
    answer = keeper.post(f"/collections/{slug}/passages", data={"citation": "nonsense", "note": "My note"})
    assert answer.status_code == 400
    assert "This is not the address of a citation here." in answer.text
    assert "My note" in answer.text
    answer = keeper.post(f"/collections/{slug}/edit", data={"title": "", "introduction": "What I wrote"})
    assert answer.status_code == 400
    assert "What I wrote" in answer.text


def test_one_form_notes_moves_and_takes_out_without_scripts(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts
) -> None:
    slug, keeper = keep(cite("alpha words"), cite("beta words"), cite("gamma words")), sign("keeper")
    with parts.database.reading() as session:
        ids = list(session.scalars(select(CollectionItem.id).order_by(CollectionItem.position)))

    def send(item_id: int, **data: str) -> str:
        answer = keeper.post(f"/collections/{slug}/passages/{item_id}", data=data)
        assert answer.status_code == 303
        page = keeper.get(f"/collections/{slug}").text
        places = {name: page.find(f"{name} words</p>") for name in ("alpha", "beta", "gamma")}
        return " ".join(name for name in sorted(places, key=places.__getitem__) if places[name] >= 0)

    assert send(ids[0], what="to:2", note="Written before moving") == "beta alpha gamma"
    assert "Written before moving" in keeper.get(f"/collections/{slug}").text
    assert send(ids[2], what="move", place="1", note="") == "gamma beta alpha"
    assert send(ids[2], what="move", place="nonsense", note="") == "gamma beta alpha"
    assert send(ids[1], what="remove", note="never kept") == "gamma alpha"
    gone = keeper.post(f"/collections/{slug}/passages/{ids[1]}", data={"what": "note", "note": "x"})
    assert gone.status_code == 404
    assert "not in the collection any more" in gone.text


def test_nobody_but_its_keeper_changes_a_collection_that_is_not_shared(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts
) -> None:
    one = cite("alpha words")
    slug = keep(one)
    with parts.database.reading() as session:
        item = session.scalars(select(CollectionItem.id)).one()
        entries = len(session.scalars(select(AuditEntry)).all())
    posts = {
        f"/collections/{slug}/edit": {"title": "Taken over"},
        f"/collections/{slug}/audience": {"audience": "members"},
        f"/collections/{slug}/sharing": {"shared": "yes"},
        f"/collections/{slug}/passages": {"citation": one},
        f"/collections/{slug}/passages/{item}": {"what": "remove"},
        f"/collections/{slug}/delete": {},
    }
    for path, data in posts.items():
        assert sign("other").post(path, data=data).status_code == 403, path
        assert sign("reader").post(path, data=data).status_code == 401, path
    assert sign("other").get(f"/collections/{slug}/edit").status_code == 403
    assert sign("other").get(f"/collections/{slug}/delete").status_code == 403
    assert sign("editor").get(f"/collections/{slug}/delete").status_code == 403
    with parts.database.reading() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == entries, "nothing was changed"


def test_a_shared_collection_is_written_in_by_every_member(
    sign: Visit, cite: Callable[..., str], keep: Keep
) -> None:
    one = cite("alpha words")
    slug, other = keep(one, shared=True), sign("other")
    page = other.get(f"/collections/{slug}/edit").text
    assert "Save note" in page
    assert "Show it to everybody" not in page
    assert "Delete this collection" not in page
    answer = other.post(f"/collections/{slug}/passages", data={"citation": cite("beta words")})
    assert answer.status_code == 303
    assert other.post(f"/collections/{slug}/delete").status_code == 403


def test_likely_private_details_are_named_and_an_editor_may_say_that_they_are_none(
    sign: Visit, cite: Callable[..., str], keep: Keep
) -> None:
    slug, keeper = keep(cite("alpha words"), audience=Audience.MEMBERS), sign("keeper")
    keeper.post(f"/collections/{slug}/edit", data={"title": "Opting out", "introduction": PHONE})
    refused = keeper.post(f"/collections/{slug}/audience", data={"audience": "public", "looked_at": "yes"})
    assert refused.status_code == 409
    assert "phone number in the introduction: (408) 555-0134" in refused.text
    assert "looked_at" not in refused.text, "the keeper is not asked to decide it"
    assert sign("reader").get(f"/collections/{slug}").status_code == 404
    editor = sign("editor")
    refused = editor.post(f"/collections/{slug}/audience", data={"audience": "public"})
    assert 'name="looked_at"' in refused.text
    allowed = editor.post(f"/collections/{slug}/audience", data={"audience": "public", "looked_at": "yes"})
    assert allowed.status_code == 303
    assert sign("reader").get(f"/collections/{slug}").status_code == 200


def test_an_editor_takes_a_collection_back_and_removes_a_note(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts
) -> None:
    slug, editor = keep(cite("alpha words")), sign("editor")
    with parts.database.reading() as session:
        item = session.scalars(select(CollectionItem.id)).one()
    assert "Remove the note" in editor.get(f"/collections/{slug}/edit").text
    editor.post(f"/collections/{slug}/passages/{item}", data={"what": "note", "note": ""})
    editor.post(f"/collections/{slug}/audience", data={"audience": "members"})
    assert "Note 1" not in sign("keeper").get(f"/collections/{slug}").text
    assert sign("reader").get(f"/collections/{slug}").status_code == 404


def test_deleting_is_asked_about_and_leaves_nothing_at_the_address(
    sign: Visit, cite: Callable[..., str], keep: Keep
) -> None:
    one = cite("alpha words")
    slug, keeper = keep(one), sign("keeper")
    assert "Delete this collection?" in keeper.get(f"/collections/{slug}/delete").text
    assert keeper.post(f"/collections/{slug}/delete").headers["Location"] == "/collections"
    assert sign("reader").get(f"/collections/{slug}").status_code == 404
    assert sign("reader").get(f"/cite/{one}").status_code == 200
