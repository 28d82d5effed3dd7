"""``reading-room ingest``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from itertools import chain
from pathlib import Path

import click

from archive.cli.bucket import S3_SCHEME, opened_bucket
from archive.cli.progress import IngestBar
from archive.jobs.folder_ingest import (
    FileToIngest,
    FolderIngest,
    IngestReport,
    describe_files,
    find_files,
)
from archive.jobs.reading_desk import ReadingDesk
from archive.parts import Parts, opened_parts
from archive.services.metadata_csv import read_metadata_csv
from archive.settings import Settings
from ingest.sandbox import Sandbox

ACTOR = "command line"


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True)
@click.option("--publish", is_flag=True, help="Show the documents to everybody once they are read.")
@click.option(
    "--reviewed",
    is_flag=True,
    help="I have looked: nothing in these files is private. Without it, what may be private holds them back.",
)
@click.option("--agency", default="", metavar="NAME", help="The agency of all of them.")
@click.option("--production", default="", metavar="SLUG", help="The production all of them came in.")
@click.option(
    "--metadata",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV with a column 'file' and what is known of each.",
)
@click.option("--retry", is_flag=True, help="Read again what failed before.")
@click.option("--queue", "queue_only", is_flag=True, help="Only store them; the running worker reads them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    publish: bool,
    reviewed: bool,
    agency: str,
    production: str,
    metadata: Path | None,
    retry: bool,
    queue_only: bool,
    as_json: bool,
) -> None:
    """Take in PDFs and folders of PDFs: store, read and index them.

    A PATH is a file, a folder, or s3://bucket/prefix for all PDFs below it. Safe to stop at any moment;
    run it again and it goes on.
    """
    if reviewed and queue_only:
        raise click.UsageError("--reviewed and --queue do not go together: decide in the review queue.")
    described = read_metadata_csv(metadata) if metadata else {}
    said = partial(
        describe_files,
        described=described,
        agency=agency,
        production=production,
        publish=publish,
        reviewed=reviewed,
    )
    with opened_parts(settings) as parts, ExitStack() as opened:
        found, sizes = _find(settings, paths, opened)
        files = (file for one in found for file in said([one]))
        report = ingest_files(parts, files, sizes=sizes, retry=retry, queue_only=queue_only)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        print_report(report, queued=queue_only)
    sys.exit(0 if report.is_complete else 1)


def _find(
    settings: Settings, paths: Iterable[str], opened: ExitStack
) -> tuple[Iterable[tuple[Path, str]], dict[str, int]]:
    """Files with their names, those in buckets fetched one by one; and name to bytes for all of them."""
    buckets = [path for path in paths if path.startswith(S3_SCHEME)]
    here = find_files([Path(path) for path in paths if path not in buckets], home=settings.home)
    sizes = {name: path.stat().st_size for path, name in here if path.is_file()}
    found: Iterable[tuple[Path, str]] = here
    for bucket in buckets:
        pdfs = opened.enter_context(opened_bucket(settings, bucket))
        sizes |= pdfs.sizes
        found = chain(found, pdfs.fetched())
    return found, sizes


def ingest_files(
    parts: Parts,
    files: Iterable[FileToIngest],
    *,
    sizes: Mapping[str, int] | None = None,
    retry: bool = False,
    queue_only: bool = False,
    actor: str = ACTOR,
) -> IngestReport:
    """Take these files in, with a progress bar on standard error. ``sizes``: name to bytes, where they
    are not all here yet."""
    with Sandbox(readers=parts.settings.readers) as sandbox:
        desk = ReadingDesk(
            database=parts.database,
            storage=parts.storage,
            engine=parts.engine,
            sandbox=sandbox,
            actor=actor,
            clock=parts.clock,
            reviewers=parts.settings.reviewers,
        )
        run = FolderIngest(
            database=parts.database,
            storage=parts.storage,
            desk=desk,
            actor=actor,
            clock=parts.clock,
            retry=retry,
            reviewers=parts.settings.reviewers,
        )
        if queue_only:
            run.queue(files, parts.queue)
            return run.report
        if sizes is None:
            files = list(files)
            sizes = {file.name: file.path.stat().st_size for file in files if file.path.is_file()}
        with IngestBar(dict(sizes)) as bar:
            for progress in run.run(files):
                bar.show(progress, run.name_of(progress.document_id))
        return run.report


def print_report(report: IngestReport, *, queued: bool = False) -> None:
    """The summary for people: counts, then each file that failed and why."""
    if queued:
        click.echo(f"{len(report.new):,} stored and queued, {len(report.already_here):,} already here.")
    else:
        click.echo(
            f"{len(report.new):,} new, {len(report.already_here):,} already here, "
            f"{len(report.partial):,} partly read, {len(report.failed):,} failed. "
            f"{report.pages:,} pages in {report.seconds:,.1f} seconds."
        )
    for entry in report.partial:
        click.echo(f"  partly read  {entry['file']}: {entry['sentence']} ({entry['code']})")
    for entry in report.failed:
        click.echo(f"  failed       {entry['file']}: {entry['sentence']} ({entry['code']})")
    if report.held_back:
        click.echo(
            f"{len(report.held_back):,} held back: something in them may be private. An editor decides,"
        )
        click.echo("signed in, at /review. Or look yourself and run this again with --reviewed.")
    for entry in report.held_back:
        click.echo(f"  held back    {entry['file']}: {entry['findings']} to be decided")
