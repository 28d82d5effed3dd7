"""Passages and pages inside other sites: an iframe, and oEmbed (https://oembed.com) to find it.

Other sites are read by everybody, so these answer everybody as they answer a reader, signed in or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape as escape_xml

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from archive.errors import ArchiveError, PageNotFound
from archive.models import Document, Page
from archive.rules.access import READER, public
from archive.rules.addresses import page_image_path, with_parameters
from archive.rules.citation_addresses import citation_embed_path
from archive.services.documents import get_page
from archive.web.citation_styles import citation_sheet
from archive.web.current import parts, reading
from archive.web.headers import CONTENT_SECURITY_POLICY
from archive.web.templating import absolute_address

blueprint = Blueprint("embeds", __name__)
WIDTH_PX, HEIGHT_PX = 640, 480
SMALLEST_PX = 200
_ID = r"[a-z2-7]"
_CITATION = re.compile(rf"/cite/({_ID}{{16}})/?")
_PAGE = re.compile(rf"/documents/({_ID}{{12}})/pages/([0-9]{{1,7}})/?")
_THUMBNAIL_PX = 240
_KEPT_SECONDS = 3_600
_CONTROL = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")  # XML 1.0, 2.2
_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *").replace(
    "script-src 'self'; connect-src 'self'; form-action 'self'", "form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """What another site shows: where its frame leads, what it is called, and its thumbnail's page."""

    path: str
    title: str
    agency: str
    page: Page


class NotEmbeddable(ArchiveError):
    code = "not_embeddable"
    sentence = "Nothing at this address can be shown inside another page."
    help = "Give the address of a citation or of a page of this archive."
    status = 404


@blueprint.get("/cite/<citation_id>/embed")
@public
def show_embed(citation_id: str) -> Response:
    """The cited passage for an iframe."""
    try:
        sheet = citation_sheet(citation_id, READER)
    except ArchiveError as error:
        return _refusal(error)
    page = render_template("citations/embed.html", sheet=sheet, record=sheet.checked.record)
    return framed(page)


@blueprint.get("/cite/embed")
@public
def show_page_embed() -> Response:
    """A page as a whole for an iframe."""
    number = request.args.get("page", "")
    try:
        document, page = _reader_page(request.args.get("document", ""), number)
    except ArchiveError as error:
        return _refusal(error)
    return framed(render_template("citations/embed_page.html", document=document, page=page))


@blueprint.get("/oembed")
@public
def show_oembed() -> ResponseReturnValue:
    """What may stand in another page for one of our addresses, as oEmbed 1.0 says."""
    form = request.args.get("format", "json")
    if form not in ("json", "xml"):
        return Response("This archive answers in json and in xml.\n", 501, mimetype="text/plain")
    told = _oembed(_find(request.args.get("url", "")))
    response = (
        jsonify(told) if form == "json" else Response(_xml(told), content_type="text/xml; charset=utf-8")
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def embed_code(citation_id: str, title: str) -> str:
    """The HTML that shows a citation in another site."""
    return _frame(citation_embed_path(citation_id), title, WIDTH_PX, HEIGHT_PX)


def page_embed_path(document_id: str, page_number: int) -> str:
    """A page as it is shown inside other sites."""
    return with_parameters("/cite/embed", [("document", document_id), ("page", str(page_number))])


def framed(page: str, status: int = 200) -> Response:
    """A page that other sites may put into a frame, without scripts, forms, or anything from elsewhere."""
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _refusal(error: ArchiveError) -> Response:
    return framed(render_template("citations/embed_error.html", error=error), error.status)


def _find(url: str) -> Embedded:
    """What an address of ours leads to. Raises ``NotEmbeddable``, or what reading it raises."""
    path = _own_path(url)
    if match := _CITATION.fullmatch(path):
        sheet = citation_sheet(match[1], READER)
        page = sheet.pages[0].page if sheet.pages else None
        if page is None:
            raise NotEmbeddable
        return Embedded(citation_embed_path(match[1]), sheet.document.title, sheet.source.agency, page)
    if match := _PAGE.fullmatch(path):
        document, page = _reader_page(match[1], match[2])
        agency = document.agency.name if document.agency else ""
        return Embedded(page_embed_path(document.id, page.page_number), document.title, agency, page)
    raise NotEmbeddable


def _own_path(url: str) -> str:
    """The path of one of our addresses, without where this site is mounted; empty for any other."""
    root = urlsplit(absolute_address(parts().settings, ""))
    try:
        asked = urlsplit(url)
    except ValueError:
        return ""
    if asked.scheme not in ("http", "https") or asked.netloc.lower() != root.netloc.lower():
        return ""
    return unquote(asked.path).removeprefix(root.path)


def _oembed(found: Embedded) -> dict[str, Any]:
    width, height = _size("maxwidth", WIDTH_PX), _size("maxheight", HEIGHT_PX)
    settings = parts().settings
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "provider_name": settings.site_name,
        "provider_url": absolute_address(settings, "/"),
        "cache_age": _KEPT_SECONDS,
        "html": _frame(found.path, found.title, width, height),
        "width": width,
        "height": height,
    }
    if found.agency:
        told["author_name"] = found.agency
    return told | _thumbnail(found.page)


def _thumbnail(page: Page) -> dict[str, Any]:
    """All three or none, and never larger than was asked for."""
    height = round(_THUMBNAIL_PX * page.height_pt / page.width_pt)
    too_large = _size("maxwidth", WIDTH_PX) < _THUMBNAIL_PX or height > _size("maxheight", HEIGHT_PX)
    if page.thumbnail_key is None or too_large:
        return {}
    path = page_image_path(page.document_id, page.page_number, "thumb")
    return {
        "thumbnail_url": absolute_address(parts().settings, path),
        "thumbnail_width": _THUMBNAIL_PX,
        "thumbnail_height": height,
    }


def _size(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else usual
    return max(1, min(usual, asked))


def _frame(path: str, title: str, width: int, height: int) -> str:
    said = Markup('<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>')
    return str(said.format(absolute_address(parts().settings, path), width, height, " ".join(title.split())))


def _xml(told: dict[str, Any]) -> str:
    rows = "".join(
        f"<{name}>{escape_xml(_CONTROL.sub('', str(value)))}</{name}>" for name, value in told.items()
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{rows}</oembed>\n'


def _reader_page(document_id: str, number: str) -> tuple[Document, Page]:
    if not (number.isascii() and number.isdigit() and len(number) < 8):
        raise PageNotFound
    with reading() as session:
        return get_page(session, document_id, int(number), READER)
