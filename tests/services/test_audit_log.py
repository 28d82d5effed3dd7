"""The audit log can be read in words, and shows when somebody changed it."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from archive.database import Database
from archive.models import AuditEntry
from archive.parts import Parts
from archive.rules.audit_words import AUDIT_WORDS, action_words, detail_words
from archive.rules.statuses import Visibility
from archive.rules.transitions import EVENTS
from archive.services.audit import record_event
from archive.services.audit_log import (
    CSV_COLUMNS,
    AuditFilter,
    find_head,
    iter_audit_rows,
    list_entries,
    list_history,
    verify_chain,
)
from archive.services.checkup import check_audit
from archive.services.publication import hold_document, publish_document
from tests.findings import make_editor, make_reviewable
from tests.house.tree import ROOT

MUTATIONS = 200
ENTRIES = 30
TEXTS = ("actor", "action", "subject", "previous_hash", "entry_hash")


def fill(database: Database, at: datetime, entries: int = ENTRIES) -> None:
    with database.transaction() as session:
        for number in range(entries):
            record_event(
                session,
                ("document_noted", "finding_decided")[number % 2],
                f"doc{number % 7}",
                actor=f"editor{number % 3}@example.org",
                at=at + timedelta(minutes=number),
                details={"n": number, "from": "open", "to": "hold"},
            )


def change_text(session: Session, number: int, chance: random.Random) -> str:
    column = chance.choice(TEXTS)
    value = getattr(session.get_one(AuditEntry, number), column)
    at = chance.randrange(len(value) + 1)
    changed = value[:at] + chance.choice("abcxyz019") + value[at + chance.randrange(2) :]
    changed = value + "x" if changed == value else changed
    session.execute(update(AuditEntry).where(AuditEntry.id == number).values({column: changed}))
    return f"{column} of {number}"


def change_details(session: Session, number: int, chance: random.Random) -> str:
    details = {"n": number + chance.randrange(1, 9), "to": "redact"}
    session.execute(update(AuditEntry).where(AuditEntry.id == number).values(details=details))
    return f"details of {number}"


def change_time(session: Session, number: int, chance: random.Random) -> str:
    moment = session.get_one(AuditEntry, number).happened_at + timedelta(seconds=chance.randrange(1, 10**6))
    session.execute(update(AuditEntry).where(AuditEntry.id == number).values(happened_at=moment))
    return f"time of {number}"


def remove(session: Session, number: int, chance: random.Random) -> str:
    number = chance.randrange(1, ENTRIES)  # not the last one: no chain shows that
    session.execute(delete(AuditEntry).where(AuditEntry.id == number))
    return f"{number} removed"


def swap(session: Session, number: int, chance: random.Random) -> str:
    other = chance.choice([other for other in range(1, ENTRIES + 1) if other != number])
    for before, after in ((number, -1), (other, number), (-1, other)):
        session.execute(update(AuditEntry).where(AuditEntry.id == before).values(id=after))
    return f"{number} and {other} swapped"


def move_to_the_end(session: Session, number: int, chance: random.Random) -> str:
    number = chance.randrange(1, ENTRIES)
    session.execute(update(AuditEntry).where(AuditEntry.id == number).values(id=ENTRIES + 9))
    return f"{number} moved to the end"


def copy_to_the_end(session: Session, number: int, chance: random.Random) -> str:
    columns = "happened_at, actor, action, subject, details, previous_hash, entry_hash"
    copied = f"INSERT INTO audit_entry (id, {columns}) SELECT 1000, {columns} FROM audit_entry WHERE id = :id"
    session.execute(text(copied), {"id": number})
    return f"{number} copied to the end"


CHANGES = (change_text, change_details, change_time, remove, swap, move_to_the_end, copy_to_the_end)


def mutate(session: Session, chance: random.Random) -> str:
    """Change the log as somebody might who can write into the database, but not cut its end off."""
    return chance.choice(CHANGES)(session, chance.randrange(1, ENTRIES + 1), chance)


def test_two_hundred_random_changes_are_all_noticed(database: Database, at: datetime) -> None:
    fill(database, at)
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _ in range(MUTATIONS):
        with database.reading() as session:  # never committed: the next change starts from a sound log
            assert verify_chain(session).holds
            did = mutate(session, chance)
            session.expire_all()
            assert not verify_chain(session).holds, f"seed {seed}: {did}"
            session.rollback()


def test_what_is_cut_off_at_the_end_shows_only_against_a_head_that_was_noted(
    database: Database, at: datetime
) -> None:
    fill(database, at)
    with database.transaction() as session:
        noted = find_head(session)
        session.execute(delete(AuditEntry).where(AuditEntry.id > ENTRIES - 3))
        assert verify_chain(session).holds  # as docs/for-editors.md says
        assert find_head(session) != noted


def test_a_decision_that_was_cut_off_shows_by_the_state_of_its_document(parts: Parts, at: datetime) -> None:
    with parts.database.transaction() as session:
        document, editor = make_reviewable(session, parts.storage), make_editor(session)
        hold_document(session, document.id, viewer=editor, at=at)
        publish_document(session, document.id, actor="ed", at=at)
        assert list(check_audit(session)) == []
        last = select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1).scalar_subquery()
        session.execute(delete(AuditEntry).where(AuditEntry.id == last))
        (found,) = check_audit(session)
        assert (found.code, found.subject) == ("audit_disagrees", document.id)
        assert "is published, but the audit log's last decision says held." in found.sentence


def test_a_state_that_was_changed_past_the_program_shows(parts: Parts) -> None:
    with parts.database.transaction() as session:
        make_reviewable(session, parts.storage, visibility=Visibility.PUBLISHED)
        assert [found.code for found in check_audit(session)] == ["audit_disagrees"]


def test_the_log_is_read_by_subject_by_person_and_by_action(database: Database, at: datetime) -> None:
    fill(database, at)
    with database.reading() as session:
        everything = list_entries(session, AuditFilter())
        assert [line.entry.id for line in everything.items] == list(range(ENTRIES, 0, -1))
        assert everything.items[0].what == "decided about a finding"
        assert {line.entry.subject for line in list_history(session, "doc3")} == {"doc3"}
        by_person = list_entries(session, AuditFilter(actor="EDITOR1"))
        assert {line.entry.actor for line in by_person.items} == {"editor1@example.org"}
        assert list_entries(session, AuditFilter(actor="%")).total == 0
        assert list_entries(session, AuditFilter(action="document_noted", subject="doc0")).total == 3
        rows = list(iter_audit_rows(session, AuditFilter(subject="doc1")))
        assert rows[0] == CSV_COLUMNS
        assert [row[5] for row in rows[1:]] == ["doc1"] * (len(rows) - 1)


def test_details_are_told_in_words() -> None:
    assert detail_words({"from": "unpublished", "to": "published"}) == "in review → published"
    assert detail_words({"from": "unpublished", "to": "unpublished"}) == ""
    details = {"finding": 4, "kind": "minor", "page": 2, "from": "open", "to": "redact"}
    assert detail_words(details) == "name of a minor; open → to be redacted; page 2"
    assert action_words("something_new") == "something new"


def recorded_actions() -> Iterator[tuple[str, str]]:
    """Every action that a call of ``record_event`` names, with the module that calls it."""
    for path in sorted((ROOT / "archive").rglob("*.py")):
        tree = ast.parse(path.read_text())
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for call in _calls(function, "record_event"):
                    yield from ((action, path.name) for action in _actions_of(call.args[1], function, tree))


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name:
            yield call


def _actions_of(argument: ast.expr, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from _actions_of(argument.body, function, tree)
        yield from _actions_of(argument.orelse, function, tree)
    elif isinstance(argument, ast.Name):  # a variable, or what the callers of this function give
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == argument.id:
                yield from _actions_of(node.value, function, tree)
        names = [given.arg for given in function.args.args]
        if argument.id in names:
            for caller in ast.walk(tree):
                if isinstance(caller, ast.FunctionDef):
                    for call in _calls(caller, function.name):
                        yield from _actions_of(call.args[names.index(argument.id)], caller, tree)


def test_every_action_in_the_code_has_words() -> None:
    found = dict(recorded_actions())
    assert len(found) > 8
    assert {action: where for action, where in found.items() if action not in AUDIT_WORDS} == {}
    assert set(EVENTS.values()) <= set(AUDIT_WORDS)
