"""The addresses of the review queue: what is looked at goes along from page to page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.rules.addresses import with_parameters
from archive.rules.statuses import FindingKind
from archive.services.review_order import QueueFilter, QueueState

QUEUE = "/review"


@dataclass(frozen=True, slots=True)
class ReviewAddress:
    """The part of the queue that is looked at, as an address."""

    asked: QueueFilter

    @classmethod
    def from_values(cls, given: Mapping[str, str]) -> ReviewAddress:
        """From the parameters of an address; what makes no sense is left out."""
        state, kind, uploader = given.get("state", ""), given.get("kind", ""), given.get("uploader", "")
        known = uploader.isascii() and uploader.isdigit() and len(uploader) < 10
        return cls(
            QueueFilter(
                state=QueueState(state) if state in set(QueueState) else QueueState.WAITING,
                batch=given.get("batch", ""),
                uploader=int(uploader) if known else None,
                agency=given.get("agency", ""),
                kind=FindingKind(kind) if kind in set(FindingKind) else None,
            )
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that ask the same again; the usual ones are left out."""
        asked = self.asked
        return [
            ("state", "" if asked.state == QueueState.WAITING else asked.state.value),
            ("batch", asked.batch),
            ("uploader", "" if asked.uploader is None else str(asked.uploader)),
            ("agency", asked.agency),
            ("kind", asked.kind.value if asked.kind else ""),
        ]

    def queue(self, window: int = 1, **more: str) -> str:
        """A window of the queue."""
        number = ("window", str(window) if window > 1 else "")
        return with_parameters(QUEUE, [*self.pairs, number, *more.items()])

    def of_state(self, state: QueueState) -> str:
        """Another part of the queue, not narrowed."""
        return ReviewAddress(QueueFilter(state)).queue()

    def narrowed(self, name: str, value: str) -> str:
        """The queue with this filter; with an empty value without it."""
        values = {known: text for known, text in self.pairs if known != name} | {name: value}
        return ReviewAddress.from_values(values).queue()

    def chosen(self, name: str) -> str:
        """The value of a filter; empty when it is not used."""
        return dict(self.pairs).get(name, "")

    def document(self, document_id: str, page: int = 0, finding: int = 0, **more: str) -> str:
        """One document in the queue; ``finding`` is the number of the finding to look at."""
        numbers = [("page", str(page) if page else ""), ("finding", str(finding) if finding else "")]
        path = with_parameters(f"{QUEUE}/{document_id}", [*self.pairs, *numbers, *more.items()])
        return f"{path}#finding-{finding}" if finding else path

    def act(self, document_id: str, what: str, page: int = 0) -> str:
        """Where a form about a document is sent to."""
        return with_parameters(
            f"{QUEUE}/{document_id}/{what}", [*self.pairs, ("page", str(page) if page else "")]
        )
