"""What one file may cost. One place, so that the sandbox, the pipeline and the docs agree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets for reading one file.

    A flat time limit would refuse honest long files, so time is given by the page: a child is ended
    when a page takes longer than ``seconds_per_page``, and the file goes on without that page.
    ``seconds_per_file`` is the end of patience for files whose pages keep failing.
    """

    max_bytes: int = 2 * 1024**3
    max_pages: int = 10_000
    max_pixels: int = 16_000_000
    max_image_side_px: int = 4_000
    max_characters_per_page: int = 500_000
    max_words_per_page: int = 60_000
    seconds_to_open: float = 10.0
    seconds_per_page: float = 20.0
    max_failed_seconds_per_file: float = 60.0
    max_memory_bytes: int = 450 * 1024**2
    max_line_bytes: int = 32 * 1024**2
    pages_per_child: int = 25
