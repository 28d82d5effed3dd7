"""``reading-room search``."""

from __future__ import annotations

import html
import json
import re
import sys
from dataclasses import replace

import click

from archive.errors import BadQuery
from archive.parts import opened_parts
from archive.rules.query import FILTERS
from archive.services.search import parse_search
from archive.services.search_answer import Answer, answer_search
from archive.services.search_json import search_as_json
from archive.services.visible import WHOLE_ARCHIVE
from archive.settings import Settings


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
@click.option("--request", multiple=True, help="Only what was released for this request (tracking number).")
@click.option("--exemption", multiple=True, help="Only pages that claim this exemption (b7E).")
@click.option("--after", default="", help="Dated on this day or later (2010-08-17).")
@click.option("--before", default="", help="Dated on this day or earlier.")
@click.option("--synonyms/--no-synonyms", default=True, help="Also search for other names of a thing.")
@click.option("--ocr", is_flag=True, help="Also search for likely misreadings of scanned words.")
@click.pass_obj
def command(settings: Settings, /, *, as_json: bool, limit: int, offset: int, **asked: object) -> None:
    """Search every page, also of what is not published: this is an editor's search."""
    with opened_parts(settings) as parts:
        try:
            request = parse_search(_parameters(asked), parts.synonyms)
        except BadQuery as error:
            if not as_json:
                raise
            click.echo(json.dumps({"error": error.as_json()}, ensure_ascii=False))
            sys.exit(error.exit_code)
        with parts.database.reading() as session:
            request = replace(request, limit=limit, offset=offset)
            answer = answer_search(session, parts.engine, request, viewer=WHOLE_ARCHIVE)
            if as_json:
                click.echo(json.dumps(search_as_json(answer), ensure_ascii=False))
            else:
                _print_answer(answer)


def _parameters(asked: dict[str, object]) -> dict[str, list[str]]:
    """The same parameters as in the site's address."""
    parameters = {"q": [str(asked["query"])], "sort": [str(asked["sort"])]}
    for name in FILTERS:
        values = asked[name]
        parameters[name] = [str(value) for value in values] if isinstance(values, tuple) else []
    for name in ("after", "before"):
        if asked[name]:
            parameters[name] = [str(asked[name])]
    parameters["synonyms"] = ["on" if asked["synonyms"] else "off"]
    parameters["ocr"] = ["on" if asked["ocr"] else "off"]
    return parameters


def _print_answer(answer: Answer) -> None:
    window = answer.window
    click.echo(f"{window.total_pages:,} pages in {window.total_documents:,} documents")
    if answer.loosened:
        click.echo(f"  {answer.loosened.sentence}")
    for use in answer.synonyms:
        click.echo(f"  Also searched: {', '.join(use.added)}, for {use.name}.")
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
