"""What is said about a document, as one text: it is searched as part of the document's first page."""

from __future__ import annotations

from pathlib import PurePath

from archive.ports import IndexedDocument


def description_of(document: IndexedDocument) -> str:
    """Title, subject, sender, recipient, agency, place and the words of the file name; each once."""
    said = (
        document.title,
        document.subject,
        document.sender,
        document.recipient,
        *document.agency_names,
        document.place_name,
        PurePath(document.source_file).stem.replace("_", " "),
    )
    return " · ".join(dict.fromkeys(text for text in said if text))
