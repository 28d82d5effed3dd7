"""A citation's own page: its words marked on the paper, what is true of them now, and how they are cited."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from archive.errors import DocumentWithdrawn
from archive.rules.access import public
from archive.rules.citation_addresses import citation_path
from archive.rules.citation_states import PROVEN, STATE_NAMES, CitationState
from archive.services.citation_sheets import CitationSheet, find_better_copy
from archive.web.citation_styles import by_group, citation_sheet, in_all_styles
from archive.web.comparison_text import format_codes
from archive.web.current import parts, reading
from archive.web.embeds import embed_code
from archive.web.identity import viewer
from archive.web.metadata import metadata_of_citation
from archive.web.qr_code import qr_code
from archive.web.templating import absolute_address

blueprint = Blueprint("citations", __name__)

# Beside the words that say the same, so that nothing is told by colour alone.
SIGNS = {
    **dict.fromkeys(CitationState, "\u2717"),
    **dict.fromkeys(PROVEN, "\u2713"),
    CitationState.MOVED: "\u2192",
    CitationState.UNREADABLE: "?",
}


@blueprint.get("/cite/<citation_id>")
@public
def show_citation(citation_id: str) -> ResponseReturnValue:
    """The citation, checked again at this moment."""
    try:
        sheet = citation_sheet(citation_id)
    except DocumentWithdrawn as error:
        return _tombstone(citation_id, error)
    return _page(sheet)


def _page(sheet: CitationSheet) -> str:
    citation = sheet.checked.citation
    address = absolute_address(parts().settings, citation_path(citation.id))
    return render_template(
        "citations/show.html",
        sheet=sheet,
        checked=sheet.checked,
        citation=citation,
        record=sheet.checked.record,
        document=sheet.document,
        sign=SIGNS[sheet.checked.state],
        state_name=STATE_NAMES[sheet.checked.state],
        groups=by_group(in_all_styles(sheet.source)),
        format_codes=format_codes,
        embed_code=embed_code(citation.id, sheet.document.title),
        code=qr_code(address),
        address=address,
        metadata=metadata_of_citation(sheet),
    )


def _tombstone(citation_id: str, error: DocumentWithdrawn) -> ResponseReturnValue:
    """When and why it was withdrawn, and where to look instead; nothing of what was cited."""
    with reading() as session:
        better = find_better_copy(session, citation_id, viewer())
    page = render_template("citations/withdrawn.html", error=error, better=better)
    return make_response(page, error.status)
