"""What can go wrong when a person corrects what was found to be withheld."""

from __future__ import annotations

from archive.errors import ArchiveError


class RedactionNotFound(ArchiveError):
    """There is no such redaction on a document that the visitor may see."""

    code = "redaction_not_found"
    sentence = "This mark is not there any more."
    help = "The page was read again meanwhile, or somebody else decided first. Look at the page as it is now."
    status = 404


class UnknownCodes(ArchiveError):
    """What was typed as exemptions is none."""

    code = "unknown_codes"
    sentence = "That is no exemption."
    help = "Write codes as they stand on the page, with commas between: (b)(6), (b)(7)(C)."
    status = 400
