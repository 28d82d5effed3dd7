"""Collections on the site: by whom they are made and changed, and what readers are shown of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import docx

from archive.models import Account, Citation
from archive.parts import Parts
from archive.rules.access import Viewer
from archive.rules.citation_states import Audience
from archive.rules.statuses import Role, Visibility
from archive.services.collections import describe_collection
from tests.factories import NOON
from tests.visitors import Visitor
from tests.web.conftest import Keep, Visit

FORMS = ("md", "csv", "ris", "docx")
ATOM = "{http://www.w3.org/2005/Atom}"


def set_visibility(parts: Parts, citation_id: str, visibility: Visibility) -> None:
    with parts.database.transaction() as session:
        document = session.get_one(Citation, citation_id).document
        document.visibility = visibility
        if visibility == Visibility.WITHDRAWN:
            document.published_at = document.withdrawn_at = NOON
            document.withdrawn_reason = "Asked for by the county."


def everything_of(visitor: Visitor, slug: str) -> dict[str, str]:
    """All that a visitor is told about a collection, at each of its addresses."""
    paths = ["/collections", f"/collections/{slug}", f"/collections/{slug}.atom"]
    told = {path: visitor.get(path).text for path in paths}
    for form in FORMS:
        answer = visitor.get(f"/collections/{slug}.{form}")
        if form == "docx" and answer.status_code == 200:
            lines = docx.Document(io.BytesIO(answer.data)).paragraphs
            told[form] = "\n".join(line.text for line in lines)
        else:
            told[form] = answer.data.decode()
    return told


def test_a_public_collection_is_there_for_everybody_in_its_order_with_its_notes(
    sign: Visit, cite: Callable[..., str], keep: Keep
) -> None:
    slug = keep(cite("beta words"), cite("alpha words"))
    for name in ("reader", "other"):
        page = sign(name).get(f"/collections/{slug}").text
        assert page.index("beta words") < page.index("alpha words")
        assert "Note 1 &lt;b&gt;" in page
        assert "Why &lt;it&gt; matters." in page
        assert page.count("Matches.") == 2
        assert ("/edit" in page) == (name != "reader") or name == "other"
    assert "Opting out" in sign("reader").get("/collections").text


def test_a_members_collection_answers_readers_like_none(
    sign: Visit, cite: Callable[..., str], keep: Keep
) -> None:
    slug = keep(cite("alpha words"), audience=Audience.MEMBERS)
    for ending in ("", ".atom", *(f".{form}" for form in FORMS)):
        hidden = sign("reader").get(f"/collections/{slug}{ending}")
        absent = sign("reader").get(f"/collections/no-such{ending}")
        assert (hidden.status_code, hidden.text) == (404, absent.text.replace("no-such", slug))
        assert sign("other").get(f"/collections/{slug}{ending}").status_code == 200
    assert "Opting out" not in sign("reader").get("/collections").text


def test_nothing_of_a_hidden_document_is_told_by_a_collection(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts
) -> None:
    held, gone, members = cite("zqheld"), cite("zqgone"), cite("zqmembers")
    slug = keep(cite("shown words"), held, gone, members)
    set_visibility(parts, held, Visibility.HELD)
    set_visibility(parts, gone, Visibility.WITHDRAWN)
    set_visibility(parts, members, Visibility.MEMBERS)
    hidden = {"reader": "zqheld|zqgone|zqmembers|Note [234]", "other": "zqheld|zqgone|Note [23]"}
    for name, words in hidden.items():
        for path, text in everything_of(sign(name), slug).items():
            assert re.findall(words, text) == [], (name, path)
            assert path == "/collections" or "shown words" in text, (name, path)
    said = sign("reader").get(f"/collections/{slug}").text
    assert "3 passages are not shown: 1 withdrawn, 2 not here or not public." in said
    assert "zqmembers" not in sign("other").get(f"/collections/{slug}.atom").text, "feeds are for readers"
    for path in (f"/collections/{slug}/edit", f"/collections/{slug}"):
        assert "zqheld" not in sign("keeper").get(path).text
        assert "zqheld" in sign("editor").get(path).text


def test_a_feed_has_what_was_added_with_ids_that_outlive_a_name(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts, people: dict[str, Account]
) -> None:
    one = cite("alpha words")
    slug = keep(one)
    answer = sign("reader").get(f"/collections/{slug}.atom")
    assert answer.mimetype == "application/atom+xml"
    before = ET.fromstring(answer.data)
    (entry,) = before.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Title alpha words, page 1"
    assert f"/cite/{one}" in entry.find(f"{ATOM}link").attrib["href"]  # type: ignore[union-attr]  # it is there
    assert "Note 1 &lt;b&gt;" in (entry.findtext(f"{ATOM}content") or "")
    keeper = Viewer(Role.MEMBER, people["keeper"].id, "keeper@example.org")
    with parts.database.transaction() as session:
        describe_collection(session, slug, "Another name", "", viewer=keeper, at=NOON)
    again = sign("reader").get("/collections/another-name.atom")
    after = ET.fromstring(again.data)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.find(f"{ATOM}entry").findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")  # type: ignore[union-attr]  # it is there
    for ending in ("", ".atom", ".csv"):
        moved = sign("reader").get(f"/collections/{slug}{ending}")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"/collections/another-name{ending}")


def test_names_of_keepers_are_for_those_who_work_here(
    sign: Visit, cite: Callable[..., str], keep: Keep, parts: Parts, people: dict[str, Account]
) -> None:
    slug = keep(cite("alpha words"))
    with parts.database.transaction() as session:
        session.get_one(Account, people["keeper"].id).name = "Zora Keeper"
    assert "Kept by Zora Keeper" in sign("other").get(f"/collections/{slug}").text
    for path, text in everything_of(sign("reader"), slug).items():
        assert "Zora" not in text, path
        assert "keeper@" not in text, path
