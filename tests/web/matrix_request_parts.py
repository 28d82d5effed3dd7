"""The parts of a request for the route matrix, each full of its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Production, RequestEvent, RequestFile, RequestLetter
from archive.ports import Storage
from archive.rules.access import Viewer
from archive.rules.request_states import EventKind, NumberKind, Outcome, PersonRole, RequestLetterKind
from archive.rules.statuses import Role
from archive.services.mail_import import add_mail, read_mail_file, store_mail
from archive.services.request_events import EventForm, add_event
from archive.services.request_numbers import NumberForm, add_number
from archive.services.request_people import PersonForm, add_person
from tests.factories import NOON
from tests.files.make_mails import mail

KEEPER = Viewer(Role.EDITOR, None, "keeper@example.org")
SENT_ON, HIDDEN_ON, NEXT_ON = date(2010, 2, 3), date(2011, 7, 19), date(2013, 5, 23)
OF_THE_REQUEST = ("title", "records", "requester", "agency", "place")
OF_EVENTS = ("number", "court", "says", "produced", "bates", "next", "person")
OF_MEMBERS = (
    *("note", "sender", "recipient", "organisation", "email", "phone", "lettertitle", "lettertext"),
    *(
        "addressee",
        "signature",
        "mailsubject",
        "mailtext",
        "mailfile",
        "attached",
        "secretnumber",
        "secretsays",
    ),
    *("secretperson", "secretproduced"),
)


def add_parts(
    session: Session, request: FoiaRequest, word: dict[str, str], *, is_draft: bool
) -> dict[str, int]:
    written: dict[str, Any] = {"note": word["note"], "sender": word["sender"], "recipient": word["recipient"]}
    if not is_draft:
        sent = EventForm(EventKind.SENT, SENT_ON, **written)
        add_event(session, request, sent, viewer=KEEPER, at=NOON)
    said = EventForm(EventKind.CORRESPONDED, SENT_ON, says=f"They wrote {word['says']}", **written)
    event = add_event(session, request, said, viewer=KEEPER, at=NOON)
    if not is_draft:
        hidden = EventForm(
            EventKind.DETERMINED, HIDDEN_ON, outcome=Outcome.DENIED, says=word["secretsays"], **written
        )
        add_event(session, request, hidden, viewer=KEEPER, at=NOON)
    number = add_number(session, request, NumberForm(word["number"]), viewer=KEEPER, at=NOON)
    docket = NumberForm("1:10-cv-1", NumberKind.DOCKET, court=f"Court of {word['court']}")
    add_number(session, request, docket, viewer=KEEPER, at=NOON)
    add_number(session, request, NumberForm(word["secretnumber"]), viewer=KEEPER, at=NOON)
    people = [
        add_person(session, request, _person(word, name), viewer=KEEPER, at=NOON)
        for name in ("person", "secretperson")
    ]
    return {"event": event.id, "number": number.id, "person": people[0].id}


def _person(word: dict[str, str], name: str) -> PersonForm:
    return PersonForm(
        word[name], PersonRole.OFFICER, email=f"{word['email']}@example.org", phone=f"555 {word['phone']}"
    )


def add_production(session: Session, request: FoiaRequest, word: dict[str, str]) -> Production:
    """One that was told of, and one that was not."""
    made = []
    for name in ("produced", "secretproduced"):
        production = Production(
            slug=f"{request.slug}-{name}",
            title=f"Release {word[name]}",
            agency_id=request.agency_id,
            request_id=request.id,
            received_on=SENT_ON if name == "produced" else HIDDEN_ON,
            tracking_number=word["number"] if name == "produced" else word["secretnumber"],
            bates_first=f"{word['bates']}-1",
            said_pages=77,
            next_due_on=NEXT_ON,
            next_due_says=word["next"],
        )
        session.add(production)
        session.flush()
        event = EventForm(EventKind.PRODUCED, production.received_on or SENT_ON, production_id=production.id)
        if request.slug and _was_sent(session, request):
            add_event(session, request, event, viewer=KEEPER, at=NOON)
        made.append(production)
    return made[0]


def _was_sent(session: Session, request: FoiaRequest) -> bool:
    sent = RequestEvent.request_id == request.id, RequestEvent.kind == EventKind.SENT
    return session.scalar(select(RequestEvent.id).where(*sent)) is not None


def add_written(
    session: Session, storage: Storage, request: FoiaRequest, word: dict[str, str]
) -> dict[str, int]:
    letter = RequestLetter(
        request_id=request.id,
        kind=RequestLetterKind.FOLLOW_UP,
        title=word["lettertitle"],
        addressee=word["addressee"],
        signature=word["signature"],
        text=f"Please answer. {word['lettertext']}",
        made_at=NOON,
        changed_at=NOON,
    )
    session.add(letter)
    data = mail(
        f"We have received your request. {word['mailtext']}",
        subject=word["mailsubject"],
        message_id=f"<{word['mailfile']}@agency.example>",
        attached=((f"{word['attached']}.zip", "application/zip", b"PK"),),
    )
    file = read_mail_file(f"{word['mailfile']}.eml", data)
    store_mail(storage, file)
    rows, _ = add_mail(session, request, file, viewer=KEEPER, at=NOON)
    return {"letter": letter.id, "mail": rows[0].id}


def attach_all(session: Session, event_id: int, documents: Sequence[Document], word: dict[str, str]) -> None:
    session.add_all(
        RequestFile(event_id=event_id, document_id=one.id, name=f"{word['attached']}.pdf", position=position)
        for position, one in enumerate(documents)
    )
    session.flush()
