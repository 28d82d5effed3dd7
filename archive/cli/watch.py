"""``reading-room watch``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from archive.cli.ingest import ingest_files
from archive.errors import NothingToIngest
from archive.jobs.folder_ingest import describe_files
from archive.jobs.folder_watch import FolderWatch
from archive.parts import Parts, opened_parts
from archive.settings import Settings

SECONDS_BETWEEN_LOOKS = 2.0


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--agency", default="", metavar="NAME", help="The agency of all of them.")
@click.option("--production", default="", metavar="SLUG", help="The production all of them came in.")
@click.option("--once", is_flag=True, help="Take in what is there, then end.")
@click.pass_obj
def command(settings: Settings, *, folder: Path, agency: str, production: str, once: bool) -> None:
    """Take in PDFs that are put into FOLDER, once they have stopped changing.

    The files stay where they are, and none is published. The worker of the running site reads them.
    """
    watch = FolderWatch(folder, settings.home)
    with opened_parts(settings) as parts:
        while True:
            _look(parts, watch, agency=agency, production=production)
            if once and not watch.is_waiting:
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _look(parts: Parts, watch: FolderWatch, *, agency: str, production: str) -> None:
    try:
        found = watch.settled(time.monotonic())
    except NothingToIngest:
        return  # a disk that is not mounted at this moment
    if not found:
        return
    files = describe_files(found, described={}, agency=agency, production=production, publish=False)
    report = ingest_files(parts, files, queue_only=True)
    for path, _ in found:
        watch.note_taken(path)
    for entry in report.new:
        click.echo(f"received      {entry['file']}")
    for entry in report.already_here:
        click.echo(f"already here  {entry['file']}")
    for entry in report.failed:
        click.echo(f"failed        {entry['file']}: {entry['sentence']} ({entry['code']})")
