"""The page of the audit log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from archive.models import AuditEntry
from archive.parts import Parts
from archive.rules.statuses import Role
from archive.services.audit import record_event
from archive.services.audit_log import find_head
from tests.factories import NOON
from tests.visitors import Visitor

Visit = Callable[[Role | None], Visitor]


@pytest.fixture
def editor(visit: Visit, parts: Parts) -> Visitor:
    with parts.database.transaction() as session:
        for number in range(130):
            record_event(
                session,
                "document_held" if number % 2 else "document_noted",
                "abcdefghijkl" if number % 10 == 0 else "bbbbbbbbbbbb",
                actor="=cmd@example.org",
                at=NOON + timedelta(minutes=number),
                details={"from": "unpublished", "to": "held"} if number % 2 else {},
            )
    return visit(Role.EDITOR)


def test_it_is_told_in_words_a_window_at_a_time(editor: Visitor) -> None:
    first = editor.get("/audit").text
    assert "held a document back" in first
    assert "in review → held" in first
    assert "Entries 1–100 of 130" in first
    assert "Entries 101–130 of 130" in editor.get("/audit?window=2").text


def test_it_is_narrowed_by_what_is_in_the_address(editor: Visitor) -> None:
    assert "13 entries" in editor.get("/audit?subject=abcdefghijkl").text
    assert "65 entries" in editor.get("/audit?action=document_held&actor=CMD").text
    assert "Nothing like this is on record" in editor.get("/audit?actor=nobody").text


def test_it_says_whether_the_chain_holds_and_since_when(editor: Visitor, parts: Parts, app: Flask) -> None:
    with parts.database.reading() as session:
        head = find_head(session)
    sound = editor.get("/audit").text
    assert "The chain holds" in sound
    assert head.entry_hash in sound
    assert "checked on 2 November 2026, 12:00 UTC" in sound
    with parts.database.transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 7).values(actor="somebody else"))
    assert "The chain holds" in editor.get("/audit").text  # as of the time that it says
    assert "The chain is broken at entry 7" in editor.get("/audit?check=now").text
    assert "The chain is broken at entry 7" in editor.get("/audit").text


def test_it_goes_out_as_a_spreadsheet_without_formulas(editor: Visitor) -> None:
    answer = editor.get("/audit.csv?subject=abcdefghijkl")
    lines = answer.text.splitlines()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-log-2026-11-02.csv"'
    assert lines[0].endswith("Number,Time (UTC),Who,What,Action,Subject,Details,Hash")
    assert len(lines) == 14
    assert all(",'=cmd@example.org," in line for line in lines[1:])


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.VOLUNTEER])
def test_it_is_for_editors(visit: Visit, role: Role | None) -> None:
    for address in ("/audit", "/audit.csv", "/audit?check=now"):
        assert visit(role).get(address).status_code == (303 if role is None else 403)
