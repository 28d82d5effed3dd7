"""Dates of birth, and the names of children."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.rules.privacy_span import PrivateSpan, Surroundings, candidates
from archive.rules.statuses import FindingKind

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?<![\w/-])(?:"
    r"(?P<year0>(?:19|20)\d\d)-\d{1,2}-\d{1,2}"
    r"|\d{1,2}[ ]?[/.-][ ]?\d{1,2}[ ]?[/.-][ ]?(?P<year1>(?:19|20)?\d\d)"
    rf"|{_MONTH}[ \n]\d{{1,2}}(?:st|nd|rd|th)?,?[ \n](?P<year2>(?:19|20)\d\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:de )?{_MONTH}(?: de)?,?[ -]?(?P<year3>(?:19|20)?\d\d)"
    r")(?![\w/]|-\d)",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?<![a-z])(?:d\.? ?[o0]\.? ?b\.?|d/o/b|(?:date|day) (?:and place )?of birth|birth ?-?(?:date|day)"
    r"|fecha de nacimiento"
    r"|b\.)(?:[ ]?\([a-z/ -]{4,14}\))?[^a-z0-9]{0,8}(?:is |was |on |[:;] ?){0,2}[^a-z0-9]{0,4}$"
)
_BORN = re.compile(r"(?<![a-z-])born\b(?P<between>[^.;]{0,60})$")
_BIRTH_AFTER = re.compile(r"^[ ,]{0,2}\(?(?:d\.?o\.?b\b|date of birth|birth ?date)")
_NATIONAL = re.compile(r"\(?f/n[ ,:]{1,3}$")
_NOT_A_PERSON = re.compile(
    r"(?:program|initiative|office|agency|idea|policy|department|coalition|project)[^.]{0,20}$"
)

_NAME = r"(?:[A-Z][a-z\u00e0-\u00ff]+(?:-[A-Z][a-z]+)?|[A-Z][A-Z\u00c0-\u00de'\u2019-]{2,})"
_NAMES = rf"{_NAME}(?:[ \n](?:[A-Z]\.|de|del|la|{_NAME})){{0,2}}"
_CHILD = (
    r"(?:child|children|son|daughter|boy|girl|baby|infant|toddler|nephew|niece|grandson|granddaughter"
    r"|brother|sister)"
)
_AGE = r"(?P<age>\d{1,2})"
_PATTERNS = (
    re.compile(
        rf"(?<![A-Za-z])(?:[Mm]inor(?:[ \n]{_CHILD})?|[Jj]uvenile|[Uu]naccompanied (?:minor|child)"
        rf"|{_CHILD}[ ]named)"
        rf"(?:[ \n](?:named|called|respondent|victim|witness))?,?[ \n]\(?(?P<name>{_NAMES})"
    ),
    re.compile(
        rf"(?<![A-Za-z]){_CHILD},?[ \n](?P<name>{_NAMES}),?[ \n]\(?(?:age|aged|ages)?[ ]?{_AGE}(?!\d"
        rf"|[,/.]\d|th|st|nd|rd| percent)"
    ),
    re.compile(rf"(?P<name>{_NAMES}),?[ \n]\(?(?:age|aged)[ ]{_AGE}(?!\d)"),
    re.compile(
        rf"(?P<name>{_NAMES}),?[ \n]\(?(?:an?|the)?[ ]?{_AGE}[ -](?:year|yr|month)s?[ -](?:old|of age)"
    ),
    re.compile(rf"(?P<name>{_NAMES}),[ \n]a(?:[ ]{_AGE}-year-old)?[ ](?:minor|juvenile)(?![a-z])"),
    re.compile(
        r"(?:[Nn]ames?|NAMES?) (?:[Oo]f|OF) (?:(?:the|each) )?(?:minor|child|juvenile|student|MINOR"
        r"|CHILD)(?:ren)?"
        rf"[ :\n]{{1,4}}(?P<name>{_NAMES})"
    ),
    re.compile(rf"(?:[Mm]inor|[Cc]hild|[Jj]uvenile)(?:'s|\u2019s) name(?: is|:)? (?P<name>{_NAMES})"),
)
_HINTS = (
    "minor",
    "juvenile",
    "age",
    "year",
    "yr",
    "month",
    *("child", "son", "daughter", "boy", "girl", "baby"),
)
# In capitals after 'minor' or 'child', these begin the name of an office or of something else.
_NO_NAMES = frozenset(
    (
        *("act", "adult", "affairs", "age", "aged", "agency", "alien", "aliens", "all", "and", "arrests"),
        *("between", "board", "bureau", "care", "case", "center", "changes", "child", "children", "city"),
        *("committee", "convictions", "correctional", "county", "court", "crime", "crimes", "custody"),
        *("delinquent", "department", "detention", "dhs", "division", "dmcp", "drug", "edits", "facility"),
        *("for", "foreign", "form", "hall", "health", "hearing", "hhs", "ice", "if", "immigration", "in"),
        *("injuries", "injury", "is", "justice", "juvenile", "level", "minor", "minors", "monday", "name"),
        *("no", "of", "offenders", "offense", "offenses", "office", "officer", "officers", "orr", "over"),
        *("page", "parole", "possession", "probation", "program", "programs", "project", "protection"),
        *("protective", "public", "records", "regular", "residential", "respondent", "respondents"),
        *("school", "section", "service", "services", "state", "status", "system", "table", "the", "to"),
        *("traffic", "uac", "unaccompanied", "under", "unit", "update", "uscis", "welfare", "when"),
    )
)


def find_dates_of_birth(near: Surroundings) -> Iterator[PrivateSpan]:
    """Days on which people were born, told by the words before them."""
    if not near.has("b", "f/n", "nac"):
        return
    for match in candidates(_DATE, near.text):
        reason = _birth_reason(near, match)
        if reason is not None:
            yield PrivateSpan(FindingKind.DATE_OF_BIRTH, match.start(), match.end(), 0.9, reason)


def find_minors(near: Surroundings) -> Iterator[PrivateSpan]:
    """Names of children, told by the words beside them. Initials are how a name is kept private."""
    if not near.has(*_HINTS):
        return
    for pattern in _PATTERNS:
        for match in candidates(pattern, near.text):
            age = match.groupdict().get("age")
            end = _end_of_name(match)
            if pattern is _PATTERNS[0] and " " not in match["name"] and "," not in match[0]:
                continue  # 'minor Crimes' is no child
            if end is None or (age is not None and int(age) >= 18):
                continue
            reason = "The words beside this name say that it is a child's."
            yield PrivateSpan(FindingKind.MINOR, match.start("name"), end, 0.75, reason)


def _birth_reason(near: Surroundings, match: re.Match[str]) -> str | None:
    before = near.before(match.start(), 70)
    if _BIRTH.search(before) or _BIRTH_AFTER.search(near.after(match.end(), 18)):
        return "It is a date, and the words beside it say that it is a date of birth."
    if _NATIONAL.search(before):
        return "It is a date beside 'f/n', which stands for a foreign national."
    born = _BORN.search(before)
    if born and not _NOT_A_PERSON.search(before[: born.start()]) and "hearing" not in born["between"]:
        return "It is a date after the word 'born'."
    return None


def _end_of_name(match: re.Match[str]) -> int | None:
    """Where the name ends: a next line that is none is not part of it. None when it is no name."""
    first, _, second = match["name"].partition("\n")
    if not _is_name(first):
        return None
    return match.end("name") if _is_name(second) else match.start("name") + len(first)


def _is_name(words: str) -> bool:
    return not any(word.strip(".").lower() in _NO_NAMES for word in words.split())
