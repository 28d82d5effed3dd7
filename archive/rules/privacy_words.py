"""What may be private, in words."""

from __future__ import annotations

from archive.rules.statuses import FindingKind

FINDING_WORDS: dict[FindingKind, str] = {
    FindingKind.ALIEN_NUMBER: "alien registration number",
    FindingKind.SOCIAL_SECURITY_NUMBER: "Social Security number",
    FindingKind.DATE_OF_BIRTH: "date of birth",
    FindingKind.PHONE_NUMBER: "phone number",
    FindingKind.EMAIL_ADDRESS: "e-mail address",
    FindingKind.STREET_ADDRESS: "street address",
    FindingKind.MINOR: "name of a minor",
    FindingKind.BANK_ACCOUNT: "bank account",
    FindingKind.PASSPORT: "passport number",
    FindingKind.UNDER_A_BOX: "words readable under a box",
    FindingKind.UNAPPLIED_REDACTION: "redaction marked but never applied",
    FindingKind.INVISIBLE_TEXT: "invisible text",
    FindingKind.OFF_PAGE_TEXT: "text outside the page",
    FindingKind.HIDDEN_LAYER: "hidden text layer that differs",
    FindingKind.PDF_METADATA: "metadata of the file",
    FindingKind.PDF_ATTACHMENT: "file attached to the PDF",
    FindingKind.PDF_SCRIPT: "script in the PDF",
}

# Why it matters, and what to do: for somebody who has never redacted anything.
FINDING_ADVICE: dict[FindingKind, str] = {
    FindingKind.ALIEN_NUMBER: "With it anybody can look up a person's immigration case. Redact it.",
    FindingKind.SOCIAL_SECURITY_NUMBER: "With it accounts are opened in a person's name. Redact all of it.",
    FindingKind.DATE_OF_BIRTH: "With a name it is enough to pass for somebody. Redact it.",
    FindingKind.PHONE_NUMBER: "A person's own number is private, an office's is not. Look whose it is.",
    FindingKind.EMAIL_ADDRESS: "A person's own address is private, a public one is not. Look whose it is.",
    FindingKind.STREET_ADDRESS: "Somebody may live there. Redact a home; an office, court or jail may stay.",
    FindingKind.MINOR: "Children are not named. Redact the name; initials may stay.",
    FindingKind.BANK_ACCOUNT: "Money can be taken with it. Redact it unless it is a public treasury's.",
    FindingKind.PASSPORT: "It stands for a person at every border. Redact it.",
    FindingKind.UNDER_A_BOX: "These words were only covered: whoever copies the text has them. Redact them.",
    FindingKind.UNAPPLIED_REDACTION: "These words were to be taken out, and never were. Redact them.",
    FindingKind.INVISIBLE_TEXT: "Nobody sees these words, every program does. Redact what is private.",
    FindingKind.OFF_PAGE_TEXT: "These words are off the page and still in the file. Redact what is private.",
    FindingKind.HIDDEN_LAYER: "The file says something else than its picture. Redact what is private.",
    FindingKind.PDF_METADATA: "It names who made or changed the file. A redacted copy is made without it.",
    FindingKind.PDF_ATTACHMENT: "It goes out with every copy. A redacted copy is made without it.",
    FindingKind.PDF_SCRIPT: "A record needs no program. A redacted copy is made without it.",
}
