"""Pages as people write them into an index: the address of a document, and which of its pages are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.rules.addresses import is_document_id
from archive.rules.vaughn_errors import NotPages

# An address with what follows it, or the bare number of a document.
_LINE = re.compile(
    r"(?:\S*/documents/)?(?P<id>[^\s/?#,:;]+)(?:/pages/(?P<page>\d{1,6}))?(?:[/?#]\S*)?(?P<rest>.*)"
)
_RANGES = re.compile(r"(?:pages?|pp?\.)?\s*(?P<ranges>\d[\d\s,;\u2013-]*)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<first>\d{1,6})(?:\s*[-\u2013]\s*(?P<last>\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Target:
    """Pages ``first``..``last`` of a document; ``last`` is empty when it goes to the end."""

    document_id: str
    first: int = 1
    last: int | None = None


def parse_targets(written: str) -> tuple[Target, ...]:
    """What the lines mean, in their order. Raises ``NotPages``, which names the line."""
    return tuple(
        target for line in written.splitlines() if line.strip() for target in _line_targets(line.strip())
    )


def _line_targets(line: str) -> list[Target]:
    found = _LINE.fullmatch(line)
    if found is None or not is_document_id(found["id"]):
        raise NotPages(f"“{_short(line)}” is not the address of a document.")
    rest = found["rest"].strip(" ,;:")
    if rest:
        return _ranges(found["id"], rest, line)
    if found["page"]:
        return [Target(found["id"], int(found["page"]), int(found["page"]))]
    return [Target(found["id"])]


def _ranges(document_id: str, rest: str, line: str) -> list[Target]:
    ranges = _RANGES.fullmatch(rest)
    parts = [part.strip() for part in re.split(r"[,;]", ranges["ranges"]) if part.strip()] if ranges else []
    found = [_RANGE.fullmatch(part) for part in parts]
    targets = [
        Target(document_id, int(one["first"]), int(one["last"] or one["first"])) for one in found if one
    ]
    if not targets or len(targets) < len(parts) or any((one.last or 0) < one.first for one in targets):
        raise NotPages(f"“{_short(line)}” has pages that are not understood.")
    return targets


def _short(line: str) -> str:
    return line if len(line) <= 80 else f"{line[:79]}…"
