"""The report on a draft: what is true of each quotation and link, in the draft's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.rules.draft_claims import Claim
from archive.rules.draft_verdicts import GOOD, Change, Verdict


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What is true of one quotation or link. ``path`` leads to the source, or to a page where the words were
    found; ``source`` says what it is. ``changes`` is empty unless the words differ."""

    claim: Claim
    verdict: Verdict
    sentence: str
    path: str = ""
    source: str = ""
    is_ocr: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nobody need look at it again."""
        return self.verdict in GOOD


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """All claims, in the draft's order."""

    claims: tuple[CheckedClaim, ...]

    @property
    def quotations(self) -> int:
        """How many quotations there are."""
        return sum(bool(claim.claim.quote) for claim in self.claims)

    @property
    def standing(self) -> int:
        """How many of them stand as written."""
        return sum(bool(claim.claim.quote) and claim.verdict == Verdict.STANDS for claim in self.claims)


def summary(draft: CheckedDraft) -> str:
    """One sentence: ``14 of 17 quotations stand as written.``"""
    links = [claim for claim in draft.claims if not claim.claim.quote]
    said = []
    if draft.quotations:
        said.append(f"{draft.standing} of {draft.quotations} quotations stand as written.")
    if links:
        said.append(f"{sum(link.is_good for link in links)} of {len(links)} links without a quotation hold.")
    return " ".join(said) or "There is no quotation and no address of this archive in the draft."


def report_rows(draft: CheckedDraft) -> Sequence[Sequence[object]]:
    """The report as rows of a table, with a head."""
    head = ("quotation", "verdict", "what was found", "source", "address in the draft")
    return [
        head,
        *(
            (
                claim.claim.quote,
                claim.verdict.value.replace("_", " "),
                claim.sentence,
                claim.source,
                claim.claim.target.address if claim.claim.target else "",
            )
            for claim in draft.claims
        ),
    ]
