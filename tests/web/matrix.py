"""An archive with a document in every state, each full of words that stand nowhere else, and six visitors.

Which answer a visitor must get is derived from the permission table alone; ``ROUTES`` says the little that
an address does not tell by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from archive.models import (
    Account,
    Citation,
    CitingWork,
    Collection,
    CollectionItem,
    Document,
    DocumentNote,
    FieldProposal,
    Finding,
    Page,
    RedactionBox,
    UploadBatch,
)
from archive.ports import Storage
from archive.rules.access import READER, Viewer, action_of, may_see
from archive.rules.citation_states import Audience, LinkState
from archive.rules.statuses import FindingKind, NoteKind, ReadingStatus, Role, Visibility
from archive.services.citations import cite_passage
from tests.factories import NOON, make_document
from tests.web.matrix_addresses import COLLECTION, is_of_a_document
from tests.web.matrix_requests import RequestCase, allowed_for_request

READING = frozenset({"GET", "HEAD"})
# Routes that a volunteer uses for own and claimed documents only, whatever else they may see.
FOR_OWN_PEOPLE = ("/describe/",)
# Shown on other sites, where nobody is signed in: they answer everybody as they answer a reader.
FOR_READERS_ONLY = ("/cite/<citation_id>/embed",)
# What a document need not have: such a part may be missing although the document is there.
PARTS = ("page_number", "finding_id", "box_id", "change_set", "copy_id", "field", "style", "work_id")
SHOWN = {200, 206, 302, 303, 304, 400, 409, 413}
ANY_BUT_REFUSED = SHOWN | {204, 404, 405, 410, 412, 415, 423, 503}
CHECK_A_PASSWORD = ("/sign-in", "/sign-in/code", "/account/password", "/account/authenticator")
WRONG_PASSWORD = {401, 429}
# Of one collection: its keeper may do what others may not, whatever their role.
FOR_KEEPERS = ("/collections/<slug>/",)
STATES: tuple[tuple[Visibility, ReadingStatus], ...] = (
    *((visibility, ReadingStatus.READ) for visibility in Visibility),
    (Visibility.UNPUBLISHED, ReadingStatus.RECEIVED),
    (Visibility.UNPUBLISHED, ReadingStatus.READING),
    (Visibility.UNPUBLISHED, ReadingStatus.FAILED),
    (Visibility.UNPUBLISHED, ReadingStatus.PARTIAL),
    (Visibility.PUBLISHED, ReadingStatus.PARTIAL),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A visitor; ``is_own``: the documents were sent in by them."""

    name: str
    role: Role | None
    is_own: bool = False


