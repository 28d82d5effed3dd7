"""The audit log: who did what, when; and whether it is whole."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, current_app, render_template, request

from archive.rules.access import Action, requires
from archive.rules.addresses import is_document_id, with_parameters
from archive.rules.audit_words import action_words
from archive.services.audit_log import (
    AuditFilter,
    ChainState,
    iter_audit_rows,
    list_actions,
    list_entries,
    verify_chain,
)
from archive.web.attachments import csv_attachment
from archive.web.current import parts, reading, window_number

blueprint = Blueprint("audit", __name__)
PATH, CSV_PATH = "/audit", "/audit.csv"
CHECKED_AGAIN_AFTER = timedelta(minutes=5)
_KEY = "reading_room_audit_chain"
_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class CheckedChain:
    """The state of the chain at a moment."""

    state: ChainState
    at: datetime


@blueprint.get(PATH)
@requires(Action.READ_AUDIT_LOG)
def show_audit_log() -> str:
    """A window of the log, the newest first."""
    asked = _asked()
    with reading() as session:
        entries = list_entries(session, asked, window=window_number())
        actions = list_actions(session)
    return render_template(
        "audit/index.html",
        entries=entries,
        actions=sorted((action_words(action), action) for action in actions),
        asked=asked,
        chain=_chain(again=request.args.get("check") == "now"),
        address=lambda window: _address(asked, window),
        csv_path=with_parameters(CSV_PATH, _pairs(asked)),
        is_document_id=is_document_id,
    )


@blueprint.get(CSV_PATH)
@requires(Action.READ_AUDIT_LOG)
def show_audit_csv() -> Response:
    """The log, or what was chosen of it, as a spreadsheet."""
    asked = _asked()
    return csv_attachment("audit log", lambda session: iter_audit_rows(session, asked))


def _asked() -> AuditFilter:
    given = request.args
    return AuditFilter(*(given.get(name, "").strip() for name in ("subject", "actor", "action")))


def _pairs(asked: AuditFilter) -> list[tuple[str, str]]:
    return [("subject", asked.subject), ("actor", asked.actor), ("action", asked.action)]


def _address(asked: AuditFilter, window: int) -> str:
    return with_parameters(PATH, [*_pairs(asked), ("window", str(window) if window > 1 else "")])


def _chain(*, again: bool) -> CheckedChain:
    """The chain is worked through at most every few minutes, by one request at a time."""
    now = parts().clock()
    with _turn:
        checked: CheckedChain | None = current_app.extensions.get(_KEY)
        if checked is None or again or now - checked.at > CHECKED_AGAIN_AFTER:
            with reading() as session:
                checked = CheckedChain(verify_chain(session), now)
            current_app.extensions[_KEY] = checked
        return checked
