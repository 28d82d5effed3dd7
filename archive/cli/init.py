"""``reading-room init``."""

from __future__ import annotations

import click

from archive.parts import opened_parts
from archive.settings import Settings


@click.command("init")
@click.pass_obj
def command(settings: Settings) -> None:
    """Make the home: database, file store, index and a secret key.

    Every other command does so by itself when the home is new.
    """
    with opened_parts(settings):
        click.echo(f"The archive is ready in {settings.home}")
