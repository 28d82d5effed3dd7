"""``reading-room reread``."""

from __future__ import annotations

import json

import click

from archive.parts import opened_parts
from archive.services.rereading import queue_outdated
from archive.settings import Settings
from ingest.sandbox import READER_VERSION


@click.command("reread")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, as_json: bool) -> None:
    """Queue what an earlier version read, so that the worker finds in it what this one can find.

    The files are as they were, and what people decided stays. Safe to run again.
    """
    with opened_parts(settings) as parts:
        with parts.database.transaction() as session:
            queued = queue_outdated(session, READER_VERSION, at=parts.clock())
        if queued:
            parts.queue.wake_up()
    if as_json:
        click.echo(json.dumps({"queued": queued}))
    elif queued:
        click.echo(f"{queued:,} {'document waits' if queued == 1 else 'documents wait'} to be read again.")
    else:
        click.echo("Everything was read by this version.")
