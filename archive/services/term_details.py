"""The pages behind the counts of a term hit report: for the page, for print, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy.orm import Session

from archive.models import Document
from archive.rules.addresses import page_path
from archive.services.matches import PageLine, iter_page_lines
from archive.services.pages_at import PageKey
from archive.services.term_report import Term, TermReport

# On a page. The spreadsheet has them all, as far as MOST_ROWS goes.
DOCUMENTS_SHOWN = 40  # of one query
PAGES_SHOWN = 60  # of one document
LINES_SHOWN = 4_000  # in all
MOST_ROWS = 100_000
SUMMARY_COLUMNS = (
    "number",
    "query",
    "pages_with_hits",
    "documents_with_hits",
    "unique_pages",
    "unique_documents",
    "note",
)
DETAIL_COLUMNS = (
    "query_number",
    "query",
    "title",
    "agency",
    "date",
    "page_number",
    "label",
    "bates",
    "only_this_query",
    "page_url",
    "file_name",
    "sha256",
    "document_id",
)
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class TermDocument:
    """A document that a query finds, with its first matching pages of ``total_pages``."""

    document: Document
    lines: tuple[PageLine, ...]
    total_pages: int


@dataclass(frozen=True, slots=True)
class TermDetail:
    """The first documents of a query; ``more_documents`` are not shown."""

    term: Term
    documents: tuple[TermDocument, ...]
    more_documents: int


def term_details(session: Session, report: TermReport) -> tuple[TermDetail, ...]:
    """What each query finds, as much of it as a page can show."""
    left, details = LINES_SHOWN, []
    for term in report.terms:
        if not term.pages:
            continue
        found = _by_document(key for key, _ in report.pages_of(term))
        shown: list[TermDocument] = []
        for keys in islice(found, DOCUMENTS_SHOWN):
            lines = tuple(iter_page_lines(session, keys[: min(PAGES_SHOWN, left)]))
            left -= len(lines)
            if lines:
                shown.append(TermDocument(lines[0].document, lines, len(keys)))
        details.append(TermDetail(term, tuple(shown), term.documents - len(shown)))
    return tuple(details)


def iter_detail_rows(
    session: Session, report: TermReport, absolute: Callable[[str], str], *, most: int = MOST_ROWS
) -> Iterator[Row]:
    """The head, then a row for each query and each page that it finds; at the end what was left out."""
    yield DETAIL_COLUMNS
    left = most
    for term in report.terms:
        found = dict(report.pages_of(term)[:left])
        left -= len(found)
        for line in iter_page_lines(session, found):
            yield _row(term, line, absolute, only=found[line.document.id, line.page.page_number])
    total = sum(term.pages for term in report.terms)
    if total > most:
        yield (f"Only the first {most:,} of {total:,} rows are in this file.",)


def iter_summary_rows(report: TermReport) -> Iterator[Row]:
    """The head, a row for each query, and the totals."""
    yield SUMMARY_COLUMNS
    for term in report.terms:
        counts: Row = (term.pages, term.documents, term.unique_pages, term.unique_documents)
        answered = term.was_run and term.problem is None
        yield (term.number, term.text, *(counts if answered else ("",) * 4), term_note(term))
    yield ("", "Any of these queries", report.total_pages, report.total_documents, "", "", "")


def term_note(term: Term) -> str:
    """What must be known of a line beside its numbers."""
    if not term.was_run:
        return "Not run: there was no time left."
    if term.problem is not None:
        repaired = f" Understood would be: {term.problem.repaired}" if term.problem.repaired else ""
        return f"{term.problem.sentence}{repaired}"
    return " ".join(term.warnings)


def _row(term: Term, line: PageLine, absolute: Callable[[str], str], *, only: bool) -> Row:
    document, page = line.document, line.page
    return (
        term.number,
        term.text,
        document.title,
        document.agency.short_name if document.agency else "",
        document.dated_on.isoformat() if document.dated_on else "",
        page.page_number,
        line.label,
        page.bates or "",
        "yes" if only else "no",
        absolute(page_path(document.id, page.page_number, term.text)),
        document.source_file,
        document.sha256,
        document.id,
    )


def _by_document(keys: Iterable[PageKey]) -> Iterator[list[PageKey]]:
    for _, its_keys in groupby(keys, itemgetter(0)):
        yield list(its_keys)
