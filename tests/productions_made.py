"""Productions for tests: pages of every disposition, numbers with a gap, and a cover letter."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from archive.models import Document, FoiaRequest, Page, Production
from archive.parts import Parts
from archive.rules.production_forms import ProductionForm
from archive.rules.statuses import DocumentKind, Visibility
from archive.services.production_editing import add_production
from ingest.redaction_found import PageDisposition
from tests.factories import NOON, make_document
from tests.requests_made import EDITOR

CAME_ON = date(2011, 1, 14)
PREFIX = "ICE FOIA 10-2674."
LETTER = (
    "Of the 7 pages in this release, numbered ICE FOIA 10-2674.000001 through 10-2674.000009, we release 3 "
    "pages in full and 2 pages in part. 2 pages are withheld in full under (b)(5). The next interim release "
    "will be made on or before June 30, 2011."
)
# Of each number, what became of its page; 000005 and 000006 are on no page.
PAGES = {
    1: PageDisposition.RELEASED,
    2: PageDisposition.RELEASED,
    3: PageDisposition.IN_PART,
    4: PageDisposition.IN_PART,
    7: PageDisposition.WITHHELD,
    8: PageDisposition.RELEASED,
}


def make_production(session: Session, request: FoiaRequest, **fields: object) -> Production:
    """A production of a request with what is said of it; ``fields`` are those of ``ProductionForm``."""
    form = ProductionForm(request=request.slug, **{"received_on": CAME_ON, **fields})  # type: ignore[arg-type]  # handed on
    return add_production(session, form, viewer=EDITOR, at=NOON)


def fill_production(
    session: Session,
    parts: Parts,
    production: Production,
    *,
    visibility: Visibility = Visibility.PUBLISHED,
    title: str = "Opt-out records",
) -> Document:
    """A document with ``PAGES`` in this production."""
    words = [f"{title}, number {number}" for number in PAGES]
    document = make_document(session, parts.storage, title=title, pages=words, visibility=visibility)
    document.production_id = production.id
    for page_number, (number, disposition) in enumerate(PAGES.items(), 1):
        page = session.get_one(Page, (document.id, page_number))
        page.bates, page.disposition = f"{PREFIX}{number:06}", disposition
    session.flush()
    session.expire(document)
    return document


def make_letter(
    session: Session, parts: Parts, *, visibility: Visibility = Visibility.PUBLISHED, text: str = LETTER
) -> Document:
    """A cover letter that is no document of the production."""
    return make_document(
        session,
        parts.storage,
        title="First interim response",
        pages=(text,),
        kind=DocumentKind.RESPONSE_LETTER,
        dated_on=CAME_ON,
        visibility=visibility,
    )
