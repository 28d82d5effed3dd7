"""How people write a quotation: the marks around it, the words they leave out or put in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from archive.rules.quote_dashes import has_dash
from archive.rules.quote_folding import fold_strictly

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.\s*){3,4}\]|\[\s*\u2026\s*\]|\u2026|(?:\.\s?){3,4})\s*")
_CHANGED_LETTER = re.compile(r"\[(\w)\]")
_EDITORS_WORD = re.compile(r"\[(?:sic|emphasis added)\]", re.IGNORECASE)
_PUT_IN_BRACKETS = re.compile(r"\[[^\[\]]{2,80}\]")
_QUOTATION_MARKS = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_END_MARKS = ".,;:!?"


def wordings(quote: str) -> Iterator[tuple[str, ...]]:
    """The quotation as it is typed, then without what editors add to quotations; each in its pieces, several
    where words are left out."""
    quote = unicodedata.normalize("NFC", quote).strip()
    plain = _CHANGED_LETTER.sub(r"\1", _EDITORS_WORD.sub(" ", quote)).strip()
    bare = plain.strip(_QUOTATION_MARKS + " ")
    without_end = bare.rstrip(_END_MARKS + _QUOTATION_MARKS + " ")
    without_brackets = _PUT_IN_BRACKETS.sub(" \u2026 ", without_end)
    seen = set()
    for wording in (quote, plain, bare, without_end, without_brackets):
        for pieces in ((wording,), _pieces(wording)):
            if pieces not in seen and pieces and all(_has_words(piece) for piece in pieces):
                seen.add(pieces)
                yield pieces


def leaves_words_out(quote: str) -> bool:
    """Whether the quotation has an ellipsis in it."""
    return len(_pieces(quote)) > 1


def longest_piece(quote: str) -> str:
    """The longest run of its words that has none left out and none in brackets: what to search for."""
    plain = _CHANGED_LETTER.sub(r"\1", _EDITORS_WORD.sub(" ", quote))
    return max(_pieces(_PUT_IN_BRACKETS.sub(" \u2026 ", plain)), key=len, default="")


def is_as_typed(said: Sequence[str], quote: str) -> bool:
    """Whether the page, which has ``said`` for each piece, says what was typed: as ``fold_strictly``
    compares, but for the first letter, which takes the capital of the sentence that it is quoted in, for
    quotation marks within it, which become single ones, and for letters in brackets. An ellipsis and words in
    brackets stand for what is left out."""
    quote = unicodedata.normalize("NFC", quote)
    swapped = _CHANGED_LETTER.sub(lambda letter: letter[1].swapcase(), quote)
    page = _with_small_beginning(_bare("\n".join(said)))
    return any(
        page == _with_small_beginning(_bare("\n".join(pieces)))
        for written in (quote, swapped)
        for pieces in wordings(written)
    )


def _bare(text: str) -> str:
    return fold_strictly(text).replace('"', "'").strip(_QUOTATION_MARKS + _END_MARKS)


def _with_small_beginning(text: str) -> str:
    return text[:1].lower() + text[1:]


def _pieces(quote: str) -> tuple[str, ...]:
    return tuple(piece for piece in _ELLIPSIS.split(quote) if piece.strip(_END_MARKS + " "))


def _has_words(text: str) -> bool:
    return bool(fold_strictly(text)) or has_dash(text)
