"""Makes all samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.samples import production
from archive.samples.county import county_documents
from archive.samples.documents import SampleDocument
from archive.samples.forms import detainer_form
from archive.samples.leaflets import leaflet_documents
from archive.samples.letters import letter_documents
from archive.samples.papers import paper_documents
from archive.samples.private_papers import private_documents
from archive.samples.report import report_document
from archive.samples.sample import Sample
from archive.samples.slides import training_deck
from archive.samples.tables import deployment_log, statistics


def make_samples(folder: Path) -> tuple[Sample, ...]:
    """Write the sample PDFs into ``folder`` (which must be there) and say what they are."""
    return tuple(document.make(folder) for document in sample_documents())


def sample_documents() -> Iterator[SampleDocument]:
    """All of them, still to be written."""
    first_release = [
        production.emails_santa_clara,
        production.memo_first_release,
        production.talking_points,
        production.emails_messaging,
        production.cjis_fax,
        production.note_for_the_file,
        deployment_log,
    ]
    yield from production.numbered(first_release, first=production.FIRST_PAGE)
    yield training_deck(production.NEVER_PRODUCED.stop)
    yield detainer_form(production.NUMBERED_AGAIN.start)
    yield production.memo_second_release()
    yield from letter_documents()
    yield from county_documents()
    yield from paper_documents()
    yield report_document()
    yield statistics()
    yield from leaflet_documents()
    yield from private_documents()
