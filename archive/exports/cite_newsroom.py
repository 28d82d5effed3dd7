"""A sentence for a news story, with the link on the words: attribution as newsrooms write it.

Months are abbreviated as in The Associated Press style (March to July are not). It claims only what the
archive knows: nothing was 'released in answer to a request' unless somebody has recorded the request.
"""

from __future__ import annotations

import re
from html import escape

from archive.exports.cite_words import (
    better_copy,
    freed_by,
    kind_words,
    news_date,
    page_words,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource

_ENDING = re.compile(r"[\s.,;:]*([\u2019]?)$")  # what the comma of the sentence takes the place of
_MOST_NAMES = 2
_STAND_IN = "\ue000"  # for words that become a link


def newsroom_text(source: CitedSource) -> str:
    """The sentence, then the address."""
    return f"{_sentence(source, source.words)} {source.address}{_better(source)}"


def newsroom_html(source: CitedSource) -> str:
    """The sentence with the link on the quoted words, or on the kind of record when none are quoted."""
    if not web_address(source.address):
        return escape(newsroom_text(source))
    if not source.words:
        linked = f'<a href="{escape(source.address)}">{escape(page_words(source))}</a>'
        return escape(_sentence(source, "")).replace(escape(page_words(source)), linked, 1)
    sentence = escape(_sentence(source, _STAND_IN))
    words = escape(_quotable(source.words))
    return sentence.replace(_STAND_IN, f'<a href="{escape(source.address)}">{words}</a>') + escape(
        _better(source)
    )


def _sentence(source: CitedSource, words: str) -> str:
    about = ", ".join(_about(source))
    if not words:
        return f"According to {page_words(source)} of {about}."
    return f"\u201c{_quotable(words)}\u201d according to {about}, {page_words(source)}."


def _quotable(words: str) -> str:
    """The words with the comma that ends them in the sentence; a question mark stays. Quotation marks within
    are single ones."""
    if words == _STAND_IN:
        return words
    inside = words.replace("\u201c", "\u2018").replace("\u201d", "\u2019").replace('"', "\u2019").strip()
    if inside.endswith(("?", "!", "?\u2019", "!\u2019")):
        return inside
    return _ENDING.sub(r",\1", inside, count=1)


def _about(source: CitedSource) -> list[str]:
    kind = kind_words(source)
    if source.dated_on:
        said = [f"{'an' if kind[0] in 'aeio' else 'a'} {kind} dated {news_date(source.dated_on)}"]
    else:
        said = [f"an undated {kind}"]
    if writers := _writers(source):
        said.append(writers)
    if source.vote:
        said.append(f"adopted {source.vote}")
    if source.is_withheld:
        said.append("on a page that was withheld in full")
    if source.tracking_number:
        said.append(f"released in answer to {freed_by(source)}")
    return said


def _writers(source: CitedSource) -> str:
    names = senders(source)
    if not names:
        return f"by {source.agency}" if source.agency else ""
    writers = " and ".join(names) if len(names) <= _MOST_NAMES else f"{names[0]} and others"
    of_agency = source.agency and not any(source.agency in name for name in names)
    return f"from {writers} of {source.agency}" if of_agency else f"from {writers}"


def _better(source: CitedSource) -> str:
    return f" ({better_copy(source)})" if better_copy(source) else ""
