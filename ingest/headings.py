"""The title a page gives itself, when no subject line does: a heading, a resolution's number, a caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
_VERSUS = re.compile(r"(?:v\.?|vs\.?|-?\s?against\s?-?|-v\.?-)", re.I)
_ROLE = re.compile(
    r"[^\w]*(?:plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ant|ee)s?)\b.*", re.I
)
_CAPTION_LINE = re.compile(r"[A-Z][\w’'.,&() -]{3,80}\sv\.\s[A-Z][\w’'.,&() -]{3,80}")
_COLUMN_RULE = re.compile(r"\s*[:)|]\s.*$|[\s:)|_]+$")
# Names of offices, addresses and file marks stand above a title; they are not it.
_LETTERHEAD = re.compile(
    r"(?:u\.?\s?s\.?\s+)?department\s+of\b.*|office\s+of\b.*|united\s+states(?:\s+of\s+america)?|"
    r"u\.?\s?s\.?\s+(?:immigration|customs|citizenship|department).*|and\s+customs|enforcement|"
    r"(?:city|county|town|state|commonwealth)\s+of\s+\w+(?:\s\w+)?|.*\b(?:street|avenue|suite|p\.?o\.?\s+box)\b.*|"
    r".*,\s+[A-Z]{2}\s+\d{5}.*|.*(?:www\.|@).*|federal\s+register.*|.*\bcourt\b.*|.*\bcircuit\b.*|.*district\s+of.*|"
    r".*\bdivision|no\.?\s+[\d-]+.*|board\s+of\s+(?:county\s+)?(?:supervisors|commissioners)|"
    r"(?:for\s+official\s+use\s+only|law\s+enforcement\s+sensitive|sample|draft|privileged|exhibit\s+\w+)\b.*|"
    r"released?\s+.*|do\s+not\s+destroy.*|file\s*#?:?|vol\.?.*",
    re.I,
)


def find_heading(lines: Sequence[HeadLine]) -> Heading | None:
    """The page's own title; None when no line stands out as one."""
    usable = [line for line in lines if not is_known_stamp(line.text)]
    return _resolution(usable) or _caption(usable) or _prominent(usable)


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
    """The parties of a case: 'A v. B'."""
    for line in lines[:25]:
        if _CAPTION_LINE.fullmatch(line.text):
            return _heading([line])
    for index, line in enumerate(lines[:40]):
        words = _COLUMN_RULE.sub("", line.text)
        if _VERSUS.fullmatch(words.strip()):
            above, below = _parties(lines[:index][::-1])[::-1], _parties(lines[index + 1 :])
            if above and below:
                text = f"{_joined(above)} v. {_joined(below)}"
                return Heading(_short(text), bounding_box([item.box for item in (*above, *below)]))
    return None


def _parties(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Lines in capitals next to the 'v.', outwards, past 'Plaintiff,'."""
    kept: list[HeadLine] = []
    for line in lines[:10]:
        plain = _COLUMN_RULE.sub("", line.text).strip(" ,;:")
        if _ROLE.fullmatch(plain) or not plain:
            if kept:
                break
            continue
        if (
            plain.upper() != plain
            or _LETTERHEAD.fullmatch(plain)
            and re.search(r"court|district of", plain, re.I)
        ):
            if kept:
                break
            continue
        kept.append(line)
    return kept


def _joined(lines: Sequence[HeadLine]) -> str:
    return " ".join(_COLUMN_RULE.sub("", line.text).strip() for line in lines).strip(" ,;:")


def _prominent(lines: Sequence[HeadLine]) -> Heading | None:
    """The first line near the top in larger type than the page's, or in capitals and centred; its fellows too."""
    if not lines:
        return None
    usual = median(line.height for line in lines)
    middle = (min(line.box.x0 for line in lines) + max(line.box.x1 for line in lines)) / 2
    for index, line in enumerate(lines[:15]):
        if not _is_title_like(line, usual, middle):
            continue
        kept = [line]
        for following in lines[index + 1 : index + 3]:
            near = following.box.top - kept[-1].box.bottom < 1.2 * line.height
            alike = abs(following.height - line.height) < 0.2 * line.height
            if not (near and alike and _is_title_like(following, usual, middle)):
                break
            kept.append(following)
        return _heading(kept)
    return None


def _is_title_like(line: HeadLine, usual_height: float, middle: float) -> bool:
    if not _is_heading_like(line) or _LETTERHEAD.fullmatch(line.text) or line.text.endswith(":"):
        return False
    if line.height >= 1.25 * usual_height:
        return True
    centred = abs((line.box.x0 + line.box.x1) / 2 - middle) < 40 and line.box.x0 > middle - 220
    return line.text.upper() == line.text and centred and len(line.words) >= 2


def _is_heading_like(line: HeadLine) -> bool:
    letters = sum(character.isalpha() for character in line.text)
    sure = [word.confidence for word in line.words if word.confidence is not None]
    if sure and sum(sure) / len(sure) < 0.6:
        return False
    return letters >= 6 and letters > 0.6 * len(line.text.replace(" ", "")) and len(line.words) <= 18


def _heading(lines: Sequence[HeadLine], first_separator: str = " ") -> Heading:
    text = lines[0].text
    if rest := " ".join(line.text for line in lines[1:]):
        text = f"{text.rstrip(' :')}{first_separator}{rest}"
    return Heading(_short(text), bounding_box([line.box for line in lines]))


def _short(text: str) -> str:
    return " ".join(text.split())[:MAX_TITLE_CHARACTERS].rstrip()
