"""Where the words of a page begin and end: nobody is quoted with half a word.

'can' is not said where 'can't' stands, nor 'compliance' for 'non-compliance', nor '$1' for '$1,000'.
"""

from __future__ import annotations

import unicodedata

_BETWEEN_LETTERS = "'\u2019\u02bc-\u2010\u2011"
_BETWEEN_DIGITS = ".,:/"
_WITHOUT_SPACES = range(0x3040, 0xA000)  # Kana and Han: words follow each other with nothing between


def is_inside_word(text: str, at: int) -> bool:
    """Whether a word of ``text`` goes on from the character before ``at`` to the one at it. Characters that
    are not seen (soft hyphens, joiners) neither make nor part words."""
    before, after = at - 1, at
    while before >= 0 and _is_unseen(text[before]):
        before -= 1
    while after < len(text) and _is_unseen(text[after]):
        after += 1
    if before < 0 or after >= len(text):
        return False
    return _are_of_one_word(text[before], text[after]) or _joins(text, before) or _joins(text, after)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    return not (is_inside_word(text, start) or is_inside_word(text, end))


def cuts_no_letters(text: str, start: int, end: int) -> bool:
    """Whether what is cut, at either end, is at most a word of several parts ('non-compliance', 'can't')."""
    return not any(0 < at < len(text) and _are_of_one_word(text[at - 1], text[at]) for at in (start, end))


def grown(text: str, start: int, end: int) -> tuple[int, int]:
    """With the whole of the words that are cut at both ends."""
    while is_inside_word(text, start):
        start -= 1
    while is_inside_word(text, end):
        end += 1
    return start, end


def _are_of_one_word(before: str, after: str) -> bool:
    return (
        _is_letter(before)
        and _is_letter(after)
        and not (ord(before) in _WITHOUT_SPACES and ord(after) in _WITHOUT_SPACES)
    )


def _is_letter(character: str) -> bool:
    """Letters, digits, and the marks that are written onto them."""
    return character.isalnum() or (
        not character.isascii() and unicodedata.category(character) in ("Mn", "Mc")
    )


def _is_unseen(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) == "Cf"


def _joins(text: str, at: int) -> bool:
    """Whether the character at ``at`` holds two parts of a word together."""
    if not 0 < at < len(text) - 1:
        return False
    sign, before, after = text[at], text[at - 1], text[at + 1]
    if sign in _BETWEEN_LETTERS:
        return _is_letter(before) and _is_letter(after)
    return sign in _BETWEEN_DIGITS and before.isdigit() and after.isdigit()
