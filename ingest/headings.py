"""The title a page gives itself, when no subject line does: a heading, a resolution's number, a caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.head_lines import HeadLine, bounding_box
from ingest.page import Box
from ingest.stamps import is_known_stamp

MAX_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """A title and where it stands."""

    text: str
    box: Box


_RESOLUTION = re.compile(r"(?:a\s+)?(?:joint\s+|county\s+)?resolution\s+(?:no\.?|number|#)\s*[\w-]+.*", re.I)
_RESOLUTION_END = re.compile(r"\s*(?:whereas|be\s+it|now,?\s+therefore|adopted|introduced|sponsor)", re.I)
_VERSUS = re.compile(r"(?:v?v\.?|vs\.?|-?\s?against\s?-?|-v\.?-)", re.I)  # 'Vv.' is how OCR reads it
_VERSUS_AT_END = re.compile(r"(?P<party>[A-Z][A-Z’'.,&() -]{3,80})\sv\.")
_CITATION = re.compile(r"\b(?:See|Cf\.)\s|\d")  # a case that is cited, not this one
_COURT = re.compile(r"\b(?:COURT|CIRCUIT|DISTRICT OF|CERTIORARI|APPEAL FROM)\b")
_ROLE = re.compile(
    r"[^\w]*(?:plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ant|ee)s?)\b.*", re.I
)
_CAPTION_LINE = re.compile(r"[A-Z][\w’'.,&() -]{3,80}\sv\.\s[A-Z][\w’'.,&() -]{3,80}")
_COLUMN_RULE = re.compile(r"\s*[:)|]\s.*$|[\s:)|_]+$")
_MISREAD_I = str.maketrans("1l|", "III")
_FORM_NUMBER = re.compile(
    r"\b(?i:form)\s+(?P<letters>[A-Z1l|]{1,3})-?(?P<number>\d{2,4}[A-Z]?)\b.{0,30}?\(?Rev\b"
)
# Names of offices, addresses and file marks stand above a title; they are not it.
_LETTERHEAD = re.compile(
    r"(?:.*\s)?department\s+of\b.*|office\s+of\b.*|united\s+states(?:\s+of\s+america)?|"
    r"u\.?\s?s\.?\s+(?:immigration|customs|citizenship|department).*|and\s+customs|enforcement|"
    r"(?:city|county|town|state|commonwealth)\s+of\s+\w+(?:\s\w+)?|.*\b(?:street|avenue|suite|p\.?o\.?\s+box)\b.*|"
    r".*,\s+[A-Z]{2}\s+\d{5}.*|.*(?:www\.|@).*|(?:.*\s)?federal\s+register.*|proposed\s+rules|notices|.*\bcourt\b.*|.*\bcircuit\b.*|.*district\s+of.*|"
    r".*\bdivision|no\.?\s+[\d-]+.*|board\s+of\s+(?:county\s+)?(?:supervisors|commissioners)|"
    r"(?:for\s+official\s+use\s+only|law\s+enforcement\s+sensitive|sample|draft|privileged|exhibit\s+\w+)\b.*|"
    r"released?\s+.*|do\s+not\s+destroy.*|file\s*#?:?|vol\.?.*",
    re.I,
)


def find_heading(lines: Sequence[HeadLine]) -> Heading | None:
    """The page's own title; None when no line stands out as one."""
    usable = [line for line in lines if not is_known_stamp(line.text)]
    return _resolution(usable) or _caption(usable) or _prominent(usable)


def find_form_number(lines: Sequence[HeadLine]) -> Heading | None:
    """'Form I-213', as a form says at its foot: 'Form I-213 (Rev. 08/01/07)'."""
    for line in lines:
        if match := _FORM_NUMBER.search(line.text):
            letters, number = match["letters"].translate(_MISREAD_I), match["number"]
            return Heading(f"Form {letters}-{number}", line.box)
    return None


def _resolution(lines: Sequence[HeadLine]) -> Heading | None:
    start = next((i for i, line in enumerate(lines[:25]) if _RESOLUTION.fullmatch(line.text)), None)
    if start is None:
        return None
    kept = [lines[start]]
    for line in lines[start + 1 : start + 6]:
        if _RESOLUTION_END.match(line.text) or not _is_heading_like(line):
            break
        kept.append(line)
    return _heading(kept, first_separator=": ")


