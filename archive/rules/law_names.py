"""Which law somebody means: 'California', 'CA', 'us-ca', 'federal'."""

from __future__ import annotations

from archive.rules.law_values import Law
from archive.rules.laws import all_laws

_FEDERAL = frozenset({"federal", "united states", "united states of america", "u.s.", "usa", "us"})


def laws_named(name: str) -> list[Law]:
    """The laws of this name, place, abbreviation of a state, or number; several where it is not clear."""
    wanted = " ".join(name.split()).casefold()
    return [law for law in all_laws() if wanted in _names_of(law)]


def _names_of(law: Law) -> frozenset[str]:
    said = (law.id, law.id.removeprefix("us-"), law.name, law.place, law.short, law.cite)
    names = frozenset(text.casefold() for text in said)
    return names | _FEDERAL if law.id == "us" else names
