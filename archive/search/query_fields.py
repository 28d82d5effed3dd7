"""Fields: ``agency:ice``, ``date:2010-05..2010-11``, ``ex:b7E``. Each becomes a condition.

A value is a word, a phrase in quotation marks, or a list in brackets, any of which will do. What looks
like a field and is none (``https://...``, ``10:30``) is left to be words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from rapidfuzz.distance import OSA

from archive.rules.addresses import slug_of
from archive.rules.exemptions import parse_exemption, parse_exemptions
from archive.rules.query import LEAVES, And, Between, HasCode, HasValue, InField, Node, Or
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.search.query_leaves import exactly, nearness_leaf, phrase_leaf, word_node
from archive.search.query_ranges import bates_between, days_between, numbers_between
from archive.search.query_repair import Mistake
from archive.search.query_spans import opens_bracket, value_end

_START = re.compile(r"(?P<name>[A-Za-z]{2,20}):(?![\s/:)]|$)")
_NEARNESS = re.compile(r'"(?P<inside>[^"]*)"~(?P<sign>>?)(?P<distance>[0-9]*)')
_ITEM_BREAK = re.compile(r"[\s,]+|OR(?=[\s(\"])")
_REFUSED_IN_LIST = re.compile(r"AND(?=[\s(\")])|NOT(?=[\s(\")])|-(?=[\"\w(])|[()]")
_LONG_NAME = 7  # letters; two of them may be wrong
_REAL_WORDS = {"form", "dates", "plane", "palace", "kin", "sect"}  # 'Form:I-247' misspells no field

_SOURCES = {
    "ocr": "ocr", "scan": "ocr", "scanned": "ocr", "text": "text_layer", "text-layer": "text_layer",
    "none": "none", "blank": "none",
}  # fmt: skip
_LANGUAGES = {
    "en": "en", "english": "en", "ingles": "en", "es": "es", "spanish": "es", "espanol": "es",
}  # fmt: skip
_KINDS = {
    slug_of(name): kind.value
    for kind in DocumentKind
    for name in (kind.value.replace("_", "-"), KIND_WORDS[kind])
}


class FieldName(NamedTuple):
    """A field that begins at a place of the query: its one name, and up to where ``name:`` is written."""

    name: str
    end: int


def field_at(text: str, at: int) -> FieldName | None:
    """The field whose name stands here. Raises ``Mistake`` (for what is written there) for a name that is
    nearly a field's."""
    found = _START.match(text, at)
    if found is None:
        return None
    typed = found["name"].lower()
    name = ALIASES.get(typed, typed)
    if name in FIELDS:
        return FieldName(name, found.end())
    if (meant := _nearly(typed)) is not None:
        end = value_end(text, found.end())
        value = text[found.end() : end if end > 0 else len(text)]
        raise Mistake(
            f"There is no field “{typed}”.",
            f'Perhaps “{meant}” is meant. To search for the words, put them in marks: "{typed} ...".',
            instead=f"{meant}:{value}",
        )
    return None


def field_node(name: str, written: str) -> Node | None:
    """The condition that a field has this value; ``written`` is the value with its marks or brackets.

    None when nothing is said. Raises ``Mistake``, whose ``instead`` is another value.
    """
    if opens_bracket(written, 0):
        return _any_of(name, written)
    if (near := _NEARNESS.fullmatch(written)) is not None and name in _IN_WORDS:
        return _described(name, nearness_leaf(near["inside"], near["sign"], near["distance"]))
    if name in _IN_WORDS:
        inside = written[1:-1] if written.startswith('"') else None
        return _described(name, word_node(written) if inside is None else phrase_leaf(inside))
    bare = written.replace('"', "").rstrip(",;:!?")
    bare = bare if bare.endswith("..") else bare.removesuffix(".")
    if not re.search(r"[\w*]", bare):
        raise Mistake(f"“{name}:” has no value.", f"Write one after it: {FIELDS[name].example}.")
    try:
        return FIELDS[name].node(bare)
    except Mistake as mistake:
        if "," in bare:
            mistake.instead = f"({' '.join(bare.split(','))})"
        raise


