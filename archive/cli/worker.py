"""``reading-room worker``."""

from __future__ import annotations

import click

from archive.jobs.worker import run_worker
from archive.parts import opened_parts
from archive.settings import Settings
from ingest.sandbox import Sandbox


@click.command("worker")
@click.pass_obj
def command(settings: Settings) -> None:
    """Read what waits to be read, until stopped. Safe to kill at any moment."""
    with opened_parts(settings) as parts, Sandbox(readers=settings.readers) as sandbox:
        run_worker(
            database=parts.database,
            storage=parts.storage,
            engine=parts.engine,
            queue=parts.queue,
            sandbox=sandbox,
            clock=parts.clock,
        )
