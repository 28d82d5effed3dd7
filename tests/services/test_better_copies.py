"""A better copy of a record: who may be shown it, what cannot be one, and how it is taken back."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from archive.errors import DocumentNotFound
from archive.models import AuditEntry, Document
from archive.parts import Parts
from archive.rules.access import READER, Viewer
from archive.rules.statuses import Role, Visibility
from archive.services.better_copies import (
    BetterCopyRefused,
    better_copy_of,
    name_better_copy,
    take_back_better_copy,
)
from archive.services.standing import standing_of
from tests.factories import NOON, make_document

EDITOR = Viewer(Role.EDITOR, None, "editor@example.org")


def make(
    session: Session, parts: Parts, title: str, visibility: Visibility = Visibility.PUBLISHED
) -> Document:
    return make_document(session, parts.storage, title=title, pages=(title,), visibility=visibility)


def say(session: Session, document: Document, written: str, reason: str = "It is complete.") -> Document:
    return name_better_copy(session, document.id, written, reason, viewer=EDITOR, at=NOON)


@pytest.mark.parametrize(
    "written", ["{0}", " {0} ", "/documents/{0}", "https://records.example.org/documents/{0}/pages/2?q=x#top"]
)
def test_a_copy_is_named_by_id_or_address(parts: Parts, written: str) -> None:
    with parts.database.transaction() as session:
        worse, better = make(session, parts, "Worse"), make(session, parts, "Better")
        version = worse.content_version
        assert say(session, worse, written.format(better.id)) is better
        assert better_copy_of(session, worse, READER) is better
        assert worse.superseded_reason == "It is complete."
        assert worse.content_version == version  # search is not concerned
        assert standing_of(session, worse, READER).better is better


def test_a_chain_leads_to_its_last_copy(parts: Parts) -> None:
    with parts.database.transaction() as session:
        first, second, third = (make(session, parts, name) for name in ("One", "Two", "Three"))
        say(session, second, third.id)
        say(session, first, second.id)
        assert better_copy_of(session, first, READER) is third
        third.visibility = Visibility.HELD
        session.flush()
        assert better_copy_of(session, first, READER) is second
        assert better_copy_of(session, first, EDITOR) is third


def test_no_circle_and_not_itself(parts: Parts) -> None:
    with parts.database.transaction() as session:
        first, second, third = (make(session, parts, name) for name in ("One", "Two", "Three"))
        say(session, first, second.id)
        say(session, second, third.id)
        for document, better in ((third, first), (second, first), (first, first)):
            with pytest.raises(BetterCopyRefused):
                say(session, document, better.id)
        assert third.superseded_by_id is None


@pytest.mark.parametrize("written", ["", "aaaaaaaaaaaa", "nonsense", "https://example.org/", "/documents/"])
def test_what_is_not_there_is_no_copy(parts: Parts, written: str) -> None:
    with parts.database.transaction() as session, pytest.raises(BetterCopyRefused):
        say(session, make(session, parts, "One"), written)


@pytest.mark.parametrize("visibility", [one for one in Visibility if one != Visibility.PUBLISHED])
def test_readers_are_not_sent_to_what_they_cannot_see(parts: Parts, visibility: Visibility) -> None:
    with parts.database.transaction() as session:
        document, hidden = make(session, parts, "One"), make(session, parts, "Two", visibility)
        with pytest.raises(BetterCopyRefused):
            say(session, document, hidden.id)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\x00b"])
def test_a_reason_is_a_few_words(parts: Parts, reason: str) -> None:
    with parts.database.transaction() as session:
        one, two = make(session, parts, "One"), make(session, parts, "Two")
        with pytest.raises(BetterCopyRefused):
            say(session, one, two.id, reason)


def test_it_can_be_taken_back_and_all_of_it_is_logged(parts: Parts) -> None:
    with parts.database.transaction() as session:
        one, two = make(session, parts, "One"), make(session, parts, "Two")
        say(session, one, two.id)
        for _ in range(2):
            take_back_better_copy(session, one.id, viewer=EDITOR, at=NOON)
        assert (one.superseded_by_id, one.superseded_reason) == (None, None)
        assert better_copy_of(session, one, EDITOR) is None
        logged = [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.id)]
        assert logged == ["better_copy_named", "better_copy_taken_back"]


def test_nobody_names_a_copy_of_what_they_cannot_see(parts: Parts) -> None:
    with parts.database.transaction() as session:
        hidden, better = make(session, parts, "One", Visibility.HELD), make(session, parts, "Two")
        with pytest.raises(DocumentNotFound):
            name_better_copy(session, hidden.id, better.id, "Better.", viewer=READER, at=NOON)
