"""How right the program was about redactions, where people have looked."""

from __future__ import annotations

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from archive.models import Redaction
from archive.rules.redaction_figures import Precision, codes_in
from archive.rules.redaction_states import RedactionState
from archive.services.redaction_figures_asked import Scope
from ingest.redaction_found import RedactionLook

_ARE_REDACTIONS = (RedactionState.CONFIRMED, RedactionState.CORRECTED)


def count_precision(session: Session, scope: Scope) -> dict[RedactionLook, Precision]:
    """By what they look like; looks at which nobody has looked are left out. The exemption is set aside: a
    wrong code is one of the things that are counted."""
    lists = (cast(Redaction.codes, Text), cast(Redaction.found_codes, Text))  # which can be grouped by
    columns = (Redaction.look, Redaction.state, *lists)
    found: dict[RedactionLook, Precision] = {}
    rows = session.execute(
        select(*columns, func.count())
        .where(Redaction.state != RedactionState.FOUND, Redaction.document_id.in_(scope.documents))
        .group_by(*columns)
    )
    for look, state, codes, found_codes, count in rows:
        is_right = set(codes_in(codes)) == set(codes_in(found_codes or ""))
        found[look] = found.get(look, Precision()) + _counted(state, count, is_right=is_right)
    return {look: found[look] for look in RedactionLook if look in found}


def _counted(state: RedactionState, count: int, *, is_right: bool) -> Precision:
    if state == RedactionState.ADDED:
        return Precision(missed=count)
    is_one = state in _ARE_REDACTIONS
    return Precision(count, count * is_one, count * (is_one and is_right))


def add_up(by_look: dict[RedactionLook, Precision]) -> Precision:
    """All looks together."""
    return sum(by_look.values(), Precision())
