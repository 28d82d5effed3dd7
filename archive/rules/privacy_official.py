"""What is official rather than private: addresses, telephones and e-mail of agencies, courts and offices.

A letterhead, a switchboard, a hot line and a .gov address are on every other page of these records. Were
they findings, people would click hundreds away without looking, and the one that matters with them.
"""

from __future__ import annotations

import re

from archive.rules.privacy_span import Surroundings

_OFFICES = re.compile(
    r"(?<![a-z])(?:department|depto|offices?(?![a-z])|bureau|agency|administration|commission|committee|division|service cent"
    r"|services|court|courthouse|clerk|board|county of|city of|city hall|city council|town hall|district attorney"
    r"|attorney general|inspector general|attorneys? for|counsel for|u\.? ?s\.? |united states|immigration and customs"
    r"|customs and border|homeland|federal|justice|police|sheriff|jail|prison|detention|correctional|corrections"
    r"|processing center|facility|staging|hold room|consulate|embassy|congress|senate|house of rep|governor|mayor"
    r"|university|school|college|hospital|clinic|foundation|coalition|alliance|institute|church|library|museum"
    r"|inc\.?(?![a-z])|llc|llp|p\.?c\.?(?![a-z])|law (?:office|firm)|esq|headquarters|field office|suite|ste\.?(?![a-z])"
    r"|(?:\d(?:st|nd|rd|th)) fl|floor|plaza|building|bldg|mail ?stop|room \d|rm\.? \d|foia|public (?:affairs|liaison)"
    r"|washington, ?d\.?c|hotel|inn(?![a-z])|station|center)"
)
_AT_HOME = re.compile(
    r"(?<![a-z])(?:resid(?:e|es|ed|ing|ence)|(?:lives|lived|living) (?:at|on|in)|home(?![a-z])|domicile|apartment|apt|unit [#\d]"
    r"|tenant|mailing address|(?:his|her|their|my|your) (?:house|address)|last known address|last address|domicilio)"
)
_OFFICE_LINES = re.compile(
    r"(?<![a-z])(?:hot ?line|help ?line|toll|switchboard|main (?:number|line)|tty|tdd|this office|fax|facsimile|press"
    r"|offices?(?![a-z])|operator|bridge|dial-?in|conference|passcode|customer|service|information|bureau|department|division"
    r"|clerk|sheriff|police|court|counsel|attorneys?|agency|field|headquarters|public|media|foia|center"
    r"|u\.s\.|enforcement|desk|duty|dhs|ice\b|fbi|cbp|uscis|board|commission|director|unit|facility|university)"
)
_OWN_LINES = re.compile(
    r"(?<![a-z])(?:cell|cellular|mobile|home|wife|husband|mother|father|personal|whatsapp|reach (?:her|him|me)"
    r"|call me|(?:his|her|my) (?:number|phone|tel)|residence|celular|relative|sponsor|next of kin|emergency contact)"
)
_OFFICIAL_DOMAIN = re.compile(
    r"(?:^|[.@-])(?:gov|mil|fed\.us|(?:[a-z-]{1,30}\.){0,3}[a-z]{2}\.us|gov\.[a-z]{2}|gob\.[a-z]{2})$"
)
_BODY_DOMAIN = re.compile(
    r"gov\.(?:org|com|net)$|(?:county|city|sheriff|police)[a-z-]{0,30}\.(?:org|com|net)$"
)
_ROLE_BOX = re.compile(
    r"^(?:info|press|media|foia|contact|records?|clerk|webmaster|admin|office|help|support|news|editor|board|mail"
    r"|public[a-z.]*|inquir[a-z]*|no-?reply|subscribe|legal|comments?|feedback|service|postmaster|privacy|team)"
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
    return _OFFICE_LINES.search(near.paragraph_around(start, end, 110)) is not None


def is_official_mailbox(user: str, domain: str) -> bool:
    """Whether an e-mail address is an agency's, or a box for everybody like 'press'."""
    user, domain = user.lower(), domain.lower()
    return bool(_OFFICIAL_DOMAIN.search(domain) or _BODY_DOMAIN.search(domain) or _ROLE_BOX.match(user))
