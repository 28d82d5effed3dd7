"""Real documents that are the same record are proposed, and no others."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from archive.models import Document, RecordMatch
from archive.parts import Parts
from archive.rules.redaction_states import MatchKind

pytestmark = pytest.mark.real

EXPECTED = {
    # a speech draft, sent and sent on: the eleven pages behind both letters are withheld in full
    frozenset({"state_hrc_C05739661.pdf", "state_hrc_C05739663.pdf"}): (MatchKind.OTHER_RELEASE, 2),
    # the appendix of the appeal holds the opinion
    frozenset({"aclu-v-ice_joint-appendix_2021-08-20.pdf", "sdny_aclu-v-ice_opinion_2021-03-10.pdf"}): (
        MatchKind.SAME_TEXT,
        15,
    ),
}


def test_records_that_are_the_same_are_proposed_and_agreements_of_one_template_are_not(opened: Parts) -> None:
    with opened.database.reading() as session:
        names = {
            row.id: row.source_file for row in session.execute(select(Document.id, Document.source_file))
        }
        found = {
            frozenset({names[match.first_id], names[match.second_id]}): (match.kind, len(match.page_pairs))
            for match in session.scalars(select(RecordMatch))
        }
    assert found == EXPECTED