ACTORS = (
    Actor("reader", None),
    Actor("member", Role.MEMBER),
    Actor("sender", Role.VOLUNTEER, is_own=True),
    Actor("volunteer", Role.VOLUNTEER),
    Actor("editor", Role.EDITOR),
    Actor("admin", Role.ADMIN),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A document, its state, and the words that only it has: ``secrets`` is what editors alone may see of
    it, whatever its state; ``words`` what everybody may who may see the document."""

    document: Document
    citation_id: str
    visibility: Visibility
    words: tuple[str, ...]
    secrets: tuple[str, ...]

    @property
    def about(self) -> str:
        """What it is called in what is told of a difference."""
        return f"{self.visibility} {self.document.reading_status}"


def add_cases(session: Session, storage: Storage, sender: Account, editor: Account) -> list[Case]:
    """A document in each state."""
    batch = UploadBatch(id="b" * 32, account_id=sender.id, created_at=NOON, note="zqbatchnote", manifest={})
    session.add(batch)
    session.flush()
    cases = [
        _add_case(session, storage, number, visibility, reading, sender, editor)
        for number, (visibility, reading) in enumerate(STATES)
    ]
    _collect(session, cases, editor)
    return cases


def _collect(session: Session, cases: list[Case], editor: Account) -> None:
    """A public collection with a passage of each document; the note on it quotes its words."""
    days = {"created_at": NOON, "changed_at": NOON}
    shown = Audience.PUBLIC
    collection = Collection(slug=COLLECTION, title="All", audience=shown, kept_by_id=editor.id, **days)
    session.add(collection)
    session.flush()
    session.add_all(
        CollectionItem(
            collection_id=collection.id,
            citation_id=case.citation_id,
            position=position,
            note=f"It says {case.words[1]}",
            added_at=NOON,
        )
        for position, case in enumerate(cases, 1)
    )
    session.flush()


def _word(number: int, place: str) -> str:
    return f"zq{chr(97 + number)}{place}zq"


def _add_case(
    session: Session,
    storage: Storage,
    number: int,
    visibility: Visibility,
    reading: ReadingStatus,
    sender: Account,
    editor: Account,
) -> Case:
    places = ("title", "text", "file", "sender", "recipient", "subject", "agency", "production", "bates")
    word = {place: _word(number, place) for place in places}
    secret = {place: _word(number, place) for place in ("note", "finding", "metadata", "hidden", "box")}
    page = f"opt out {word['text']}"
    pages = (page, None) if reading == ReadingStatus.PARTIAL else (page,)
    document = make_document(
        session,
        storage,
        title=f"opt out {word['title']}",
        pages=pages,
        visibility=visibility,
        source_file=f"{word['file']}.pdf",
        sender=word["sender"],
        recipient=word["recipient"],
        subject=word["subject"],
        agency=f"{word['agency']} bureau",
        production=word["production"],
        bates=word["bates"],
    )
    document.reading_status = reading
    document.uploaded_by_id, document.batch_id = sender.id, "b" * 32
    document.screened_at = NOON
    document.pdf_facts = {"metadata": {"Author": secret["metadata"]}, "attachments": [], "scripts": []}
    if visibility == Visibility.WITHDRAWN:
        document.published_at = document.withdrawn_at = NOON
        document.withdrawn_reason = "Asked for by the county."
    if visibility == Visibility.PUBLISHED:
        document.published_at = NOON
    _add_secrets(session, document, secret, editor)
    citation_id = _cite(session, document, editor)
    return Case(document, citation_id, visibility, tuple(word.values()), tuple(secret.values()))


def _cite(session: Session, document: Document, editor: Account) -> str:
    """A citation of all words of its first page, given out while it could be seen."""
    viewer = Viewer(editor.role, editor.id, editor.email)
    quote = session.get_one(Page, (document.id, 1)).text
    citation: Citation = cite_passage(session, document.id, 1, quote, viewer=viewer, at=NOON)
    return citation.id


def _add_secrets(session: Session, document: Document, secret: dict[str, str], editor: Account) -> None:
    session.add_all(
        (
            DocumentNote(
                document_id=document.id,
                account_id=editor.id,
                kind=NoteKind.NOTE,
                text=secret["note"],
                written_at=NOON,
            ),
            Finding(
                document_id=document.id,
                fingerprint="f" * 64,
                kind=FindingKind.ALIEN_NUMBER,
                page_number=1,
                text=secret["finding"],
                boxes=[[72, 72, 90, 84]],
                score=0.9,
                reason=secret["hidden"],
                found_at=NOON,
            ),
            RedactionBox(
                document_id=document.id,
                page_number=1,
                box=[72, 72, 90, 84],
                reason=secret["box"],
                drawn_by_id=editor.id,
                drawn_at=NOON,
            ),
            FieldProposal(document_id=document.id, field="title", value=secret["hidden"], page_number=1),
            CitingWork(
                document_id=document.id,
                address=f"https://example.org/{secret['note']}",
                title=secret["finding"],
                state=LinkState.WAITING,
                proposed_at=NOON,
            ),
        )
    )
    session.flush()


def sees(actor: Actor, case: Case, viewer: Viewer) -> bool:
    """Whether the permission table lets this visitor see the document."""
    return may_see(viewer, case.visibility, is_own=actor.is_own)


def allowed_statuses(
    app: Flask, rule: Rule, method: str, actor: Actor, viewer: Viewer, case: Case | RequestCase
) -> set[int]:
    """The answers that the tables allow."""
    action = action_of(app.view_functions[rule.endpoint])
    assert action is not None, f"{rule} says nothing of who may use it"
    if not viewer.may(action):
        if actor.role is not None:
            return {403}
        return {303} if method == "GET" else {401}
    if isinstance(case, RequestCase):
        return allowed_for_request(rule.rule, viewer, case)
    if rule.rule in FOR_READERS_ONLY:
        viewer = READER
    if not is_of_a_document(rule):
        more = WRONG_PASSWORD if rule.rule in CHECK_A_PASSWORD else set()
        return ANY_BUT_REFUSED | more | ({403} if rule.rule.startswith(FOR_KEEPERS) else set())
    if not sees(actor, case, viewer) or not is_for(actor, rule):
        return {404, 410} if case.visibility == Visibility.WITHDRAWN else {404}
    is_whole = case.document.reading_status == ReadingStatus.READ
    may_lack = not is_whole or any(name in rule.arguments for name in PARTS)
    return SHOWN | {404} if may_lack else SHOWN


def is_for(actor: Actor, rule: Rule) -> bool:
    """Whether the route is for this visitor's work: volunteers work on their own documents only."""
    is_work = rule.rule.startswith(FOR_OWN_PEOPLE)
    return not is_work or actor.role != Role.VOLUNTEER or actor.is_own


def hidden_words(actor: Actor, cases: list[Case], viewer_of: Callable[[Actor], Viewer]) -> Iterator[str]:
    """What this visitor must not be told by any address."""
    viewer = viewer_of(actor)
    for case in cases:
        if not sees(actor, case, viewer):
            yield from case.words
        if actor.role not in (Role.EDITOR, Role.ADMIN) and not (actor.is_own and sees(actor, case, viewer)):
            yield from case.secrets
