"""``reading-room worker``."""

from __future__ import annotations

import click

from archive.jobs.copy_desk import CopyDesk
from archive.jobs.post import PostRounds
from archive.jobs.worker import run_worker
from archive.parts import opened_parts
from archive.services.letters import Sender
from archive.settings import Settings, secret_key
from ingest.sandbox import Sandbox


@click.command("worker")
@click.pass_obj
def command(settings: Settings) -> None:
    """Read what waits to be read and send letters, until stopped. Safe to kill at any moment."""
    with opened_parts(settings) as parts, Sandbox(readers=settings.readers) as sandbox:
        copies = CopyDesk(parts.database, parts.storage, sandbox, settings.home / "copies", parts.clock)
        run_worker(
            database=parts.database,
            storage=parts.storage,
            engine=parts.engine,
            queue=parts.queue,
            sandbox=sandbox,
            post=PostRounds(parts.database, parts.engine, parts.mailer, _sender(settings), parts.clock),
            clock=parts.clock,
            reviewers=settings.reviewers,
            sweep_uploads=parts.upload_desk.sweep,
            make_copies=copies.make_waiting,
        )


def _sender(settings: Settings) -> Sender:
    return Sender(settings.site_name, settings.base_url, secret_key(settings))
