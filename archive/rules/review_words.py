"""Findings, decisions and states as editors read them. A letter stands on each box, so that its kind is never
told by colour alone."""

from __future__ import annotations

from archive.rules.statuses import CopyKind, CopyState, Decision, FindingKind, NoteKind, Visibility
from archive.rules.transitions import ReviewAction

FINDING_LETTERS: dict[FindingKind, str] = {
    FindingKind.ALIEN_NUMBER: "A",
    FindingKind.SOCIAL_SECURITY_NUMBER: "S",
    FindingKind.DATE_OF_BIRTH: "D",
    FindingKind.PHONE_NUMBER: "T",
    FindingKind.EMAIL_ADDRESS: "E",
    FindingKind.STREET_ADDRESS: "R",  # a residence
    FindingKind.MINOR: "M",
    FindingKind.BANK_ACCOUNT: "B",
    FindingKind.PASSPORT: "P",
    FindingKind.UNDER_A_BOX: "U",
    FindingKind.UNAPPLIED_REDACTION: "N",
    FindingKind.INVISIBLE_TEXT: "I",
    FindingKind.OFF_PAGE_TEXT: "O",
    FindingKind.HIDDEN_LAYER: "H",
    FindingKind.PDF_METADATA: "F",
    FindingKind.PDF_ATTACHMENT: "C",
    FindingKind.PDF_SCRIPT: "J",
}

# Words that were meant to be hidden and are not, or that nobody sees on the page.
BADLY_HIDDEN = frozenset(
    {
        FindingKind.UNDER_A_BOX,
        FindingKind.UNAPPLIED_REDACTION,
        FindingKind.INVISIBLE_TEXT,
        FindingKind.OFF_PAGE_TEXT,
        FindingKind.HIDDEN_LAYER,
    }
)

DECISION_WORDS: dict[Decision, str] = {
    Decision.NOT_PRIVATE: "not private",
    Decision.REDACT: "to be redacted",
    Decision.HOLD: "on hold",
}

STATE_WORDS: dict[Visibility, str] = {
    Visibility.UNPUBLISHED: "in review",
    Visibility.MEMBERS: "for members",
    Visibility.PUBLISHED: "published",
    Visibility.HELD: "held",
    Visibility.REJECTED: "rejected",
    Visibility.SEALED: "sealed",
    Visibility.WITHDRAWN: "withdrawn",
}

ACTION_DONE_WORDS: dict[ReviewAction, str] = {
    ReviewAction.PUBLISH: "Published.",
    ReviewAction.SHOW_TO_MEMBERS: "Shown to members.",
    ReviewAction.HOLD: "Held.",
    ReviewAction.REJECT: "Rejected.",
    ReviewAction.SEND_BACK: "Sent back with your question.",
    ReviewAction.TAKE_BACK: "Back in review.",
    ReviewAction.WITHDRAW: "Withdrawn.",
    ReviewAction.RESTORE: "Shown again.",
}

COPY_KIND_WORDS: dict[CopyKind, str] = {
    CopyKind.REDACTED: "redacted copy",
    CopyKind.PART: "part",
    CopyKind.ARRANGED: "arranged copy",
}

COPY_STATE_WORDS: dict[CopyState, str] = {
    CopyState.ASKED: "being made",
    CopyState.MADE: "made",
    CopyState.FAILED: "failed",
}

NOTE_WORDS: dict[NoteKind, str] = {
    NoteKind.NOTE: "Note",
    NoteKind.QUESTION: "Question",
    NoteKind.ANSWER: "Answer",
}