def as_words(name: str, value: str) -> str:
    """What was typed as a field, as a phrase: the last resort when its value means nothing."""
    words = re.sub(r'["*?~]+', " ", f"{name} {value}")
    return f'"{" ".join(words.split())}"'


def _nearly(typed: str) -> str | None:
    if len(typed) < 4 or typed in _REAL_WORDS:
        return None
    most = 2 if len(typed) >= _LONG_NAME else 1
    near = {
        name: OSA.distance(typed, name, score_cutoff=most) for name in (*FIELDS, *ALIASES) if len(name) > 3
    }
    best = min(near, key=near.__getitem__)
    return best if near[best] <= most else None


def _any_of(name: str, written: str) -> Node | None:
    """A list in brackets: one of the values will do."""
    inside = written[1:-1]
    nodes: list[Node] = []
    for start, end in _items(name, inside):
        try:
            node = field_node(name, inside[start:end])
        except Mistake as mistake:
            mended = mistake.within(inside, start, end)
            raise mended.within(written, 1, len(written) - 1) from None
        parts = node.parts if isinstance(node, Or) else (node,)
        nodes += [part for part in parts if part is not None]
    different = tuple(dict.fromkeys(nodes))
    if len(different) > 1:
        return Or(different)
    return different[0] if different else None


def _items(name: str, inside: str) -> Iterator[tuple[int, int]]:
    """Where the values of a list stand. Raises ``Mistake`` (for the list with its brackets)."""
    at = 0
    while at < len(inside):
        if gap := _ITEM_BREAK.match(inside, at):
            at = gap.end()
            continue
        refused = _REFUSED_IN_LIST.match(inside, at)
        if refused and (refused[0] != "(" or opens_bracket(inside, at)):
            raise Mistake(
                f"“{refused[0]}” cannot stand in a list of values.",
                f"A list says: any of these. Write {name}: before each value to join them otherwise.",
                at=1 + at,
                instead=_plain_list(inside),
            )
        end = value_end(inside, at)
        end = end if end > 0 else len(inside)
        yield at, end
        at = end


def _plain_list(inside: str) -> str:
    """The same values, any of which will do."""
    values = re.sub(r"\b(?:AND|NOT)\b|(?<!\S)-|(?<!\S)\(|\)(?!\S)", " ", inside)
    return f"({' '.join(values.split())})"


def _described(name: str, node: Node | None) -> Node | None:
    if node is None:
        return None
    if name in _EXACT_FIELDS:
        node = exactly(node)
    if isinstance(node, And):
        return And(tuple(InField(name, part) for part in node.parts if isinstance(part, LEAVES)))
    return InField(name, node) if isinstance(node, LEAVES) else None


def _kind(value: str) -> Node:
    if "*" in value:
        pattern = re.sub(r"[-\s]+", "_", value.strip().lower())
        shape = re.compile(re.escape(pattern).replace(r"\*", ".*"))
        if any(shape.fullmatch(kind) for kind in _KINDS.values()):
            return HasValue("kind", pattern)
    typed = slug_of(value)
    known = _KINDS.get(typed) or _KINDS.get(typed.removesuffix("s"))
    if known is None:
        close = get_close_matches(typed, _KINDS, 1)
        words = ", ".join(KIND_WORDS.values())
        raise Mistake(
            f"No kind of record is called “{value}”.",
            f"Kinds are: {words}.",
            instead=f'"{KIND_WORDS[DocumentKind(_KINDS[close[0]])]}"' if close else None,
        )
    return HasValue("kind", known)


