"""``reading-room verify``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive.errors import ArchiveError
from archive.exports.citation_json import MOST_FILE_BYTES, records_from_file
from archive.parts import opened_parts
from archive.rules.citation_record import CitationRecord
from archive.rules.citation_states import PROVEN
from archive.services.record_checks import (
    CheckedRecord,
    check_against_archive,
    check_against_file,
    pages_to_read,
)
from archive.services.uploads import hash_file
from archive.settings import Settings
from ingest.errors import IngestError
from ingest.page import PageFailure, PageReading
from ingest.sandbox import READER_VERSION, ReadTask, Sandbox, TaskFailed, TaskOpened, TaskPage

_AROUND = 2  # pages beside the cited ones, where words may be found that are not there

Given = tuple[CitationRecord, str]


class FileNotReadable(ArchiveError):
    code = "file_not_readable"
    sentence = "This file cannot be read."
    help = "Give the PDF that was cited."
    exit_code = 2


@click.command("verify")
@click.argument("citation", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, *, citation: Path, file: Path | None, as_json: bool) -> None:
    """Does CITATION.json hold: against FILE.pdf in hand, or, without one, against this archive?

    CITATION.json is what the page of a citation offers, or a list of such. Exit code 0: every one holds.
    """
    with citation.open("rb") as content:
        given = records_from_file(content.read(MOST_FILE_BYTES + 1))
    checked = _against_file(given, file) if file else _against_archive(settings, given)
    _tell(checked, as_json=as_json)
    sys.exit(0 if all(one.state in PROVEN for one in checked) else 1)


def _against_archive(settings: Settings, given: Sequence[Given]) -> list[CheckedRecord]:
    with opened_parts(settings) as parts, parts.database.reading() as session:
        return [check_against_archive(session, record, number) for record, number in given]


def _against_file(given: Sequence[Given], file: Path) -> list[CheckedRecord]:
    """Read what is needed of the file, as the archive reads: apart, with limits."""
    sha256 = hash_file(file).sha256
    of_this_file = [record for record, number in given if record.sha256 == sha256 and record.id == number]
    pages = _read(file, pages_to_read(of_this_file)) if of_this_file else {}
    return [check_against_file(record, number, sha256, pages, READER_VERSION) for record, number in given]


def _read(file: Path, numbers: Sequence[int]) -> dict[int, PageReading | PageFailure]:
    wanted = {number + step for number in numbers for step in range(-_AROUND, _AROUND + 1)}
    pages: dict[int, PageReading | PageFailure] = {}
    with Sandbox(readers=1) as sandbox:
        page_count = _page_count(sandbox, file)
        skipped = frozenset(range(1, page_count + 1)) - wanted
        for event in sandbox.read([ReadTask("file", file, skip_pages=skipped, images=False)]):
            match event:
                case TaskPage(page=page):
                    pages[page.page_number] = page
                case TaskFailed(sentence=sentence):
                    raise FileNotReadable(sentence)
    return pages


def _page_count(sandbox: Sandbox, file: Path) -> int:
    """Known when the file opens; its pages are read in a second turn."""
    events = sandbox.read([ReadTask("file", file, images=False, ocr=False)])
    try:
        for event in events:
            match event:
                case TaskOpened(opened=opened):
                    return opened.page_count
                case TaskFailed(sentence=sentence):
                    raise FileNotReadable(sentence)
    except IngestError as error:
        raise FileNotReadable(error.sentence) from error
    finally:
        events.close()
    raise FileNotReadable


def _tell(checked: Sequence[CheckedRecord], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"citations": [_row(one) for one in checked]}, ensure_ascii=False))
        return
    for one in checked:
        place = f"page {one.record.page_number}"
        click.echo(f"{one.given_id}  {one.state}  {one.sentence}")
        click.echo(f"  {place}: {_shortened(one.record.words)}" if one.record.words else f"  {place}")


def _row(one: CheckedRecord) -> dict[str, object]:
    return {
        "id": one.given_id,
        "state": one.state,
        "holds": one.state in PROVEN,
        "sentence": one.sentence,
        "page": one.record.page_number,
        "words": one.record.words,
        "is_ocr": one.record.source == "ocr",
        "sha256": one.record.sha256,
    }


def _shortened(words: str) -> str:
    return (
        f"\u201c{words}\u201d" if len(words) <= 200 else f"\u201c{words[:200].rsplit(' ', 1)[0]} \u2026\u201d"
    )
