"""Comparisons on the site, what is told of words released later, and citations that point there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from archive.models import Citation, Document
from archive.parts import Parts
from archive.rules.access import READER
from archive.rules.redaction_states import MatchState
from archive.rules.statuses import Role, Visibility
from archive.services.citations import cite_passage
from archive.services.later_releases import record_later_releases
from tests.factories import NOON
from tests.releases import make_release, match_releases
from tests.visitors import Visitor

ADVICE, LEAVE = "We would not say that it is mandatory.", "may leave at any time"
SUMMARY = "13 words released later that were withheld under (b)(5); nothing newly withheld."
Visit = Callable[[Role | None], Visitor]


@dataclass(frozen=True, slots=True)
class World:
    parts: Parts
    first: str
    second: str

    @property
    def path(self) -> str:
        return f"/compare/{self.first}/{self.second}"

    def show(self, document_id: str, visibility: Visibility) -> None:
        with self.parts.database.transaction() as session:
            document = session.get_one(Document, document_id)
            document.visibility = visibility
            if visibility == Visibility.WITHDRAWN:
                document.published_at = document.withdrawn_at = NOON
                document.withdrawn_reason = "Asked for by the county."


@pytest.fixture
def world(parts: Parts) -> World:
    with parts.database.transaction() as session:
        first = make_release(session, parts.storage, "Zqfirst memo", received_on=date(2011, 1, 14))
        second = make_release(
            session, parts.storage, "Zqsecond memo", shown=["b5"], received_on=date(2011, 5, 9)
        )
        record_later_releases(session, match_releases(session, first, second, MatchState.ACCEPTED).id)
        return World(parts, first.id, second.id)


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text.replace("\u2060", "")).split())


def cite(visitor: Visitor, world: World, quote: str = LEAVE, page: str = "2", **more: str) -> str:
    """The address of the citation that the form of the comparison leads to."""
    sent = {"document": world.second, "page": page, "quote": quote, "compared": world.first, **more}
    answer = visitor.post("/cite", data=sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_comparison_says_in_a_sentence_what_was_released(visit: Visit, world: World) -> None:
    page = visit(None).get(world.path).text
    assert SUMMARY in plain(page)
    assert "Page 1 8 words released later" in plain(page)
    assert "Page 2 5 words released later" in plain(page)
    assert f'<span class="note-said">1 released later</span> {ADVICE}</ins>' in page
    assert "1 withheld here under (b)(5)" in page
    assert "mandatory" in page
    assert LEAVE not in page  # it is on the other page


def test_one_pair_of_pages_is_shown_at_a_time(visit: Visit, world: World) -> None:
    page = visit(None).get(f"{world.path}?page=2").text
    assert LEAVE in page
    assert ADVICE not in page
    assert page.count(".webp") == 2
    assert "withheld under (b)(6)" in page
    for nonsense in ("?page=99", "?page=x", "?page=-1", "?left=7&page=2"):
        assert visit(None).get(world.path + nonsense).status_code == 200


def test_the_sides_can_be_switched_and_say_the_same(visit: Visit, world: World) -> None:
    turned = visit(None).get(f"/compare/{world.second}/{world.first}?page=2").text
    assert SUMMARY in plain(turned)
    assert turned.index("Later release") < turned.index("Earlier release")
    assert LEAVE in turned
    assert f"{world.path}?page=2" in turned


def test_runs_go_into_a_spreadsheet(visit: Visit, world: World) -> None:
    answer = visit(None).get(f"{world.path}.csv")
    heading, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heading[0] == "What"
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        ("released later", "(b)(5)", ADVICE, "8"),
        ("released later", "(b)(5)", LEAVE, "5"),
    ]
    assert rows[1][7].endswith(f"/documents/{world.second}/pages/2")


@pytest.mark.parametrize("which", ["first", "second"])
@pytest.mark.parametrize("ending", ["", ".csv", "?page=1"])
def test_a_hidden_document_answers_like_none(visit: Visit, world: World, which: str, ending: str) -> None:
    hidden = getattr(world, which)
    world.show(hidden, Visibility.HELD)
    reader = visit(None)
    for path in (world.path, f"/compare/{world.second}/{world.first}"):
        answer = reader.get(path + ending)
        absent = reader.get(path.replace(hidden, "a" * 12) + ending)
        assert (answer.status_code, answer.text) == (404, absent.text)
        assert "Zq" not in answer.text
    assert visit(Role.EDITOR).get(world.path + ending).status_code == 200


def test_words_released_later_are_listed_with_both_pages(visit: Visit, world: World) -> None:
    page = visit(None).get("/redactions/released-later").text
    assert "2 passages, 13 words" in plain(page)
    assert page.index(ADVICE) < page.index(LEAVE)
    assert f"/documents/{world.first}/pages/2" in page
    assert f"{world.path}?page=2" in page
    assert "Withheld once under (b)(5)" in plain(page)
    assert "(released 14 January 2011)" in plain(page)
    assert LEAVE in visit(None).get("/redactions/released-later?exemption=b5").text
    assert LEAVE not in visit(None).get("/redactions/released-later?exemption=b6").text
    assert visit(None).get("/redactions/released-later?exemption=%22%25&window=9").status_code == 200


def test_the_list_as_a_spreadsheet(visit: Visit, world: World) -> None:
    answer = visit(None).get("/redactions/released-later.csv?exemption=b5")
    heading, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(heading) == len(rows[0])
    assert [row[0] for row in rows] == [ADVICE, LEAVE]


@pytest.mark.parametrize("which", ["first", "second"])
def test_the_list_tells_nothing_of_hidden_documents(visit: Visit, world: World, which: str) -> None:
    world.show(getattr(world, which), Visibility.HELD)
    for path in ("", "?exemption=b5", ".csv"):
        text = visit(None).get(f"/redactions/released-later{path}").text
        assert not re.findall(f"Zq|{LEAVE}|[0-9] passage", text)
    assert LEAVE in visit(Role.EDITOR).get("/redactions/released-later").text


def test_a_citation_says_where_its_words_were_withheld(visit: Visit, world: World) -> None:
    reader = visit(None)
    path = cite(reader, world)
    page = reader.get(path).text
    assert "These words were withheld in Zqfirst memo, page 2, under (b)(5)." in plain(page)
    assert f"{world.path}?page=2" in page
    told = json.loads(reader.get(f"{path}.json").text)["readingRoom"]["comparedWith"]
    assert (told["documentId"], told["pageNumber"], told["exemptions"]) == (world.first, 2, ["b5"])


def test_its_number_is_that_of_the_plain_citation_which_gains_the_comparison(
    visit: Visit, world: World
) -> None:
    with world.parts.database.transaction() as session:
        plain_id = cite_passage(session, world.second, 2, LEAVE, viewer=READER, at=NOON).id
    reader = visit(None)
    assert "comparedWith" not in reader.get(f"/cite/{plain_id}.json").text
    assert cite(reader, world) == f"/cite/{plain_id}"
    with world.parts.database.reading() as session:
        assert session.get_one(Citation, plain_id).compared_with is not None


@pytest.mark.parametrize("visibility", [Visibility.HELD, Visibility.MEMBERS, Visibility.WITHDRAWN])
def test_a_citation_is_silent_of_a_release_that_is_hidden(
    visit: Visit, world: World, visibility: Visibility
) -> None:
    path = cite(visit(None), world)
    world.show(world.first, visibility)
    for ending in ("", ".json"):
        answer = visit(None).get(path + ending)
        assert answer.status_code == 200
        assert not re.search(f"Zqfirst|withheld in|{world.first}|comparedWith", answer.text)


def test_nobody_is_believed_who_says_that_words_were_withheld(visit: Visit, world: World) -> None:
    reader = visit(None)
    asked = {"document": world.second, "page": "2", "quote": "if they wish", "compared": world.first}
    assert reader.post("/cite", data=asked).status_code == 409
    assert reader.post("/cite", data=asked | {"quote": ""}).status_code == 409
    turned = asked | {"document": world.first, "compared": world.second}
    assert reader.post("/cite", data=turned).status_code == 409
    assert reader.post("/cite", data=asked | {"compared": "a" * 12}).status_code == 404
    world.show(world.first, Visibility.HELD)
    assert reader.post("/cite", data=asked | {"quote": LEAVE}).status_code == 404
    with world.parts.database.reading() as session:
        assert session.query(Citation).count() == 0


def test_the_form_keeps_the_comparison_while_words_are_looked_for(visit: Visit, world: World) -> None:
    sent = {"document": world.second, "page": "2", "quote": "no such words", "compared": world.first}
    answer = visit(None).post("/cite", data=sent)
    assert answer.status_code == 404
    assert f'name="compared" value="{world.first}"' in answer.text
