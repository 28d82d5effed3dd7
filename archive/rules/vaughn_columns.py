"""The columns of an index of withheld records (Vaughn v. Rosen, 484 F.2d 820 (D.C. Cir. 1973))."""

from __future__ import annotations

# By the name under which a person's own words are kept; the number before and the note after stand apart.
VAUGHN_COLUMNS: dict[str, str] = {
    "bates": "Bates numbers",
    "date": "Date",
    "sender": "From",
    "recipient": "To",
    "record": "Kind and title",
    "pages": "Pages",
    "exemptions": "Exemptions claimed",
    "share": "Share withheld",
    "elsewhere": "Released elsewhere",
}
NUMBER_HEADING, NOTE_HEADING = "No.", "Note"
NOT_SHOWN = "This record is not here any more, or not for you to see."


def headings() -> tuple[str, ...]:
    """All headings, from left to right."""
    return (NUMBER_HEADING, *VAUGHN_COLUMNS.values(), NOTE_HEADING)
