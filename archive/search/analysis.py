"""The one analyzer, for every engine, for pages and for queries alike.

A text is a row of *words* (letters and digits), numbered from 0. What is written as one thing and holds
several words, such as ``I-247``, ``287(g)``, ``(b)(7)(E)``, ``19-cv-07058`` or an e-mail address, is
found in its parts and whole: the whole is one more token at the position of its first part, in one
spelling however it was written. Offsets are those of the text as given: nothing is folded before it is
cut, each word is folded by itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import snowballstemmer

from archive.search.sentences import sentence_and_paragraph_starts
from ingest.exemption_codes import find_codes

MAX_FORM_LENGTH = 64
_MAX_PARTS = 9

# Superscripts are footnote marks, not part of the word before them. Combining accents, soft hyphens and
# zero-width characters stand inside words in text taken from PDFs.
_LETTER = r"[^\W_\u00b9\u00b2\u00b3\u2070-\u209c]"
_INNER = r"[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]"
_WORD = rf"{_LETTER}(?:{_LETTER}|{_INNER}|['’ʼ](?={_LETTER}))*"
_DASH = r"[-\u2010-\u2013\u2212]"
_THOUSANDS = r"(?<=\d),(?=\d{3}(?!\d))"
_IN_BRACKETS = rf"\({_LETTER}{{1,4}}\)"

_WORDS = re.compile(_WORD)
_WHOLES = re.compile(
    rf"(?:{_IN_BRACKETS}|{_WORD})(?:{_IN_BRACKETS}|(?:{_DASH}|[./:@&_]|{_THOUSANDS})(?={_LETTER}){_WORD})+"
)
_JOINTS = re.compile(rf"[-\u2010-\u2013\u2212./:@&_,(](?={_LETTER})(?<=\S.)")
_SPACE = re.compile(r"\s")
_OPEN, _CLOSE = r"[(\[{]\s?", r"\s?[)\]}]"
# OCR often reads ')(' as 'X': (bX7XC) is (b)(7)(C).
# Spreadsheet cells run into each other: b(7)(cb(6) is (b)(7)(C) and (b)(6).
_SUBLETTER = (
    r"([A-F])(?:(?![A-Za-z0-9])|(?=b\())(?![)\]}]\s?[(\[{]\d)"  # in (b)(7)(b)(6) the second b is not one
)
_CODE = re.compile(
    rf"{_OPEN}b(?:{_CLOSE}\s?{_OPEN}|X)(?:([1-689])|7(?:(?:{_CLOSE}\s?(?:{_OPEN})?|X){_SUBLETTER})?)"
    rf"|(?:(?<![^\W_])|(?<=\([A-F]))b(?:{_OPEN}|(?=[1-9][(\[{{]))(?:([1-689])|7(?:{_CLOSE})?(?:\s?{_OPEN})?(?:{_SUBLETTER})?)",
    re.IGNORECASE,
)
_NAMED_CODES = re.compile(
    r"\bexemptions?\s+(?=[1-9])(?:(?:,|\s|and|or|&)*[1-9](?:\([A-F]\))?(?![0-9A-Za-z]))+", re.IGNORECASE
)
_NAMED_CODE = re.compile(r"([1-9])(?:\(([A-F])\))?", re.IGNORECASE)
_BARE_CODE = re.compile(r"(?<![\w(])B[1-9](?![\w(])")  # as the Department of State stamps it in a margin
_DOCKET = re.compile(
    r"(?<![^\W_])(?:\d{1,2}:)?((?:19|20)?\d\d)(?:-|\s)?(cv|civ|cr|crim|mc|misc|md)(?![a-z])(?:[-.]|\s)*(\d{2,6})(?!\d)",
    re.IGNORECASE,
)
_DOCKET_KINDS = {"civ": "cv", "crim": "cr", "misc": "mc"}


class Token(NamedTuple):
    """One token of a text: ``text[start:end]`` is where it stands, ``form`` what it is looked up as."""

    form: str
    position: int
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """All tokens of ``text``: its words, then the wholes that span several of them."""
    words = list(_iter_words(text))
    return words + list(dict.fromkeys(_iter_wholes(text, [word.start for word in words])))


def words_of(tokens: list[Token]) -> list[Token]:
    """The tokens that are words; in ``tokenize``'s answer the wholes come after them."""
    count = 0
    while count < len(tokens) and tokens[count].position == count:
        count += 1
    return tokens[:count]


class AnalysedWords(NamedTuple):
    """A text as an index takes it down: the form of each word in order, (form, position) of each whole,
    and the positions that begin a sentence, and a paragraph."""

    forms: list[str]
    wholes: list[tuple[str, int]]
    sentences: list[int]
    paragraphs: list[int]


def analyse_words(text: str) -> AnalysedWords:
    """The same tokens as ``tokenize``: a page has no time for one object a token."""
    forms: list[str] = []
    starts: list[int] = []
    for match in _WORDS.finditer(text):
        form = fold(match[0])
        if form:
            forms.append(form)
            starts.append(match.start())
    wholes = dict.fromkeys((whole.form, whole.position) for whole in _iter_wholes(text, starts))
    return AnalysedWords(forms, list(wholes), *sentence_and_paragraph_starts(text, starts))


class Analysed(NamedTuple):
    """What an index keeps of a text: the positions of each form, ascending; the number of words; the
    positions that begin a sentence, and a paragraph."""

    positions: dict[str, list[int]]
    length: int
    sentences: list[int]
    paragraphs: list[int]


