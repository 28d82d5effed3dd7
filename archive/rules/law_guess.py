"""Which public-records law a request to an agency is likely made under: a guess from names, shown as one.

Nothing is guessed where a name could mean two: 'VA' is Veterans Affairs and Virginia.
"""

from __future__ import annotations

import re

FEDERAL = "us"
_STATES = {
    "Alabama": "al",
    "Alaska": "ak",
    "Arizona": "az",
    "Arkansas": "ar",
    "California": "ca",
    "Colorado": "co",
    "Connecticut": "ct",
    "Delaware": "de",
    "Florida": "fl",
    "Georgia": "ga",
    "Hawaii": "hi",
    "Idaho": "id",
    "Illinois": "il",
    "Indiana": "in",
    "Iowa": "ia",
    "Kansas": "ks",
    "Kentucky": "ky",
    "Louisiana": "la",
    "Maine": "me",
    "Maryland": "md",
    "Massachusetts": "ma",
    "Michigan": "mi",
    "Minnesota": "mn",
    "Mississippi": "ms",
    "Missouri": "mo",
    "Montana": "mt",
    "Nebraska": "ne",
    "Nevada": "nv",
    "New Hampshire": "nh",
    "New Jersey": "nj",
    "New Mexico": "nm",
    "New York": "ny",
    "North Carolina": "nc",
    "North Dakota": "nd",
    "Ohio": "oh",
    "Oklahoma": "ok",
    "Oregon": "or",
    "Pennsylvania": "pa",
    "Rhode Island": "ri",
    "South Carolina": "sc",
    "South Dakota": "sd",
    "Tennessee": "tn",
    "Texas": "tx",
    "Utah": "ut",
    "Vermont": "vt",
    "Virginia": "va",
    "Washington State": "wa",  # 'Washington' alone is also the capital
    "State of Washington": "wa",
    "West Virginia": "wv",
    "Wisconsin": "wi",
    "Wyoming": "wy",
    "District of Columbia": "dc",
    "Washington, DC": "dc",
    "Washington, D.C.": "dc",
}
_FEDERAL_WORDS = re.compile(
    r"\bU\.? ?S\.?(?= )|\bUnited States\b|\bFederal (?!Reserve Bank)|\bImmigration and Customs\b"
    r"|\bCitizenship and Immigration\b|\bCustoms and Border\b|\bExecutive Office for\b|\bNational Archives\b"
    r"|\bSocial Security Admin|\bSecret Service\b|\bDrug Enforcement Administration\b"
    r"|\bOffice of Government Information Services\b"
)
# Some states have such departments, too.
_FEDERAL_UNLESS_A_STATE = re.compile(
    r"\bHomeland Security\b|\bVeterans Affairs\b"
    r"|\bDepartment of (?:Defense|Energy|Justice|State|the Interior|the Treasury|the Army|the Navy)\b"
)
_FEDERAL_LETTERS = re.compile(
    r"\b(?:ICE|DHS|USCIS|CBP|FBI|DOJ|EOIR|CIA|NSA|EPA|HHS|DoD|DOD|DOI|DOS|IRS|SSA|GSA|NARA|OPM|SEC|FTC|FCC|FDA"
    r"|CDC|NIH|USDA|BOP|DEA|ATF|USMS|TSA|FEMA|USCG|OMB|ODNI|DIA|NASA|NRC|HUD|NOAA|FAA|BIA|BLM|USPS|EEOC|NLRB|CRCL"
    r"|OGIS|OBIM|US-VISIT|INS)\b"
)
_CODE = re.compile(r",\s*([A-Z]{2})\b")
# 'Delaware County' is in Pennsylvania, too, and 'Virginia Avenue' anywhere.
_OTHER_THING = r"(?! (?:County|City|Township|Avenue|Street|Beach|Falls|Springs|Parish)\b)"
_CITY_OF_ITS_STATE = {"New York City": "ny", "New York County": "ny", "Oklahoma City": "ok"}


def guess_law(agency: str, place: str = "") -> str | None:
    """The id of a law, which need not be kept here; None when the names do not say.

    What is surely federal decides, then a state, after a comma ('Police Department, Boise, ID') or by its
    name, in the agency's name before the place's.
    """
    if _FEDERAL_WORDS.search(agency) or _FEDERAL_LETTERS.search(agency):
        return FEDERAL
    if state := _state_in(agency):
        return f"us-{state}"
    if _FEDERAL_UNLESS_A_STATE.search(agency):
        return FEDERAL
    state = _state_in(place)
    return f"us-{state}" if state else None


def _state_in(text: str) -> str | None:
    if (code := _CODE.search(text)) and code[1].lower() in _STATES.values():
        return code[1].lower()
    for city, its_state in _CITY_OF_ITS_STATE.items():
        if city in text:
            return its_state
    found = {
        code
        for name, code in _STATES.items()
        if re.search(rf"(?<!West )\b{re.escape(name)}\b{_OTHER_THING}", text)
    }
    return found.pop() if len(found) == 1 else None
