"""``python -m ingest FILE.pdf``: reads one PDF alone, without an archive; one JSON line a page.

Exit codes: 0 every page was read; 1 the file or some page could not be; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.page import PageFailure, PageImage, PageReading
from ingest.sandbox import ReadTask, Sandbox, TaskFailed, TaskPage


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file named on the command line; the exit code."""
    chosen = _parser().parse_args(arguments)
    if not chosen.file.is_file():
        return _say(f"{chosen.file}: there is no such file.", code=2)
    if chosen.images:
        chosen.images.mkdir(parents=True, exist_ok=True)
    try:
        return _read(chosen.file, ocr=not chosen.no_ocr, images=chosen.images)
    except BrokenPipeError:  # `| head`: whoever asked has seen enough
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Reads one PDF and prints one JSON line a page."
    )
    parser.add_argument("file", type=Path, metavar="FILE.pdf")
    parser.add_argument("--no-ocr", action="store_true", help="keep what text layer scanned pages have")
    parser.add_argument("--images", type=Path, metavar="DIR", help="write each page there as WebP")
    return parser


def _read(file: Path, *, ocr: bool, images: Path | None) -> int:
    code = 0
    pages = _Pages()
    with Sandbox() as sandbox:
        for event in sandbox.read([ReadTask(str(file), file, ocr=ocr, images=images is not None)]):
            match event:
                case TaskPage(page=PageFailure() as failure):
                    code = _say(f"{file}: page {failure.page_number}: {failure.sentence}", code=1)
                    pages.add(failure)
                case TaskPage(page=page):
                    _write_images(page, images)
                    pages.add(page)
                case TaskFailed(sentence=sentence):
                    code = _say(f"{file}: {sentence}", code=1)
            for line in pages.ready():
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    return code


class _Pages:
    """Pages come in any order and are printed in their own. Held back as JSON, not with their images."""

    def __init__(self) -> None:
        self._next = 1
        self._waiting: dict[int, str] = {}

    def add(self, page: PageReading | PageFailure) -> None:
        self._waiting[page.page_number] = json.dumps(_as_json(page), ensure_ascii=False)

    def ready(self) -> Iterator[str]:
        while self._next in self._waiting:
            yield self._waiting.pop(self._next)
            self._next += 1


def _as_json(page: PageReading | PageFailure) -> dict[str, Any]:
    if isinstance(page, PageFailure):
        return asdict(page)
    images = {"image", "large_image", "thumbnail"}
    return {name: value for name, value in asdict(page).items() if name not in images}


def _write_images(page: PageReading | PageFailure, folder: Path | None) -> None:
    if folder is None or isinstance(page, PageFailure):
        return
    for name, image in (("page", page.image), ("thumbnail", page.thumbnail)):
        if isinstance(image, PageImage):
            (folder / f"{name}-{page.page_number:04}.webp").write_bytes(image.webp)


def _say(sentence: str, *, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