def analyse(text: str) -> Analysed:
    """``analyse_words`` by form."""
    found = analyse_words(text)
    positions: dict[str, list[int]] = {}
    for position, form in enumerate(found.forms):
        positions.setdefault(form, []).append(position)
    for form, position in found.wholes:
        places = positions.setdefault(form, [])
        if position not in places:
            insort(places, position)
    return Analysed(positions, len(found.forms), found.sentences, found.paragraphs)


def exemption_codes(text: str) -> tuple[str, ...]:
    """The exemptions that a text names, in the one spelling, sorted: ``b7e``; Privacy Act ones as ``k2``.
    What is part of another law, as in Rule 12(b)(6), is none."""
    codes = {code for found in find_codes(text) for code in found.codes}
    codes |= {found.lower() for found in _BARE_CODE.findall(text)}
    return tuple(sorted(codes))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word as it is looked up: case, accents and ligatures folded, a possessive 's dropped.

    Empty when no letter or digit is left.
    """
    plain = word if word.isascii() else unicodedata.normalize("NFKD", word)
    plain = re.sub(r"['’ʼ]s$", "", plain.casefold())
    return "".join(filter(str.isalnum, plain))[:MAX_FORM_LENGTH]


_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The English stem of a folded word. What holds a digit is a number or a code and stays as it is."""
    return str(_stemmer.stemWord(form)) if form.isalpha() else form


def single_thing_at(text: str, start: int) -> int:
    """Where the single thing that begins at ``start`` ends, or ``start`` when none does.

    A single thing is what must not be cut at its brackets or spaces: ``(b)(7)(E)``, ``19 Civ. 7058``.
    """
    ends = [match.end() for pattern in (_CODE, _DOCKET, _WHOLES) if (match := pattern.match(text, start))]
    end = max(ends, default=start)
    return end + (text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end))


def _iter_words(text: str) -> Iterator[Token]:
    position = 0
    for match in _WORDS.finditer(text):
        form = fold(match[0])
        if form:
            yield Token(form, position, match.start(), match.end())
            position += 1


def _iter_wholes(text: str, starts: list[int]) -> Iterator[Token]:
    """``starts`` are the starts of the words."""
    for form, start, end in chain(_iter_joined(text), _iter_codes(text), _iter_dockets(text)):
        position = bisect_left(starts, start)
        if position < len(starts) and starts[position] < end:
            yield Token(form[:MAX_FORM_LENGTH], position, start, end)


def _iter_joined(text: str) -> Iterator[tuple[str, int, int]]:
    """What is written without a space. Only around a joint is it worth looking: that is seven times
    quicker than trying at each word."""
    done = 0
    for joint in _JOINTS.finditer(text):
        if joint.start() < done:
            continue
        start = joint.start()
        while start > done and not text[start - 1].isspace():
            start -= 1
        space = _SPACE.search(text, joint.end())
        done = space.start() if space else len(text)
        for match in _WHOLES.finditer(text, start, done):
            form = _whole_form(match[0])
            if form:
                yield form, *match.span()


def _iter_codes(text: str) -> Iterator[tuple[str, int, int]]:
    """Exemption codes, however they are written, as ``b7e``."""
    for match in _CODE.finditer(text):
        digit, letter = match[1] or match[3] or "7", match[2] or match[4] or ""
        closes = text[match.end() : match.end() + 1] in (")", "]", "}")
        yield f"b{digit}{letter}".casefold(), match.start(), match.end() + closes
    for named in _NAMED_CODES.finditer(text):
        for match in _NAMED_CODE.finditer(text, *named.span()):
            yield f"b{match[1]}{match[2] or ''}".casefold(), *match.span()


def _iter_dockets(text: str) -> Iterator[tuple[str, int, int]]:
    """Docket numbers as ``19cv7058``."""
    for match in _DOCKET.finditer(text):
        kind = match[2].casefold()
        year, number = match[1][-2:], match[3].lstrip("0") or "0"
        yield f"{year}{_DOCKET_KINDS.get(kind, kind)}{number}", *match.span()


@lru_cache(maxsize=50_000)
def _whole_form(written: str) -> str:
    """One spelling for ``written``; empty when it is better left in parts (``and/or``, a list of codes)."""
    parts = [fold(part) for part in _WORDS.findall(written)]
    if not 2 <= len(parts) <= _MAX_PARTS or len(_CODE.findall(written)) > 1:
        return ""
    if "@" in written:
        return "".join(char for char in written.casefold() if char.isalnum() or char in "@.")
    if all(len(part) == 1 and part.isalpha() for part in parts) and "." in written:
        return "".join(parts) if len(parts) > 2 else ""  # U.S.C. is usc, but U.S. must not become 'us'
    joins = "".join(dict.fromkeys(re.sub(r"[^./:&]", "", written)))
    if any(char.isalpha() for part in parts for char in part):
        has_digit = any(char.isdigit() for part in parts for char in part)
        if not has_digit and set(joins) & set("/:"):
            return ""
        kept = r"[./:&]"
    else:
        kept = r"[./:&-]"
    separators = re.split(_WORD, re.sub(_DASH, "-", written))[1:-1]
    glue = ["".join(re.findall(kept, separator)) for separator in separators]
    return parts[0] + "".join(join + part for join, part in zip(glue, parts[1:], strict=True))
