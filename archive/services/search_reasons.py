"""Why a page was found, in words: which parts of the query it has, how often, and where."""

from __future__ import annotations

from archive.ports import IndexedDocument
from archive.rules.query import Node
from archive.rules.query_words import describe
from archive.search.hits import PAGE, explain

_LONGEST = 40  # characters
_FIELD_WORDS = {
    "title": "in the title",
    "subject": "in the subject line",
    "from": "in the sender's name",
    "to": "in the recipient's name",
    "agency": "in the agency's name",
    "place": "in the place's name",
    "file": "in the file's name",
}


def reasons(tree: Node, text: str, document: IndexedDocument) -> tuple[str, ...]:
    """One line for each part that matches: 'detainer 3 times, in the title'."""
    said: dict[str, list[str]] = {}
    for match in explain(tree, text, document):
        where = _times(match.count) if match.where == PAGE else _FIELD_WORDS[match.where]
        said.setdefault(_short(describe(match.leaf)), []).append(where)
    return tuple(f"{part} {', '.join(places)}" for part, places in said.items())


def _short(said: str) -> str:
    """The first of very many ways to say one thing."""
    if len(said) <= _LONGEST or not said.startswith("("):
        return said
    return f"{said[1:].split(' or ')[0]} or another name of it"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
