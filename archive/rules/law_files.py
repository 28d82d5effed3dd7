"""What the text of a law file says: TOML in, values of ``archive.rules.law_values`` out. Opens no file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from archive.rules.law_table import BadLawFile, LawTable
from archive.rules.law_values import (
    AgencyRule,
    CheckedHow,
    Law,
    Limit,
    LimitKind,
    LimitStart,
    PauseRule,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of a law that nothing is counted by: where it is, and what it says in a few words of ours."""

    at: str
    says: str


_PAUSES = ("information", "fees")


def parse_law(name: str, text: str) -> Law:
    """The law in the file ``name``, such as 'us-ca.toml'; its id is the name without the ending. Raises
    BadLawFile with a sentence that names the place."""
    table = _open(name, text)
    _cited(table)
    missed, fees = table.table("missed"), table.table("missed_fees")
    waiver = table.table("fee_waiver")
    request, exemptions, segregable, expedited, suit = _cites(table.table("cites"))
    law = Law(
        id=name.removesuffix(".toml"),
        place=table.text("place"),
        name=table.text("name"),
        short=table.text("short"),
        cite=table.text("cite"),
        calendar=table.text("calendar"),
        limits=_limits(table),
        pauses=tuple(_pause(row) for row in table.tables("pause")),
        appeal_to=table.text("appeal_to", ""),
        court=table.text("court", ""),
        missed=missed.text("says", ""),
        missed_statute=missed.text("statute", ""),
        is_exhausted_by_silence=missed.yes("exhausts"),
        fee_consequence=fees.text("says", ""),
        fee_consequence_statute=fees.text("statute", ""),
        fee_waiver=waiver.text("standard", ""),
        fee_waiver_statute=waiver.text("statute", ""),
        request_statute=request,
        exemptions_statute=exemptions,
        segregable_statute=segregable,
        expedited_statute=expedited,
        source=table.text("source"),
        checked_on=table.day("checked_on"),
        checked_how=table.word("checked_how", CheckedHow),
        notes=table.texts("notes"),
        is_appeal_needed=table.yes("appeal_needed", default=True),
        suit_statute=suit,
    )
    _end(missed, fees, waiver, table)
    _must_hang_together(LawTable(name, {}), law)
    return law


def parse_cited(name: str, text: str) -> tuple[Cited, ...]:
    """What else a law's letters and pages cite: the tables [[cited]]. Raises BadLawFile."""
    return _cited(_open(name, text))


def parse_agency_rules(name: str, text: str) -> tuple[AgencyRule, ...]:
    """The rules of agencies in the file ``name``. Raises BadLawFile."""
    table = _open(name, text)
    rules = tuple(_agency_rule(row) for row in table.tables("agency"))
    table.end()
    return rules


def _cited(table: LawTable) -> tuple[Cited, ...]:
    rows = []
    for row in table.tables("cited"):
        rows.append(Cited(at=row.text("at"), says=row.text("says")))
        row.end()
    return tuple(rows)


def _cites(table: LawTable) -> tuple[str, ...]:
    found = (
        table.text("request"),
        table.text("exemptions", ""),
        table.text("segregable", ""),
        table.text("expedited", ""),
        table.text("suit", ""),
    )
    table.end()
    return found


def _end(*tables: LawTable) -> None:
    for table in tables:
        table.end()


def _open(name: str, text: str) -> LawTable:
    try:
        return LawTable(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadLawFile(f"{name} is not TOML: {error}.") from error


def _limits(table: LawTable) -> tuple[Limit, ...]:
    rows = {}
    for name, row in table.table("limit").named_tables():
        if name not in set(LimitKind):
            raise row.wrong(f"a limit must be one of {', '.join(LimitKind)}.")
        rows[LimitKind(name)] = _limit(LimitKind(name), row)
    return tuple(rows[kind] for kind in LimitKind if kind in rows)


def _limit(kind: LimitKind, row: LawTable) -> Limit:
    amount = row.number("amount")
    unit = row.word("unit", Unit, Unit.DAYS if amount is None else None)
    if amount is None and not row.has("words"):
        raise row.wrong("without 'amount', 'words' must say what the law sets instead, such as 'promptly'.")
    limit = Limit(
        kind=kind,
        amount=amount,
        unit=unit,
        starts=row.word("starts", LimitStart),
        words=row.text("words", _counted(amount, unit)),
        statute=row.text("statute"),
        quote=row.text("quote", ""),
        rolls=row.has("rolls_statute"),
        rolls_statute=row.text("rolls_statute", ""),
        note=row.text("note", ""),
    )
    row.end()
    return limit


def _counted(amount: int | None, unit: Unit) -> str:
    """How a limit is said where the file does not say it in the law's own term."""
    word = {Unit.WORKDAYS: "working days", Unit.DAYS: "days"}.get(unit, str(unit))
    return f"{amount} {word.removesuffix('s') if amount == 1 else word}"


def _pause(row: LawTable) -> PauseRule:
    rule = PauseRule(why=row.text("why"), at_most=row.number("at_most"), statute=row.text("statute"))
    row.end()
    if rule.why not in _PAUSES:
        raise row.wrong(f"'why' must be one of {', '.join(_PAUSES)}, not '{rule.why}'.")
    return rule


def _agency_rule(row: LawTable) -> AgencyRule:
    rule = AgencyRule(
        law_id=row.text("law"),
        agencies=row.texts("names"),
        limits=_limits(row),
        cite=row.text("cite"),
        appeal_to=row.text("appeal_to", ""),
        request_to=row.text("request_to", ""),
        checked_on=row.day("checked_on"),
        checked_how=row.word("checked_how", CheckedHow),
    )
    row.end()
    if not rule.agencies:
        raise row.wrong("'names' must have at least one name of the agency.")
    return rule


def _must_hang_together(table: LawTable, law: Law) -> None:
    """What no single field can show."""
    if law.limit(LimitKind.ANSWER) is None:
        raise table.wrong(
            "[limit.answer] is missing; where the law sets no number of days, leave out 'amount'."
        )
    if law.missed and not law.missed_statute:
        raise table.wrong("[missed] needs 'statute': by which line of the law does this follow?")
    if law.checked_how is CheckedHow.COMPARED and not all(limit.quote for limit in law.limits):
        raise table.wrong("'compared' needs the words: give each limit a 'quote'.")
    if law.limit(LimitKind.APPEAL) and not law.appeal_to:
        raise table.wrong("[limit.appeal] needs 'appeal_to': who decides it?")
