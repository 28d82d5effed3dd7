"""A window of a long list: what is shown at a time, and how far the list goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Window(Generic[Item]):
    """Items ``first``..``last`` (1-based) of ``total``; ``number`` counts windows from 1."""

    items: tuple[Item, ...]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """Where this window begins, 1-based; 0 when there is nothing."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """Where this window ends, 1-based."""
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def count(self) -> int:
        """How many windows there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """The window before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The window after, if there is one."""
        return self.number + 1 if self.number < self.count else None
