"""``/sitemap.xml``: the published documents, for search engines (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from archive.errors import ShelfNotFound
from archive.rules.access import public
from archive.rules.addresses import document_path
from archive.services.sitemap import count_sitemaps, iter_sitemap
from archive.web.current import parts, reading
from archive.web.templating import absolute_address

blueprint = Blueprint("sitemap", __name__)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@blueprint.get("/sitemap.xml")
@public
def show_index() -> Response:
    """The files of the sitemap."""
    with reading() as session:
        count = count_sitemaps(session)
    files = "".join(
        f"<sitemap><loc>{_address(f'/sitemap/{number}.xml')}</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{files}</sitemapindex>\n")


@blueprint.get("/sitemap/<int:number>.xml")
@public
def show_file(number: int) -> Response:
    """One file: ten thousand documents at most. Raises ``ShelfNotFound``."""
    with reading() as session:
        if not 1 <= number <= count_sitemaps(session):
            raise ShelfNotFound
        lines = list(_lines(number))
    return _xml(f"<urlset {_NAMESPACE}>\n{''.join(lines)}</urlset>\n")


def _lines(number: int) -> Iterator[str]:
    with reading() as session:
        for entry in iter_sitemap(session, number):
            address = _address(document_path(entry.document_id))
            yield f"<url><loc>{address}</loc><lastmod>{entry.changed_at:%Y-%m-%d}</lastmod></url>\n"


def _address(path: str) -> str:
    return escape(absolute_address(parts().settings, path))


def _xml(body: str) -> Response:
    return Response(_HEAD + body, content_type="application/xml; charset=utf-8")
