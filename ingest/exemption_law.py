"""The law as data: every exemption code with its words and statute, read from ``exemption_law.toml``.

The one spelling of a code is lower case: ``b7e``, ``b5dpp``, ``k2``, ``1.4d``, ``3.3b1``, ``ny:87.2.b``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_SIGN = r"(?:\s?(?:§{1,2}|[Ss]ections?|[Ss]ecs?\.?|s\.))?"
_SUBSECTIONS = r"(?P<subs>(?: ?\(\s?[A-Za-z0-9]{1,6}\s?\))*)"
_STATE_CODE = re.compile(r"([a-z]{2}):(.+)")


@dataclass(frozen=True, slots=True)
class Exemption:
    """One ground for withholding. ``place`` is empty for federal law; ``checked`` says when and with what
    the row was compared, empty when it never was."""

    code: str
    printed: str
    words: str
    statute: str
    law: str
    place: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class NamedStatute:
    """A law that (b)(3) is claimed with; ``named`` finds its other names."""

    name: str
    words: str
    named: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class StateLaw:
    """How the public-records law of one state is written.

    ``named`` finds a section with the law's name before it, ``bare`` one without: only for labels.
    ``anchors``: no text without one of them names this law.
    """

    id: str
    place: str
    law: str
    printed: str
    named: re.Pattern[str]
    bare: re.Pattern[str] | None
    anchors: tuple[str, ...]
    section: re.Pattern[str]
    code_section: str
    printed_section: str
    upper: tuple[int, ...]
    whole_upper: bool

    def code_of(self, found: re.Match[str]) -> str:
        """The code of what ``named`` or ``bare`` found."""
        section = self.code_section or found["section"].lower()
        subsections = re.findall(r"[a-z0-9]+", found["subs"].lower())
        return f"{self.id}:{'.'.join([section, *subsections])}"

    def print_code(self, at: str) -> str | None:
        """``87.2.b`` as lawyers write it; None when this law has no such section."""
        if self.code_section:
            section, rest = at[: len(self.code_section)], at[len(self.code_section) :]
            known = section == self.code_section
        else:
            found = self.section.match(at)
            section, rest = (found[0], at[found.end() :]) if found else ("", "")
            known = bool(section)
        if not known or not re.fullmatch(r"(?:\.[a-z0-9]{1,6})*", rest):
            return None
        subsections = rest.split(".")[1:]
        raised = [part.upper() if n in self.upper else part for n, part in enumerate(subsections, start=1)]
        shown = self.printed_section or (section.upper() if self.whole_upper else section)
        return self.printed.format(shown + "".join(f"({part})" for part in raised))


def exemption_of(code: str) -> Exemption | None:
    """What is known of a code. A state's subsection that has no row has the words of what it is within."""
    known = exemptions().get(code)
    if known is not None:
        return known
    state = _STATE_CODE.fullmatch(code)
    law = state_laws().get(state[1]) if state else None
    printed = law.print_code(state[2]) if state and law else None
    if law is None or printed is None:
        return None
    outer = next((exemptions()[each] for each in wider_codes(code) if each in exemptions()), None)
    words = outer.words if outer else f"{law.place}’s public-records law"
    return Exemption(code, printed, words, printed, law.law, law.place, outer.checked if outer else "")


def wider_codes(code: str) -> tuple[str, ...]:
    """What a code is within, from near to far: ``b7`` for ``b7e``, ``ny:87.2``, ``ny:87`` and ``ny`` for
    ``ny:87.2.b``. Empty for ``b6``."""
    state = _STATE_CODE.fullmatch(code)
    if state is None:
        found = re.fullmatch(r"([bjkd]\d|\d\.\d)[a-z]+\d?", code)
        return (found[1],) if found else ()
    law, at = state_laws().get(state[1]), state[2]
    section = law.code_section if law else ""
    if law and not section:
        match = law.section.match(at)
        section = match[0] if match else ""
    steps = []
    while len(at) > len(section) and "." in at:
        at = at.rpartition(".")[0]
        steps.append(f"{state[1]}:{at}")
    return (*steps, state[1])


@lru_cache(maxsize=1)
def exemptions() -> dict[str, Exemption]:
    """Every code that has a row, in the order of the file."""
    found = {}
    for row in _law()["federal"]:
        found[row["code"]] = _federal(row, "(" + ")(".join(row["code"]).upper() + ")")
    for row in (*_law()["privilege"], *_law()["classification"]):
        found[row["code"]] = _federal(row, row["printed"])
    for state in _law()["state"]:
        law = state_laws()[state["id"]]
        for row in state["row"]:
            code, printed = f"{law.id}:{row['at']}", law.print_code(row["at"])
            assert printed is not None, code
            checked = row.get("checked", state.get("checked", ""))
            found[code] = Exemption(code, printed, row["words"], printed, law.law, law.place, checked)
    return found


@lru_cache(maxsize=1)
def state_laws() -> dict[str, StateLaw]:
    """The laws of the states by the two letters of the state."""
    return {row["id"]: _state_law(row) for row in _law()["state"]}


@lru_cache(maxsize=1)
def named_statutes() -> tuple[NamedStatute, ...]:
    """The laws that (b)(3) is claimed with."""
    return tuple(
        NamedStatute(
            row["name"],
            row["words"],
            re.compile(rf"(?:{row['named']})(?![A-Za-z0-9])", re.IGNORECASE) if "named" in row else None,
        )
        for row in _law()["statute"]
    )


def _federal(row: dict[str, Any], printed: str) -> Exemption:
    statute = row["statute"]
    law = "Executive Order 13526" if statute.startswith("E") else "Freedom of Information Act"
    law = "Privacy Act" if "552a" in statute else law
    if re.match(r"\([BJKD]\)", printed):
        printed = f"({printed[1].lower()}){printed[3:]}"
    return Exemption(row["code"], printed, row["words"], statute, law, "", row.get("checked", ""))


def _state_law(row: dict[str, Any]) -> StateLaw:
    section, least = row["section"], row["bare"]
    bare = None
    if least >= 0:
        subsections = _SUBSECTIONS.replace(")*)", f"){{{least},}})")
        narrow = row.get("bare_section", section)
        sign = r"(?:(?:§{1,2}|[Ss]ection|[Ss]ec\.)\s?)?"
        bare = re.compile(
            rf"(?<![\w.:(-]){sign}(?P<section>{narrow})(?![\d-]){subsections}(?![\w-])", re.IGNORECASE
        )
    named = rf"(?<![A-Za-z])(?:{row['named']}){_SIGN}\s?(?P<section>{section})(?![\d-]){_SUBSECTIONS}"
    return StateLaw(
        id=row["id"],
        place=row["place"],
        law=row["law"],
        printed=row["printed"],
        named=re.compile(named, re.IGNORECASE),
        bare=bare,
        anchors=tuple(row["anchors"]),
        section=re.compile(section, re.IGNORECASE),
        code_section=row.get("code_section", ""),
        printed_section=row.get("printed_section", ""),
        upper=tuple(row.get("upper", ())),
        whole_upper=row.get("whole_upper", False),
    )


@lru_cache(maxsize=1)
def _law() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("exemption_law.toml").read_text(encoding="utf-8"))
