"""What is said about a document: searched as part of its first page, and by field.

In an index the words of each field begin at a position of their own, so that nothing runs over from one
field into the next, and a search in one field is a search in a range of positions.
"""

from __future__ import annotations

from pathlib import PurePath

from archive.ports import IndexedDocument
from archive.rules.query import DESCRIBED_FIELDS
from archive.search.analysis import analyse

PART_BITS = 14  # words that one field may have; the rest of a longer one is not searched
_WORDS_BETWEEN = 1  # two names of one agency are not one phrase


def described_parts(document: IndexedDocument) -> dict[str, tuple[str, ...]]:
    """The texts of each field, in the order of ``DESCRIBED_FIELDS``."""
    texts = (
        (document.title,),
        (document.subject,),
        (document.sender,),
        (document.recipient,),
        document.agency_names,
        (document.place_name,),
        (PurePath(document.source_file).stem.replace("_", " "),),
    )
    return {
        name: tuple(text for text in said if text) for name, said in zip(DESCRIBED_FIELDS, texts, strict=True)
    }


def description_of(document: IndexedDocument) -> str:
    """All of it as one text, each once, to be shown."""
    said = (text for texts in described_parts(document).values() for text in texts)
    return " · ".join(dict.fromkeys(said))


def description_positions(document: IndexedDocument) -> dict[str, list[int]]:
    """The positions of each form: ``position >> PART_BITS`` is the field's number in ``DESCRIBED_FIELDS``."""
    positions: dict[str, list[int]] = {}
    for number, texts in enumerate(described_parts(document).values()):
        for form, places in part_positions(texts).items():
            first = number << PART_BITS
            positions.setdefault(form, []).extend(first + at for at in places)
    return positions


def part_positions(texts: tuple[str, ...]) -> dict[str, list[int]]:
    """The positions of each form in one field."""
    positions: dict[str, list[int]] = {}
    first = 0
    for text in texts:
        found = analyse(text)
        for form, places in found.positions.items():
            kept = (first + at for at in places if first + at < 1 << PART_BITS)
            positions.setdefault(form, []).extend(kept)
        first += found.length + _WORDS_BETWEEN
    return {form: places for form, places in positions.items() if places}
