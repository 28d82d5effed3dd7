"""Redactions on their way from the child to its parent, and the checks of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.redaction_found import FoundBy, FoundRedaction, RedactionLook
from ingest.wire_checks import check_fraction, check_items, check_text, refuse
from ingest.wire_words import box_to_json, parse_box

MAX_REDACTIONS = 1_000  # of a page
_MAX_CODES = 20  # of one redaction
_MAX_CODE_TEXT = 300
MAX_STATUTE = 200
_CODE = re.compile(r"[a-z0-9][a-z0-9.:-]{0,39}")


def redactions_to_json(redactions: Sequence[FoundRedaction]) -> list[Any]:
    """As plain lists, at most ``MAX_REDACTIONS``."""
    return [
        [
            box_to_json(found.box),
            found.look,
            found.found_by,
            list(found.codes),
            found.code_text,
            found.confidence,
            found.statute,
        ]
        for found in redactions[:MAX_REDACTIONS]
    ]


def parse_redactions(data: Any) -> tuple[FoundRedaction, ...]:
    """The redactions in ``data``. Raises ``BadLine`` and whatever wrong types raise."""
    return tuple(_parse(one) for one in check_items(data, MAX_REDACTIONS))


def _parse(data: Any) -> FoundRedaction:
    box, look, found_by, codes, code_text, confidence, statute = data
    return FoundRedaction(
        parse_box(box),
        RedactionLook(look),
        FoundBy(found_by),
        tuple(_parse_code(code) for code in check_items(codes, _MAX_CODES)),
        check_text(code_text, _MAX_CODE_TEXT),
        check_fraction(confidence),
        check_text(statute, MAX_STATUTE),
    )


def _parse_code(code: Any) -> str:
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        refuse()
    return code
