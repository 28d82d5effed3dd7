"""What crosses from a child to its parent: one JSON line an event, and every line is checked.

The child has read a hostile file, so its lines are hostile as well. Nothing is taken over that has not the
right type, range and size. Of errors only codes cross: the sentences are the parent's own.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.copying import BadRecipe, CopyTooLarge, RedactionNotClean
from ingest.errors import INGEST_ERRORS, IngestError
from ingest.limits import Limits
from ingest.ocr_engine import OcrFailed, OcrUnavailable
from ingest.page import (
    FileOpened,
    Mark,
    MarkKind,
    PageFailure,
    PageImage,
    PageReading,
    ProposedField,
    ProposedFieldName,
    Reader,
    TextSource,
)
from ingest.webp import read_webp_size
from ingest.wire_checks import (
    BadLine,
    check_fraction,
    check_items,
    check_size,
    check_text,
    check_whole,
    refuse,
)
from ingest.wire_facts import facts_to_json, parse_facts
from ingest.wire_redactions import parse_redactions, redactions_to_json
from ingest.wire_words import box_to_json, parse_box, parse_words, words_to_json

_MAX_MARKS = 2_000
_MAX_PROPOSALS = 50
_MAX_VALUE_CHARACTERS = 2_000

KNOWN_ERRORS: Mapping[str, type[IngestError]] = {
    **INGEST_ERRORS,
    OcrUnavailable.code: OcrUnavailable,
    OcrFailed.code: OcrFailed,
    BadRecipe.code: BadRecipe,
    CopyTooLarge.code: CopyTooLarge,
    RedactionNotClean.code: RedactionNotClean,
}


@dataclass(frozen=True, slots=True)
class RangeDone:
    """The child has tried every page it was given."""


@dataclass(frozen=True, slots=True)
class CopyMade:
    """The copy was written, and read back if it is a redacted one."""

    byte_count: int


@dataclass(frozen=True, slots=True)
class FileFailed:
    """The child could not open the file."""

    code: str


Sent = FileOpened | PageReading | PageFailure | PageImage | CopyMade | FileFailed | RangeDone


def format_line(event: Sent) -> bytes:
    """``event`` as one line."""
    return json.dumps(_to_json(event), separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def parse_line(line: bytes, limits: Limits) -> Sent:
    """The event in ``line``. Raises ``BadLine`` unless all of it is as it should be."""
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            refuse()
        return _parse(data, limits)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise BadLine from error


# From events to JSON -----------------------------------------------------------------------------------


def _to_json(event: Sent) -> dict[str, Any]:
    match event:
        case FileOpened():
            return {
                "is": "opened",
                "pages": event.page_count,
                "metadata": event.metadata,
                "facts": facts_to_json(event.facts),
            }
        case PageReading():
            return _page_to_json(event)
        case PageFailure():
            return {"is": "failure", "page": event.page_number, "code": event.code}
        case PageImage():
            return {"is": "image", "image": _image_to_json(event)}
        case CopyMade():
            return {"is": "copy", "bytes": event.byte_count}
        case FileFailed():
            return {"is": "failed", "code": event.code}
        case RangeDone():
            return {"is": "done"}


def _page_to_json(page: PageReading) -> dict[str, Any]:
    images = {"image": page.image, "large": page.large_image, "thumbnail": page.thumbnail}
    return {
        "is": "page",
        "page": page.page_number,
        "size": [page.width_pt, page.height_pt],
        "text": page.text,
        "hidden": page.hidden_text,
        "words": words_to_json(page.words),
        "source": page.source,
        "reader": page.reader,
        "quality": page.quality,
        "reason": page.trust_reason,
        "label": page.printed_label,
        "marks": [[mark.kind, box_to_json(mark.box), mark.text] for mark in page.marks],
        "redactions": redactions_to_json(page.redactions),
        "proposals": [
            [field.name, field.value, box_to_json(field.box) if field.box else None]
            for field in page.proposals
        ],
        **{name: _image_to_json(image) for name, image in images.items() if image},
    }


def _image_to_json(image: PageImage) -> list[Any]:
    return [image.width_px, image.height_px, base64.b64encode(image.webp).decode("ascii")]


# From JSON to events -----------------------------------------------------------------------------------


def _parse(data: dict[str, Any], limits: Limits) -> Sent:
    match data["is"]:
        case "page":
            return _parse_page(data, limits)
        case "failure":
            return page_failure(_page_number(data), _code(data))
        case "opened":
            return _parse_opened(data)
        case "image":
            return _parse_image(data["image"], limits)
        case "copy":
            return CopyMade(check_whole(data["bytes"], 1, limits.max_bytes))
        case "failed":
            return FileFailed(_code(data))
        case "done":
            return RangeDone()
        case _:
            raise BadLine


def _parse_opened(data: dict[str, Any]) -> FileOpened:
    metadata = data["metadata"]
    if not isinstance(metadata, dict) or len(metadata) > 20:
        refuse()
    return FileOpened(
        check_whole(data["pages"], 1, 10**9),
        {check_text(name, 50): check_text(value, _MAX_VALUE_CHARACTERS) for name, value in metadata.items()},
        parse_facts(data["facts"]),
    )


def _parse_page(data: dict[str, Any], limits: Limits) -> PageReading:
    text = check_text(data["text"], 2 * limits.max_characters_per_page)
    width, height = check_size(data["size"])
    return PageReading(
        page_number=_page_number(data),
        width_pt=width,
        height_pt=height,
        text=text,
        words=parse_words(data["words"], text, max(width, height), limits),
        source=TextSource(data["source"]),
        reader=Reader(data["reader"]),
        quality=check_fraction(data["quality"]),
        trust_reason=check_text(data["reason"], 50),
        printed_label=check_text(data["label"], 50),
        marks=tuple(_parse_mark(mark, limits) for mark in check_items(data["marks"], _MAX_MARKS)),
        redactions=parse_redactions(data["redactions"]),
        hidden_text=check_text(data["hidden"], 2 * limits.max_characters_per_page),
        proposals=tuple(_parse_proposal(field) for field in check_items(data["proposals"], _MAX_PROPOSALS)),
        image=_parse_image(data["image"], limits) if "image" in data else None,
        large_image=_parse_image(data["large"], limits) if "large" in data else None,
        thumbnail=_parse_image(data["thumbnail"], limits) if "thumbnail" in data else None,
    )


def page_failure(page_number: int, code: str) -> PageFailure:
    """A failure with the sentence that belongs to its code."""
    return PageFailure(page_number, code, KNOWN_ERRORS[code].sentence)


def sentence_for_file(code: str) -> str:
    """The sentence of an error that is about a whole file, though pages have it as well."""
    return KNOWN_ERRORS[code].sentence.replace("This page", "This file")


def _parse_mark(data: Any, limits: Limits) -> Mark:
    kind, box, text = data
    return Mark(MarkKind(kind), parse_box(box), check_text(text, limits.max_characters_per_page))


def _parse_proposal(data: Any) -> ProposedField:
    name, value, box = data
    return ProposedField(
        ProposedFieldName(name),
        check_text(value, _MAX_VALUE_CHARACTERS),
        None if box is None else parse_box(box),
    )


def _parse_image(data: Any, limits: Limits) -> PageImage:
    width, height, encoded = data
    for side in (width, height):
        check_whole(side, 1, limits.max_image_side_px)
    try:
        webp = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        refuse()
    if read_webp_size(webp) != (width, height):
        refuse()
    return PageImage(width, height, webp)


def _page_number(data: dict[str, Any]) -> int:
    return check_whole(data["page"], 1, 10**9)


def _code(data: dict[str, Any]) -> str:
    code = data["code"]
    if not isinstance(code, str) or code not in KNOWN_ERRORS:
        refuse()
    return code
