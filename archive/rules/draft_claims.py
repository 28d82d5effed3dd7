"""What a draft says of this archive: its quotations, and the addresses that they are linked to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.errors import ArchiveError
from archive.rules.draft_text import DraftLink, DraftText

MOST_CLAIMS = 200
_MOST_QUOTATIONS = 2_000  # with those of few words, which are only looked at when they are linked
LEAST_WORDS = 4  # an unlinked quotation of fewer words says too little to be looked for
_NEAR = 400  # characters between a quotation and its link
_QUOTED = re.compile(
    r"\u201c([^\u201c\u201d]{2,5000}?)\u201d"
    r"|\u201c([^\u201c\u201d\n]{2,5000})(?=\n\s{0,9}\u201c)"  # it goes on in the next paragraph
    r"|\u201e([^\u201e\u201c\u201d]{2,5000}?)[\u201c\u201d]"
    r"|\u00ab\s?([^\u00ab\u00bb]{2,5000}?)\s?\u00bb"
    r"|\u00bb(?=\S)([^\u00ab\u00bb]{2,5000}?)(?<=\S)\u00ab"
    # To the last sign that may be an apostrophe: words too many are seen to differ, too few would stand.
    r"|(?<!\w)\u2018((?:[^\u2018\u201c\u201d\n]|\u201c[^\u201c\u201d\n]{0,999}\u201d){2,5000})\u2019(?!\w)"
    r"|(?<!\w)\"([^\"\n]{2,5000}?)\"(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?][\"\u2019\u201d\u00bb)\]]{0,3}\s+[A-Z\u00c0-\u00de]")
_SOURCE_LINE = " \t\n\u2014\u2013-~([:"  # between a block quotation and the link to its source
_CITATION = re.compile(r"/cite/([a-z2-7]{16})(?:\.json|\.png|/embed|/styles/[\w-]+)?/?")
_PAGE = re.compile(r"/documents/([a-z2-7]{12})/pages/([1-9][0-9]{0,6})(?:\.txt|\.webp)?/?")
_DOCUMENT = re.compile(r"/documents/([a-z2-7]{12})(?:/file\.pdf|/text)?/?")


class TooManyClaims(ArchiveError):
    code = "too_many_claims"
    sentence = f"This draft has more than {MOST_CLAIMS} quotations and links."
    help = "Check it in parts."
    status = 400


@dataclass(frozen=True, slots=True)
class Target:
    """What an address names: a citation, or a document and maybe a page. ``host`` is empty for an address
    without one; its numbers follow from files and words, so those of another archive may be known here."""

    address: str
    host: str = ""
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
        parts = urlsplit(address if "://" in address or address.startswith("/") else f"//{address}")
    except ValueError:
        return None
    host, path = parts.netloc.rpartition("@")[2].lower(), unquote(parts.path)
    path = path[max(0, path.rfind("/cite/"), path.rfind("/documents/")) :]  # the site may be below a path
    if match := _CITATION.fullmatch(path):
        return Target(address, host, citation_id=match[1])
    if match := _PAGE.fullmatch(path):
        return Target(address, host, document_id=match[1], page_number=int(match[2]))
    if match := _DOCUMENT.fullmatch(path):
        return Target(address, host, document_id=match[1])
    return None


def claims_in(draft: DraftText) -> tuple[Claim, ...]:
    """Every quotation and every address of an archive, in the draft's order. Raises ``TooManyClaims``."""
    links = [(link, target) for link in draft.links if (target := find_target(link.address))]
    quotes = _quotations(draft, [link for link, _ in links])
    if len(links) > MOST_CLAIMS or len(quotes) > _MOST_QUOTATIONS:
        raise TooManyClaims
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
    if len(claims) > MOST_CLAIMS:
        raise TooManyClaims
    return tuple(sorted(claims, key=lambda claim: claim.at))


_Quotation = tuple[int, int, str]


def _quotations(draft: DraftText, links: Sequence[DraftLink]) -> list[_Quotation]:
    text = draft.text
    in_block = bytearray(len(text))
    blocks = []
    for start, end in draft.blocks:
        in_block[start:end] = b"\1" * (end - start)
        end = _end_of_words(text, start, end, links)
        if words := text[start:end].strip():
            blocks.append((start, end, words))
    marked = [
        (match.start(), match.end(), next(filter(None, match.groups())))
        for match in _QUOTED.finditer(text)
        if not in_block[match.start()]
    ]
    return sorted(marked + blocks)


def _end_of_words(text: str, start: int, end: int, links: Sequence[DraftLink]) -> int:
    """A link that ends a block quotation is its source line, and no word of it."""
    for link in links:
        if start < link.start < end and not text[link.end : end].strip(" \t\n)]."):
            before = text[start : link.start].rstrip(_SOURCE_LINE)
            return start + len(before) if before else end
    return end


def _quotation_of(link: DraftLink, quotes: list[_Quotation], taken: set[int], text: str) -> int | None:
    """The quotation that a link belongs to: the one that it lies on, else the nearest before it in its
    paragraph, else the nearest after it there, else a block just before. One that follows in the same
    sentence is nearer than one in a sentence before."""
    for index, (start, end, _) in enumerate(quotes):
        if link.start < link.end and start < link.end and link.start < end and index not in taken:
            return index
    before = [
        index
        for index, (_, end, _) in enumerate(quotes)
        if index not in taken and end <= link.start and _is_near(text[end : link.start])
    ][-1:]
    after = [
        index
        for index, (start, _, _) in enumerate(quotes)
        if index not in taken and start >= link.end and _is_near(text[link.end : start], breaks=0)
    ][:1]
    if before and after:
        ends_before = _SENTENCE_END.search(text, quotes[before[0]][1] - 2, link.start + 1)
        if ends_before and not _SENTENCE_END.search(text, link.end, quotes[after[0]][0]):
            return after[0]  # 'He said "...". According to [a memo], "..."'
    return next(iter(before + after), None)


def _is_near(between: str, *, breaks: int = 2) -> bool:
    """A paragraph's end and an empty line may lie between a block quotation and its source."""
    return len(between) <= _NEAR and between.count("\n") <= breaks and (not breaks or _is_bare(between))


def _is_bare(between: str) -> bool:
    """Whether no other paragraph with words lies between."""
    return "\n" not in between or not between.rpartition("\n")[0].strip()
