"""Which files of a folder are whole: those that have not changed for a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from archive.jobs.folder_ingest import find_files

SETTLED_AFTER_SECONDS = 5.0
_State = tuple[int, int]  # bytes, and when it was changed in nanoseconds


@dataclass(slots=True)
class FolderWatch:
    """What was seen of a folder. Remembers in memory only: the archive itself knows files by their hash."""

    folder: Path
    home: Path
    _seen: dict[Path, tuple[_State, float]] = field(default_factory=dict)
    _taken: dict[Path, _State] = field(default_factory=dict)

    def settled(self, at_seconds: float) -> list[tuple[Path, str]]:
        """PDFs with their names that are new or changed, and stayed as they are for
        ``SETTLED_AFTER_SECONDS``. ``at_seconds`` is a clock that only goes forward.

        Raises ``NothingToIngest`` when the folder is not there.
        """
        ready = []
        for path, name in find_files([self.folder], home=self.home):
            state = _state_of(path)
            if state is None or self._taken.get(path) == state:
                continue
            before, since = self._seen.get(path, (None, at_seconds))
            if before != state:
                since = at_seconds
            self._seen[path] = (state, since)
            if at_seconds - since >= SETTLED_AFTER_SECONDS and state[0] > 0:
                ready.append((path, name))
        return ready

    def note_taken(self, path: Path) -> None:
        """This file is in the archive as it was when it was last looked at."""
        state, _ = self._seen.pop(path)
        self._taken[path] = state

    @property
    def is_waiting(self) -> bool:
        """Whether there are files that still have to settle. An empty file is not waited for."""
        return any(state[0] > 0 for state, _ in self._seen.values())


def _state_of(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:
        return None  # it went away, or may not be looked at
    return found.st_size, found.st_mtime_ns
