"""``reading-room backup``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from archive.jobs.backup_desk import make_backup
from archive.parts import opened_parts
from archive.settings import Settings

_SHOWN = 20  # of the objects that could not be taken; `check` lists all of them


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file of that name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, file: Path, force: bool, as_json: bool) -> None:
    """Copy the whole archive into one FILE, while it is in use.

    The file has the secret key and what is not published. Keep it where only you can read it.
    """
    began = time.monotonic()
    with opened_parts(settings) as parts:
        made = make_backup(
            parts.database, parts.storage, settings.home, file.absolute(), force=force, clock=parts.clock
        )
    seconds = time.monotonic() - began
    if as_json:
        report = {
            "file": str(made.path),
            "members": made.members,
            "bytes": made.byte_count,
            "seconds": round(seconds, 2),
            "missing": made.missing,
            "damaged": made.damaged,
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        size_mb = made.byte_count / 1e6
        click.echo(f"{made.path}: {made.members:,} members, {size_mb:,.1f} MB in {seconds:,.1f} seconds.")
        for key in made.missing[:_SHOWN]:
            click.echo(f"OFF  The store has lost {key}.")
        for key in made.damaged[:_SHOWN]:
            click.echo(f"OFF  The store has other bytes than were put in for {key}.")
        if made.missing or made.damaged:
            click.echo("Everything else is in the backup. Run `reading-room check` to see what is off.")
    sys.exit(1 if made.missing or made.damaged else 0)
