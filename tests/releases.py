"""Releases of one record for tests: the same words, some of them withheld under boxes with a code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from archive.models import Document, RecordMatch, Redaction
from archive.ports import Storage
from archive.rules.redaction_states import MatchKind, MatchState
from archive.rules.statuses import Visibility
from ingest.redaction_found import FoundBy, RedactionLook
from tests.factories import NOON, lay_out, make_document

_WITHHELD = re.compile(r"\[(?P<code>[^|\]]*)\|(?P<words>[^\]]*)\]")  # [b5|words]
MEMO = (
    "The county asked in May. [b5|We would not say that it is mandatory.]\nThe answers given do not agree.",
    "From [b6|Jane Roe] to the board:\ncounties [b5|may leave at any time] if they wish.",
)


def make_release(
    session: Session,
    storage: Storage,
    title: str,
    pages: Sequence[str] = MEMO,
    *,
    shown: Sequence[str] = (),
    visibility: Visibility = Visibility.PUBLISHED,
    received_on: date | None = None,
) -> Document:
    """A document with these pages, whose words in brackets are withheld unless their code is ``shown``."""
    texts = [_WITHHELD.sub(lambda found: _said(found, shown), page) for page in pages]
    document = make_document(session, storage, title=title, pages=texts, visibility=visibility)
    document.received_on = received_on
    for number, text in enumerate(texts, 1):
        for word in lay_out(text):
            if re.fullmatch(r"\(b\)\(\d\)", word.text):
                box = word.boxes[0]
                session.add(
                    Redaction(
                        document_id=document.id,
                        page_number=number,
                        box=[box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1],
                        look=RedactionLook.BLACK,
                        found_by=FoundBy.SHAPES,
                        codes=[f"b{word.text[4]}"],
                        found_codes=[f"b{word.text[4]}"],
                    )
                )
    session.flush()
    return document


def match_releases(
    session: Session, one: Document, other: Document, state: MatchState = MatchState.ACCEPTED
) -> RecordMatch:
    """Two documents that are the same record, as an editor said."""
    first, second = sorted((one.id, other.id))
    match = RecordMatch(
        first_id=first,
        second_id=second,
        kind=MatchKind.OTHER_RELEASE,
        score=0.9,
        state=state,
        found_at=NOON,
        decided_at=NOON if state != MatchState.PROPOSED else None,
    )
    session.add(match)
    session.flush()
    return match


def _said(found: re.Match[str], shown: Sequence[str]) -> str:
    return found["words"] if found["code"] in shown else f"({found['code'][0]})({found['code'][1]})"
