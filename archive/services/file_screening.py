"""Looks through what a file says beside its pages, and through what people wrote about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.models import Document
from archive.rules.privacy import find_private
from archive.rules.statuses import FindingKind
from archive.services.screening_notes import Note, shortened

# Everybody sees these once a document is shown. Notes never are.
FIELDS = {
    "title": "title",
    "sender": "sender",
    "recipient": "recipient",
    "subject": "subject",
    "source_file": "file name",
}
_FIELD_PLACES = frozenset(FIELDS)
_PEOPLE_FIELDS = re.compile(
    r"(?i)author|^dc:creator$|modified ?by|manager|owner|sender|from|artist|contributor|editor"
)
_MADE_BY_PROGRAMS = re.compile(
    r"(?i)^$|^\(?(?:anonymous|unspecified|unknown|untitled|user|owner|admin(?:istrator)?|none|n/a)\)?$"
    r"|microsoft|adobe|acrobat|distiller|ghostscript|reportlab|writer|libreoffice|openoffice|latex|tex\b|word\b"
    r"|scan"
    r"|canon|xerox|ricoh|konica|kofax|hewlett|hp |epson|fujitsu|quartz|pdf|print|chrome|skia|itext|abbyy"
    r"|omnipage|indesign|pscript|crystal|excel|powerpoint|outlook|paperport|image|version|\d\.\d"
)
_OFFICES = re.compile(
    r"(?i)department|office|bureau|agency|administration|commission|committee|court|county|city|state|u\.?s\.?\b"
    r"|immigration|customs|enforcement|homeland|federal|justice|police|sheriff|board|division|service|center"
    r"|university|reading room|archive|records|samples|group|team|project|press|network|foundation|library"
    r"|archives|coalition|institute|dhs|uscis|\bice\b|\bcbp\b|\bfbi\b|\boig\b|\bgpo\b"
)
_USER_FOLDER = re.compile(r"(?i)(?:users|home|documents and settings)[\\/][^\\/]{2,40}[\\/]")
_METADATA_REASON = "The file itself says who made or changed it; this is sent along with every copy."
_ATTACHMENT_REASON = (
    "Files are inside this PDF. Nobody sees them on its pages, and everybody gets them with it."
)
_SCRIPT_REASON = "This PDF does something by itself when it is opened or clicked."


def screen_fields_of(document: Document) -> Iterator[Note]:
    """What may be private in the fields that everybody will see. Names of officials alone are not."""
    for field, words in FIELDS.items():
        value = getattr(document, field) or ""
        for span in find_private(value):
            reason = f"It stands in the {words} of the document. {span.reason}"
            yield Note(span.kind, field, shortened(value[span.start : span.end]), span.score, reason)


def is_of_a_field(kind: FindingKind, page_number: int | None) -> bool:
    """Whether a finding is of a field: it goes when somebody writes the field anew."""
    of_the_file = (FindingKind.PDF_METADATA, FindingKind.PDF_ATTACHMENT, FindingKind.PDF_SCRIPT)
    return page_number is None and kind not in of_the_file


def screen_file(facts: Mapping[str, Any] | None) -> Iterator[Note]:
    """What may be private in the file beside its pages: one note for each kind, listing all."""
    if not facts:
        return
    told = _telling_metadata(facts.get("metadata") or {}, facts.get("xmp") or {})
    if told:
        text = shortened("; ".join(f"{name}: {value}" for name, value in told))
        yield Note(FindingKind.PDF_METADATA, "metadata", text, 0.7, _METADATA_REASON)
    for key, kind, reason in (
        ("attachments", FindingKind.PDF_ATTACHMENT, _ATTACHMENT_REASON),
        ("scripts", FindingKind.PDF_SCRIPT, _SCRIPT_REASON),
    ):
        listed = [_in_words(item) for item in facts.get(key) or ()]
        if listed:
            yield Note(kind, key, shortened("; ".join(listed)), 0.9, reason)


def _telling_metadata(*sources: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The values that may name a person, in the order of the file."""
    told: dict[str, str] = {}
    for source in sources:
        for name, raw in source.items():
            value = " ".join(str(raw).split())
            if value and _tells_of_a_person(str(name), value):
                told.setdefault(str(name), value)
    return list(told.items())


def _tells_of_a_person(name: str, value: str) -> bool:
    if find_private(value) or _USER_FOLDER.search(value):
        return True
    if not _PEOPLE_FIELDS.search(name):
        return False
    return not (_MADE_BY_PROGRAMS.search(value) or _OFFICES.search(value))


def _in_words(item: object) -> str:
    """An attachment or a script as a reader of the list needs it."""
    if not isinstance(item, Mapping):
        return str(item)
    parts = [str(item[key]) for key in ("kind", "name", "place", "text") if item.get(key)]
    if item.get("page_number"):
        parts.append(f"page {item['page_number']}")
    return ", ".join(parts)
