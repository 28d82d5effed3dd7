"""The words of a reminder, written at the moment of sending from what is true then."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup

from archive.models import Account, FoiaRequest, RequestReminder
from archive.ports import Letter
from archive.rules.addresses import request_letters_path, request_path
from archive.rules.calendar_words import (
    advice_note,
    arithmetic_in_words,
    day_in_words,
    sentence,
    subject_of,
)
from archive.rules.clock_values import DEADLINE_WORDS, Deadline, DeadlineKind
from archive.rules.laws import get_law
from archive.services.letters import Sender

REMINDERS_PATH = "/account/requests"
_WHAT_NOW: dict[DeadlineKind, str] = {
    DeadlineKind.ANSWER: "You can write a reminder that the answer is overdue, ready to be edited:",
    DeadlineKind.APPEAL_ANSWER: "You can write a reminder that the answer is overdue, ready to be edited:",
    DeadlineKind.APPEAL: "You can write the appeal from a template, ready to be edited:",
}
_LETTERS = "The letters of this request:"


def write_reminder(
    reminder: RequestReminder,
    deadline: Deadline,
    request: FoiaRequest,
    account: Account,
    sender: Sender,
    *,
    today: date,
) -> Letter:
    """The letter about ``deadline``, which must have its ``due_on``. The same ``message_id`` each time."""
    subject = subject_of(request.agency.abbreviation or request.agency.name, request.title)
    host = urlsplit(sender.base_url).hostname or "localhost"
    head = f"{_head(deadline, reminder.due_on, today)}: {subject}"
    lines = [
        sentence(_what(deadline, reminder.due_on, today)),
        subject,
        *filter(None, [sentence(deadline.says), *arithmetic_in_words(deadline)]),
    ]
    links = [
        (
            "The request, with every date and how it was counted:",
            sender.base_url + request_path(request.slug),
        ),
        (_WHAT_NOW.get(deadline.kind, _LETTERS), sender.base_url + request_letters_path(request.slug)),
        ("No more reminders, or other ones:", sender.base_url + REMINDERS_PATH),
    ]
    note = advice_note(get_law(request.law_id), deadline.limits)
    return Letter(
        account.email,
        head,
        _text(lines, links, note),
        _html(lines, links, note),
        f"<reminder.{reminder.id}.{reminder.kind}@{host}>",
    )


def _head(deadline: Deadline, due_on: date, today: date) -> str:
    words = DEADLINE_WORDS[deadline.kind]
    words = words.removesuffix(" due") + " overdue" if due_on < today else words
    return f"{words[0].upper()}{words[1:]}"


def _what(deadline: Deadline, due_on: date, today: date) -> str:
    return f"{DEADLINE_WORDS[deadline.kind]}: {day_in_words(due_on)}, {_when((due_on - today).days)}"


def _when(days_left: int) -> str:
    if days_left in (0, 1):
        return ("today", "tomorrow")[days_left]
    if days_left > 0:
        return f"in {days_left:,} days"
    return f"{-days_left:,} {'day' if days_left == -1 else 'days'} ago, and it has not come"


def _text(lines: list[str], links: list[tuple[str, str]], note: str) -> str:
    paragraphs = [*lines, *(f"{words}\n{link}" for words, link in links), note]
    return "\n\n".join(paragraphs) + "\n"


def _html(lines: list[str], links: list[tuple[str, str]], note: str) -> str:
    said = Markup("").join(Markup("<p>{}</p>\n").format(line) for line in lines)
    said += Markup("").join(
        Markup('<p>{}<br><a href="{}">{}</a></p>\n').format(words, link, link) for words, link in links
    )
    return str(said + Markup("<p>{}</p>\n").format(note))
