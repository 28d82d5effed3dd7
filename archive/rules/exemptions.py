"""Exemptions in words, and as lawyers write them. The law itself is data of ``ingest``."""

from __future__ import annotations

from ingest.exemption_law import exemption_of, exemptions, state_laws

# What several codes are within, which no label says: as it is written, and its words.
_OUTER = {
    "1.4": ("E.O. 13526, sec. 1.4", "classified"),
    "3.3": ("E.O. 13526, sec. 3.3", "classified after 25 years"),
    "3.5": ("E.O. 13526, sec. 3.5", "mandatory review of what is classified"),
    **{law.id: (law.place, law.law) for law in state_laws().values()},
}

# In few words, by code.
EXEMPTION_WORDS: dict[str, str] = {
    **{code: exemption.words for code, exemption in exemptions().items()},
    **{code: words for code, (_, words) in _OUTER.items()},
}


def format_exemption(code: str) -> str:
    """The one spelling as lawyers write it: ``b7e`` is ``(b)(7)(E)``, ``ny:87.2.b`` is
    ``N.Y. Pub. Off. Law § 87(2)(b)``. Anything else stays as it is."""
    if code in _OUTER:
        return _OUTER[code][0]
    found = exemption_of(code)
    return found.printed if found else code
