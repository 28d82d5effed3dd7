"""A part of a query in few words, for a reader: what matched, or what no page has."""

from __future__ import annotations

import re
from datetime import date, timedelta

from archive.rules.exemptions import format_exemption
from archive.rules.query import (
    BatesRange,
    Between,
    Condition,
    Fuzzy,
    HasCode,
    HasValue,
    InField,
    Leaf,
    Link,
    Near,
    Phrase,
    Prefix,
    Same,
    Term,
    Wildcard,
    Within,
)
from archive.rules.statuses import KIND_WORDS, DocumentKind

_EPOCH = date(1970, 1, 1)
_REACHES = {Within.SENTENCE: "s", Within.PARAGRAPH: "p"}
_SOURCES = {"ocr": "text from OCR", "text_layer": "text of the file", "none": "no text"}
_LANGUAGES = {"en": "English", "es": "Spanish"}


def describe(part: Leaf | Condition) -> str:
    """A leaf or a condition as a reader would write or say it: ``deport*``, ``“opt out”``,
    ``ice /5 detainer``, ``date 2010-05-01 to 2010-11-30``. Words are shown folded."""
    match part:
        case Term(word, exact):
            return f"“{_thing(word)}”" if exact else _thing(word)
        case Phrase((word,), _):  # a synonym, without its other endings
            return _thing(word)
        case Phrase(words, exact):
            return f"“{' '.join(words)}”" if exact else " ".join(words)
        case Prefix(start):
            return f"{start}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(word, edits):
            return f"{word}~{'' if edits == 1 else edits}"
        case Same(parts):
            return _describe_same(parts)
        case Near(parts, links):
            return _describe_near(parts, links)
        case _:
            return _describe_condition(part)


def _describe_same(parts: tuple[Leaf, ...]) -> str:
    """One thing in several spellings is said once; misreadings are counted; synonyms are named."""
    first, others = parts[0], parts[1:]
    if isinstance(first, Term) and not first.exact and others:
        misread = [part for part in others if isinstance(part, Term) and part.exact]
        if misread:
            rest = tuple(part for part in parts if part not in misread)
            said = describe(first) if len(rest) == 1 else _describe_same(rest)
            return f"{said} (or {len(misread)} ways to misread it)"
    different: dict[str, Leaf] = {}
    for part in parts:
        different.setdefault(_letters(part), part)
    ways = [_spelled(part, parts) for part in different.values()]
    return ways[0] if len(ways) == 1 else f"({' or '.join(dict.fromkeys(ways))})"


def _letters(part: Leaf) -> str:
    """What all spellings of one thing have in common: ``7e`` and ``b7e`` are one, ``i247`` is ``i 247``."""
    if isinstance(part, Phrase) and len(part.words) == 1:
        return part.words[0].removesuffix("s")
    said = "".join(part.words) if isinstance(part, Phrase) else describe(part)
    letters = re.sub(r"[^\w*?~]", "", said).lower()
    letters = re.sub(
        r"(civ|crim|misc)(?=\d)", lambda kind: {"civ": "cv", "crim": "cr", "misc": "mc"}[kind[0]], letters
    )
    return f"b{letters}" if re.fullmatch(r"7[a-f]", letters) else re.sub(r"(?<=\D)0+(?=\d)", "", letters)


def _spelled(part: Leaf, parts: tuple[Leaf, ...]) -> str:
    """The spelling that reads best: an exemption as printed, else its words with hyphens."""
    letters = _letters(part)
    exact = isinstance(part, Term | Phrase) and part.exact
    quoted = "“{}”" if exact else "{}"
    if re.fullmatch(r"b[1-9][a-f]?", letters):
        return quoted.format(format_exemption(letters))
    row = next((way for way in parts if isinstance(way, Phrase) and _letters(way) == letters), None)
    if isinstance(part, Term) and row is not None:
        return quoted.format(_written(row.words))
    return describe(part)


def _written(words: tuple[str, ...]) -> str:
    """The parts of one thing as they are mostly written: ``552(b)(6)``, ``u.s.c.``, ``opt-out``."""
    first, rest = words[0], words[1:]
    if max(map(len, words)) == 1 and first.isalpha():
        return ".".join(words) + "."
    if first.isdigit() and rest[0].isalpha() and all(len(word) == 1 for word in rest):
        return first + "".join(f"({word})" for word in rest)
    return "-".join(words)


def _thing(word: str) -> str:
    return format_exemption(word) if re.fullmatch(r"b[1-9]|b7[a-f]", word) else word


def _describe_near(parts: tuple[Leaf, ...], links: tuple[Link, ...]) -> str:
    said = describe(parts[0])
    for link, part in zip(links, parts[1:], strict=True):
        reach = _REACHES.get(link.within, str(link.distance))
        said += f" {'+' if link.ordered else '/'}{reach} {describe(part)}"
    return said


def _describe_condition(condition: Condition) -> str:
    match condition:
        case InField(field, leaf):
            return f"{field}: {describe(leaf).strip('“”')}"
        case HasValue(field, value):
            return _describe_value(field, value)
        case Between(field, low, high):
            return _describe_range(field, low, high)
        case BatesRange(prefix, first, last):
            return _describe_bates(prefix, first, last)
        case HasCode(code):
            return f"exemption {format_exemption(code)}"


def _describe_value(field: str, value: str) -> str:
    if field == "kind" and value in set(DocumentKind):
        return f"kind {KIND_WORDS[DocumentKind(value)]}"
    if field == "source":
        return _SOURCES.get(value, value)
    return f"language {_LANGUAGES.get(value, value)}" if field == "lang" else f"{field} {value}"


def _describe_range(field: str, low: int | None, high: int | None) -> str:
    if field == "date":
        return f"date {_dates(low, high)}"
    unit = " %" if field == "redacted" else ""
    if low is not None and low == high:
        return f"{field} {low}{unit}"
    if low is None or high is None:
        return f"{field} {low}{unit} or more" if high is None else f"{field} {high}{unit} or less"
    return f"{field} {low} to {high}{unit}"


def _dates(low: int | None, high: int | None) -> str:
    first, last = _day(low), _day(high)
    if first and last and first.endswith("-01-01") and last == f"{first[:4]}-12-31":
        return first[:4]
    if first == last:
        return first
    return f"{first} to {last}" if first and last else f"from {first}" if first else f"to {last}"


def _day(days: int | None) -> str:
    return (_EPOCH + timedelta(days=days)).isoformat() if days is not None else ""


def _describe_bates(prefix: str, first: int, last: int) -> str:
    name = "" if prefix == "*" else f" {prefix}"
    if first == last:
        return f"Bates{name} {first}"
    if last >= 10**17:
        return f"Bates{name} from {first}" if first else f"Bates{name or ' number'}, any"
    return f"Bates{name} {first} to {last}"
