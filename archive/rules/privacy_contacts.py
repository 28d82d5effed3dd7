"""Telephone numbers, e-mail addresses and street addresses of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.rules.privacy_official import (
    is_at_home,
    is_of_an_office,
    is_of_counsel_or_office,
    is_office_line,
    is_official_mailbox,
    is_own_line,
)
from archive.rules.privacy_span import MOST_CANDIDATES, PrivateSpan, Surroundings, TooMany, candidates
from archive.rules.statuses import FindingKind

_PHONE = re.compile(
    r"(?<![\w$#])(?<![\w][-./\u2013])(?:\+?1[-. \u00a0]{1,2})?"
    r"(?:\((?P<area>[2-9]\d\d)\)[ \u00a0\n-]{0,2}|(?P<area2>[2-9]\d\d)(?:[ ]?[-./\u2010-\u2013][ ]?"
    r"|[ \u00a0]))"
    r"[2-9]\d\d(?:[ ]?[-./\u2010-\u2013][ ]?|[ \u00a0])\d{4}(?![\w]|[-.\u2013/]\d)"
)
_PHONE_ABROAD = re.compile(r"(?<![\w+])\+(?!1[ .-])[1-9]\d{0,2}(?:[ .\u00a0-]?\(?\d{1,4}\)?){2,5}(?![\w])")
_PHONE_SOLID = re.compile(r"(?<![\w.$-])1?(?P<area>[2-9]\d\d)[2-9]\d{6}(?![\w-])")
_PHONE_WORDS = re.compile(r"(?:phone|tel|telephone|cell|mobile|call|fax|reach)[^0-9\n]{0,25}$")
_FREE_LINES = frozenset(("800", "833", "844", "855", "866", "877", "888", "900", "711", "411", "311", "211"))
_NO_PHONE = re.compile(
    r"(?:invoice|docket|case|tracking|account|order|contract|part|serial|item|id|code|no\.|#)[ :#]{0,3}$"
)

_USER = re.compile(r"[A-Za-z0-9_+%\-]{1,64}(?:\.[A-Za-z0-9_+%\-]{1,64}){0,4}")
_DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}")

_WORD = r"[A-Z][A-Za-z'\u2019.-]{0,24}"
_SUFFIX = (
    r"(?:[Ss]treet|STREET|St|ST|[Aa]venue|AVENUE|Ave|AVE|Av|[Rr]oad|ROAD|Rd|RD|[Dd]rive|DRIVE|Dr|DR"
    r"|[Ll]ane|LANE|Ln|LN"
    r"|Court|COURT|Ct|CT|[Bb]oulevard|BOULEVARD|Blvd|BLVD|Way|WAY|Place|PLACE|Pl|PL|Circle|CIRCLE|Cir"
    r"|CIR|Terrace|TERRACE"
    r"|Ter|TER|Parkway|PARKWAY|Pkwy|PKWY|Highway|HIGHWAY|Hwy|HWY|Trail|TRAIL|Trl|TRL|Loop|LOOP|Alley"
    r"|ALLEY|Row|Square"
    r"|SQUARE|Sq|SQ|Crossing|Path|Pike|PIKE|Turnpike|Run)"
)
_UNIT = (
    r"(?:,?[ \n](?:Apt|APT|Apartment|APARTMENT|Unit|UNIT|Ste|STE|Suite|SUITE|No|Rm|Room|Lot"
    r"|LOT)\.?[ ]?#?[ ]?[A-Z0-9-]{1,6}|,?[ ]#[ ]?[A-Z0-9-]{1,6})?"
)
_CITY = (
    rf"(?:[,]?[ \n]{{1,2}}{_WORD}(?:[ ]{_WORD}){{0,2}},[ ]?(?:[A-Z]{{2}}|[A-Z][a-z]+"
    rf"(?:[ ][A-Z][a-z]+)?)[ ,]{{1,2}}\d{{5}}(?:-\d{{4}})?)?"
)
_STREET = re.compile(
    r"(?<![\w.,$#/-])(?P<number>\d{1,5}(?:-\d{1,4}|[ ]?1/2|[A-Z])?)[ ](?:(?:[NSEW]|NE|NW|SE|SW|North"
    r"|South|East|West)\.?[ ])?"
    rf"(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH))(?:[ ](?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th|ST|ND"
    rf"|RD|TH))){{0,2}}[ ]"
    rf"{_SUFFIX}(?![A-Za-z])\.?(?:[ ](?:NE|NW|SE|SW|N|S|E|W)(?![A-Za-z])\.?)?{_UNIT}{_CITY}"
)
_BOX = re.compile(rf"(?<![A-Za-z])P\.?[ ]?O\.?[ ]?(?:Box|BOX)[ ]\d{{1,7}}(?!\d){_CITY}")
_NO_STREET = re.compile(
    r"(?:section|sec\.|page|no\.|level|of|figure|table|form|\bon|in|since|until|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)[ ]$"
)
_MONTH = re.compile(
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
)


def find_phone_numbers(near: Surroundings) -> Iterator[PrivateSpan]:
    """Telephone numbers, but not free lines and those of offices."""
    for match in candidates(_PHONE, near.text):
        area = match["area"] or match["area2"]
        if area not in _FREE_LINES and not _NO_PHONE.search(near.line_before(match.start(), 20)):
            yield _phone(near, match)
    for match in candidates(_PHONE_ABROAD, near.text):
        if 8 <= sum(letter.isdigit() for letter in match[0]) <= 15:
            yield _phone(near, match)
    for match in candidates(_PHONE_SOLID, near.text):
        if match["area"] not in _FREE_LINES and _PHONE_WORDS.search(near.line_before(match.start(), 40)):
            yield _phone(near, match)


def find_email_addresses(near: Surroundings) -> Iterator[PrivateSpan]:
    """E-mail addresses, but not those of agencies and boxes for everybody."""
    place = near.text.find("@")
    for _ in range(MOST_CANDIDATES):
        if place < 0:
            return
        span = _email(near, place)
        if span is not None:
            yield span
        place = near.text.find("@", place + 1)
    if place >= 0:
        raise TooMany(place)


def _email(near: Surroundings, place: int) -> PrivateSpan | None:
    """The address around this sign. OCR puts a space before or behind it now and then."""
    ends = place - 1 if near.text[place - 1 : place] == " " else place
    backwards = _USER.match(near.text[max(0, ends - 64) : ends][::-1])
    after = place + 2 if near.text[place + 1 : place + 2] == " " else place + 1
    domain = _DOMAIN.match(near.text, after)
    if not backwards or not domain or is_official_mailbox(backwards[0][::-1], domain[0]):
        return None
    start = ends - len(backwards[0])
    if is_of_counsel_or_office(near, start, domain.end(), domain[0]):
        score, reason = 0.3, "It is an e-mail address, it seems of somebody at work."
    else:
        score, reason = 0.85, "It is an e-mail address, and not one of an agency."
    return PrivateSpan(FindingKind.EMAIL_ADDRESS, start, domain.end(), score, reason)


def find_street_addresses(near: Surroundings) -> Iterator[PrivateSpan]:
    """Street addresses and post office boxes, but not those of agencies, courts and firms."""
    for pattern in (_STREET, _BOX):
        for match in candidates(pattern, near.text):
            if _is_in_a_list(near, match):
                continue
            before = near.line_before(match.start(), 12)
            if not (_NO_STREET.search(before) or _MONTH.match(match[0])) or is_at_home(near, *match.span()):
                yield _address(near, match)


def _phone(near: Surroundings, match: re.Match[str]) -> PrivateSpan:
    start, end = match.span()
    if is_own_line(near, start, end):
        score, reason = (
            0.9,
            "It is a telephone number, and the words beside it say that it is a person's own.",
        )
    elif is_office_line(near, start, end):
        score, reason = 0.2, "It is a telephone number, it seems of an office."
    else:
        score, reason = 0.6, "It is a telephone number, and nothing near it says that it is an office's."
    return PrivateSpan(FindingKind.PHONE_NUMBER, start, end, score, reason)


def _is_in_a_list(near: Surroundings, match: re.Match[str]) -> bool:
    """'57 Tamien Street' after a line that begins with 56 is the name of somebody in a numbered list."""
    number = re.match(r"\d{1,3}(?= )", match[0])
    if number is None:
        return False
    before, after = near.text[max(0, match.start() - 160) : match.start()], near.text[match.end() :][:160]
    return any(
        re.search(rf"(?<!\d){other}[.)]? [A-Z]", part)
        for other, part in ((int(number[0]) - 1, before), (int(number[0]) + 1, after))
    )


def _address(near: Surroundings, match: re.Match[str]) -> PrivateSpan:
    start, end = match.span()
    if is_at_home(near, start, end):
        score, reason = 0.9, "It is an address, and the words near it say that somebody lives there."
    elif is_of_an_office(near, start, end) or is_of_an_office_itself(match[0]):
        score, reason = 0.2, "It is an address, it seems of an office."
    else:
        score, reason = 0.6, "It is an address, and nothing near it says that it is an office's."
    return PrivateSpan(FindingKind.STREET_ADDRESS, start, end, score, reason)


def is_of_an_office_itself(address: str) -> bool:
    """Whether the address has a suite or a floor, as offices have."""
    return re.search(r"(?i)suite|ste\b|washington, d", address) is not None
