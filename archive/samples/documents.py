"""One document: its text, its paper, and, for some, the scanner it went through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archive.rules.statuses import DocumentKind
from archive.samples.furniture import signatures_in
from archive.samples.lines import Style
from archive.samples.paper import Furniture, drawn_pdf, set_furnished
from archive.samples.sample import Sample, SampleAgency, SamplePlace, SampleProduction
from archive.samples.scanning import Scanner, TextLayer, scanned_pdf
from archive.samples.typesetting import Figure, SetPage, set_pages


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a document beside its pages."""

    title: str
    kind: DocumentKind
    agency: SampleAgency | None
    dated_on: date
    place: SamplePlace | None = None
    production: SampleProduction | None = None
    published: bool = True
    reviewed: bool = True
    vote: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text in the markup of ``markup``, how it is set, and what stands around it."""

    text: str
    style: Style
    furniture: Sequence[Furniture] = ()
    first_top: float | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def pages(self) -> list[Furniture]:
        """Its pages as drawing functions."""
        return set_furnished(self.set(), self.style, *self.furniture)

    def set(self) -> list[SetPage]:
        """Its pages as words in their places, with nothing around them."""
        figures = {**signatures_in(self.text), **self.figures}
        return set_pages(self.text, self.style, first_top=self.first_top, figures=figures)


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A PDF to be made. ``text_layer`` is what a scan's picture is overlaid with."""

    name: str
    description: Description
    pages: Sequence[Furniture]
    size: tuple[float, float] = (612.0, 792.0)
    rotate: int = 0
    scanner: Scanner | None = None
    text_layer: TextLayer | None = field(default=None)

    def drawn(self) -> bytes:
        """The PDF as it was before anybody scanned it."""
        title, mark_grey = self.description.title, 0.0 if self.scanner else 0.3
        return drawn_pdf(self.pages, title=title, size=self.size, rotate=self.rotate, mark_grey=mark_grey)

    def make(self, folder: Path) -> Sample:
        """Write the PDF into ``folder``."""
        told = self.description
        data = self.drawn()
        if self.scanner:
            data = scanned_pdf(data, self.scanner, text_layer=self.text_layer)
        path = folder / f"{self.name}.pdf"
        path.write_bytes(data)
        return Sample(
            path,
            told.title,
            told.kind,
            told.agency,
            told.place,
            told.production,
            told.dated_on,
            told.published,
            told.reviewed,
            told.vote,
            told.language,
        )
