"""A citation in every style, as its page and the panel show them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from archive.exports.citation_styles import STYLES, FormattedCitation, Style, format_citation
from archive.rules.access import Viewer
from archive.rules.citation_addresses import citation_image_path, citation_path
from archive.rules.citation_states import STATE_NAMES
from archive.rules.cited_source import CitedSource
from archive.services.citation_sheets import CitationSheet, get_citation_sheet
from archive.web.current import parts, reading
from archive.web.identity import viewer
from archive.web.templating import absolute_address, local_address


@dataclass(frozen=True, slots=True)
class StyledCitation:
    """A citation in one style."""

    style: Style
    said: FormattedCitation


def citation_sheet(citation_id: str, as_seen_by: Viewer | None = None) -> CitationSheet:
    """A citation as the visitor may see it now. Raises as ``get_citation`` does."""
    settings = parts().settings
    with reading() as session:
        return get_citation_sheet(
            session,
            citation_id,
            as_seen_by or viewer(),
            absolute=partial(absolute_address, settings),
            archive_name=settings.site_name,
            accessed_on=parts().clock().date(),
        )


def in_all_styles(source: CitedSource) -> tuple[StyledCitation, ...]:
    """The citation in each style, in their order."""
    return tuple(StyledCitation(style, format_citation(style, source)) for style in STYLES)


def by_group(styled: tuple[StyledCitation, ...]) -> list[tuple[str, list[StyledCitation]]]:
    """The styles under what they are for."""
    return [(group, list(members)) for group, members in groupby(styled, key=lambda one: one.style.group)]


def citation_summary(sheet: CitationSheet) -> dict[str, Any]:
    """What the panel beside a page shows, and programs take."""
    checked, settings = sheet.checked, parts().settings
    record, citation_id = checked.record, checked.citation.id
    return {
        "id": citation_id,
        "url": absolute_address(settings, citation_path(citation_id)),
        "path": local_address(citation_path(citation_id)),
        "image": absolute_address(settings, citation_image_path(citation_id)),
        "title": sheet.document.title,
        "words": record.words,
        "typed": record.typed,
        "label": record.parts[0].label,
        "page": record.page_number,
        "last_page": record.last_page_number,
        "is_ocr": checked.is_ocr,
        "state": checked.state,
        "state_name": STATE_NAMES[checked.state],
        "sentence": checked.sentence,
        "sha256": record.sha256,
        "styles": [_style_json(one) for one in in_all_styles(sheet.source)],
    }


def _style_json(styled: StyledCitation) -> dict[str, str]:
    style = styled.style
    told = {"id": style.id, "name": style.name, "group": style.group, "text": styled.said.text}
    told |= {"note": style.note} if style.note else {}
    return told | ({"html": styled.said.html} if styled.said.html else {})
