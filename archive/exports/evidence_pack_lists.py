"""What stands behind the pages of an evidence pack: citations, hashes, custody, and a draft to sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from archive.exports import evidence_pack_words as words
from archive.exports.evidence_pack import Pack, PackCitation, PackFile
from archive.exports.evidence_pack_fonts import lacks_letters
from archive.exports.evidence_pack_setting import QUIET, ROOM_PT, count, heading, line, moment, table
from archive.services.custody import CustodyEvent


def citations(pack: Pack) -> Iterator[Flowable]:
    """Each citation with its words, where it stands, and whether it holds."""
    yield heading("Citations")
    yield line(words.ABOUT_CITATIONS, 8.5, color=QUIET, after=8)
    rows = [[line(f"{number}.", 9), _citation(one)] for number, one in enumerate(pack.citations, 1)]
    yield table(rows, (26, ROOM_PT - 26))


def _citation(one: PackCitation) -> list[Flowable]:
    cell: list[Flowable] = []
    if one.words:
        quoted = one.words if len(one.words) <= 1_500 else one.words[:1_500].rstrip() + " …"
        cell.append(line(f"“{quoted}”", 9.5, after=3))
    cell.append(line(one.said, 9, after=2))
    if one.address not in one.said:
        cell.append(line(one.address, 8.5, color=QUIET))
    return [*cell, line(one.state, 8.5, color=QUIET)] if one.state else cell


def hashes(pack: Pack) -> Iterator[Flowable]:
    """Each file with its SHA-256, and how to check it."""
    yield heading("Files and their hashes")
    yield line(words.CHECKED.format(moment=moment(pack.cover.made_at)), 8.5, color=QUIET, after=4)
    yield line(words.HOW_TO_CHECK, 8.5, color=QUIET, after=8)
    if any(lacks_letters(text) for file in pack.files for text in (file.title, file.file_name)):
        yield line(words.LETTERS_MISSING, 8.5, color=QUIET, after=8)
    yield table([[_file(file)] for file in pack.files], (ROOM_PT,))


def _file(file: PackFile) -> list[Flowable]:
    return [
        line(file.title, 9.5, bold=True, after=2),
        line(
            f"File: {file.file_name} · {file.byte_count:,} bytes · {count(file.page_count, 'page')}",
            8.5,
            after=2,
        ),
        line(f"SHA-256: {file.sha256}", 8.5, after=2),
        line(f"Document {file.document_id}: {file.address}", 8.5, after=2),
        line(f"The file: {file.file_address}", 8.5),
    ]


def custody(pack: Pack) -> Iterator[Flowable]:
    """Through whose hands each file went."""
    yield heading("Custody")
    yield line(words.ABOUT_CUSTODY, 8.5, color=QUIET, after=8)
    for file in pack.files:
        yield CondPageBreak(110)
        yield line(file.title, 9.5, bold=True, after=1)
        yield line(f"Document {file.document_id} · SHA-256 {file.sha256[:16]}…", 8.5, color=QUIET, after=2)
        logged = any(event.entry for event in file.custody)
        head = ["When", "What", "By", *(["Log entry"] if logged else [])]
        rows: list[list[Any]] = [[line(name, 8, color=QUIET) for name in head]]
        rows += [[line(text, 8.5) for text in _event(event)[: len(head)]] for event in file.custody]
        widths = (96, ROOM_PT - 96 - 130 - 88, 130, 88) if logged else (96, ROOM_PT - 96 - 150, 150)
        yield table(rows, widths, repeats=1)
        yield Spacer(0, 12)


def _event(event: CustodyEvent) -> tuple[str, str, str, str]:
    if event.when is None:
        when = "not on record"
    elif isinstance(event.when, datetime):
        when = f"{event.when:%Y-%m-%d %H:%M}"
    else:
        when = f"{event.when:%Y-%m-%d}"
    return when, event.what, event.by, event.entry


def draft(pack: Pack) -> Iterator[Flowable]:
    """What a qualified person may correct and sign."""
    marks = words.DRAFT_MARKS if pack.cover.marks else ""
    yield heading(words.DRAFT_TITLE)
    yield line(words.DRAFT_NOTE, 8.5, color=QUIET, after=14)
    yield line(f"{pack.heading}, {moment(pack.cover.made_at)}", 10, bold=True, after=8)
    for number, sentence in enumerate(words.DRAFT, 1):
        yield line(f"{number}. {sentence.format(address=pack.cover.address, marks=marks)}", 10, after=9)
    yield Spacer(0, 14)
    for blank in words.SIGNED:
        yield line(blank, 10, after=18)
