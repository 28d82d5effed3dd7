"""What the head of a page tells programs: reference managers, search engines, and sites that show links.

Zotero reads the ``citation_*`` names (as Google Scholar asks for them) and takes the PDF along. An agency is
the institution of a report, since a name in ``citation_author`` is split into a first and a last one. There
is no COinS: Zotero would take that first, and then bring no PDF.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archive.exports.cite_words import cleaned, kind_words, news_date, senders
from archive.rules.cited_source import CitedSource

_MOST_AUTHORS = 20
_OFFICES = (
    "administration agency association board bureau center clinic coalition commission committee council "
    "county department division enforcement headquarters institute office service services section state "
    "team union unit"
)
_OFFICE_WORDS = frozenset(_OFFICES.split())


@dataclass(frozen=True, slots=True)
class PageImageFacts:
    """The picture that stands for a page: its address and pixels; 0 where they are not known."""

    address: str
    width_px: int = 0
    height_px: int = 0
    media_type: str = "image/webp"


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """``named`` are ``meta name``, ``properties`` ``meta property`` (OpenGraph), ``json_ld`` is safe in a
    script element, ``unapi_id`` names the record for unAPI."""

    named: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    json_ld: str
    unapi_id: str


def page_metadata(
    source: CitedSource,
    *,
    canonical: str,
    is_page: bool = False,
    image: PageImageFacts | None = None,
    absolute: Callable[[str], str],
) -> PageMetadata:
    """Of a document, a page of it (``is_page``) or a citation, shown at the address ``canonical``."""
    source = cleaned(source)
    return PageMetadata(
        named=tuple((name, value) for name, value in _named(source, canonical, is_page=is_page) if value),
        properties=tuple((name, value) for name, value in _properties(source, canonical, image) if value),
        json_ld=_json(_linked_data(source, absolute, is_page=is_page)),
        unapi_id=source.citation_id or source.document_id,
    )


def is_person(name: str) -> bool:
    """Whether a sender looks like a person, and not like an office: only persons are authors."""
    words = name.replace(",", " ").split()
    return 1 < len(words) <= 4 and not any(
        word.strip(".").lower() in _OFFICE_WORDS or any(map(str.isdigit, word)) for word in words
    )


def _named(source: CitedSource, canonical: str, *, is_page: bool) -> list[tuple[str, str]]:
    authors = [name for name in senders(source) if is_person(name)][:_MOST_AUTHORS]
    number = source.tracking_number or source.bates
    return [
        ("citation_title", source.title),
        *(("citation_author", name) for name in authors),
        ("citation_technical_report_institution", source.agency or source.archive_name),
        ("citation_technical_report_number", number),
        ("citation_publication_date", source.dated_on.strftime("%Y/%m/%d") if source.dated_on else ""),
        ("citation_firstpage", str(source.page_number) if is_page else ""),
        ("citation_language", source.language or "en"),
        ("citation_pdf_url", source.file_address),
        ("citation_abstract_html_url", canonical),
        ("twitter:card", "summary_large_image"),
    ]


def _properties(source: CitedSource, canonical: str, image: PageImageFacts | None) -> list[tuple[str, str]]:
    told = [
        ("og:type", "article"),
        ("og:site_name", source.archive_name),
        ("og:url", canonical),
        ("og:title", f"\u201c{source.words}\u201d" if source.words else source.title),
        ("og:description", _description(source)),
        ("og:locale", "en_US"),
    ]
    if image is not None:
        told += [
            ("og:image", image.address),
            ("og:image:type", image.media_type),
            ("og:image:width", str(image.width_px or "")),
            ("og:image:height", str(image.height_px or "")),
            ("og:image:alt", f"Page {source.page_number} of {source.title}"),
        ]
    return told


def _description(source: CitedSource) -> str:
    said = [source.title if source.words else "", kind_words(source)]
    said[1] = said[1][:1].upper() + said[1][1:]
    if source.dated_on:
        said.append(news_date(source.dated_on))
    said.append(source.agency)
    if source.citation_id:
        said.append(f"page {source.page_number}")
    return ", ".join(part for part in said if part)


def _linked_data(source: CitedSource, absolute: Callable[[str], str], *, is_page: bool) -> dict[str, Any]:
    """The record in the words of schema.org."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": source.document_address,
        "url": source.document_address,
        "name": source.title,
        "genre": kind_words(source),
        "identifier": source.document_id,
        "inLanguage": source.language or "en",
        "encoding": _file(source),
        "isAccessibleForFree": True,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": source.archive_name,
            "url": absolute("/"),
        },
    }
    if source.dated_on:
        data["datePublished"] = source.dated_on.isoformat()
    if source.agency:
        data["publisher"] = {"@type": "GovernmentOrganization", "name": source.agency}
    if names := senders(source):
        data["author"] = [
            {"@type": "Person" if is_person(name) else "Organization", "name": name} for name in names
        ]
    if source.production:
        data["isPartOf"] = {"@type": "Collection", "name": source.production}
    if source.words:
        data = _quotation(source, data)
    elif is_page:
        page = {"@type": "WebPage", "url": source.address, "pagination": str(source.page_number)}
        data["hasPart"] = page | {"name": f"Page {source.page_number}"}
    return data


def _file(source: CitedSource) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": source.file_address,
        "encodingFormat": "application/pdf",
        "sha256": source.sha256,
        "name": source.source_file,
    }


def _quotation(source: CitedSource, document: dict[str, Any]) -> dict[str, Any]:
    """A citation is a quotation that is based on the record."""
    based_on = {name: value for name, value in document.items() if name != "@context"}
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": source.address,
        "url": source.address,
        "text": source.words,
        "isBasedOn": based_on,
    }


def _json(data: dict[str, Any]) -> str:
    """JSON that nothing in it can end the script element around it."""
    made = json.dumps(data, ensure_ascii=True)
    return made.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
