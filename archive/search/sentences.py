"""Where sentences and paragraphs begin: what 'in the same sentence' means to a search.

The reader of PDFs says where lines and paragraphs end (a line feed, an empty line). Sentences are found
by rule: a full stop, question or exclamation mark, then space and a capital, a digit or an opening mark.
Abbreviations of letters and law ('U.S.', 'No. 7', 'Doe v. ICE', '5 U.S.C. § 552') end none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(r"(?:(?P<full>\.)|[!?·])[.!?]*[\"”’')\]]*(?:\[\d+\])?\s+(?=[\"“‘'(\[¿¡§•]*[A-ZÀ-ÖØ-Þ0-9])")
_WORD_BEFORE = re.compile(r"\w{1,12}$")
_COMMON_ABBREVIATIONS = """
mr mrs ms dr prof hon rev gen col maj capt lt sgt cpl adm gov sen rep pres dir asst sec secy supt det jr
sr st ave blvd rd ft no nos vs v cf eg ie al etc id op cit ed eds vol vols ch art arts para paras pp p
fig figs app apps att dept div dist corp inc co cos ltd assn bros jan feb mar apr jun jul aug sep sept
oct nov dec civ crim crm cv misc supp cir ct cl cong sess stat reg regs fed adv hr res tel ext fax approx
est ca am pub priv exec ord exh exs ex doc docs dkt ecf rec encl enc attn incl subj re cal va mass tex
fla ill wash conn colo ariz mich minn pa md ga ala tenn ore okla wis nev kan ky la miss mo mont neb ind
"""
_ABBREVIATIONS = frozenset(_COMMON_ABBREVIATIONS.split())


def sentence_and_paragraph_starts(text: str, word_starts: Sequence[int]) -> tuple[list[int], list[int]]:
    """The positions of the words that begin a sentence, and those that begin a paragraph; ascending.

    ``word_starts`` are the character offsets of the words, ascending. A paragraph begins a sentence.
    """
    paragraphs = _positions((match.end() for match in _PARAGRAPH.finditer(text)), word_starts)
    stops = (match.end() for match in _STOP.finditer(text) if _ends_sentence(text, match))
    sentences = _positions(stops, word_starts)
    return sorted({*sentences, *paragraphs}), paragraphs


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if not match["full"] or match[0].startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    word = before[0] if before else ""
    if word.lower() in _ABBREVIATIONS:
        return word.lower() == "no" and not text[match.end()].isdigit()  # 'No. 7', but: he said no
    if len(word) == 1 and word.isalpha():
        return False  # an initial: J. Doe, U.S. Attorney
    return not (word.isdigit() and _begins_line(text, match.start() - len(word)))


def _begins_line(text: str, at: int) -> bool:
    """'3. The agency ...' numbers an item."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _positions(offsets: Iterable[int], word_starts: Sequence[int]) -> list[int]:
    """The words that follow these places; the text's first word always begins one."""
    found = {bisect_left(word_starts, offset) for offset in offsets}
    return sorted(at for at in {0, *found} if at < len(word_starts))
