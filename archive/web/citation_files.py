"""A citation as files: for programs, for reference managers, for slides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from flask import Blueprint, Response, request

from archive.errors import PageImageNotFound, RendererBusy
from archive.exports.citation_json import MEDIA_TYPE, citation_to_json
from archive.exports.citation_styles import format_citation, style_by_id
from archive.exports.passage_image import PictureOfPage, SourceLines, draw_passage
from archive.models import Page
from archive.rules.access import public
from archive.rules.addresses import comparison_path, document_path
from archive.rules.cited_source import CitedSource
from archive.services.citation_sheets import CitationSheet
from archive.services.page_images import make_large_image
from archive.services.word_boxes import unpack_words
from archive.web.citation_styles import citation_sheet
from archive.web.current import parts, renderer
from archive.web.formats import format_date, format_kind, format_sentence
from archive.web.identity import viewer
from archive.web.templating import address_for_others

blueprint = Blueprint("citation_files", __name__)
_DRAWING = "1"  # another number when pictures are drawn otherwise, so that nobody keeps the old ones


@blueprint.get("/cite/<citation_id>.json")
@public
def show_json(citation_id: str) -> Response:
    """JSON-LD that anybody can check against the file, with or without this site."""
    sheet = citation_sheet(citation_id)
    checked = sheet.checked
    told = citation_to_json(
        checked.record,
        sheet.source,
        facts=checked.citation.facts,
        state=checked.state,
        compared_with=_compared_with(sheet),
    )
    response = Response(json.dumps(told, ensure_ascii=False, indent=1) + "\n", content_type=MEDIA_TYPE)
    _for_everywhere(response)
    if "download" in request.args:
        _as_file(response, f"citation-{checked.citation.id}.json")
    return response


def _compared_with(sheet: CitationSheet) -> dict[str, object] | None:
    """Which file withheld the words, for whoever may see it."""
    withheld = sheet.withheld_in
    if withheld is None:
        return None
    return {
        "documentId": withheld.document.id,
        "sha256": withheld.document.sha256,
        "documentAddress": address_for_others(document_path(withheld.document.id)),
        "pageNumber": withheld.page_number,
        "exemptions": list(withheld.codes),
        "comparison": address_for_others(
            comparison_path(withheld.document.id, sheet.document.id, sheet.checked.record.page_number)
        ),
    }


@blueprint.get("/cite/<citation_id>/styles/<style>")
@public
def show_style(citation_id: str, style: str) -> Response:
    """The citation in one style, as a file."""
    sheet = citation_sheet(citation_id)
    known = style_by_id(style)
    said = format_citation(known, sheet.source)
    response = Response(said.text.rstrip("\n") + "\n", content_type=f"{known.media_type}; charset=utf-8")
    _as_file(response, f"citation-{citation_id}.{known.extension}")
    return response


@blueprint.get("/cite/<citation_id>.png")
@public
def show_picture(citation_id: str) -> Response:
    """The passage cut out of its page, with its source below; ``?show=passage``: without."""
    sheet = citation_sheet(citation_id)
    source = None if request.args.get("show") == "passage" else source_lines(sheet)
    tag = _tag(sheet, source)
    response = Response(mimetype="image/png")
    response.set_etag(tag)
    _for_everywhere(response)
    if request.if_none_match.contains_weak(tag):
        response.status_code = 304
        return response
    response.set_data(draw_passage(list(_pictures(sheet)), source))
    return response


def source_lines(sheet: CitationSheet) -> SourceLines:
    """What stands below the picture: only what is known."""
    source = sheet.source
    about = [source.agency_short or source.agency, _kind_and_date(source)]
    where = [_pages_in_words(source), source.archive_name]
    read = "The words were read from a picture (OCR)." if source.is_ocr else ""
    lines = (" \u00b7 ".join(filter(None, about)), " \u00b7 ".join(filter(None, where)), source.address, read)
    return SourceLines(source.title, [line for line in lines if line])


def _kind_and_date(source: CitedSource) -> str:
    said = [format_sentence(format_kind(source.kind)) if source.kind and source.kind != "other" else ""]
    said.append(format_date(source.dated_on) if source.dated_on else "")
    return ", ".join(filter(None, said))


def _pages_in_words(source: CitedSource) -> str:
    first, last = source.page_number, source.last_page_number or source.page_number
    said = f"Page {first}" if first == last else f"Pages {first} to {last}"
    bates = (
        source.bates if first == last or not source.last_bates else f"{source.bates} to {source.last_bates}"
    )
    return f"{said}, Bates {bates}" if bates else said


def _pictures(sheet: CitationSheet) -> Iterator[PictureOfPage]:
    for cited in sheet.pages:
        page = cited.page
        words = [box for word in unpack_words(page.word_boxes, page.text) for box in word.boxes]
        yield PictureOfPage(
            parts().storage.read(_picture_key(page)), page.width_pt, page.height_pt, cited.boxes, words
        )


def _picture_key(page: Page) -> str:
    """The large picture of a page, drawn now when there is none yet; else the one at reading size."""
    if page.large_image_key:
        return page.large_image_key
    opened = parts()
    try:
        return make_large_image(
            opened.database,
            opened.storage,
            renderer(),
            page.document_id,
            page.page_number,
            viewer=viewer(),
        )
    except (RendererBusy, PageImageNotFound):
        if page.image_key is None:
            raise
        return page.image_key


def _tag(sheet: CitationSheet, source: SourceLines | None) -> str:
    pages = [(cited.page.image_key, cited.boxes) for cited in sheet.pages]
    told = repr((_DRAWING, sheet.checked.citation.id, sheet.checked.state, source, pages))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _as_file(response: Response, name: str) -> None:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'


def _for_everywhere(response: Response) -> None:
    """Other sites may show it: what it holds is decided by who asks, and they send no cookie of ours."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
