"""A sentence for a news story, with the link on the words: attribution as newsrooms write it.

Months are abbreviated as in The Associated Press style (March to July are not). It claims only what the
archive knows: nothing was 'released in answer to a request' unless somebody has recorded the request.
"""

from __future__ import annotations

import re
from html import escape

from archive.exports.cite_words import (
    RANGE,
    better_copy,
    freed_by,
    inner_quotes,
    kept_by,
    kind_words,
    language_words,
    news_date,
    place_words,
    senders,
    web_address,
)
from archive.rules.cited_source import CitedSource

_ENDING = re.compile(r"[\s.,;:]*([\u2019]?)$")  # what the comma of the sentence takes the place of
_TAKES_ARTICLE = re.compile(
    r"^(?!the\b).*\b(?:Administration|Agency|Authority|Board|Bureau|Clinic|Coalition|Commission|Committee"
    r"|Council|Department|Directorate|Division|Office|Police)\b",
    re.IGNORECASE,
)
_MOST_NAMES = 2
_STAND_IN = "\ue000"  # for words that become a link


def newsroom_text(source: CitedSource) -> str:
    """The sentence, then the address."""
    return f"{_sentence(source, source.words)} {source.address}{_better(source)}"


def newsroom_html(source: CitedSource) -> str:
    """The sentence with the link on the quoted words, or on the kind of record when none are quoted."""
    if not web_address(source.address):
        return escape(newsroom_text(source))
    words = _quotable(source.words) if source.words else _page(source)
    sentence = _sentence(source, _STAND_IN) if source.words else _sentence(source, "", page=_STAND_IN)
    link = f'<a href="{escape(source.address)}">{escape(words)}</a>'
    return escape(sentence + _better(source)).replace(_STAND_IN, link)


def _sentence(source: CitedSource, words: str, *, page: str = "") -> str:
    """``page`` stands in for the page, where it becomes a link."""
    about, page = _about(source), page or _page(source)
    if words:
        return f"\u201c{_quotable(words)}\u201d according to {page} of {about}."
    if not source.is_withheld:
        return f"According to {page} of {about}."
    verb = "were" if RANGE in page else "was"
    return f"{page} of {about}{',' if ', ' in about else ''} {verb} withheld in full."


def _page(source: CitedSource) -> str:
    """As it stands in the sentence; a page that was withheld begins one."""
    page = place_words(source)
    return page.capitalize() if source.is_withheld and not source.words else page


def _quotable(words: str) -> str:
    """The words with the comma that ends them in the sentence; a question mark stays. Quotation marks within
    are single ones."""
    if words == _STAND_IN:
        return words
    inside = inner_quotes(words).strip()
    if inside.endswith(("?", "!", "?\u2019", "!\u2019")):
        return inside
    return _ENDING.sub(r",\1", inside, count=1)


def _about(source: CitedSource) -> str:
    kind = kind_words(source).replace("e-mail", "email")
    if source.language:
        kind += f" in {language_words(source)}"
    if source.dated_on:
        said = f"{'an' if kind[0] in 'aeio' else 'a'} {kind} dated {news_date(source.dated_on)}"
    else:
        said = f"an undated {kind}"
    if source.vote:
        said += f"{',' if source.dated_on else ''} adopted {source.vote}"
    if writers := _writers(source):
        said += f"{',' if source.dated_on or source.vote else ''} {writers}"
    # A production has a name that only this archive gave it: no matter for a newspaper.
    return f"{said}, {freed_by(source)}" if source.tracking_number else said


def _writers(source: CitedSource) -> str:
    names = senders(source)
    if not names:
        return f"from the records of {_with_article(source.agency)}" if source.agency else ""
    if names == (source.agency,):
        return f"by {_with_article(source.agency)}"
    writers = " and ".join(names) if len(names) <= _MOST_NAMES else f"{names[0]} and others"
    kept = f", in the records of {_with_article(kept_by(source))}" if kept_by(source) else ""
    return f"from {writers}{kept}"


def _with_article(agency: str) -> str:
    """As a sentence needs it: ``the Department of State``, but ``Congress``."""
    return f"the {agency}" if _TAKES_ARTICLE.search(agency) else agency


def _better(source: CitedSource) -> str:
    return f" ({better_copy(source)})" if better_copy(source) else ""
