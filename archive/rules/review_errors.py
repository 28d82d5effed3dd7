"""Why a decision about a document, a finding or a box is refused, and what to do then."""

from __future__ import annotations

from archive.errors import ArchiveError


class DecisionNotPossible(ArchiveError):
    code = "decision_not_possible"
    sentence = "This cannot be decided about the document as it is now."
    help = "Somebody may have decided before you. Open it again to see its state."
    status = 409


class NotReadYet(ArchiveError):
    code = "not_read_yet"
    sentence = "This document has not been read and looked through for private details yet."
    help = "Wait until it is read. What cannot be read is not shown."
    status = 409


class ReasonNeeded(ArchiveError):
    code = "reason_needed"
    sentence = "A document is not withdrawn without a reason."
    help = "Write the reason: it stands at the address of the document, for everybody."
    status = 400


class QuestionNeeded(ArchiveError):
    code = "question_needed"
    sentence = "There is no question."
    help = "Write what you want to know from whoever sent the document in."
    status = 400


class FindingNotFound(ArchiveError):
    code = "finding_not_found"
    sentence = "There is no such finding any more."
    help = "The document may have been read again. Open it to see what was found."
    status = 404


class SamePerson(ArchiveError):
    code = "same_person"
    sentence = "Another person must agree that this is not private."
    help = "Ask a second editor to look at it."
    status = 409


class BadBox(ArchiveError):
    code = "bad_box"
    sentence = "This is not a box on the page."
    help = "Give four numbers in points from the top left of the page: left, top, right, bottom."
    status = 400


class WordsNotOnPage(ArchiveError):
    code = "words_not_on_page"
    sentence = "These words are not on the page."
    help = "Write them as they stand in the text of the page, or draw a box by hand."
    status = 404


class NothingToRedact(ArchiveError):
    code = "nothing_to_redact"
    sentence = "No box is drawn, and no finding is to be redacted."
    help = "Draw a box, or decide for a finding that it is to be redacted."
    status = 409


class NotYourQuestion(ArchiveError):
    code = "not_your_question"
    sentence = "Nothing was asked about this document."
    help = "Open it to see how far it is."
    status = 409
