"""What a draft says of this archive: its quotations, and the addresses that they are linked to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.rules.draft_text import DraftLink, DraftText

MOST_CLAIMS = 200
LEAST_WORDS = 4  # an unlinked quotation of fewer words says too little to be looked for
_NEAR = 400  # characters between a quotation and its link
_QUOTED = re.compile(
    r"\u201c([^\u201c\u201d]{2,5000}?)\u201d"
    r"|\u201e([^\u201e\u201c\u201d]{2,5000}?)[\u201c\u201d]"
    r"|\u00ab\s?([^\u00ab\u00bb]{2,5000}?)\s?\u00bb"
    r"|(?<!\w)\"([^\"\n]{2,5000}?)\"(?!\w)"
)
_CITATION = re.compile(r"/cite/([a-z2-7]{16})(?:\.json|\.png|/embed|/styles/[\w-]+)?/?")
_PAGE = re.compile(r"/documents/([a-z2-7]{12})/pages/([1-9][0-9]{0,6})(?:\.txt|\.webp)?/?")
_DOCUMENT = re.compile(r"/documents/([a-z2-7]{12})(?:/file\.pdf|/text)?/?")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address names: a citation, or a document and maybe a page. The host does not matter: these
    numbers follow from the files and the words."""

    address: str
    citation_id: str = ""
    document_id: str = ""
    page_number: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation and what it is linked to. ``quote`` is empty for a link without one, ``target`` None for a
    quotation without a link. ``at``: where it stands in the draft."""

    at: int
    quote: str
    target: Target | None


def find_target(address: str) -> Target | None:
    """What an address names here; None for all others."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return None
    path = path[max(0, path.rfind("/cite/"), path.rfind("/documents/")) :]  # the site may be below a path
    if match := _CITATION.fullmatch(path):
        return Target(address, citation_id=match[1])
    if match := _PAGE.fullmatch(path):
        return Target(address, document_id=match[1], page_number=int(match[2]))
    if match := _DOCUMENT.fullmatch(path):
        return Target(address, document_id=match[1])
    return None


def claims_in(draft: DraftText) -> tuple[Claim, ...]:
    """Every quotation and every address of this archive, in the order of the draft."""
    quotes = _quotations(draft)
    links = [(link, target) for link in draft.links if (target := find_target(link.address))]
    taken: set[int] = set()
    claims: list[Claim] = []
    for link, target in links:
        index = _quotation_of(link, quotes, taken, draft.text)
        if index is None:
            claims.append(Claim(link.start, "", target))
            continue
        taken.add(index)
        start, _, words = quotes[index]
        claims.append(Claim(start, words, target))
    claims += [
        Claim(start, words, None)
        for index, (start, _, words) in enumerate(quotes)
        if index not in taken and len(words.split()) >= LEAST_WORDS
    ]
    return tuple(sorted(claims, key=lambda claim: claim.at))


_Quotation = tuple[int, int, str]


def _quotations(draft: DraftText) -> list[_Quotation]:
    found = [
        (match.start(), match.end(), next(filter(None, match.groups())))
        for match in _QUOTED.finditer(draft.text)
    ]
    blocks = [
        (start, end, draft.text[start:end].strip())
        for start, end in draft.blocks
        if draft.text[start:end].strip()
    ]
    outside = [
        quote for quote in found if not any(start <= quote[0] and quote[1] <= end for start, end, _ in blocks)
    ]
    return sorted(outside + blocks)


def _quotation_of(link: DraftLink, quotes: list[_Quotation], taken: set[int], text: str) -> int | None:
    """The quotation that a link belongs to: the one that it lies on, else the nearest before it in its
    paragraph, else the nearest after it there, else a block just before."""
    for index, (start, end, _) in enumerate(quotes):
        if link.start < link.end and start < link.end and link.start < end and index not in taken:
            return index
    before = [
        index
        for index, (_, end, _) in enumerate(quotes)
        if index not in taken and end <= link.start and _is_near(text[end : link.start])
    ]
    if before:
        return before[-1]
    after = [
        index
        for index, (start, _, _) in enumerate(quotes)
        if index not in taken and start >= link.end and _is_near(text[link.end : start], breaks=0)
    ]
    return after[0] if after else None


def _is_near(between: str, *, breaks: int = 2) -> bool:
    """A paragraph's end and an empty line may lie between a block quotation and its source."""
    return len(between) <= _NEAR and between.count("\n") <= breaks and (not breaks or _is_bare(between))


def _is_bare(between: str) -> bool:
    """Whether no other paragraph with words lies between."""
    return "\n" not in between or not between.rpartition("\n")[0].strip()
