"""What a file holds beside its pages, as it is kept with the document: plain values for people to read."""

from __future__ import annotations

from typing import Any

from ingest.file_facts import Attachment, FactsNote, Script
from ingest.page import FileOpened

_NOTES = {
    FactsNote.NOT_LOOKED_AT: "The file's attachments and scripts could not be looked at.",
    FactsNote.PARTLY: "Part of the file is damaged: there may be more attachments or scripts.",
    FactsNote.NOT_ALL_PAGES: "Not all pages were looked at for attachments and scripts.",
    FactsNote.TOO_MANY: "There are more attachments or scripts than are listed.",
}


def pdf_facts_of(opened: FileOpened) -> dict[str, Any]:
    """The value of ``Document.pdf_facts``.

    ``metadata`` names and values; ``attachments`` and ``scripts`` one line each; ``forms`` what is filled in;
    ``notes`` sentences on what could not be looked at. They stand among the scripts as well, so that
    nothing is published before a person has decided about what no program could see.
    """
    facts = opened.facts
    notes = [_NOTES[note] for note in facts.notes]
    return {
        "metadata": {**opened.metadata, **_others(opened.metadata, facts.more_metadata)},
        "attachments": [_attachment(found) for found in facts.attachments],
        "scripts": [*map(_script, facts.scripts), *notes],
        "forms": {"has_xfa": facts.has_xfa, "filled_fields": facts.filled_fields},
        "notes": notes,
    }


def _others(metadata: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    """What is said twice and differently has both values."""
    return {f"{name} (XMP)" if name in metadata else name: value for name, value in more.items()}


def _attachment(found: Attachment) -> str:
    size = f", {found.size_bytes:,} bytes" if found.size_bytes is not None else ""
    page = f", on page {found.page_number}" if found.page_number else ""
    return f"{found.name}{size}{page}"


def _script(found: Script) -> str:
    return f"{found.kind}, {found.place}: {found.text}" if found.text else f"{found.kind}, {found.place}"
