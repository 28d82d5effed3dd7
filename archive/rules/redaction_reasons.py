"""Why something is redacted by this archive: what stands on the box and in the copy's own words."""

from __future__ import annotations

from archive.rules.statuses import FindingKind

PERSONAL_PRIVACY = "personal privacy"
# In the order in which an editor chooses. Each is public, so none says more than it must.
REASONS = (
    PERSONAL_PRIVACY,
    "address",
    "alien registration number",
    "Social Security number",
    "a minor",
    "other",
)
_BY_KIND = {
    FindingKind.ALIEN_NUMBER: "alien registration number",
    FindingKind.SOCIAL_SECURITY_NUMBER: "Social Security number",
    FindingKind.STREET_ADDRESS: "address",
    FindingKind.MINOR: "a minor",
}


def reason_for(kind: FindingKind) -> str:
    """The reason that goes with a finding of this kind."""
    return _BY_KIND.get(kind, PERSONAL_PRIVACY)
