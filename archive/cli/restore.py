"""``reading-room restore``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from archive.jobs.restore_desk import Restored, restore_backup
from archive.settings import Settings


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, file: Path, as_json: bool) -> None:
    """Make a new home of the backup FILE: reading-room --home NEW restore FILE.

    Every byte is checked before anything counts. A home that has something in it is left alone.
    """
    began = time.monotonic()
    restored = restore_backup(file, settings.home)
    seconds = round(time.monotonic() - began, 2)
    off = restored.missing + len(restored.left_out)
    if as_json:
        report = {
            "home": str(restored.home),
            "made_at": restored.made_at,
            "program_version": restored.program_version,
            "members": restored.members,
            "bytes": restored.byte_count,
            "pages": restored.pages,
            "missing": off,
            "seconds": seconds,
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        _say(restored, seconds, off)
    sys.exit(1 if off else 0)


def _say(restored: Restored, seconds: float, off: int) -> None:
    click.echo(
        f"{restored.home} is the archive as it was at {restored.made_at}: {restored.members:,} members, "
        f"{restored.byte_count / 1e6:,.1f} MB in {seconds:,.1f} seconds."
    )
    if restored.pages is None:
        click.echo("The search index is kept outside the home: build it with `reading-room reindex`.")
    else:
        click.echo(f"{restored.pages:,} pages indexed.")
    if off:
        click.echo(
            f"{off:,} files were lost or damaged before the backup was made: see `reading-room check`."
        )
