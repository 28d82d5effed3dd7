"""What a code in running text does there: it stands for withheld words, is spoken of, or is no exemption.

``(b)(6)`` is also a part of thousands of statutes and rules; the words around it say which it is.
"""

from __future__ import annotations

import re
from enum import StrEnum

_BEFORE, _AFTER = 90, 90  # characters that are looked at


class CodeUse(StrEnum):
    """What a code does where it stands."""

    MARK = "mark"  # it stands where words were withheld
    MENTION = "mention"  # it is spoken of: in a letter that explains it
    CITE = "cite"  # a part of another law or of a rule: no exemption at all


_FOIA_BEFORE = re.compile(r"(?<!\d)552a?(?:\s?\([a-z]\)\s?\(\d\))?\s?\Z")
_CITE_BEFORE = re.compile(
    r"(?:\d[a-z]{0,2}(?:[-–.]\w{1,6})?"  # 12(b)(6), 1226a(b)(2), 14-306(b)
    r"|\d[\w.–-]*\s?(?:\([a-z0-9]{1,4}\)\s?)+[,;]?\s?(?:and|or|through)?\s?"  # 14-306(b), (b)(1)
    r"|(?:§|¶)+\s?(?:\d[\w.–-]*\s)?"
    r"|\b(?:rules?|(?:sub)?paragraphs?|(?:sub)?clauses?|(?:sub)?parts?|sections?|secs?\.|art(?:icle|\.)s?"
    r"|U\.?\s?S\.?\s?C\.?|C\.?\s?F\.?\s?R\.?|items?|notes?|footnotes?|steps?|civ\.\s?p\.|crim\.\s?p\.)"
    r"\s?(?:§+\s?)?(?:\d[\w.–-]*\s)?"
    r"|(?-i:\([ac-z]\))(?:\(\w{1,4}\))*(?:,?\s(?:and|or|through|to)\s|,[ ]|–|-)?)\Z",  # (a)(2) or (b)(1)
    re.IGNORECASE,
)
_CITE_AFTER = re.compile(
    r"\)?,?\s+(?:and\s\([a-z]\)\s)?of\s+(?:this|that|such|the\s(?:same|said))\s+"
    r"(?:section|chapter|title|part|rule|article|paragraph|subsection|AD|agreement|contract|clause)"
    r"|\)?,?\s+of\s+(?:(?:section|sec\.|paragraph|rule|article|§)\s*(?!552)\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\((?!b\)\s?[(\[])(?:[a-z]|[ivx]{1,4}|\d{1,2})\)", re.IGNORECASE)
_MENTION_BEFORE = re.compile(
    r"\b(?:exemptions?|exempt|under|pursuant\s+to|FOIA|552a?|(?:sub)?sections?|privacy\s+act"
    r"|freedom\s+of\s+information\s+act|PA|per|via|using|invok\w+|assert\w*|claim\w*|cit(?:e[sd]?|ing)|appl(?:y|ied|ying|ies)"
    r"|withheld|withholding|withholds?|exempted\s+by|reasons?|codes?|categories|protected\s+by|based\s+on"
    r"|Act|U\.?\s?S\.?\s?C\.?)"
    r"""[\s:,;"'“”‘’(\[§–—-]*\Z""",
    re.IGNORECASE,
)
_MENTION_AFTER = re.compile(
    r"""[)\]"'”’]?\s*[,:;.=–—-]*\s*(?:(?:of\s+the\s+FOIA,?\s+)?(?:which\s+)?(?:generally\s+)?"""
    r"(?:protects?|exempts?|permits?|allows?|authori[sz]es?|applies|pertains?|covers|excludes?|concerns|which|"
    r"of\s+the\s+(?:FOIA|Freedom|Privacy|Act)|of\s+FOIA|of\s+(?:section\s+552|5\s+U|title\s+5)|of\s+subsection"
    r"|(?:of\s+)?exemptions?|(?:this|these)\s+exemptions?|redactions?|withholdings?|privileges?\b|"
    # the sentences of the statute, as agencies print them on a sheet that explains the codes
    r"(?:\(A\)\s+)?specifically\s+authori[sz]ed|related\s+solely|specifically\s+exempted|trade\s+secrets|"
    r"inter-?\s?agency|personnel\s+and\s+medical|(?:records\s+or\s+)?information\s+compiled|"
    r"contained\s+in\s+or\s+related|geological|could\s+reasonably|would\s+(?:deprive|disclose|interfere)"
    r"|material\s+reporting|investigatory\s+material|required\s+by\s+statute|information\s+(?:which|that)))",
    re.IGNORECASE,
)
_CHAINED = re.compile(r"\s*(?:[,;]\s*)?(?:(?:and|or|and/or|through|to|&)\s*)?[(\"“]?", re.IGNORECASE)
_ALONE = re.compile(r"[\s.,;:|*\[\](){}_\"'-]*")
_CELL_BEGINS, _CELL_ENDS = re.compile(r"(?:^|\n|\t| {3})[ \t]*$"), re.compile(r"[ \t]*(?:$|\n|\t| {3})")
_OUTLINE = re.compile(r"^[ \t]*\((?:a|c)\)[ \t]?\([1-9]\)", re.MULTILINE)
_PRIVACY_NEAR = re.compile(r"552a|privacy\s+act", re.IGNORECASE)
_ORDER_NEAR = re.compile(
    r"(?:E\.?\s?O\.?|executive\s+order)[\s\w.,]{0,25}$|\breasons?:?\s*$|\bclassified\b.{0,40}$",
    re.IGNORECASE | re.DOTALL,
)


