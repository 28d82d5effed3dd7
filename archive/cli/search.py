"""``reading-room search``."""

from __future__ import annotations

import html
import json
import re
import sys

import click

from archive.errors import BadQuery
from archive.parts import opened_parts
from archive.services.search import ResultWindow, parse_search, search_pages
from archive.services.search_json import search_as_json
from archive.settings import Settings

_FILTERS = ("agency", "kind", "place", "production")


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Page hits shown.")
@click.option("--offset", default=0, show_default=True, type=click.IntRange(0), help="Page hits passed over.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--agency", multiple=True, help="Only this agency (slug). Again for 'or'.")
@click.option("--kind", multiple=True, help="Only this kind of record.")
@click.option("--place", multiple=True, help="Only this place (slug).")
@click.option("--production", multiple=True, help="Only this production (slug).")
@click.option("--after", default="", help="Dated on this day or later (2010-08-17).")
@click.option("--before", default="", help="Dated on this day or earlier.")
@click.pass_obj
def command(settings: Settings, /, *, as_json: bool, limit: int, offset: int, **asked: object) -> None:
    """Search every page, also of what is not published: this is an editor's search."""
    try:
        request = parse_search(_parameters(asked))
    except BadQuery as error:
        if not as_json:
            raise
        click.echo(json.dumps({"error": error.as_json()}, ensure_ascii=False))
        sys.exit(error.exit_code)
    with opened_parts(settings) as parts, parts.database.reading() as session:
        window = search_pages(
            session, parts.engine, request.query, limit=limit, offset=offset, include_unpublished=True
        )
        if as_json:
            click.echo(json.dumps(search_as_json(window), ensure_ascii=False))
        else:
            _print_window(window)


def _parameters(asked: dict[str, object]) -> dict[str, list[str]]:
    """The same parameters as in the site's address."""
    parameters = {"q": [str(asked["query"])], "sort": [str(asked["sort"])]}
    for name in _FILTERS:
        values = asked[name]
        parameters[name] = [str(value) for value in values] if isinstance(values, tuple) else []
    for name in ("after", "before"):
        if asked[name]:
            parameters[name] = [str(asked[name])]
    return parameters


def _print_window(window: ResultWindow) -> None:
    click.echo(f"{window.total_pages:,} pages in {window.total_documents:,} documents")
    for warning in window.warnings:
        click.echo(f"  {warning}")
    for found in window.documents:
        document = found.document
        dated = f", {document.dated_on:%d %B %Y}" if document.dated_on else ""
        click.echo(f"\n{click.style(document.title, bold=True)}{dated}  ({document.source_file})")
        for hit in found.pages:
            click.echo(f"  page {hit.label}: {_for_terminal(str(hit.snippet))}")


def _for_terminal(snippet: str) -> str:
    """The snippet's HTML as text, its marks in bold."""
    marked = re.sub(r"<mark>(.*?)</mark>", lambda match: click.style(match[1], bold=True), snippet)
    return html.unescape(re.sub(r"\s+", " ", marked))
