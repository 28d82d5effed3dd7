"""A segment in the making: the pages of documents, taken down one by one, then written as arrays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive.ports import IndexedDocument, IndexedPage
from archive.search.analysis import analyse_words, stem
from archive.search.array_file import ArrayFileWriter
from archive.search.description import description_positions
from archive.search.inverting import Tokens
from archive.search.postings import named
from archive.search.segment import DESCRIPTION, TEXT
from archive.search.stored_segment import BREAK_FORMS, BREAKS
from archive.search.tables import PageFacts, document_table, page_table, table_arrays
from archive.search.vocabulary import vocabulary_arrays


class SegmentDraft:
    """Pages come document by document, those of one document in order."""

    def __init__(self) -> None:
        self._latest: IndexedDocument | None = None
        self._documents: list[IndexedDocument] = []
        self._pages: list[PageFacts] = []
        self._tokens = {TEXT: Tokens(), DESCRIPTION: Tokens()}
        self._breaks = Tokens(BREAK_FORMS)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def add(self, document: IndexedDocument, page: IndexedPage) -> None:
        """Take down the next page."""
        first = document is not self._latest
        if first:
            self._latest = document
            self._documents.append(replace(document, pages=()))
            self._tokens[DESCRIPTION].add_row((), _described(document))
        found = analyse_words(page.text)
        self._tokens[TEXT].add_row(found.forms, found.wholes)
        breaks = zip(BREAK_FORMS, (found.paragraphs, found.sentences), strict=True)
        self._breaks.add_row((), [(name, at) for name, places in breaks for at in places])
        self._pages.append(
            PageFacts(len(self._documents) - 1, replace(page, text=""), len(found.forms), first=first)
        )

    def write(self, path: Path) -> None:
        """Write it all to a new file. Raises ``OSError``."""
        with ArrayFileWriter(path) as file:
            file.add_all(table_arrays(document_table(self._documents)))
            file.add_all(table_arrays(page_table(self._pages)))
            for field, tokens in self._tokens.items():
                forms, postings = tokens.invert()
                stems = [stem(form).encode() for form in forms]
                file.add_all(vocabulary_arrays(field, [form.encode() for form in forms], stems))
                file.add_all(named(field, postings))
            file.add_all(named(BREAKS, self._breaks.invert()[1]))


def _described(document: IndexedDocument) -> list[tuple[str, int]]:
    described = description_positions(document).items()
    return [(form, position) for form, positions in described for position in positions]