def _caption(lines: Sequence[HeadLine]) -> Heading | None:
    """The parties of a case: 'A v. B', on one line or with the 'v.' between them."""
    for index, line in enumerate(lines[:40]):
        plain = _COLUMN_RULE.sub("", line.text).strip()
        if _CAPTION_LINE.fullmatch(plain) and not _CITATION.search(plain):
            return _heading([line])
        ending = _VERSUS_AT_END.fullmatch(plain)
        if not (ending or _VERSUS.fullmatch(plain)):
            continue
        above = [line] if ending else _parties(lines[:index][::-1])[::-1]
        below = _parties(lines[index + 1 :])
        if above and below:
            first = ending["party"] if ending else _joined(above)
            box = bounding_box([item.box for item in (*above, *below)])
            return Heading(_short(f"{first.strip(' ,;')} v. {_joined(below)}"), box)
    return None


def _parties(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Lines in capitals next to the 'v.', outwards, past 'Plaintiff,' and the caption's right column."""
    kept: list[HeadLine] = []
    for line in lines[:10]:
        plain = _COLUMN_RULE.sub("", line.text).strip(" ,;:")
        is_party = plain.upper() == plain and any(map(str.isalpha, plain)) and not _COURT.search(plain)
        if is_party and not _ROLE.fullmatch(plain):
            kept.append(line)
        elif kept or _COURT.search(plain):
            break
    return kept


def _joined(lines: Sequence[HeadLine]) -> str:
    return " ".join(_COLUMN_RULE.sub("", line.text).strip() for line in lines).strip(" ,;:")


def _prominent(lines: Sequence[HeadLine]) -> Heading | None:
    """The first lines near the top in larger type or in centred capitals; else a first line by itself."""
    if len(lines) < 2:
        return None
    usual = median(line.height for line in lines)
    middle = (min(line.box.x0 for line in lines) + max(line.box.x1 for line in lines)) / 2
    for index, line in enumerate(lines[:15]):
        if _stands_out(line, usual, middle):
            return _heading([line, *_fellows(lines[index : index + 3], usual, middle)])
    first = lines[0]
    alone = first.starts_paragraph and lines[1].starts_paragraph and len(first.words) <= 8
    return _heading([first]) if alone and _is_title_like(first) and first.text[-1] not in ".,;" else None


def _fellows(lines: Sequence[HeadLine], usual: float, middle: float) -> list[HeadLine]:
    """The lines right below a title's first line that go on with it."""
    kept: list[HeadLine] = []
    for previous, line in pairwise(lines):
        near = line.box.top - previous.box.bottom < 1.2 * previous.height
        alike = abs(line.height - previous.height) < 0.2 * previous.height
        aligned = abs(_centre(line) - _centre(previous)) < 40 or abs(line.box.x0 - previous.box.x0) < 8
        subtitle = (
            abs(_centre(line) - _centre(previous)) < 15 and len(line.words) <= 10 and _is_title_like(line)
        )
        if not (near and alike and aligned and (subtitle or _stands_out(line, usual, middle))):
            break
        kept.append(line)
    return kept


def _centre(line: HeadLine) -> float:
    return (line.box.x0 + line.box.x1) / 2


def _stands_out(line: HeadLine, usual_height: float, middle: float) -> bool:
    if not _is_title_like(line):
        return False
    if line.height >= 1.25 * usual_height:
        return True
    return line.text.upper() == line.text and abs(_centre(line) - middle) < 40 and len(line.words) >= 2


def _is_title_like(line: HeadLine) -> bool:
    return _is_heading_like(line) and not _LETTERHEAD.fullmatch(line.text) and line.text[-1] not in ":,"


def _is_heading_like(line: HeadLine) -> bool:
    letters = sum(character.isalpha() for character in line.text)
    sure = [word.confidence for word in line.words if word.confidence is not None]
    if sure and (sum(sure) / len(sure) < 0.8 or min(sure) < 0.4):
        return False
    return letters >= 6 and letters > 0.6 * len(line.text.replace(" ", "")) and len(line.words) <= 18


def _heading(lines: Sequence[HeadLine], first_separator: str = " ") -> Heading:
    text = lines[0].text
    if rest := " ".join(line.text for line in lines[1:]):
        text = f"{text.rstrip(' :')}{first_separator}{rest}"
    return Heading(_short(text), bounding_box([line.box for line in lines]))


def _short(text: str) -> str:
    return " ".join(text.split())[:MAX_TITLE_CHARACTERS].rstrip()