def _chosen(name: str, table: dict[str, str], help: str) -> Callable[[str], Node]:
    def node(value: str) -> Node:
        known = table.get(slug_of(value))
        if known is None:
            close = get_close_matches(slug_of(value), table, 1)
            raise Mistake(f"“{name}:{value}” is not known.", help, instead=close[0] if close else None)
        return HasValue(name, known)

    return node


def _slugged(name: str) -> Callable[[str], Node]:
    def node(value: str) -> Node:
        parts = [slug_of(part) if re.search(r"[A-Za-z0-9]", part) else "" for part in value.split("*")]
        if not any(parts):
            raise Mistake(f"“{name}:” needs a letter or digit.", f"Write a value: {FIELDS[name].example}.")
        return HasValue(name, "*".join(parts))

    return node


def _code(value: str) -> Node:
    code = parse_exemption(value)
    if code is None:
        several = parse_exemptions(value)
        if len(several) > 1:
            return Or(tuple(map(HasCode, several)))
        shorter = re.match(r"(?:exemption)?b?[1-9]", re.sub(r"[^a-z0-9]", "", value.lower()))
        raise Mistake(
            f"“{value}” is no exemption.",
            "Write b1 to b9, b7A to b7F, b5DPP, or j2, k1 to k7 of the Privacy Act, 1.4D of the order on "
            "classification, ny:87.2.b of a state; brackets make no difference.",
            instead=shorter and shorter[0],
        )
    return HasCode(code)


def _number(name: str) -> Callable[[str], Node]:
    return lambda value: Between(name, *numbers_between(value))


def _date(value: str) -> Node:
    return Between("date", *days_between(value))


class Field(NamedTuple):
    """How a field is used, and its condition for one value. Those searched in words have no ``node``."""

    example: str
    says: str
    node: Callable[[str], Node | None] = lambda _: None


_IN_WORDS = ("title", "subject", "from", "to", "agency", "place", "file")
_EXACT_FIELDS = ("agency", "place")  # names, not words: 'Communities' is not 'Community'
FIELDS = {
    "title": Field("title:agreement", "a word of the document's title"),
    "subject": Field("subject:fingerprint*", "a word of its subject line"),
    "from": Field("from:rivera", "who sent it"),
    "to": Field("to:sheriff", "whom it was sent to"),
    "agency": Field("agency:ice", "the agency's name or abbreviation, as it is written"),
    "place": Field('place:"santa clara"', "the town, county or state, as it is written"),
    "file": Field("file:emails", "the name of the file as received"),
    "kind": Field("kind:memo", "what the record is", _kind),
    "production": Field("production:first*", "the release it came in", _slugged("production")),
    "request": Field("request:2010FOIA2674", "the request's tracking number", _slugged("request")),
    "bates": Field("bates:ICE-000120..ICE-000190", "the page's Bates number", bates_between),
    "ex": Field("ex:b7E", "an exemption claimed on the page, in any spelling", _code),
    "date": Field("date:2010-05..2010-11", "the document's date: a year, month or day, or a range", _date),
    "year": Field("year:2010", "the same by year", _date),
    "pages": Field("pages:>20", "how many pages the document has", _number("pages")),
    "redacted": Field("redacted:>60", "how much of its text is withheld, in percent", _number("redacted")),
    "source": Field(
        "source:ocr",
        "where the page's words come from: ocr or text",
        _chosen("source", _SOURCES, "Write source:ocr, source:text or source:none."),
    ),
    "lang": Field(
        "lang:es", "the page's language", _chosen("lang", _LANGUAGES, "Write lang:en or lang:es.")
    ),
}  # fmt: skip
ALIASES = {
    "exemption": "ex", "exemptions": "ex", "sender": "from", "recipient": "to", "type": "kind",
    "language": "lang", "filename": "file", "sent": "date", "dated": "date", "batesnumber": "bates",
}  # fmt: skip
REPEATED_AS = {"year": "date"}  # fields that say the same, so that a repetition is seen
