"""Alien registration numbers and Social Security numbers, in all the ways in which they are written.

Court papers alone have alien numbers in more than forty spacings: digits, spaces and hyphens almost at
random. What tells them from docket numbers and page ranges is how the digits are grouped, and the words
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.rules.privacy_span import PrivateSpan, Surroundings, candidates
from archive.rules.statuses import FindingKind

_DIGIT = r"[0-9OoQlI|SBZ]"  # and what OCR makes of 0, 1, 5, 8 and 2
_GAP = r"[ \t\n\u00a0.\-\u2010-\u2015]{0,2}"
_NUMBER = rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{7,8}}(?![A-Za-z0-9_]|[-\u2010-\u2015/][0-9])"
_ALIEN = re.compile(
    r"(?<![A-Za-z0-9_$&])(?<![A-Za-z0-9][-.\u2013_&])(?P<a>[Aa])"
    r"(?P<mark>[ \t\n\u00a0]?(?:[-\u2010-\u2015]?[Nn]o\.?|[#:.\-\u2010-\u2015])?[ \t\n\u00a0#:\-]{0,2})"
    rf"(?P<number>{_NUMBER})"
)
_ALIEN_NAMED = re.compile(
    r"(?<![a-z])(?:alien|uscis|a[- ]?(?:file|number|no\.|#)|a/n)(?![a-z])"
    r"(?:[ \n](?:registration|reg\.|file))?(?:[ \n]?(?:numbers?|no\.?|nos\.?|#))?"
    r"(?:[ \n]\(if any\))?(?:[ \n]?(?:is|was|of|:|;|=|-))?[ \n]{0,3}(?:\()?"
    rf"(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_FILE = re.compile(
    rf"(?<![A-Za-z])(?:[Ff]ile|FILE)[ ]?(?:[Nn]o\.?|NO\.?|[Nn]umber|#)?[ :#]{{0,3}}(?P<number>{_NUMBER})"
)
_ALIEN_WORDS = re.compile(
    r"alien|a-?file|a-?number|a-?no\.|respondent|removal|uscis|\bins\b|file n|detain|deport|immigration judge"
    r"|final order|\bice\b|matter of|subject"
)
_PAPERS = re.compile(
    r"(?:exhibits?|exh\.|ex\.|appendix|app\.|attachment|annex|schedule|tab|table|figure|invoice|order"
    r"|contract"
    r"|part|serial|model|license|policy|voucher|check|receipt|bates|tracking|requisition|catalog|item|lot"
    r"|patent|grant|form|sheet|class|grade|type|plan|version|section|passport|control|permit|asset|tag)"
    r"[ \n]{0,2}(?:nos?\.?|numbers?|#)?[ \n:#]{0,2}$"
)
_COURT = re.compile(
    r"(?:docket|cause|\bat|pages?|pp\.|record|r\.)[ \n]{0,2}(?:nos?\.?|numbers?|#)?[ \n:#]{0,2}$"
)
# How people group the digits of an alien number, as counted in published court papers.
_GROUPS = frozenset(
    tuple(map(int, groups))
    for groups in (
        *("8", "9", "333", "233", "53", "63", "26", "36", "243", "2213", "1233", "234", "2312", "332"),
        *("2321", "323", "2313"),
    )
)
# These number dockets (4-5, 6-2), pages (4-4), days (2-2-4), ZIP codes (5-4) and people (3-2-4).
_GROUPS_OF_OTHERS = frozenset(
    tuple(map(int, groups))
    for groups in ("45", "62", "44", "224", "422", "54", "324", "72", "71", "81", "423")
)
_DIGITS_OF = re.compile(rf"{_DIGIT}+")

_SSN = re.compile(
    rf"(?<![\w#&])(?<!\d[-.\u2013/])(?P<area>{_DIGIT}{{3}})"
    rf"(?P<gap>[ \u00a0]?[-\u2010-\u2015][ \u00a0\n]?|[ \u00a0]|\.)(?P<group>{_DIGIT}{{2}})"
    rf"(?P<gap2>[ \u00a0]?[-\u2010-\u2015][ \u00a0\n]?|[ \u00a0]|\.)(?P<serial>{_DIGIT}{{4}})"
    r"(?![A-Za-z0-9_]|[-.\u2010-\u2015/]\d)"
)
_NINE = re.compile(
    rf"(?<![\w.\-])(?P<area>{_DIGIT}{{3}})(?P<group>{_DIGIT}{{2}})(?P<serial>{_DIGIT}{{4}})(?![\w-])"
)
_SSN_WORDS = re.compile(
    r"(?<![a-z])(?:ssa?n|s\.s\.n\.?|ss ?#|ss no|social security (?:n|#|acc)|social security$|soc\.? ?sec|itin"
    r"|social sec|taxpayer id|\btin\b)"
)
_OTHER_NUMBERS = re.compile(
    r"(?:invoice|docket|cause|case|tracking|account|acct\.?|order|phone|fax|contract|grant|part|model|catalog"
    r"|item|serial|nsn|duns|claim|code|form|reference|ref\.?|control|publication|check|routing|bulletin"
    r"|revision|drawing|kit|standard|document|aba|alien)"
    r"[ \n]{0,2}(?:nos?\.?|numbers?|#|id)?[ \n:#]{0,2}$"
)
_LAST_FOUR = re.compile(
    r"(?:ssa?n|s\.s\.n\.|social security(?: number| no\.?)?)[^0-9\n]{0,12}?"
    r"(?:ending (?:in|with)|ends (?:in|with)|last (?:four|4)|[x*#]{3}-?[x*#]{2}-?)[^0-9]{0,12}"
    r"(?P<four>\d{4})(?!\d)",
    re.IGNORECASE,
)
_LAST_FOUR_OF = re.compile(
    r"last (?:four|4)(?: digits)? of (?:\w{1,10} )?(?:ssn|social security(?: number)?)[^0-9]{0,12}"
    r"(?P<four>\d{4})(?!\d)",
    re.IGNORECASE,
)


def find_alien_numbers(near: Surroundings) -> Iterator[PrivateSpan]:
    """Alien registration numbers: 'A' with eight or nine digits, or the words of a form before them."""
    named = near.has("alien", "uscis", "file", "number", "a no", "a-no", "a#", "a #", "a/n")
    for match in candidates(_ALIEN_NAMED, near.text) if named else ():
        if _is_mostly_digits(match["number"]):
            yield _alien(match.start("number"), match.end(), 0.97, "The words before it say what it is")
    yield from _find_file_numbers(near)
    for match in candidates(_ALIEN, near.text):
        end = _end_of_alien(match)
        scored = _score_alien(near, match, end)
        if scored is not None:
            yield _alien(match.start(), end, *scored)


def find_social_security_numbers(near: Surroundings) -> Iterator[PrivateSpan]:
    """Social Security and taxpayer numbers, whole or in their last four digits."""
    for match in candidates(_SSN, near.text):
        scored = _score_ssn(near, match)
        if scored is not None:
            yield _ssn(match.start(), match.end(), *scored)
    words = near.has("ss", "s.s.n", "soc", "itin", "tin", "taxpayer")
    for match in candidates(_NINE, near.text) if words else ():
        named = _SSN_WORDS.search(near.before(match.start(), 40))
        if named and _is_mostly_digits(match[0]) and _is_issued(match):
            yield _ssn(match.start(), match.end(), 0.95, "Nine digits after words for such a number")
    for pattern in (_LAST_FOUR, _LAST_FOUR_OF) if words else ():
        for match in candidates(pattern, near.text):
            yield _ssn(match.start("four"), match.end("four"), 0.75, "The last four digits of such a number")


def _find_file_numbers(near: Surroundings) -> Iterator[PrivateSpan]:
    """'File # 076 123 456': the letter is left out, and the digits are grouped as those of alien numbers."""
    for match in candidates(_FILE, near.text) if near.has("file") else ():
        if _groups_of(match["number"]) in ((3, 3, 3), (2, 3, 3)) and _is_mostly_digits(match["number"]):
            yield _alien(
                match.start("number"), match.end(), 0.6, "A file number, grouped as an alien number is"
            )


def _score_alien(near: Surroundings, match: re.Match[str], end: int) -> tuple[float, str] | None:
    number, mark = near.text[match.start("number") : end], match["mark"]
    before = near.before(match.start(), 40)
    if not _is_mostly_digits(number) or _PAPERS.search(before):
        return None
    named = _ALIEN_WORDS.search(near.around(match.start(), end, 60)) is not None
    groups = _groups_of(number)
    if groups in _GROUPS_OF_OTHERS or (_COURT.search(before) and groups not in ((3, 3, 3), (2, 3, 3))):
        return None
    if groups not in _GROUPS:
        return (0.6, "'A' and digits, near words of immigration papers") if named else None
    if not named and not mark and not number[0].isdigit():
        return None  # 'All 197 61 8' in a table
    if not named and _is_in_a_row_of_figures(near, number, end):
        return None
    if match["a"] == "a" and "#" not in mark and not named and (mark or len(groups) > 1):
        return None
    if number.startswith("000") or (len(groups) == 1 and "-" in mark and not named):
        return 0.55, "'A' and as many digits as such a number has"
    return (0.95 if named else 0.85), "'A' and eight or nine digits, grouped as in such a number"


def _is_in_a_row_of_figures(near: Surroundings, number: str, end: int) -> bool:
    """In a table, the letter of one column and the counts of the next ones look like a number."""
    return " " in number and re.match(r"(?: \d{1,4}){3}", near.text[end : end + 20]) is not None


def _end_of_alien(match: re.Match[str]) -> int:
    """Without a ninth digit that is the next word: in 'A12 345 678 4 children' it counts the children."""
    number = match["number"]
    groups = _groups_of(number)
    if groups not in _GROUPS and groups[-1] == 1 and groups[:-1] in _GROUPS:
        return match.end() - len(number) + len(number[:-1].rstrip())
    return match.end()


def _groups_of(number: str) -> tuple[int, ...]:
    return tuple(len(group) for group in _DIGITS_OF.findall(number))


def _score_ssn(near: Surroundings, match: re.Match[str]) -> tuple[float, str] | None:
    if not _is_mostly_digits(match[0]):
        return None
    gap = match["gap"].strip()
    if gap != match["gap2"].strip() and not (gap and match["gap2"].strip() and gap not in ". "):
        return None
    before = near.before(match.start(), 45)
    named = _SSN_WORDS.search(before) is not None
    if not _is_issued(match):
        plain = gap == "-" and not _OTHER_NUMBERS.search(before)
        if _is_taxpayer(match) and (named or plain):
            return (0.9 if named else 0.55), "It has the form of a taxpayer number (ITIN)"
        return None
    if named:
        return 0.98, "The words before it say what it is"
    if _OTHER_NUMBERS.search(before) or _stands_among_numbers(near, match):
        return None
    if gap and gap != ".":
        return 0.85, "Three, two and four digits with hyphens"
    return None if gap == "." else (0.55, "Three, two and four digits")


def _stands_among_numbers(near: Surroundings, match: re.Match[str]) -> bool:
    """Columns of figures look like anything; with hyphens a number is itself."""
    if match["gap"].strip():
        return False
    return any(letter.isdigit() for letter in near.before(match.start(), 3) + near.after(match.end(), 3))


def _is_mostly_digits(number: str) -> bool:
    letters = sum(letter.isalpha() or letter == "|" for letter in number)
    return letters <= 2


def _is_issued(match: re.Match[str]) -> bool:
    """Whether a number like it can have been given out: no area 000, 666 or 9xx, no group 00, no serial 0000.
    Numbers that are printed as examples are not left out: people have used them as their own."""
    area, group, serial = match["area"], match["group"], match["serial"]
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"


def _is_taxpayer(match: re.Match[str]) -> bool:
    """Whether it can be an individual taxpayer number: 9xx with a group from 50 on."""
    if match["area"][0] != "9" or not match["group"].isdigit():
        return False
    return 50 <= int(match["group"]) <= 99 and int(match["group"]) not in (66, 67, 68, 69, 89, 93)


def _alien(start: int, end: int, score: float, why: str) -> PrivateSpan:
    return PrivateSpan(
        FindingKind.ALIEN_NUMBER, start, end, score, f"It looks like an alien number: {_small(why)}."
    )


def _ssn(start: int, end: int, score: float, why: str) -> PrivateSpan:
    reason = f"It looks like a Social Security number: {_small(why)}."
    return PrivateSpan(FindingKind.SOCIAL_SECURITY_NUMBER, start, end, score, reason)


def _small(why: str) -> str:
    return why[:1].lower() + why[1:] if why[:1] != "'" else why
