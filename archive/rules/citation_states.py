"""What opening a citation again can find, and the states of collections and of links to a page."""

from __future__ import annotations

from enum import StrEnum


class CitationState(StrEnum):
    """What is true of a citation now. The first three prove the words; the others say why they do not."""

    MATCHES = "matches"  # the words stand where they stood, in the same reading of the page
    READ_ANEW = "read_anew"  # the page was read anew since; the same words stand in the same place
    MOVED = "moved"  # the words are on the page (or another page of the file), in another place
    SUPERSEDED = "superseded"  # the words are there, and there is a better copy of the record
    WITHDRAWN = "withdrawn"  # the document was withdrawn: nothing of it is shown
    DIFFERS = "differs"  # the words are not there
    OTHER_FILE = "other_file"  # the file in hand is not the one that was cited
    ALTERED = "altered"  # the citation itself was changed: its number does not follow from what it says
    UNREADABLE = "unreadable"  # the file is the one, and its page has no words that can be read here


PROVEN = frozenset({CitationState.MATCHES, CitationState.READ_ANEW, CitationState.SUPERSEDED})

STATE_NAMES: dict[CitationState, str] = {
    CitationState.MATCHES: "Matches",
    CitationState.READ_ANEW: "Matches, read anew",
    CitationState.MOVED: "Found elsewhere",
    CitationState.SUPERSEDED: "Matches; a better copy exists",
    CitationState.WITHDRAWN: "Withdrawn",
    CitationState.DIFFERS: "Does not match",
    CitationState.OTHER_FILE: "Another file",
    CitationState.ALTERED: "The citation was altered",
    CitationState.UNREADABLE: "Cannot be read here",
}
STATE_SENTENCES: dict[CitationState, str] = {
    CitationState.MATCHES: "The words are on this page of this file, where they were when they were cited.",
    CitationState.READ_ANEW: "The page was read anew since; the same words stand in the same place.",
    CitationState.MOVED: "The words are in the file, but not in the place that the citation names.",
    CitationState.SUPERSEDED: "The words are on this page of this file. A better copy of the record exists.",
    CitationState.WITHDRAWN: "The document was withdrawn after it was cited.",
    CitationState.DIFFERS: "The words are not on this page of the file.",
    CitationState.OTHER_FILE: "This is not the file that was cited: its SHA-256 is another.",
    CitationState.ALTERED: "The citation was changed after it was made: its number is not that of its words.",
    CitationState.UNREADABLE: "The file is the one that was cited. Its page is a picture: look at it.",
}


class Audience(StrEnum):
    """Who sees a collection."""

    MEMBERS = "members"
    PUBLIC = "public"


class LinkState(StrEnum):
    """What an editor said about a link to something that cites a page."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"
