"""What can go wrong with a citation."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import ArchiveError


class CitationNotFound(ArchiveError):
    """Absent, and of a document that the visitor may not see: both answer alike."""

    code = "citation_not_found"
    sentence = "There is no citation at this address."
    help = "Check the address: 16 letters and digits after /cite/."
    status = 404


class QuoteTooLong(ArchiveError):
    code = "quote_too_long"
    sentence = "This quotation is too long."
    help = "Cite 5,000 characters at most; longer passages are cited by their page."
    status = 400


class QuoteNotFound(ArchiveError):
    """``on_pages`` are other pages of the document where the words stand; ``nearest`` is what on this page
    comes closest, empty when nothing does."""

    code = "quote_not_found"
    sentence = "These words are not on this page."
    help = "Compare them with the page, or select them there."
    status = 404

    def __init__(self, *, on_pages: Sequence[int] = (), nearest: str = "") -> None:
        self.on_pages, self.nearest = tuple(on_pages), nearest
        numbers = ", ".join(map(str, on_pages))
        super().__init__(help=f"They stand on page {numbers} of this document." if numbers else None)


class QuoteAmbiguous(ArchiveError):
    """``places``: how often the words stand on the page."""

    code = "quote_ambiguous"
    sentence = "These words stand more than once on this page."
    help = "Choose which of them you cite."
    status = 409

    def __init__(self, places: int) -> None:
        self.places = places
        super().__init__(f"These words stand {places} times on this page.")
