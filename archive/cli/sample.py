"""``reading-room sample``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from archive.cli.ingest import ingest_files, print_report
from archive.jobs.folder_ingest import FileToIngest
from archive.parts import opened_parts
from archive.samples import Sample, make_samples
from archive.samples.accounts import (
    DEMO_EDITOR,
    add_demo_accounts,
    demo_notice,
    demo_password,
    is_free_for_demo,
)
from archive.samples.collection import add_sample_collection
from archive.samples.requests import add_sample_requests
from archive.samples.same_record import accept_sample_releases, date_sample_productions
from archive.services.uploads import Description
from archive.settings import Settings

ACTOR = "sample"


@click.command("sample")
@click.option("--accounts", is_flag=True, help="Also accounts to try it with, one a role. Only for a demo.")
@click.pass_obj
def command(settings: Settings, *, accounts: bool) -> None:
    """Add the sample documents: made up by us, marked as samples on each page."""
    if accounts:
        _add_accounts(settings)
    with (
        tempfile.TemporaryDirectory(prefix="reading-room-samples-") as folder,
        opened_parts(settings) as parts,
    ):
        files = [_file_of(sample) for sample in make_samples(Path(folder))]
        report = ingest_files(parts, files, actor=ACTOR)
        with parts.database.transaction() as session:
            date_sample_productions(session)
            add_sample_requests(session, at=parts.clock())
            if accounts:
                accept_sample_releases(session, DEMO_EDITOR, at=parts.clock())
                add_sample_collection(session, DEMO_EDITOR, at=parts.clock())
    print_report(report)
    sys.exit(0 if report.is_complete else 1)


def _add_accounts(settings: Settings) -> None:
    with opened_parts(settings) as parts:
        with parts.database.reading() as session:
            if not is_free_for_demo(session):
                raise click.UsageError("This archive has accounts of its own: it gets none for a demo.")
        password = demo_password(settings.home)
        with parts.database.transaction() as session:
            add_demo_accounts(session, password, at=parts.clock())
    click.echo(demo_notice(settings.home), err=True)


def _file_of(sample: Sample) -> FileToIngest:
    """A sample with what its maker says of it, as an uploader would."""
    agency, place, production = sample.agency, sample.place, sample.production
    description = Description(
        title=sample.title,
        kind=sample.kind,
        dated_on=sample.dated_on,
        agency=f"{agency.name} ({agency.abbreviation})"
        if agency and agency.abbreviation
        else agency.name
        if agency
        else "",
        place=place.name if place else "",
        state=place.state if place else "",
        production=production.slug if production else "",
        production_title=production.title if production else "",
        tracking_number=production.tracking_number if production else "",
        vote=sample.vote,
        language=sample.language,
    )
    return FileToIngest(
        sample.path, sample.path.name, description, publish=sample.published, reviewed=sample.reviewed
    )
