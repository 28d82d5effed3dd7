"""Is this text layer the page's text, or must the page be read by OCR?

A false OCR costs 0.6 s; a miss is a page that nobody can find. So every doubt goes to OCR, and the layer
that was there is kept beside it. The thresholds and the pages that set them: docs/why/ocr.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.languages import COMMON_WORDS, ENGLISH, best_common_share, latin_words
from ingest.page import TextSource
from ingest.stamps import repeated_lines, without_stamps

__all__ = ["PageFeatures", "Verdict", "judge_text_layer", "repeated_lines", "without_stamps"]

_FEW_CHARACTERS = 25
_SMALL_PICTURE = 0.15  # of the page: a letterhead's seal, a signature
_LARGE_PICTURE = 0.25  # a screenshot or a figure: its words are in no text layer
_WHOLE_PAGE_PICTURE = 0.85
_INK_OF_WORDS = 0.005  # of a 50-dpi rendering, beside the ink of the stamps
_INK_OF_A_LETTER = 0.00005
_JUDGED_CHARACTERS = 20_000  # the first ones: more would not change the verdict
_MAX_WORD_CHARACTERS = 100  # longer ones are no words, and slow to look at
_MIN_WORDS = 30
_POOR_LAYER_ODD_SHARE = 0.003


@dataclass(frozen=True, slots=True)
class PageFeatures:
    """What is known of a page before OCR. Shares and covers are 0..1.

    ``text`` is the layer's text inside the page; ``own_characters`` are those that are not white space
    and are left after ``without_stamps``. Covers are shares of the page's area (overlapping images may
    add up to more than 1). ``invisible_share`` is the share of characters in render mode 3,
    ``map_error_share`` of those whose font has no usable Unicode map, ``bad_code_point_share`` of
    U+FFFD, private-use and control characters. ``ink_share`` is the share of dark pixels in a 50-dpi
    rendering, None when nobody looked.
    """

    text: str
    own_characters: int
    largest_image_cover: float = 0.0
    total_image_cover: float = 0.0
    invisible_share: float = 0.0
    map_error_share: float = 0.0
    bad_code_point_share: float = 0.0
    ink_share: float | None = None

    @property
    def image_cover(self) -> float:
        """How much of the page is picture, at most 1."""
        return min(1.0, max(self.largest_image_cover, self.total_image_cover))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the page's text is to come from, and why (``reason`` is a stable code).

    ``quality`` is for ``TEXT_LAYER`` only; OCR brings its own. ``keep_hidden``: the layer is not the
    page's text but has words of its own, so it is kept as ``hidden_text``.
    """

    source: TextSource
    reason: str
    quality: float = 0.0
    keep_hidden: bool = False


def judge_text_layer(features: PageFeatures) -> Verdict:
    """Decide for one page. The order of the questions matters: cheap and certain first."""
    if features.own_characters < _FEW_CHARACTERS:
        return _judge_empty(features)
    if _is_caption_of_a_picture(features):
        return _by_ocr("little_text_over_picture", features)
    if _is_garbled(features):
        return _by_ocr("garbled_text", features)
    if features.invisible_share > 0.5 or features.largest_image_cover > _WHOLE_PAGE_PICTURE:
        return _judge_layer_over_scan(features)
    if features.largest_image_cover > _LARGE_PICTURE:
        return _by_ocr("words_may_be_in_picture", features)
    return Verdict(TextSource.TEXT_LAYER, "born_digital", 1.0)


def _judge_empty(features: PageFeatures) -> Verdict:
    has_text = bool(features.text.strip())
    if features.image_cover >= _SMALL_PICTURE:
        return _by_ocr("stamps_over_picture" if has_text else "picture_without_text", features)
    expected_ink = _INK_OF_WORDS + _INK_OF_A_LETTER * len("".join(features.text.split()))
    if features.ink_share is None or features.ink_share > expected_ink:
        return _by_ocr("drawn_without_text", features)
    if has_text:
        return Verdict(TextSource.TEXT_LAYER, "few_words", 1.0)
    return Verdict(TextSource.NONE, "blank", 1.0)


def _judge_layer_over_scan(features: PageFeatures) -> Verdict:
    odd = odd_word_share(features.text)
    if odd > _POOR_LAYER_ODD_SHARE:
        return _by_ocr("poor_ocr_layer", features)
    return Verdict(TextSource.TEXT_LAYER, "sound_ocr_layer", round(0.95 - 5 * odd, 2))


def _by_ocr(reason: str, features: PageFeatures) -> Verdict:
    return Verdict(TextSource.OCR, reason, keep_hidden=features.own_characters > 0)


