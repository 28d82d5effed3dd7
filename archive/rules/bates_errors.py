"""What can go wrong with a Bates number that somebody looks for."""

from __future__ import annotations

from archive.errors import ArchiveError


class BadBatesNumber(ArchiveError):
    """What was written ends in no number."""

    code = "bad_bates_number"
    sentence = "This is no Bates number: there is no number at its end."
    help = "Write it as it is stamped, such as ICE FOIA 10-2674.0001234; zeros and spaces may differ."
    status = 400