def has_outline(text: str) -> bool:
    """Whether lines of the text begin as paragraphs of a law do: then ``(b)(1)`` at the start of a line is
    one of them."""
    return _OUTLINE.search(text) is not None


def use_of(text: str, start: int, end: int, *, last: tuple[int, CodeUse] | None, outline: bool) -> CodeUse:
    """The use of the FOIA or Privacy Act codes at ``text[start:end]``; ``last`` is where the codes before
    them end, and their use."""
    begins = last[0] if last else 0  # what stands before the codes before has had its say
    before, after = text[max(begins, start - _BEFORE) : start], text[end : end + _AFTER]
    of_foia = _FOIA_BEFORE.search(before) is not None
    explained = _MENTION_AFTER.match(after) is not None
    if not of_foia and (_CITE_AFTER.match(after) or (_TAIL.match(after) and not explained)):
        return CodeUse.CITE
    if last and last[1] != CodeUse.MARK and _is_chained(text[last[0] : start]):
        return last[1]
    if of_foia:
        return CodeUse.MENTION
    if _CITE_BEFORE.search(before):
        return CodeUse.CITE
    if explained or _MENTION_BEFORE.search(before):
        return CodeUse.MENTION
    if outline and not text[text.rfind("\n", 0, start) + 1 : start].strip():
        return CodeUse.CITE
    return CodeUse.MARK


def use_of_d5(text: str, start: int, end: int) -> CodeUse:
    """(d)(5) of the Privacy Act is a part of too many laws: it counts alone on its line, or near the name
    of that act."""
    if is_alone(text, start, end):
        return CodeUse.MARK
    near = _PRIVACY_NEAR.search(text, max(0, start - _BEFORE), end + _AFTER)
    return CodeUse.MENTION if near else CodeUse.CITE


def use_of_section(text: str, start: int, end: int, *, is_named: bool) -> CodeUse:
    """The use of a section of a state's law or of the order on classification. Laws are spoken of more than
    they stand for words: only alone on a line, or in brackets, is it a mark."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    in_brackets = before[-1:] + after[:1] in ("[]", "()")
    if in_brackets or (_CELL_BEGINS.search(before) and _CELL_ENDS.match(after)):
        return CodeUse.MARK
    if is_named or _ORDER_NEAR.search(before) or _MENTION_BEFORE.search(before):
        return CodeUse.MENTION
    return CodeUse.CITE


def is_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    begins, ends = before.rfind("\n"), after.find("\n")
    whole_line = (begins >= 0 or start <= _BEFORE) and (ends >= 0 or end + _AFTER >= len(text))
    left, right = before[begins + 1 :], after[:ends] if ends >= 0 else after
    return whole_line and all(_ALONE.fullmatch(part) for part in (left, right))


def _is_chained(between: str) -> bool:
    return len(between) < 20 and between.strip() != "" and _CHAINED.fullmatch(between) is not None
