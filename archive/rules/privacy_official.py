"""What is official rather than private: addresses, telephones and e-mail of agencies, courts and offices.

A letterhead, a switchboard, a hot line and a .gov address are on every other page of these records. Were
they findings, people would click hundreds away without looking, and the one that matters with them.
"""

from __future__ import annotations

import re

from archive.rules.privacy_span import Surroundings

_OFFICE = (
    r"department|depto|offices?(?![a-z])|bureau|agency|administration|commission|committee|division"
    r"|branch|services?"
    r"|court|courthouse|clerk|board|county of|city of|city hall|(?:city|district) council|town hall"
    r"|attorneys?"
    r"|inspector general|counsel|u\.? ?s\.? |united states|immigration and customs|customs and border"
    r"|homeland"
    r"|federal|justice|police|sheriff|jail|prison|detention|correctional|corrections|processing center"
    r"|facility"
    r"|staging|hold room|consulate|embassy|congress|senate|house of rep|governor|mayor|university"
    r"|school|college"
    r"|hospital|clinic|foundation|coalition|alliance|institute|church|library|museum|union(?![a-z])"
    r"|inc\.?(?![a-z])"
    r"|llc|llp|p\.?c\.?(?![a-z])|law (?:office|firm)|esq|headquarters|suite|ste\.?(?![a-z])|\bfl\."
    r"|floor|plaza"
    r"|building|bldg|mail ?stop|room \d|rm\.? \d|foia|public (?:affairs|liaison|information)"
    r"|washington, ?d\.?c"
    r"|hotel|inn(?![a-z])|station|center|dhs(?![a-z])|ice(?![a-z])|fbi(?![a-z])|cbp(?![a-z])|uscis|faa"
    r"(?![a-z])"
    r"|epa(?![a-z])|headquarter|agenda|counties|municipal"
)
_OFFICES = re.compile(rf"(?<![a-z])(?:{_OFFICE})")
_AT_HOME = re.compile(
    r"(?<![a-z])(?:resid(?:e|es|ed|ing|ence)(?![a-z])|(?:lives|lived|living) (?:at|on|in)|home(?![a-z])"
    r"|domicile"
    r"|apartment|apt|unit [#\d]|tenant|(?:his|her|their|my|your) (?:house|(?:mailing )?address)"
    r"|last (?:known )?address|domicilio)"
)
_OFFICE_LINES = re.compile(
    rf"(?<![a-z])(?:{_OFFICE}|hot ?line|help ?line|toll|switchboard|main (?:number|line)|tty|tdd|fax"
    rf"|facsimile"
    r"|press|operator|bridge|dial-?in|conference|passcode|customer|information|field|public|media"
    r"|director|duty"
    r"|enforcement|desk|unit(?![a-z]))"
)
_OWN_LINES = re.compile(
    r"(?<![a-z])(?:cell|cellular|mobile|home(?![a-z])|wife|husband|mother|father|personal|whatsapp"
    r"|reach (?:her|him|me)|call me|(?:his|her|my) (?:number|phone|tel)|residence|celular|relative|sponsor"
    r"|next of kin|emergency contact)"
)
_FREE_MAIL = re.compile(
    r"^(?:gmail|googlemail|yahoo|hotmail|aol|msn|live|outlook|icloud|me|mac|comcast|verizon|att"
    r"|sbcglobal|earthlink"
    r"|cox|charter|juno|protonmail|proton|ymail|rocketmail|bellsouth|mail)\.[a-z.]{2,6}$"
)
_OFFICIAL_DOMAIN = re.compile(r"(?:^|[.-])(?:gov|mil|fed\.us|[a-z]{2}\.us|gov\.[a-z]{2}|gob\.[a-z]{2})$")
_BODY_DOMAIN = re.compile(
    r"gov\.(?:org|com|net)$|(?:county|city|sheriff|police)[a-z-]{0,30}\.(?:org|com|net)$"
)
_ROLE_BOX = re.compile(
    r"^(?:info|press|media|foia|contact|records?|clerk|webmaster|admin|office|help|support|news|editor"
    r"|board|mail"
    r"|public[a-z.]*|inquir[a-z]*|no-?reply|subscribe|legal|comments?|feedback|service|postmaster"
    r"|privacy|team)"
    r"(?:[._-][a-z]{1,20}){0,2}$"
)


def is_at_home(near: Surroundings, start: int, end: int) -> bool:
    """Whether the words near an address say that somebody lives there."""
    return _AT_HOME.search(near.paragraph_around(start, end, 70)) is not None


def is_of_an_office(near: Surroundings, start: int, end: int) -> bool:
    """Whether the words near an address say that an agency, a court or a firm is there."""
    return _OFFICES.search(near.paragraph_around(start, end, 160)) is not None


def is_own_line(near: Surroundings, start: int, end: int) -> bool:
    """Whether the words near a telephone number say that it is a person's own."""
    before, after = near.line_before(start, 45), near.after(end, 14).split("\n")[0]
    return _OWN_LINES.search(before) is not None or _OWN_LINES.search(after) is not None


def is_office_line(near: Surroundings, start: int, end: int) -> bool:
    """Whether the words near a telephone number say that it is an office's."""
    return _OFFICE_LINES.search(near.block_around(start, end)) is not None


def is_of_counsel_or_office(near: Surroundings, start: int, end: int, domain: str) -> bool:
    """Whether an e-mail address stands among the lines of an office or a law firm, and is no free one."""
    if _FREE_MAIL.match(domain.lower()):
        return False
    return _OFFICES.search(near.block_around(start, end)) is not None


def is_official_mailbox(user: str, domain: str) -> bool:
    """Whether an e-mail address is an agency's, or a box for everybody like 'press'."""
    user, domain = user.lower(), domain.lower()
    return bool(_OFFICIAL_DOMAIN.search(domain) or _BODY_DOMAIN.search(domain) or _ROLE_BOX.match(user))
