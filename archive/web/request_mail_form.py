"""The form in which an e-mail is written down as an event: what stands in it, and what it says."""

from __future__ import annotations

from datetime import date

from flask import request

from archive.rules.mail_message import Mail
from archive.rules.mail_proposals import MailProposal, propose_event
from archive.rules.request_errors import BadRequestForm
from archive.rules.request_events import fields_of
from archive.rules.request_states import EventKind, Outcome
from archive.services.request_events import EventForm


def event_form(mail: Mail) -> EventForm:
    """What the form says. What was proposed for another kind than the one that was chosen is let go."""
    form, proposed = request.form, propose_event(mail)
    kind = _kind(form.get("kind", ""))
    outcome = _outcome(form.get("outcome", ""))
    amount = _cents(form.get("amount", ""))
    of_kind = fields_of(kind)
    production = form.get("production", "")
    return EventForm(
        kind,
        _day(form.get("happened_on", ""), "happened_on", "The day on which it happened is missing."),
        outcome=None if outcome is proposed.outcome and "outcome" not in of_kind else outcome,
        until_on=_day_or_none(form.get("until_on", "")),
        amount_cents=None if amount == proposed.amount_cents and "amount" not in of_kind else amount,
        production_id=int(production) if _is_number(production) and "production" in of_kind else None,
        says=form.get("says", ""),
        note=form.get("note", ""),
        sender=mail.sender,
        recipient=mail.recipients,
        message_id=mail.message_id or None,
    )


def _kind(text: str) -> EventKind:
    try:
        return EventKind(text)
    except ValueError:
        raise BadRequestForm(
            "What happened is missing.", field="kind", help="Choose what the e-mail says."
        ) from None


def _outcome(text: str) -> Outcome | None:
    try:
        return Outcome(text) if text else None
    except ValueError:
        raise BadRequestForm("There is no such outcome.", field="outcome", help="Choose one.") from None


def _day(text: str, field: str, missing: str) -> date:
    if not text.strip():
        raise BadRequestForm(missing, field=field, help="Write it as 2010-08-17.")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadRequestForm("This is not a date.", field=field, help="Write it as 2010-08-17.") from None


def _day_or_none(text: str) -> date | None:
    return _day(text, "until_on", "") if text.strip() else None


def _cents(text: str) -> int | None:
    said = text.replace("$", "").replace(",", "").strip()
    if not said:
        return None
    whole, _, cents = said.partition(".")
    if not (_is_number(whole) and (cents == "" or (_is_number(cents) and len(cents) == 2))):
        raise BadRequestForm("This is not an amount.", field="amount", help="Write it as 12.50.")
    return int(whole) * 100 + int(cents or 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def values_of(mail: Mail, proposed: MailProposal) -> dict[str, str]:
    """What stands in the form: what was typed, else what is proposed."""
    if request.method == "POST" and request.form.get("what", "event") == "event":
        return request.form.to_dict()
    cents = proposed.amount_cents
    return {
        "kind": proposed.kind,
        "happened_on": mail.sent_on.isoformat() if mail.sent_on else "",
        "outcome": proposed.outcome or "",
        "amount": f"{cents // 100}.{cents % 100:02}" if cents is not None else "",
        "number": proposed.number,
        "note": mail.subject,
        "all": "all",
    }
