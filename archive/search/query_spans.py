"""Where a word, a phrase or a bracket ends in what was typed."""

from __future__ import annotations

import re

from archive.search.analysis import single_thing_at

_JOINED = re.compile(r"\.\.|,(?=\()")
_COMPARISON = re.compile(r"(?:[<>]=?|=)\s*")


def word_end(text: str, at: int) -> int:
    """Up to a space, a quotation mark or a bracket that does not belong to the word."""
    start = at
    while at < len(text) and not text[at].isspace() and text[at] not in '"()':
        if not text[at].isalnum():
            at += 1
            continue
        begins_word = at == start or not text[at - 1].isalnum()
        at = max(at + 1, single_thing_at(text, at) if begins_word else at)
    return max(at, single_thing_at(text, start), start + 1)


def quote_end(text: str, at: int) -> int:
    """After the mark that closes the one at ``at``; -1 when none does."""
    return text.find('"', at + 1) + 1 or -1


def opens_bracket(text: str, at: int) -> bool:
    """Whether a bracket opens here that holds words together; that of ``(b)(7)(E)`` belongs to its thing."""
    return text[at : at + 1] == "(" and single_thing_at(text, at) == at


def bracket_end(text: str, at: int) -> int:
    """After the bracket that closes the one at ``at``; -1 when none does."""
    depth = 0
    while 0 <= at < len(text):
        if text[at] == '"':
            at = quote_end(text, at)
            continue
        if text[at] == "(" and not opens_bracket(text, at):
            at = single_thing_at(text, at)
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        begins_word = text[at].isalnum() and not text[at - 1].isalnum()
        at = max(at + 1, single_thing_at(text, at) if begins_word else at)
        if not depth:
            return at
    return -1


def value_end(text: str, at: int) -> int:
    """After the value of a field: a phrase, a list in brackets, or a word, perhaps with ``>`` before it.

    -1 when a quotation mark or a bracket is not closed.
    """
    compared = _COMPARISON.match(text, at)
    at = compared.end() if compared else at
    if opens_bracket(text, at):
        return bracket_end(text, at)
    if at == len(text) or text[at].isspace():
        return at
    end = quote_end(text, at) if text[at] == '"' else word_end(text, at)
    if end > 0 and (joined := _JOINED.match(text, end)):  # "ICE 7".."ICE 9", (b)(6),(b)(7)(C)
        return value_end(text, joined.end())
    return end
