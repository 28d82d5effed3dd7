"""A site with documents to be reviewed, and browsers in which editors are signed in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import waitress
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy.orm import Session

from archive.app import create_app
from archive.models import Account, Document, DocumentCopy, UploadBatch
from archive.parts import Parts, open_parts
from archive.rules.access import Viewer
from archive.rules.statuses import CopyKind, CopyState, Decision, FindingKind, Role, Visibility
from archive.services.finding_decisions import decide_finding
from archive.services.publication import publish_document, send_back, withdraw_document
from archive.services.sign_ins import open_sign_in
from archive.settings import load_settings
from archive.web.identity import COOKIE
from tests.findings import LETTER, add_finding, make_reviewable
from tests.visitors import make_account

LONG = "A title that nobody shortened when the file was scanned in the basement of the county " * 2


@dataclass(frozen=True, slots=True)
class ReviewSite:
    """The site's address, its parts, and its documents by a short name."""

    address: str
    parts: Parts
    documents: dict[str, Document]

    def sign_in(self, context: BrowserContext, role: Role, email: str = "") -> Account:
        """Let whoever uses this browser be signed in."""
        account = make_account(self.parts.database, role, email)
        with self.parts.database.transaction() as session:
            token = open_sign_in(session, account, at=self.parts.clock(), hours=12)
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        return account


@contextmanager
def review_site(home: Path, *, reviewers: int = 1) -> Iterator[ReviewSite]:
    """A site whose documents are in every state that an editor may meet."""
    environ = {"READING_ROOM_SECOND_FACTOR": "optional", "READING_ROOM_REVIEWERS": str(reviewers)}
    settings = load_settings(home, environ=environ)
    parts = open_parts(settings)
    documents = _fill(parts)
    server = waitress.create_server(create_app(settings, parts), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield ReviewSite(f"http://127.0.0.1:{server.effective_port}", parts, documents)
    server.close()
    thread.join(timeout=10)
    parts.close()


def _fill(parts: Parts) -> dict[str, Document]:
    editor_account = make_account(parts.database, Role.EDITOR)
    volunteer = make_account(parts.database, Role.VOLUNTEER)
    editor = Viewer(Role.EDITOR, editor_account.id, editor_account.email)
    at = parts.clock()
    with parts.database.transaction() as session:
        session.add(UploadBatch(id="b" * 32, account_id=volunteer.id, created_at=at, production="third"))
        session.flush()

        def make(title: str, **fields: Any) -> Document:
            fields.setdefault("screened_at", at)
            return make_reviewable(
                session, parts.storage, title=title, uploaded_by_id=volunteer.id, agency="ICE", **fields
            )

        documents = {
            "letter": make("Letter to a person", pages=(LETTER, "Page two.", LETTER), batch_id="b" * 32),
            "clean": make("Memo on opting out", pages=("Counties may not opt out.",)),
            "hidden": make("Report with a black box", pages=("Names: John Example, Elm Street 12",)),
            "long": make(LONG, pages=(LETTER,) * 4),
            "arabic": make("مذكرة حول المشاركة", pages=("مذكرة counties",)),
            "broken": make("Damaged scan", pages=(None, "Readable"), screened_at=None),
            "asked": make("Half a letter"),
            "withdrawn": make("Withdrawn list"),
            "copy": make("Letter, redacted", pages=("Dear Ms. Example, your file is closed.",)),
            "held": make("Held back", visibility=Visibility.HELD),
        }
        _add_findings(session, documents, editor, at)
        _add_copies(session, documents, editor, at)
        send_back(session, documents["asked"].id, question="Where is page two?", viewer=editor, at=at)
        publish_document(session, documents["withdrawn"].id, actor="editor@example.org", at=at)
        withdraw_document(
            session, documents["withdrawn"].id, reason="It names a child.", viewer=editor, at=at
        )
    return documents


def _add_findings(session: Session, documents: dict[str, Document], editor: Viewer, at: datetime) -> None:
    add_finding(session, documents["letter"])
    add_finding(session, documents["letter"], nth=1)
    add_finding(session, documents["letter"], page_number=3)
    kind = FindingKind.SOCIAL_SECURITY_NUMBER
    social = add_finding(session, documents["letter"], "123-45-6789", kind=kind)
    decide_finding(session, social.id, Decision.REDACT, viewer=editor, at=at)
    metadata = FindingKind.PDF_METADATA
    add_finding(session, documents["letter"], "Author: B. Clerk", kind=metadata, page_number=None, score=0.4)
    boxed = FindingKind.UNDER_A_BOX
    add_finding(session, documents["hidden"], "John Example", kind=boxed, score=0.7)
    street = FindingKind.STREET_ADDRESS
    held = add_finding(session, documents["hidden"], "Elm Street 12", kind=street, score=0.6)
    decide_finding(session, held.id, Decision.HOLD, viewer=editor, at=at)
    for page in range(1, 5):
        found = add_finding(session, documents["long"], page_number=page)
        decide_finding(session, found.id, Decision.NOT_PRIVATE, viewer=editor, at=at)


def _add_copies(session: Session, documents: dict[str, Document], editor: Viewer, at: datetime) -> None:
    documents["copy"].derived_from_id = documents["letter"].id
    documents["copy"].copy_kind = CopyKind.REDACTED
    documents["copy"].copy_reason = "Social Security number"
    for state, copy_id, sentence in (
        (CopyState.MADE, documents["copy"].id, None),
        (CopyState.ASKED, None, None),
        (CopyState.FAILED, None, "The file could not be copied."),
    ):
        session.add(
            DocumentCopy(
                document_id=documents["letter"].id,
                kind=CopyKind.REDACTED,
                state=state,
                recipe=[],
                copy_id=copy_id,
                failure_sentence=sentence,
                asked_by_id=editor.account_id,
                asked_at=at,
            )
        )


@contextmanager
def signed_in(
    browser: Browser, site: ReviewSite, role: Role = Role.EDITOR, email: str = "", **settings: Any
) -> Iterator[BrowserContext]:
    """A browser in which somebody with this role is signed in."""
    context = browser.new_context(base_url=site.address, **settings)
    site.sign_in(context, role, email)
    yield context
    context.close()
