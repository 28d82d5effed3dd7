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
