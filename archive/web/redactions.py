"""Where editors say of a mark that it is right, that it is none or which codes it bears, and add new ones."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from archive.models import Redaction
from archive.rules.access import Action, requires
from archive.rules.addresses import page_path
from archive.rules.redaction_errors import RedactionNotFound
from archive.rules.review_errors import BadBox
from archive.services.redaction_corrections import (
    add_redaction,
    confirm_redaction,
    correct_codes,
    reject_redaction,
    undo_decision,
)
from archive.web.current import parts
from archive.web.identity import viewer
from archive.web.templating import local_address

blueprint = Blueprint("redactions", __name__)
_DECISIONS = {"confirm": confirm_redaction, "reject": reject_redaction, "undo": undo_decision}


@blueprint.post("/documents/<document_id>/pages/<int(max=999999999):page_number>/redactions")
@requires(Action.REVIEW)
def add(document_id: str, page_number: int) -> ResponseReturnValue:
    """Mark words that were withheld and not found."""
    edges = [_edge(name) for name in ("x0", "top", "x1", "bottom")]
    with parts().database.transaction() as session:
        row = add_redaction(
            session,
            document_id,
            page_number,
            edges,
            request.form.get("codes", ""),
            viewer=viewer(),
            at=parts().clock(),
        )
        where = _where(row)
    parts().queue.wake_up()  # the index follows
    return redirect(local_address(where), 303)


@blueprint.post("/redactions/<int(max=999999999):redaction_id>")
@requires(Action.REVIEW)
def decide(redaction_id: int) -> ResponseReturnValue:
    """``what`` is confirm, reject, undo or codes; with codes ``codes`` is what stands on the page."""
    what = request.form.get("what", "")
    with parts().database.transaction() as session:
        if what == "codes":
            typed = request.form.get("codes", "")
            row = correct_codes(session, redaction_id, typed, viewer=viewer(), at=parts().clock())
        elif what in _DECISIONS:
            row = _DECISIONS[what](session, redaction_id, viewer=viewer(), at=parts().clock())
        else:
            raise RedactionNotFound
        where = _where(row)
    parts().queue.wake_up()
    return redirect(local_address(where), 303)


def _where(row: Redaction) -> str:
    """The page again, its list of marks open: who corrects one often corrects the next."""
    return f"{page_path(row.document_id, row.page_number)}?marks=open#withheld"


def _edge(name: str) -> float:
    try:
        return float(request.form.get(name, ""))
    except ValueError:
        raise BadBox from None
