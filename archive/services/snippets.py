"""The few words of a page that show why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from archive.search.hits import Span, spans_within

WIDTH = 240
_ELLIPSIS = "…"


def make_snippet(text: str, spans: Sequence[Span]) -> Markup:
    """About ``WIDTH`` characters of ``text`` where most different parts of the query match.

    Escaped text, with ``<mark>`` around the matches and nothing else. Whole words; '…' where it goes on.
    When no single stretch holds every part of the query, two shorter ones are shown.
    """
    matches = tuple(spans)
    if not matches:
        return _fragment(text, 0, _word_end(text, min(WIDTH, len(text))), ())
    wanted = {span.leaf for span in matches}
    first, covered = _best_stretch(text, matches, WIDTH, set())
    if covered == wanted:
        return _fragment(text, *first, matches)
    first, covered = _best_stretch(text, matches, WIDTH // 2, set())
    second, _ = _best_stretch(text, matches, WIDTH // 2, covered)
    stretches = sorted({first, second})
    if len(stretches) == 2 and stretches[1][0] <= stretches[0][1]:
        stretches = [(stretches[0][0], stretches[1][1])]
    shown = [_fragment(text, *stretch, matches) for stretch in stretches]
    return Markup(" ").join(shown)


def _best_stretch(
    text: str, spans: tuple[Span, ...], width: int, known: set[int]
) -> tuple[tuple[int, int], set[int]]:
    """The stretch with most parts of the query that are not ``known`` yet, then most matches."""
    best: tuple[int, int] = (-1, -1)
    chosen: tuple[Span, ...] = ()
    for span in spans:
        within = spans_within(spans, span.start, max(span.start + width, span.end))
        score = (len({one.leaf for one in within} - known), len(within))
        if score > best:
            best, chosen = score, within
    start, end = chosen[0].start, max(span.end for span in chosen)
    spare = max(0, width - (end - start))
    start = _word_start(text, max(0, start - spare // 2))
    end = _word_end(text, min(len(text), max(end, start + width)))
    return (start, end), {span.leaf for span in chosen}


def _word_start(text: str, at: int) -> int:
    """The nearest start of a word at or after ``at``, unless that is far."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = re.compile(r"\s+").search(text, at, at + 30)
    return space.end() if space else at


def _word_end(text: str, at: int) -> int:
    """The nearest end of a word at or after ``at``, unless that is far."""
    space = re.compile(r"\s").search(text, at, at + 30)
    return space.start() if space else min(at + 30, len(text))


def _fragment(text: str, start: int, end: int, spans: tuple[Span, ...]) -> Markup:
    parts: list[Markup] = [escape(_ELLIPSIS + " ")] if text[:start].strip() else []
    at = start
    for span in spans_within(spans, start, end):
        if span.start < at:
            continue
        parts += [_plain(text[at : span.start]), Markup("<mark>"), _plain(text[span.start : span.end])]
        parts.append(Markup("</mark>"))
        at = span.end
    parts.append(_plain(text[at:end]))
    if text[end:].strip():
        parts.append(escape(" " + _ELLIPSIS))
    return Markup("").join(parts).strip()


def _plain(text: str) -> Markup:
    return escape(re.sub(r"\s+", " ", text))
