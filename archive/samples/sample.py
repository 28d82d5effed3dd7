"""What a sample document is, and what its maker says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive.rules.statuses import DocumentKind


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """Who holds the record."""

    name: str
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """``kind`` is 'county' or 'state'; ``state`` the two-letter postal code."""

    name: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class SampleProduction:
    """A batch of records handed over in answer to a request."""

    slug: str
    title: str
    tracking_number: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Sample:
    """One PDF with its description, as an uploader would give it."""

    path: Path
    title: str
    kind: DocumentKind
    agency: SampleAgency | None
    place: SamplePlace | None
    production: SampleProduction | None
    dated_on: date | None
    published: bool = True
    reviewed: bool = True  # False: what may be private in it is left for somebody to decide
    vote: str = ""
    language: str = ""  # empty: English