def _is_caption_of_a_picture(features: PageFeatures) -> bool:
    """A header, a caption or typed-in fields, while the page's words are in the picture."""
    few = 600 if features.image_cover >= 0.2 else 250
    return features.image_cover >= _SMALL_PICTURE and features.own_characters < few


def _is_garbled(features: PageFeatures) -> bool:
    if features.bad_code_point_share > 0.08 or features.map_error_share > 0.3:
        return True
    text = features.text[:_JUDGED_CHARACTERS]
    return _has_glyph_numbers(text) or _is_no_language(text)


# A subset font without a Unicode map hands out its glyph numbers: each letter is some places too low,
# most often 29, so that 'the' reads WKH, or 11, so that 'information' reads ^c[dgbVi^dc. Often it is one
# font of several on the page, a heading or a quotation (ACLU v. ICE, JA 10 to 19 and 76 to 83), so a few
# such words are enough.
_GLYPH_SHIFT = 29
_WORD_WITH_CARET = re.compile(
    r"[A-Za-z]\^[A-Za-z]|\^[a-z]+[A-Z]"
)  # '^' stands for 'i' where letters are 11 low
_LONG_WITHOUT_VOWELS = re.compile(r"(?i:\b(?=[a-z]{9})[a-z]*[bcdfghjklmnpqrstvwxz]{6})")


def _has_glyph_numbers(text: str) -> bool:
    words = {word for word in text.split() if len(word) <= _MAX_WORD_CHARACTERS and _is_plain(word)}
    if any(_WORD_WITH_CARET.search(word) for word in words):
        return True
    shifted = sum(_unshifted(word) in COMMON_WORDS[ENGLISH] for word in words if _has_odd_case(word))
    unlikely = sum(_LONG_WITHOUT_VOWELS.search(word) is not None for word in words)
    return shifted >= 2 or (unlikely >= 2 and unlikely > 0.002 * len(words))


def _has_odd_case(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and not word[1:].islower()


def _unshifted(word: str) -> str:
    return "".join(chr(ord(letter) + _GLYPH_SHIFT) if letter.isupper() else letter for letter in word)


def _is_no_language(text: str) -> bool:
    """Whether long words look like no language written in Latin letters.

    Tables of numbers and of exemption codes have few words of four letters, and lists of abbreviations
    still have vowels: neither may be condemned.
    """
    words = [word for word in latin_words(text) if len(word) >= 4]
    if len(words) < _MIN_WORDS or sum(map(str.isdigit, text)) > 0.3 * len(text):
        return False
    with_vowel = sum(any(letter in _VOWELS for letter in word) for word in words) / len(words)
    return with_vowel < 0.6 or (with_vowel < 0.85 and best_common_share(latin_words(text)) < 0.03)


_VOWELS = frozenset("aeiouyáéíóúüàèìòùâêîôûäëöãõ")


def odd_word_share(text: str) -> float:
    """The share of words that no typist writes: ``ce1iified``, ``riMldWhiM``, ``paiiicipating``."""
    words = [word for word in text[:_JUDGED_CHARACTERS].split() if len(word) <= _MAX_WORD_CHARACTERS]
    plain = [word for word in words if _is_plain(word)]
    odd = sum(_ODD_WORD.search(word) is not None for word in plain)
    odd += sum(_BROKEN_ADDRESS.fullmatch(word) is not None for word in words)
    return odd / max(len(plain), odd, 1)


def _is_plain(word: str) -> bool:
    """Addresses, paths and codes may look as they like."""
    return re.search(r"[A-Za-z]{2}", word) is not None and not re.search(r"[@/\\]|www|\.\w\w", word)


# '0eMillsCD@state.gov>': closed but never opened, or opened with a quotation mark
_BROKEN_ADDRESS = re.compile(r"[^<\s]*@[^<\s]*>[;,]?|\u2039\S+@\S+")
_ODD_WORD = re.compile(
    r"""
    [a-z]\d+[a-z]                                        # a digit inside: ce1iified
  | \b[a-z]{2,}[A-Z]                                     # a capital after small letters: thisMOA
  | [a-z][A-Z]+[a-z]+[A-Z]                               # capitals here and there: HPaLO, SuLlIvan
  | (?i:[bcdfghjklmnpqrstvwxz]{7})                       # seven letters without a vowel
  | (?i:([a-hj-uyz])\1\1) | [a-hj-uyz]iii | iii[a-z]      # thrice the same letter, but not VIII
  | [A-Za-z][~|=^{}<>\u2022\u2039\u203a\u25a0_!]+[A-Za-z]   # a sign inside: t~Jg
    """,
    re.VERBOSE,
)
