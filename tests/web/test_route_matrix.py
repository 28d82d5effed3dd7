"""Every route, every visitor, every state of a document: the answer is what the permission table says, and
no word of what somebody may not see is in it, headers included."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from archive.models import Account, Document, FoiaRequest
from archive.parts import Parts
from archive.rules.access import READER, Action, Viewer, action_of
from archive.rules.statuses import Role
from archive.services.indexing import bring_index_up_to_date
from tests.factories import NOON
from tests.visitors import Visitor, make_account
from tests.web.matrix import (
    ACTORS,
    READING,
    Actor,
    Case,
    add_cases,
    allowed_statuses,
    hidden_words,
)
from tests.web.matrix_addresses import fill, is_of_a_document, methods_of
from tests.web.matrix_requests import (
    RequestCase,
    add_request_cases,
    hidden_request_words,
    request_routes_cases,
    restore,
)

FEWEST_CELLS = 3_000
VARIANTS: tuple[dict[str, str], ...] = (
    {"Range": "bytes=0-99"},
    {"If-None-Match": "*"},
    {"Accept": "application/json"},
)


@dataclass(slots=True)
class World:
    """The archive of the test, with one visitor for each actor."""

    app: Flask
    parts: Parts
    cases: list[Case]
    requests: list[RequestCase]
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def viewer(self, actor: Actor) -> Viewer:
        account = self.visitors[actor.name].account
        return READER if account is None else Viewer(account.role, account.id, account.email)

    def sign_in(self, actor: Actor) -> None:
        visitor = self.app.test_client()
        assert isinstance(visitor, Visitor)
        if actor.role is not None:
            visitor.sign_in(self.parts.database, actor.role, f"{actor.name}@example.org")
        self.visitors[actor.name] = visitor

    def states(self) -> dict[str, object]:
        with self.parts.database.reading() as session:
            found = [session.get_one(Document, case.document.id) for case in self.cases]
            requests = [session.get_one(FoiaRequest, case.ids["request"]) for case in self.requests]
            shown = {document.id: (document.visibility, document.title) for document in found}
            return shown | {request.slug: (request.audience, request.title) for request in requests}


@pytest.fixture
def world(app: Flask, parts: Parts) -> World:
    sender = make_account(parts.database, Role.VOLUNTEER, "sender@example.org")
    editor = make_account(parts.database, Role.EDITOR, "editor@example.org")
    with parts.database.transaction() as session:
        cases = add_cases(session, parts.storage, sender, editor)
        responsible = Account(
            email="zqresponsiblezq@example.org", name="zqresponsiblezq", role=Role.MEMBER, created_at=NOON
        )
        session.add(responsible)
        session.flush()
        documents = [case.document for case in cases]
        requests = add_request_cases(session, parts.storage, documents, responsible)
    bring_index_up_to_date(parts.database, parts.engine)
    world = World(app, parts, cases, requests)
    for actor in ACTORS:
        world.sign_in(actor)
    return world


def routes(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=str)


def pattern_of(actor: Actor, world: World) -> re.Pattern[str]:
    """Finds each word that is hidden from this visitor; nothing, when none is."""
    words = list(hidden_words(actor, world.cases, world.viewer))
    words += hidden_request_words(world.viewer(actor), world.requests)
    if actor.role is None:
        words.append("zqresponsiblezq")
    return re.compile("|".join(words) or "(?!)")


def cases_of(world: World, rule: Rule) -> list[Case | RequestCase]:
    """All documents for a route of one document, all requests for one of a request; else one document, whose
    slug fills the address."""
    documents = world.cases if is_of_a_document(rule) else world.cases[:1]
    requests = request_routes_cases(rule.rule, world.requests)
    return [*([] if is_of_requests(world.app, rule) else documents), *requests]


def is_of_requests(app: Flask, rule: Rule) -> bool:
    """Whether only requests, and productions as parts of them, are at its address."""
    is_work = action_of(app.view_functions[rule.endpoint]) is not Action.READ_PUBLISHED
    return rule.rule.startswith("/requests/<slug>") or (
        is_work and rule.rule.startswith("/productions/<slug>")
    )


def differences(world: World, actor: Actor, methods: Callable[[Rule], list[str]]) -> tuple[int, list[str]]:
    cells = 0
    wrong: list[str] = []
    viewer = world.viewer(actor)
    hidden = pattern_of(actor, world)
    for rule in routes(world.app):
        for method in methods(rule):
            for case in cases_of(world, rule):
                cells += 1
                answer = ask(world, actor, rule, method, case)
                about = f"{method} {rule} by {actor.name}, {case.about}"
                allowed = allowed_statuses(world.app, rule, method, actor, viewer, case)
                if answer.status_code not in allowed:
                    wrong.append(f"{about}: {answer.status_code}, not {sorted(allowed)}")
                wrong += [f"{about}: tells {word}" for word in told(answer, hidden)]
    return cells, wrong


def ask(world: World, actor: Actor, rule: Rule, method: str, case: Case | RequestCase) -> TestResponse:
    if method not in READING:
        world.sign_in(actor)  # the one before may have ended the session
    answer: TestResponse = world.visitors[actor.name].open(fill(rule, case), method=method)
    if method not in READING and isinstance(case, RequestCase):
        with world.parts.database.transaction() as session:
            restore(session, case)
    return answer


def told(answer: TestResponse, hidden: re.Pattern[str]) -> list[str]:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    body = answer.get_data().decode("utf-8", "replace")
    return sorted(set(hidden.findall(headers + "\n" + body)))


@pytest.mark.timeout(900)
def test_every_answer_is_what_the_table_says_and_tells_nothing_hidden(world: World) -> None:
    cells = 0
    wrong: list[str] = []
    for actor in ACTORS:
        done, found = differences(world, actor, methods_of_reading)
        cells, wrong = cells + done, wrong + found
    before = world.states()
    for actor in ACTORS:
        done, found = differences(world, actor, methods_of_changing)
        cells, wrong = cells + done, wrong + found
    assert wrong == [], f"{len(wrong)} of {cells} cells:\n" + "\n".join(wrong[:60])
    assert world.states() == before, "an empty form changed a document"
    assert cells >= FEWEST_CELLS


def methods_of_reading(rule: Rule) -> list[str]:
    return [method for method in methods_of(rule) if method in READING]


def methods_of_changing(rule: Rule) -> list[str]:
    return [method for method in methods_of(rule) if method not in READING]


@pytest.mark.timeout(900)
def test_no_way_of_asking_tells_what_is_hidden(world: World) -> None:
    """Ranges, conditions, other formats; and search, lists and feeds when asked for the very words."""
    found = []
    asked = ("opt", "zq*", "zqa*", "*zq", "opt~")
    for actor in ACTORS[:4]:
        visitor = world.visitors[actor.name]
        hidden = pattern_of(actor, world)
        for rule in routes(world.app):
            if "GET" not in methods_of(rule):
                continue
            for case in cases_of(world, rule):
                for headers in VARIANTS:
                    answer = visitor.get(fill(rule, case), headers=headers)
                    found += [f"{rule} {headers} {actor.name}: {word}" for word in told(answer, hidden)]
        for query in asked:
            for path in ("/search", "/search.csv", "/search.atom", "/search/suggest", "/api/v1/search"):
                answer = visitor.get(path, query_string={"q": query})
                found += [f"{path} {query} {actor.name}: {word}" for word in told(answer, hidden)]
    assert found == []


def test_there_are_words_to_be_found(world: World) -> None:
    """An editor is told what the others are not, so the search above looks for something."""
    editor = world.visitors["editor"]
    for case in world.cases:
        assert case.words[0] in editor.get(f"/documents/{case.document.id}").text
