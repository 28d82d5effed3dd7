"""One page at a time is drawn large on demand, in the same sandbox that reads files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import RendererBusy
from ingest.page import PageImage

if TYPE_CHECKING:
    from ingest.sandbox import Sandbox

PLACES = 3  # one that is drawn, two that wait: more, and they would hold all threads of the server


class Renderer:
    """A sandbox that is opened when it is first needed. Safe to call from several threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(PLACES)
        self._sandbox: Sandbox | None = None

    def __call__(self, path: Path, page_number: int, width_px: int) -> PageImage:
        """Draw one page. Raises ``RendererBusy`` when others wait already, or an ``IngestError``."""
        if not self._places.acquire(blocking=False):
            raise RendererBusy
        try:
            with self._turn:
                return self._opened().render_page(path, page_number, width_px)
        finally:
            self._places.release()

    def _opened(self) -> Sandbox:
        if self._sandbox is None:
            from ingest.sandbox import Sandbox  # brings the PDF readers: most site processes never draw

            self._sandbox = Sandbox(readers=1)
        return self._sandbox

    def close(self) -> None:
        """End the sandbox's processes."""
        with self._turn:
            if self._sandbox is not None:
                self._sandbox.close()
                self._sandbox = None
