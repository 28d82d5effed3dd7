"""What can go wrong with an index of withheld records."""

from __future__ import annotations

from archive.errors import ArchiveError


class VaughnIndexNotFound(ArchiveError):
    """Absent, and somebody else's: both answer alike."""

    code = "vaughn_index_not_found"
    sentence = "There is no index of withheld records at this address."
    help = "Look through your own indexes, or check the address."
    status = 404


class VaughnIndexNotYours(ArchiveError):
    """An editor sees the index and may not change it."""

    code = "vaughn_index_not_yours"
    sentence = "Somebody else keeps this index."
    help = "Ask whoever keeps it to change it, or begin one of your own."
    status = 403


class VaughnEntryNotFound(ArchiveError):
    code = "vaughn_entry_not_found"
    sentence = "This row is not in the index any more."
    help = "Open the index again."
    status = 404


class BadVaughnIndex(ArchiveError):
    """A title that is missing, or something that is too long."""

    code = "bad_vaughn_index"
    sentence = "An index needs a title."
    help = "Write which records it lists: the request, the production, the case."
    status = 400


class NotPages(ArchiveError):
    """What was written names no document, or no pages of it."""

    code = "not_pages"
    sentence = "These are no pages of a document here."
    help = (
        "Write the address of a document, one a line, and after it the pages if not all are meant, "
        "as in /documents/2b3c4d5e6f7g 3-5, 9."
    )
    status = 400


class VaughnIndexFull(ArchiveError):
    code = "vaughn_index_full"
    sentence = "The index would have more rows than one may have."
    help = "One index has 1,000 rows at most. Begin another one for the rest."
    status = 409
