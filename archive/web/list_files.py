"""Lists of citations, looked up for whoever asks, and handed out as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flask import Response

from archive.exports.citation_lists import CitationList, ListEntry, list_form_by_id
from archive.rules.access import Viewer
from archive.rules.addresses import slug_of
from archive.services.citation_lists import ListedCitations, list_citations
from archive.web.current import parts
from archive.web.formats import format_count
from archive.web.identity import viewer
from archive.web.templating import absolute_address

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on


def look_up(
    session: Session, citation_ids: Sequence[str], as_seen_by: Viewer | None = None
) -> ListedCitations:
    """These citations as the visitor may see them now."""
    settings = parts().settings
    return list_citations(
        session,
        citation_ids,
        as_seen_by or viewer(),
        absolute=partial(absolute_address, settings),
        archive_name=settings.site_name,
        accessed_on=parts().clock().date(),
    )


def not_shown_words(listed: ListedCitations) -> str:
    """How many are left out, and why: by number alone. Empty when all are shown."""
    if not listed.not_shown:
        return ""
    verb = "is" if listed.not_shown == 1 else "are"
    said = f"{format_count(listed.not_shown, 'passage')} {verb} not shown: "
    if not listed.absent:
        return f"{said}withdrawn."
    if not listed.withdrawn:
        return f"{said}not here, or not public."
    return f"{said}{listed.withdrawn:,} withdrawn, {listed.absent:,} not here or not public."


def as_list(
    listed: ListedCitations,
    *,
    title: str,
    path: str,
    notes: Mapping[str, str],
    introduction: str = "",
) -> CitationList:
    """The list as files have it. ``notes`` are by the number of the citation."""
    settings = parts().settings
    return CitationList(
        title=title,
        entries=tuple(
            ListEntry(one.source, notes.get(one.citation.id, ""), one.state_name) for one in listed.shown
        ),
        address=absolute_address(settings, path),
        archive_name=settings.site_name,
        made_at=parts().clock(),
        introduction=introduction,
        not_shown=not_shown_words(listed),
    )


def list_file(form_id: str, listed: CitationList) -> Response:
    """The list as a file to keep. Raises ``ListFormNotFound``."""
    form = list_form_by_id(form_id)
    response = Response(form.write(listed), content_type=form.media_type)
    name = f"{slug_of(listed.title)[:60].strip('-')}-{listed.made_at:%Y-%m-%d}.{form.id}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
