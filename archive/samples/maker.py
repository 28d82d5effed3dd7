"""Makes all samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.samples import production
from archive.samples.documents import SampleDocument
from archive.samples.sample import Sample


def make_samples(folder: Path) -> tuple[Sample, ...]:
    """Write the sample PDFs into ``folder`` (which must be there) and say what they are."""
    return tuple(document.make(folder) for document in _documents())


def _documents() -> Iterator[SampleDocument]:
    first_release = [
        production.emails_santa_clara,
        production.memo_first_release,
        production.talking_points,
        production.emails_messaging,
        production.cjis_fax,
        production.note_for_the_file,
    ]
    yield from production.numbered(first_release, first=1201)
    yield production.memo_second_release()
