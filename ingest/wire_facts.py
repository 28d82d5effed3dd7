"""A file's facts on their way from a child to its parent, checked like everything from there."""

from __future__ import annotations

from typing import Any

from ingest.file_facts import (
    MAX_ATTACHMENTS,
    MAX_NAME_CHARACTERS,
    MAX_SCRIPT_CHARACTERS,
    MAX_SCRIPTS,
    MAX_VALUE_CHARACTERS,
    MAX_VALUES,
    ActionKind,
    Attachment,
    FactsNote,
    FileFacts,
    Script,
)
from ingest.wire_checks import check_items, check_text, check_whole, refuse

_MAX_PLACE_CHARACTERS = 100
_MAX_SIZE = 1 << 53
_MAX_PAGE_NUMBER = 10**9


def facts_to_json(facts: FileFacts) -> dict[str, Any]:
    """The facts as plain lists."""
    return {
        "attachments": [[found.name, found.size_bytes, found.page_number] for found in facts.attachments],
        "scripts": [[found.kind, found.place, found.text] for found in facts.scripts],
        "metadata": facts.more_metadata,
        "xfa": facts.has_xfa,
        "fields": facts.filled_fields,
        "notes": list(facts.notes),
    }


def parse_facts(data: Any) -> FileFacts:
    """The facts, when all are as they should be. Raises ``BadLine`` and what a wrong shape raises."""
    metadata = data["metadata"]
    if not isinstance(metadata, dict) or len(metadata) > MAX_VALUES or type(data["xfa"]) is not bool:
        refuse()
    return FileFacts(
        attachments=tuple(_attachment(row) for row in check_items(data["attachments"], MAX_ATTACHMENTS)),
        scripts=tuple(_script(row) for row in check_items(data["scripts"], MAX_SCRIPTS)),
        more_metadata={
            check_text(name, MAX_NAME_CHARACTERS): check_text(value, MAX_VALUE_CHARACTERS)
            for name, value in metadata.items()
        },
        has_xfa=data["xfa"],
        filled_fields=check_whole(data["fields"], 0, _MAX_SIZE),
        notes=tuple(FactsNote(note) for note in check_items(data["notes"], len(FactsNote))),
    )


def _attachment(row: Any) -> Attachment:
    name, size, page_number = row
    return Attachment(
        check_text(name, MAX_NAME_CHARACTERS),
        None if size is None else check_whole(size, 0, _MAX_SIZE),
        check_whole(page_number, 0, _MAX_PAGE_NUMBER),
    )


def _script(row: Any) -> Script:
    kind, place, text = row
    return Script(
        ActionKind(kind), check_text(place, _MAX_PLACE_CHARACTERS), check_text(text, MAX_SCRIPT_CHARACTERS)
    )
