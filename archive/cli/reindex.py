"""``reading-room reindex``."""

from __future__ import annotations

import json
import time

import click

from archive.parts import opened_parts
from archive.services.indexing import rebuild_index
from archive.settings import Settings


@click.command("reindex")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, as_json: bool) -> None:
    """Build the search index anew from the database. The old one answers until the new one is ready."""
    began = time.monotonic()
    with opened_parts(settings) as parts:
        pages = rebuild_index(parts.database, parts.engine)
    seconds = round(time.monotonic() - began, 2)
    if as_json:
        click.echo(json.dumps({"pages": pages, "seconds": seconds}))
    else:
        click.echo(f"{pages:,} pages indexed in {seconds:,.1f} seconds.")
