"""Figures of what was withheld, as rows for a spreadsheet: the first row is the head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.errors import ArchiveError
from archive.models import Agency, Document, Production
from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption
from archive.rules.redaction_figures import PageTally
from archive.rules.redaction_words import (
    DISPOSITION_WORDS,
    FOUND_BY_WORDS,
    LOOK_WORDS,
    STATE_OF_REDACTION_WORDS,
    codes_in_words,
    printed_codes,
)
from archive.services.redaction_document_figures import PageRedactions
from archive.services.redaction_figures import Figures, ShelfFigures

Row = Sequence[object]
_TALLY_HEAD = (
    "Pages",
    "Released in full",
    "Released in part",
    "Withheld in full",
    "Referred",
    "Pages that could not be read",
    "Mean share of text withheld",
)
_PAGE_HEAD = (
    *("Document", "Page", "Label", "What became of the page", "Share of text withheld"),
    *("Number on the page", "Exemptions", "Exemptions in words", "Code as read", "Looks like", "Found by"),
    *("Confidence", "State", "Left (pt)", "Top (pt)", "Right (pt)", "Bottom (pt)"),
    *("Share of the page", "Share of the lines", "Address"),
)


class TableNotFound(ArchiveError):
    """There is no table of figures with this name."""

    code = "table_not_found"
    sentence = "There is no such table of figures."
    status = 404


def exemption_rows(figures: Figures) -> Iterator[Row]:
    """Each exemption, with the years in which it is claimed as columns."""
    codes = figures.codes
    years = [one.year for one in figures.years]
    yield (
        *("Exemption", "Protects", "Pages", "Redactions", "With its parts"),
        *(f"Pages of {year}" if year else "Pages undated" for year in years),
    )
    for row in codes.rows:
        yield (
            *(format_exemption(row.code), EXEMPTION_WORDS.get(row.code, ""), row.pages, row.redactions),
            "yes" if row.has_parts else "no",
            *(codes.by_year.get((year, row.code), 0) for year in years),
        )
    yield ("no code was read", "", "", codes.without_code, "")


def agency_rows(figures: Figures) -> Iterator[Row]:
    """Each agency."""
    return _shelf_rows("Agency", figures.agencies)


def production_rows(figures: Figures) -> Iterator[Row]:
    """Each production."""
    return _shelf_rows("Production", figures.productions)


def year_rows(figures: Figures) -> Iterator[Row]:
    """Each year, as documents are dated."""
    yield ("Year", "Documents", *_TALLY_HEAD)
    for one in figures.years:
        yield (one.year or "undated", one.tally.documents, *_tally_cells(one.tally))


TABLES: dict[str, Callable[[Figures], Iterator[Row]]] = {
    "exemptions": exemption_rows,
    "agencies": agency_rows,
    "productions": production_rows,
    "years": year_rows,
}
DOCUMENTS = "documents"


def document_rows(
    documents: Iterable[tuple[Document, PageTally]], address_of: Callable[[str], str]
) -> Iterator[Row]:
    """Each document; ``address_of`` makes an address of its id."""
    yield ("Document", "Title", "Date", "Agency", "Production", *_TALLY_HEAD, "Address")
    for document, tally in documents:
        yield (
            *(document.id, document.title, document.dated_on, _name_of(document.agency)),
            *(_name_of(document.production), *_tally_cells(tally), address_of(document.id)),
        )


def page_rows(
    document_id: str, pages: Iterable[PageRedactions], address_of: Callable[[int], str]
) -> Iterator[Row]:
    """Each place in a document; a page of which nothing is withheld has a row of its own.

    ``address_of`` makes an address of a page's number.
    """
    yield _PAGE_HEAD
    for page in pages:
        became = "could not be read" if page.failed else DISPOSITION_WORDS[page.disposition]
        share = "" if page.failed else _share(page.share)
        start = (document_id, page.page_number, page.label, became, share)
        address = address_of(page.page_number)
        for place in page.redactions:
            row = place.row
            yield (
                *(*start, place.number, printed_codes(row.codes), codes_in_words(row.codes), row.code_text),
                *(LOOK_WORDS[row.look], FOUND_BY_WORDS[row.found_by], round(row.confidence, 2)),
                *(STATE_OF_REDACTION_WORDS[row.state], *(round(edge, 1) for edge in row.box)),
                *(_share(row.page_share), _share(row.line_share), address),
            )
        if not page.redactions:
            yield (*start, *[""] * (len(_PAGE_HEAD) - len(start) - 1), address)


def _shelf_rows(kind: str, shelves: Iterable[ShelfFigures]) -> Iterator[Row]:
    yield (kind, "Documents", *_TALLY_HEAD)
    for shelf in shelves:
        name = _name_of(shelf.row) or "none is named"
        yield (name, shelf.tally.documents, *_tally_cells(shelf.tally))


def _name_of(row: Agency | Production | None) -> str:
    return "" if row is None else row.title if isinstance(row, Production) else row.name


def _tally_cells(tally: PageTally) -> Row:
    counts = (tally.pages, tally.released, tally.in_part, tally.withheld, tally.referred, tally.unread)
    return (*counts, _share(tally.share) if tally.pages else "")


def _share(share: float) -> float:
    return round(share, 4)
