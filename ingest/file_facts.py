"""What a file holds beside its pages: attachments, scripts, forms, and who made it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MAX_ATTACHMENTS = 200
MAX_SCRIPTS = 200
MAX_NAME_CHARACTERS = 200
MAX_SCRIPT_CHARACTERS = 200
MAX_VALUES = 40
MAX_VALUE_CHARACTERS = 500


class ActionKind(StrEnum):
    """What a file would do by itself, or when somebody clicks. Links to web pages are left out."""

    JAVASCRIPT = "JavaScript"
    LAUNCH = "Launch"  # starts a program
    SUBMIT_FORM = "SubmitForm"
    IMPORT_DATA = "ImportData"
    GO_TO_FILE = "GoToR"  # opens another file
    OPEN_ADDRESS = "URI"  # only when it opens without a click


class FactsNote(StrEnum):
    """What could not be looked at."""

    NOT_LOOKED_AT = "not_looked_at"  # nothing: the file's structure is too broken, or too slow
    PARTLY = "partly_looked_at"  # some part of the structure is broken
    NOT_ALL_PAGES = "not_all_pages"  # the document itself, and its first pages
    TOO_MANY = "too_many"  # more attachments or scripts than are kept


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file. ``page_number`` is where it is pinned to a page, 0 when it is not."""

    name: str
    size_bytes: int | None = None
    page_number: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """One action: what it is, where it hangs ('when the file is opened', 'page 3'), and how it begins."""

    kind: ActionKind
    place: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All of it. ``more_metadata`` has what the file says of people and
    programs beyond its common description: its own entries, and a second description (XMP) that differs.

    ``filled_fields`` counts form fields with a value. Everything here is as untrusted as the file.
    """

    attachments: tuple[Attachment, ...] = ()
    scripts: tuple[Script, ...] = ()
    more_metadata: dict[str, str] = field(default_factory=dict)
    has_xfa: bool = False
    filled_fields: int = 0
    notes: tuple[FactsNote, ...] = ()
