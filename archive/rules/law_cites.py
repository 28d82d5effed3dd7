"""Citations of law: how they are written here, and all that the law files know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from archive.rules.law_values import AgencyRule, Law, Limit
from archive.rules.laws import agency_rules, all_laws, cited_beside

BETWEEN = "; "  # where one row cites several lines of law
# How a body of law is named. A law with a new one adds it here.
_CODES = (
    r"\d+ U\.S\.C\.",
    r"\d+ CFR",
    r"Fed\. R\. Civ\. P\.",
    r"D\.C\. Code",
    r"\d+ DCMR",
    r"Cal\. Gov\. Code",
    r"Cal\. Code Civ\. Proc\.",
    r"Va\. Code",
    r"C\.R\.S\.",
    r"N\.Y\. Pub\. Off\. Law",
    r"N\.Y\. Gen\. Constr\. Law",
    r"N\.Y\. C\.P\.L\.R\.",
    r"\d+ ILCS",
    r"RCW",
    r"M\.G\.L\.",
    r"\d+ CMR",
    r"Tex\. Gov't Code",
    r"Fla\. Stat\.",
    r"A\.R\.S\.",
    r"N\.J\.S\.A\.",
    r"Md\. Code, Gen\. Prov\.",
    r"\d+ P\.S\.",
    r"\d+ Pa\.C\.S\.",
    r"Conn\. Gen\. Stat\.",
    r"ORS",
    r"O\.C\.G\.A\.",
    r"MCL",
    r"Minn\. Stat\.",
    r"Utah Code",
    r"N\.C\.G\.S\.",
    r"R\.C\.",
    r"Wis\. Stat\.",
    r"NRS",
    r"Tenn\. Code",
)
_SECTION = r"\d[0-9A-Za-z]*(?:[-.:/][0-9A-Za-z]+)*"
_CITE = re.compile(
    rf"(?<![\w.])(?:{'|'.join(_CODES)}) "
    rf"(?:ch?\. \d+, s\. \d+[A-Z]?|ch\. \d+|{_SECTION}(?:, subd\. \d+)?)"  # where in it
    r"(?:\([0-9A-Za-z]+(?:-[0-9]+)?\))*"  # subsections
    rf"(?: to {_SECTION}| et seq\.)?"
)


def cites_in(text: str) -> tuple[str, ...]:
    """The citations of statutes, rules and regulations in words, in order; cases are none of them."""
    return tuple(match.group() for match in _CITE.finditer(text))


def is_well_formed(cite: str) -> bool:
    """Whether it is one citation as it is written here: '5 U.S.C. 552(a)(6)(A)(i)', no section sign."""
    return _CITE.fullmatch(cite) is not None


@cache
def cites_of_law_files() -> frozenset[str]:
    """Every line of law that the files cite. A letter may cite these and no other."""
    return frozenset(cite for law in all_laws() for cite in cites_of(law))


def cites_of(law: Law) -> tuple[str, ...]:
    """What one law and the regulations of its agencies cite, sorted."""
    return tuple(sorted({cite for written in _written(law) for cite in written.split(BETWEEN) if cite}))


def _written(law: Law) -> Iterator[str]:
    yield from (
        law.cite,
        law.missed_statute,
        law.fee_consequence_statute,
        law.fee_waiver_statute,
        law.request_statute,
        law.exemptions_statute,
        law.segregable_statute,
        law.expedited_statute,
        law.suit_statute,
    )
    yield from (pause.statute for pause in law.pauses)
    yield from (cited.at for cited in cited_beside(law.id))
    for limit in law.limits:
        yield from _written_in(limit)
    for rule in agency_rules(law.id):
        yield from _written_of(rule)


def _written_of(rule: AgencyRule) -> Iterator[str]:
    yield rule.cite
    for limit in rule.limits:
        yield from _written_in(limit)


def _written_in(limit: Limit) -> tuple[str, str]:
    return limit.statute, limit.rolls_statute
