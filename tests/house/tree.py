"""The project's own files, as the house tests look at them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("archive", "ingest", "tests")


@cache
def project_files() -> tuple[Path, ...]:
    """Everything that git tracks or would track: what a stranger gets, whether committed yet or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*packages: str) -> list[Path]:
    """The Python files of these packages; migrations, which history has fixed, are left out."""
    folders = tuple(ROOT / package for package in packages or PACKAGES)
    return [
        path
        for path in project_files()
        if path.suffix == ".py"
        and any(path.is_relative_to(folder) for folder in folders)
        and not path.is_relative_to(ROOT / "archive" / "migrations" / "versions")
    ]


def shown(path: Path) -> str:
    """The path as it is written in the lists of these tests."""
    return str(path.relative_to(ROOT))
