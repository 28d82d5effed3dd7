"""Exemptions in words, and as lawyers write them. The law itself is data of ``ingest``."""

from __future__ import annotations

import re

from ingest.exemption_codes import read_codes
from ingest.exemption_law import exemption_of, exemptions, state_laws, wider_codes

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

_TYPED = re.compile(r"(?:exemption)?(?:b?([1-9]|7[a-f])|([jk][1-7]))")


def format_exemption(code: str) -> str:
    """The one spelling as lawyers write it: ``b7e`` is ``(b)(7)(E)``, ``ny:87.2.b`` is
    ``N.Y. Pub. Off. Law § 87(2)(b)``. Anything else stays as it is."""
    if code in _OUTER:
        return _OUTER[code][0]
    found = exemption_of(code)
    return found.printed if found else code


def parse_exemption(written: str) -> str | None:
    """What somebody typed, as a code in the one spelling; None when it is none, or several.

    Any spelling will do, also what several codes are within: ``1.4``, ``ny:87.2``, ``ny``.
    """
    plain = written.strip().lower()
    if plain in EXEMPTION_WORDS or exemption_of(plain) is not None:
        return plain
    found = _TYPED.fullmatch(re.sub(r"[^a-z0-9]", "", plain))
    code = (found[2] or f"b{found[1]}") if found else None
    if code in EXEMPTION_WORDS:
        return code
    codes = parse_exemptions(written)
    return codes[0] if len(codes) == 1 else None


def parse_exemptions(written: str) -> tuple[str, ...]:
    """All codes that somebody typed, each once; none when something else stands among them."""
    spans = read_codes(written)
    between = "".join(" " if any(s.start <= at < s.end for s in spans) else c for at, c in enumerate(written))
    if re.sub(r"\b(?:and|or)\b|\W", "", between, flags=re.IGNORECASE):
        return ()
    return tuple(dict.fromkeys(code for span in spans for code in span.codes))


def wider_exemptions(code: str) -> tuple[str, ...]:
    """What a code is within, from near to far: ``b7`` for ``b7e``; ``ny:87.2``, ``ny:87`` and ``ny`` for
    ``ny:87.2.b``."""
    return wider_codes(code)
