"""Citations as links: plain, Markdown, HTML, wiki markup. Each escapes what its format would understand."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from archive.exports.cite_words import (
    RANGE,
    bates_pages,
    better_copy,
    kept_by,
    kind_words,
    law_date,
    page_words,
    pages,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource

_LONGEST_LINK = 120  # characters of a title that is a link
# What begins or ends something in CommonMark and its extensions; a number or a dash does so where a line
# begins.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#!|<>~&@^$=]|://|(?<=www)\.)")
_MARKDOWN_LIST = re.compile(r"^(\d{0,9})([-+.])")
# As text, whatever stands around it: a colon makes a link of what stands before it, a single quotation mark
# makes italics with another one beside it.
_WIKI = re.compile(r"[{}|\[\]<>=&~_]|(?<!\w)'|'(?!\w)|:(?=\S)")


def link_text(source: CitedSource) -> str:
    """The address alone."""
    return source.address


def markdown(source: CitedSource) -> str:
    """The words as a quotation, and the title as a link (CommonMark)."""
    lines = [f"> {markdown_text(source.words)}", ">"] if source.words else []
    title = markdown_text(_short(source.title))
    link = f"[{title}](<{_address(source)}>)" if _address(source) else title
    said = ", ".join(markdown_text(part) for part in _facts(source))
    lines.append(f"{'> ' if source.words else ''}{link}{', ' + said if said else ''}")
    if better_copy(source):
        lines += ["", markdown_text(better_copy(source))]
    return "\n".join(lines)


def html(source: CitedSource) -> str:
    """The words as a block quotation with its source."""
    address = escape(_address(source))
    title = escape(_short(source.title))
    link = f'<a href="{address}">{title}</a>' if address else title
    said = "".join(f", {escape(part)}" for part in _facts(source))
    better = f" {escape(better_copy(source))}" if better_copy(source) else ""
    if not source.words:
        return f"<p>{link}{said}.{better}</p>"
    cite = f' cite="{address}"' if address else ""
    return (
        f"<figure><blockquote{cite}><p>{escape(source.words)}</p></blockquote>"
        f"<figcaption>{link}{said}.{better}</figcaption></figure>"
    )


def wiki(source: CitedSource) -> str:
    """A reference for MediaWiki, by the template ``cite web``."""
    writers = [_wiki(name) for name in senders(source) or ((source.agency,) if source.agency else ())]
    where = pages(source)
    fields = {
        "url": _address(source),
        "title": _wiki(source.title),
        **{f"author{number if number > 1 else ''}": name for number, name in enumerate(writers, 1)},
        "others": _wiki(f"Records of {kept_by(source)}") if kept_by(source) else "",
        "date": source.dated_on.isoformat() if source.dated_on else "n.d.",
        "type": _wiki(kind_words(source)),
        "pages" if RANGE in where else "page": where,
        "id": f"Bates {_wiki(bates_pages(source))}" if bates_pages(source) else "",
        "language": _wiki(source.language),
        "quote": _wiki(source.words),
        "via": _wiki(source.archive_name),
        "access-date": source.accessed_on.isoformat(),
    }
    said = "".join(f" |{name}={value}" for name, value in fields.items() if value)
    better = f" {_wiki(better_copy(source))}" if better_copy(source) else ""
    return f"<ref>{{{{cite web{said}}}}}{better}</ref>"


def _facts(source: CitedSource) -> list[str]:
    facts = ["; ".join(senders(source)) or source.agency, kind_words(source)]
    if source.dated_on:
        facts.append(law_date(source.dated_on))
    if source.vote:
        facts.append(f"adopted {source.vote}")
    facts.append(page_words(source))
    if kept_by(source):
        facts.append(f"records of {kept_by(source)}")
    if source.is_withheld:
        facts.append("page withheld in full")
    return [fact for fact in facts if fact]


def _short(title: str) -> str:
    if len(title) <= _LONGEST_LINK:
        return title
    return title[:_LONGEST_LINK].rsplit(" ", 1)[0] + "\u2026"


def _address(source: CitedSource) -> str:
    """The address with everything escaped that could end a link."""
    return quote(web_address(source.address), safe=":/?#@!$&*+,;=%~.-_")


def markdown_text(text: str) -> str:
    """``text``, one line, so that nothing in it means anything to a reader of CommonMark."""
    return _MARKDOWN_LIST.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def _wiki(text: str) -> str:
    return _WIKI.sub(lambda found: f"&#{ord(found[0])};", text)
