"""The laws as a page for people: ``docs/laws.md``. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.rules.law_values import AgencyRule, Law, Limit
from archive.rules.law_words import (
    HOW_CHECKED_WORDS,
    LIMIT_WORDS,
    NOT_ADVICE,
    PAUSE_WORDS,
    START_WORDS,
    heading_of,
    how_checked,
)
from archive.rules.laws import agency_rules, all_laws

_HEAD = f"""# The laws that dates are counted by

This page is made from the files in `archive/law_files`, and a test compares them. {NOT_ADVICE}

A row says by which line of the law it goes, and whether it was compared with the words of the law or written
from memory. What is quoted was read in a copy of the law; where the law sets no number of days, no date is
shown. How days are counted is in [Clocks](why/clocks.md), and how a law is added in
[Contributing](../CONTRIBUTING.md#adding-a-law).
"""


def law_page() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *(part for law in all_laws() for part in _law(law))])


def _law(law: Law) -> Iterator[str]:
    yield f"## {heading_of(law)}\n"
    yield f"{law.cite}. Checked on {law.checked_on.isoformat()}. [Where it can be read]({law.source}).\n"
    yield _table(_row(limit, HOW_CHECKED_WORDS[how_checked(law, limit)]) for limit in law.limits)
    if said := list(_said(law)):
        yield "".join(f"- {line}\n" for line in said)
    for rule in agency_rules(law.id):
        yield from _rule(rule)


def _rule(rule: AgencyRule) -> Iterator[str]:
    yield f"### By its own rules: {rule.agencies[0]}\n"
    yield f"{rule.cite}. {f'Appeals go to {rule.appeal_to}.' if rule.appeal_to else ''}\n"
    yield _table(_row(limit, HOW_CHECKED_WORDS[rule.checked_how]) for limit in rule.limits)


def _said(law: Law) -> Iterator[str]:
    if law.appeal_to:
        is_first = "before a suit" if law.is_appeal_needed else "by choice: a suit needs no appeal before it"
        yield f"A refusal is appealed to {law.appeal_to}, {is_first}."
    if law.court:
        yield f"Court: {law.court}."
    for pause in law.pauses:
        often = "once" if pause.at_most == 1 else "as often as it takes"
        yield f"The clock stands {PAUSE_WORDS[pause.why]}, {often}. *{pause.statute}*"
    if law.missed:
        yield f"{law.missed} *{law.missed_statute}*"
    if law.fee_consequence:
        yield f"{law.fee_consequence} *{law.fee_consequence_statute}*"
    yield from law.notes


def _row(limit: Limit, checked: str) -> tuple[str, ...]:
    long = limit.words if limit.amount else f"no fixed limit: {limit.words}"
    words = f"*{limit.statute}*"
    if limit.quote:
        words += f": “{limit.quote}”"
    if limit.rolls:
        words += f"; a closed last day moves on: *{limit.rolls_statute}*"
    return LIMIT_WORDS[limit.kind], long, START_WORDS[limit.starts], words, checked


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    head = ("for what", "how long", "counted from", "by which words", "checked")
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
