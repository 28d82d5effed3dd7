"""The meaning of a query for one page, by reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property

from archive.ports import IndexedDocument, IndexedPage
from archive.rules.bates import split_bates
from archive.rules.exemptions import wider_exemptions
from archive.rules.query import (
    CONDITIONS,
    All,
    And,
    AtLeast,
    BatesRange,
    Between,
    Condition,
    Filters,
    HasCode,
    HasValue,
    InField,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Same,
    Term,
    positive_leaves,
)
from tests.contracts.reference_text import Text

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Leaflet:
    """A page with its document and what is said about it."""

    document: IndexedDocument
    page: IndexedPage
    text: Text
    description: Text

    @cached_property
    def is_first(self) -> bool:
        """Whether the description counts as its own."""
        return self.page.page_number == min(page.page_number for page in self.document.pages)

    def own(self, leaf: Leaf) -> bool:
        """Does the page itself have it?"""
        return bool(self.text.starts(leaf)) or (self.is_first and bool(self.description.starts(leaf)))

    def has(self, part: Leaf | Condition) -> bool:
        """Does the page or its description have it? Is it true?"""
        if isinstance(part, CONDITIONS):
            return self.meets(part)
        return bool(self.text.starts(part) or self.description.starts(part))

    def matches(self, tree: Node) -> bool:
        """The meaning of a tree: it holds, and a word is the page's own, unless it also holds with all words
        being the page's own."""
        leaves = list(positive_leaves(tree))
        if not leaves:
            return self.holds(tree)
        return self.holds(tree, strictly=True) or (self.holds(tree) and any(map(self.own, leaves)))

    def holds(self, node: Node, *, strictly: bool = False, text_only: bool = False) -> bool:
        """Is it true of the page? ``strictly``: nothing is lent by the description."""
        match node:
            case And(parts):
                return all(self.holds(part, strictly=strictly, text_only=text_only) for part in parts)
            case Or(parts):
                return any(self.holds(part, strictly=strictly, text_only=text_only) for part in parts)
            case AtLeast(count, parts):
                held = (self.holds(part, strictly=strictly, text_only=text_only) for part in parts)
                return sum(held) >= count
            case Not(part):
                return not self.holds(part, text_only=True)
            case All() | Nothing():
                return isinstance(node, All)
            case InField() | HasValue() | Between() | BatesRange() | HasCode():
                return self.meets(node)
            case _ if text_only:
                return bool(self.text.starts(node))
            case _:
                return self.own(node) if strictly or in_quotes(node) else self.has(node)

    def meets(self, condition: Condition) -> bool:
        """Is the condition true?"""
        document, page = self.document, self.page
        match condition:
            case InField(field, leaf):
                return bool(self.description.starts(leaf, field))
            case HasValue(field, wanted):
                values = {"source": page.source, "lang": page.language}
                value = values[field] if field in values else getattr(document, field)
                return bool(value) and fnmatchcase(value, wanted.replace("[", "[[]").replace("?", "[?]"))
            case Between(field, low, high):
                numbers = {"pages": document.page_count, "redacted": page.redacted_percent}
                number = numbers[field] if field in numbers else day_of(document)
                return (
                    number is not None and (low is None or low <= number) and (high is None or number <= high)
                )
            case BatesRange(prefix, first, last):
                stamped = split_bates(page.bates)
                return stamped is not None and prefix in ("*", stamped[0]) and first <= stamped[1] <= last
            case HasCode(code):
                return any(code in (claimed, *wider_exemptions(claimed)) for claimed in page.codes)


def in_quotes(leaf: Leaf) -> bool:
    """Must it be the page's own? It stood in quotation marks or near something."""
    match leaf:
        case Same(parts):
            return all(map(in_quotes, parts))
        case Term() | Phrase():
            return leaf.exact
        case _:
            return isinstance(leaf, Near)


def day_of(document: IndexedDocument) -> int | None:
    """Days since 1970-01-01."""
    return (document.dated_on - _EPOCH).days if document.dated_on else None


def passes(leaflet: Leaflet, filters: Filters) -> bool:
    document, day = leaflet.document, leaflet.document.dated_on
    chosen = dict(filters.by_facet())
    codes = chosen.pop("exemption", ())
    return (
        all(getattr(document, name) in values for name, values in chosen.items())
        and (not codes or any(leaflet.meets(HasCode(code)) for code in codes))
        and (filters.after is None or (day is not None and day >= filters.after))
        and (filters.before is None or (day is not None and day <= filters.before))
        and document.document_id not in filters.without
    )


def facet_values(name: str, leaflet: Leaflet) -> set[str]:
    """An exemption also counts as the wider one: ``b7e`` as ``b7``."""
    day = leaflet.document.dated_on
    if name == "exemption":
        return {value for code in leaflet.page.codes for value in (code, *wider_exemptions(code))}
    value = (str(day.year) if day else "") if name == "year" else getattr(leaflet.document, name)
    return {value} - {""}
