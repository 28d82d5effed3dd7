"""A citation as a file of its own: JSON-LD that anybody can check against the PDF, with or without this site.

A W3C Web Annotation (https://www.w3.org/TR/annotation-model/): each cited part is a specific resource of the
file, selected by page (RFC 8118), by its words with what stands around them (TextQuoteSelector), and by place
in the text of the page (TextPositionSelector). What the model has no word for stands under ``readingRoom``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import isfinite
from typing import Any

from archive.errors import ArchiveError
from archive.rules.citation_record import CitationRecord, CitedPart, is_citation_id
from archive.rules.citation_states import CitationState
from archive.rules.cited_source import CitedSource
from ingest.page import Box

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
MOST_FILE_BYTES = 1_000_000
MOST_CITATIONS = 1_000
_OWN_TERMS = "urn:reading-room:"
# Our own terms are scoped to what stands under ``readingRoom`` (JSON-LD 1.1, 4.1.8).
_CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {"readingRoom": {"@id": f"{_OWN_TERMS}record", "@context": {"@vocab": _OWN_TERMS}}},
)
_PAGE_SELECTORS = "http://tools.ietf.org/rfc/rfc8118"
_MOST_PARTS = 200
_MOST_BOXES = 20_000


class BadCitationFile(ArchiveError):
    code = "bad_citation_file"
    sentence = "This is not a citation of a Reading Room."
    help = "Use the .json file that the page of a citation offers, unchanged."
    status = 400
    exit_code = 2


def citation_to_json(
    record: CitationRecord,
    source: CitedSource,
    *,
    facts: Mapping[str, str],
    state: CitationState,
    compared_with: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The citation with all that is needed to check it. ``facts`` is how the document was described when it
    was cited, ``state`` what was found when this file was made; ``compared_with`` says which other file
    withheld the words."""
    told = _annotation(record, source, facts, state)
    if compared_with is not None:
        told["readingRoom"]["comparedWith"] = dict(compared_with)
    return told


def _annotation(
    record: CitationRecord, source: CitedSource, facts: Mapping[str, str], state: CitationState
) -> dict[str, Any]:
    return {
        "@context": list(_CONTEXT),
        "id": source.address,
        "type": "Annotation",
        "motivation": "identifying",
        "created": record.cited_at.isoformat(),
        "generator": {"type": "Software", "name": "Reading Room"},
        "body": {"type": "TextualBody", "value": record.typed or record.words, "format": "text/plain"},
        "target": [_target(part, source.file_address) for part in record.parts],
        "readingRoom": {
            "format": "reading-room-citation-1",
            "citationId": record.id,
            "sha256": record.sha256,
            "documentId": source.document_id,
            "documentAddress": source.document_address,
            "archive": source.archive_name,
            "textSha256": record.text_sha256,
            "textSource": record.source,
            "reader": record.reader,
            "readerVersion": record.reader_version,
            "typed": record.typed,
            "description": dict(facts),
            "stateWhenSaved": state.value,
        },
    }


def record_from_json(data: object) -> tuple[CitationRecord, str]:
    """The record in a citation's file, and the number that the file says it has. Raises
    ``BadCitationFile``."""
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise BadCitationFile from error


def records_from_file(content: bytes) -> tuple[tuple[CitationRecord, str], ...]:
    """All citations of a file: one, a list of them, or ``{"items": [...]}``. Raises ``BadCitationFile``."""
    if len(content) > MOST_FILE_BYTES:
        raise BadCitationFile("This file is larger than a list of citations can be.")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadCitationFile("This file is not JSON.") from error
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = data["items"]
    citations = data if isinstance(data, list) else [data]
    if not 0 < len(citations) <= MOST_CITATIONS:
        raise BadCitationFile(f"A file holds one citation at least and {MOST_CITATIONS:,} at most.")
    return tuple(record_from_json(citation) for citation in citations)


def _target(part: CitedPart, file_address: str) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [
        {"type": "FragmentSelector", "conformsTo": _PAGE_SELECTORS, "value": f"page={part.page_number}"}
    ]
    if part.exact:
        selectors += [
            {
                "type": "TextQuoteSelector",
                "exact": part.exact,
                "prefix": part.prefix,
                "suffix": part.suffix,
            },
            {"type": "TextPositionSelector", "start": part.start, "end": part.end},
        ]
    return {
        "type": "SpecificResource",
        "source": {"id": file_address, "type": "Text", "format": "application/pdf"},
        "selector": selectors,
        "readingRoom": {
            "pageNumber": part.page_number,
            "pageLabel": part.label,
            # points, from the top left corner of the page as displayed: left, top, right, bottom
            "boxes": [[box.x0, box.top, box.x1, box.bottom] for box in part.boxes],
        },
    }


def _read(data: Any) -> tuple[CitationRecord, str]:
    ours = data["readingRoom"]
    if ours["format"] != "reading-room-citation-1" or not is_citation_id(ours["citationId"]):
        raise ValueError
    parts = tuple(_part(target) for target in data["target"])
    if not 0 < len(parts) <= _MOST_PARTS or sum(len(part.boxes) for part in parts) > _MOST_BOXES:
        raise ValueError
    if any(later.page_number < earlier.page_number for earlier, later in pairwise(parts)):
        raise ValueError
    sha256 = _text(ours["sha256"])
    if len(bytes.fromhex(sha256)) != 32 or sha256 != sha256.lower():
        raise ValueError
    cited_at = datetime.fromisoformat(data["created"])
    if cited_at.tzinfo is None:
        raise ValueError
    record = CitationRecord(
        sha256=sha256,
        parts=parts,
        source=_text(ours["textSource"]),
        reader=_text(ours["reader"]),
        reader_version=_text(ours["readerVersion"]),
        text_sha256=_text(ours["textSha256"]),
        cited_at=cited_at,
        typed=_text(ours.get("typed", "")),
    )
    return record, ours["citationId"]


def _part(target: Mapping[str, Any]) -> CitedPart:
    selectors = {selector["type"]: selector for selector in target["selector"]}
    ours = target["readingRoom"]
    number = int(_text(selectors["FragmentSelector"]["value"]).removeprefix("page="))
    if number < 1 or number != ours["pageNumber"]:
        raise ValueError
    quote = selectors.get("TextQuoteSelector", {"exact": "", "prefix": "", "suffix": ""})
    position = selectors.get("TextPositionSelector", {"start": 0, "end": 0})
    start, end = int(position["start"]), int(position["end"])
    if not 0 <= start <= end:
        raise ValueError
    return CitedPart(
        page_number=number,
        label=_text(ours["pageLabel"]),
        exact=_line(quote["exact"]),
        prefix=_line(quote["prefix"]),
        suffix=_line(quote["suffix"]),
        start=start,
        end=end,
        boxes=tuple(_box(edges) for edges in ours["boxes"]),
    )


def _box(edges: Sequence[float]) -> Box:
    x0, top, x1, bottom = (float(edge) for edge in edges)
    if not all(map(isfinite, (x0, top, x1, bottom))):  # JSON as Python reads it has NaN and Infinity
        raise ValueError
    return Box(x0, top, x1, bottom)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _line(value: object) -> str:
    """A text of one line, as every part of a citation's number is."""
    text = _text(value)
    if "\n" in text or "\r" in text:
        raise ValueError
    return text
