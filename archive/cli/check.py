"""``reading-room check``: the doctor."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from archive.errors import ArchiveError, BadSetting
from archive.parts import Parts, opened_parts
from archive.search.synonyms import open_synonyms
from archive.services.admin_overview import note_check
from archive.services.audit_log import find_head
from archive.services.checkup import Finding, check_audit, check_index, check_store
from archive.settings import Settings
from ingest.errors import IngestError
from ingest.ocr import open_engine

LOW_DISK_BYTES = 2 * 1024**3


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, as_json: bool) -> None:
    """Look for anything that is off: settings, OCR, disk, files, index, audit log."""
    facts: dict[str, str] = {"home": str(settings.home)}
    with opened_parts(settings) as parts:
        findings = [*_check_machine(parts, facts), *_check_contents(parts, facts)]
        note_check(settings.home, at=parts.clock(), off=len(findings))
    if as_json:
        found = [asdict(finding) for finding in findings]
        click.echo(json.dumps({"ok": not findings, "facts": facts, "findings": found}, ensure_ascii=False))
    else:
        for name, value in facts.items():
            click.echo(f"{name}: {value}")
        for finding in findings:
            click.echo(f"OFF  {finding.code}  {finding.sentence}")
        click.echo("Everything is in order." if not findings else f"{len(findings):,} things are off.")
    sys.exit(1 if findings else 0)


def _check_machine(parts: Parts, facts: dict[str, str]) -> Iterator[Finding]:
    try:
        ocr = open_engine()
        facts["OCR"] = f"{ocr.name} {ocr.version}"
    except IngestError as error:
        yield Finding(error.code, "", error.sentence)
    try:
        open_synonyms(parts.settings.home)
    except BadSetting as error:
        yield Finding("synonyms_wrong", "", f"{error.sentence} {error.help}")
    free_bytes = shutil.disk_usage(parts.settings.home).free
    facts["free disk"] = f"{free_bytes / 1024**3:,.1f} GiB"
    if free_bytes < LOW_DISK_BYTES:
        yield Finding("disk_low", "", "Less than 2 GiB of disk are free. Make room before adding files.")


def _check_contents(parts: Parts, facts: dict[str, str]) -> Iterator[Finding]:
    with parts.database.reading() as session:
        head = find_head(session)
        facts["audit entries"], facts["audit head"] = f"{head.entries:,}", head.entry_hash or "none"
        yield from check_store(session, parts.storage)
        yield from check_audit(session)
        try:
            yield from check_index(session, parts.engine)
        except ArchiveError as error:
            yield Finding(error.code, "", f"{error.sentence} {error.help}")
