"""The public-records laws that ship with the program, one file a law in ``archive/law_files``.

The files are read once: they change with the program and never while it runs.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from archive.resources import law_files_dir
from archive.rules.law_files import Cited, parse_agency_rules, parse_cited, parse_law
from archive.rules.law_values import AgencyRule, Law
from archive.rules.request_errors import LawNotFound

_AGENCIES = "agencies.toml"
_FEDERAL = "us"
_BEFORE_A_NAME = frozenset({"the", "u.s.", "us", "united", "states"})
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def get_law(law_id: str) -> Law:
    """Raises LawNotFound."""
    try:
        return _laws()[law_id]
    except KeyError:
        raise LawNotFound from None


def all_laws() -> tuple[Law, ...]:
    """The federal law first, then by place."""
    return tuple(_laws().values())


def agency_rule(law_id: str, agency: str) -> AgencyRule | None:
    """Where the regulations of ``agency`` (a name or an abbreviation) differ; None when nothing is known."""
    return _rules_by_name().get((law_id, _bare(agency)))


def _bare(agency: str) -> str:
    """'U.S. Immigration and Customs Enforcement (ICE)' is 'immigration and customs enforcement'."""
    words = _IN_BRACKETS.sub("", agency).lower().replace(",", " ").split()
    while words and words[0] in _BEFORE_A_NAME:
        words.pop(0)
    return " ".join(words)


def agency_rules(law_id: str) -> tuple[AgencyRule, ...]:
    """All that is known of a law's agencies, as the file has them."""
    return tuple(rule for rule in _agency_rules() if rule.law_id == law_id)


@cache
def cited_beside(law_id: str) -> tuple[Cited, ...]:
    """What is cited of a law beside its rows."""
    name = f"{get_law(law_id).id}.toml"
    return parse_cited(name, dict(_files())[name])


@cache
def law_version() -> str:
    """The SHA-256 of all files, its first 16 digits: what was derived by another one is derived again."""
    together = hashlib.sha256()
    for name, text in _files():
        together.update(f"{name}\n{len(text)}\n{text}".encode())
    return together.hexdigest()[:16]


@cache
def _files() -> tuple[tuple[str, str], ...]:
    return tuple(
        (path.name, path.read_text(encoding="utf-8")) for path in sorted(law_files_dir().glob("*.toml"))
    )


@cache
def _laws() -> dict[str, Law]:
    laws = [parse_law(name, text) for name, text in _files() if name != _AGENCIES]
    return {law.id: law for law in sorted(laws, key=lambda law: (law.id != _FEDERAL, law.place))}


@cache
def _agency_rules() -> tuple[AgencyRule, ...]:
    return parse_agency_rules(_AGENCIES, dict(_files())[_AGENCIES])


@cache
def _rules_by_name() -> dict[tuple[str, str], AgencyRule]:
    return {(rule.law_id, _bare(name)): rule for rule in _agency_rules() for name in rule.agencies}
