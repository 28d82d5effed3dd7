"""Progress on standard error: a bar on a terminal, a line a file elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

import click
from tqdm import tqdm

from archive.jobs.reading_desk import DocumentFinished, DocumentOpened, PageRead, Progress

_SPEED_UNIT = " pages"


class IngestBar:
    """Files, pages, pages a second and time left.

    The number of pages of a file is known only once it is opened; until then it is guessed from its
    size, by the pages for each byte of the files opened so far.
    """

    def __init__(self, sizes_bytes: dict[str, int]) -> None:
        self._files, self._files_done = len(sizes_bytes), 0
        self._bytes_total, self._bytes_opened, self._pages_opened = sum(sizes_bytes.values()), 0, 0
        self._sizes = sizes_bytes
        self._on_terminal = sys.stderr.isatty()
        self._bar = tqdm(
            total=None,
            unit=_SPEED_UNIT,
            file=sys.stderr,
            disable=not self._on_terminal,
            dynamic_ncols=True,
            smoothing=0.1,
            bar_format="{desc} |{bar}| {n_fmt}/{total_fmt} pages  {rate_fmt}  {remaining} left",
        )
        self._show_files()

    def __enter__(self) -> IngestBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def show(self, progress: Progress, name: str) -> None:
        """Move the bar on."""
        match progress:
            case DocumentOpened(page_count=pages, already_read=done):
                self._note_opened(name, pages - done)
            case PageRead():
                self._bar.update()
            case DocumentFinished(outcome=outcome):
                self._files_done += 1
                self._show_files()
                if not self._on_terminal:
                    click.echo(f"{outcome.status}  {name}  {outcome.page_count} pages", err=True)

    def _note_opened(self, name: str, pages: int) -> None:
        self._pages_opened += pages
        self._bytes_opened += self._sizes.get(name, 0)
        unopened = max(0, self._bytes_total - self._bytes_opened)
        guessed = unopened * self._pages_opened / max(1, self._bytes_opened)
        self._bar.total = self._pages_opened + round(guessed)

    def _show_files(self) -> None:
        self._bar.set_description_str(f"{self._files_done:,}/{self._files:,} files")
