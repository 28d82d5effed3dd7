"""A citation that points at a comparison: its words were withheld in another release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.models import Citation, Document
from archive.rules.access import Viewer
from archive.rules.citation_record import CitationRecord, CitedPart
from archive.rules.comparison import Run
from archive.services.comparisons import compare_releases
from archive.services.documents import get_document, visible_documents

_MOSTLY = 0.8  # of the cited characters: a word or two around them may be cited, too


class NotWithheldThere(ArchiveError):
    code = "not_withheld_there"
    sentence = "The other release does not withhold these words."
    help = "Cite them without the comparison, or open the comparison again: it may have been corrected."
    status = 409


@dataclass(frozen=True, slots=True)
class WithheldIn:
    """The release that withheld the cited words, with the exemptions claimed for them there."""

    document: Document
    page_number: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedWith:
    """The same as it is kept with the citation."""

    document_id: str
    sha256: str
    page_number: int
    codes: list[str]

    def as_json(self) -> dict[str, Any]:
        """As ``Citation.compared_with`` has it."""
        return asdict(self)


def find_compared(
    session: Session, compared_id: str, document_id: str, record: CitationRecord, *, viewer: Viewer
) -> ComparedWith:
    """Where the document ``compared_id`` withholds the words of a citation: nobody's word is taken for it.

    Raises ``NotWithheldThere``, and as ``compare_releases`` does.
    """
    releases = compare_releases(session, compared_id, document_id, viewer)
    runs = releases.comparison.released if releases.second.id == document_id else ()
    there = [run for run in runs if any(_shared(run, part) for part in record.parts)]
    cited = sum(part.end - part.start for part in record.parts)
    if not there or sum(_shared(run, part) for run in there for part in record.parts) < _MOSTLY * cited:
        raise NotWithheldThere
    return ComparedWith(
        compared_id,
        releases.first.sha256,
        there[0].hidden[0].page_number,
        _codes(there),
    )


def keep_compared(session: Session, citation: Citation, compared: ComparedWith, *, viewer: Viewer) -> None:
    """Note it with the citation. One that points at a comparison already keeps that one.

    Raises as ``get_document`` does: it may have been withdrawn meanwhile.
    """
    get_document(session, compared.document_id, viewer)
    if citation.compared_with is None:
        citation.compared_with = compared.as_json()


def withheld_in(session: Session, citation: Citation, viewer: Viewer) -> WithheldIn | None:
    """The release that withheld the words; None for a plain citation, and where ``viewer`` may not see it."""
    kept = citation.compared_with
    if kept is None:
        return None
    document = session.scalar(visible_documents(viewer).where(Document.id == kept["document_id"]))
    return WithheldIn(document, kept["page_number"], tuple(kept["codes"])) if document else None


def _shared(run: Run, part: CitedPart) -> int:
    """How many characters of the cited words the run has."""
    place = run.shown
    if place.page_number != part.page_number:
        return 0
    return max(0, min(place.end, part.end) - max(place.start, part.start))


def _codes(runs: Sequence[Run]) -> list[str]:
    return list(dict.fromkeys(code for run in runs for code in run.codes))
