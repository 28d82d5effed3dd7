"""Exemption codes that OCR left hardly recognisable: ``(NTC)`` for ``(b)(7)(C)``, ``87E`` for ``B7(E)``.

Only for what stands where a code is expected, on a page that surely has others: taken by themselves, most of
these could be anything. What OCR makes of small labels on bad scans: brackets back to back become ``Y``,
``X``, ``K``, ``M``, ``N``; the ``b`` before them melts into them; ``5`` is ``S``, ``6`` is ``G`` or ``B``,
``7`` is ``T``.
"""

from __future__ import annotations

import re

_JOINT = r"[)}\](\[{YXKHMNUZCxyk/|,4]{0,3}?"  # what is left of two brackets back to back
_DIGIT = r"(?P<digit>[1-9STGB?])"
_BRACKETED = re.compile(
    rf"[(\[{{](?P<letter>[bBhoO0DY6&NMkKjJi]{{0,2}}){_JOINT}{_DIGIT}(?:{_JOINT}(?P<part>[A-Fa-f]))?[)}}\]|l]{{0,2}}"
)
_ONLY_SEVEN = re.compile(  # only exemption 7 has parts, so that its number need not be read
    r"[(\[{][bBhoO0DYNM]{0,2}[)}\](\[{YXKHMN]{1,3}(?P<part>[CDEF])[)}\]|l]{1,2}"
)
_BARE = re.compile(
    r"[B8E](?P<digit>[1-9STGBbes])[(\[{il]?(?P<part>[A-F])?[)}\]il]?(?P<privilege>AWP|ACP|DPP)?"
)
_DIGITS = {"S": "5", "T": "7", "?": "7", "G": "6", "B": "6", "b": "6", "e": "6", "s": "5"}
_NUMBERS = {"k": "1234567", "j": "12"}
_LAWS = {"k": "k", "j": "j", "i": "j"}
_EDGES = " .,;:_-\u2014\u2013'\"*|~"
_SHORTEST, _LONGEST = 2, 14


def mend_code(text: str) -> str:
    """The code that ``text``, all of it, was before OCR garbled it, in the one spelling; empty when it was
    none that can be told. Never for running text."""
    label = re.sub(r"\s+", "", text.strip(_EDGES))
    if not _SHORTEST <= len(label) <= _LONGEST:
        return ""
    if found := _BRACKETED.fullmatch(label):
        law = _LAWS.get(found["letter"][:1].lower(), "b")
        return _code(law, found["digit"], found["part"])
    if found := _ONLY_SEVEN.fullmatch(label):
        return _code("b", "7", found["part"])
    if found := _BARE.fullmatch(label):
        code = _code("b", found["digit"], found["part"])
        return f"b5{found['privilege'].lower()}" if code == "b5" and found["privilege"] else code
    return ""


def _code(law: str, digit: str, part: str | None) -> str:
    number = _DIGITS.get(digit, digit)
    if part and (law != "b" or number != "7"):
        return ""
    if law != "b" and number not in _NUMBERS[law]:
        return ""
    return f"{law}{number}{(part or '').lower()}"
