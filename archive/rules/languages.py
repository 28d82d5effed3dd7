"""The languages of records: their codes (BCP 47, as ISO 639 has the first part) and their English names."""

from __future__ import annotations

import re

# What records in the United States are written in beside English; others go by their codes.
LANGUAGE_NAMES: dict[str, str] = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "hmn": "Hmong",
    "ht": "Haitian Creole", "it": "Italian", "ja": "Japanese", "km": "Khmer", "ko": "Korean",
    "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "so": "Somali", "tl": "Tagalog",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
# Language, script, region, variants (RFC 5646, 2.1), without what nobody needs to describe a record.
_TAG = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3})){0,2})"
)


def language_name(tag: str) -> str:
    """The English name of a language; the code itself when we have none."""
    return LANGUAGE_NAMES.get(tag.partition("-")[0].lower(), tag)


def find_language(text: str) -> str | None:
    """``es`` for ``ES`` and for ``Spanish``, ``zh-Hant-TW`` for ``zh-hant-tw``; None for what is neither
    a code nor a name that is known. English is no language to name: empty."""
    said = text.strip().casefold()
    named = next((code for code, name in LANGUAGE_NAMES.items() if name.casefold() == said), said)
    found = _TAG.fullmatch(named)
    if named in ("english", "en") or named.startswith("en-"):
        return ""
    if found is None:
        return None
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    return found[1] + script + region + found[4]
