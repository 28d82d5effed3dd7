"""What was withheld on one page, as its readers and editors are shown it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive.models import Page, Redaction
from archive.rules.access import Action, Viewer
from archive.rules.redaction_states import EFFECTIVE
from archive.services.redactions import list_redactions
from ingest.redaction_found import PageDisposition

MARKS_SHOWN = 60  # a table of code cells has hundreds: the rest is on the document's own list


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A redaction with the number that stands on its box."""

    number: int
    row: Redaction


@dataclass(frozen=True, slots=True)
class CodesClaimed:
    """The same codes, claimed for so many places of the page. Empty: no ground was given."""

    codes: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class RedactionSheet:
    """``shown`` are the first marks, ``total`` all of them; ``rejected`` are those that a person said are
    none, for editors alone."""

    disposition: PageDisposition
    withheld_share: float
    covered_share: float
    claimed: tuple[CodesClaimed, ...]
    shown: tuple[NumberedMark, ...]
    total: int
    rejected: tuple[Redaction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.total and not self.rejected and self.disposition == PageDisposition.RELEASED


def get_redaction_sheet(session: Session, page: Page, viewer: Viewer) -> RedactionSheet:
    """What was withheld on ``page``, which the viewer may see."""
    corrects = viewer.may(Action.REVIEW)
    rows = list_redactions(session, page.document_id, page.page_number, with_rejected=corrects)
    effective = [row for row in rows if row.state in EFFECTIVE]
    return RedactionSheet(
        disposition=page.disposition,
        withheld_share=page.withheld_share,
        covered_share=page.covered_share,
        claimed=_claimed(effective),
        shown=tuple(NumberedMark(number, row) for number, row in enumerate(effective[:MARKS_SHOWN], 1)),
        total=len(effective),
        rejected=tuple(row for row in rows if row.state not in EFFECTIVE),
    )


def _claimed(rows: Sequence[Redaction]) -> tuple[CodesClaimed, ...]:
    counted = Counter(tuple(row.codes) for row in rows)
    return tuple(CodesClaimed(codes, places) for codes, places in counted.most_common())
