"""What ships: the wheel is built as a user's pip would build it, and looked into."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.house.tree import ROOT, project_files, shown


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree; needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as file:
        return set(file.namelist())


def test_every_file_of_the_packages_ships(names: set[str]) -> None:
    expected = {shown(path) for path in project_files() if shown(path).startswith(("archive/", "ingest/"))}
    assert expected - names == set()


def test_the_templates_ship_inside_the_package(names: set[str]) -> None:
    templates = {shown(path) for path in project_files() if shown(path).startswith("templates/")}
    assert templates
    assert {"archive/_" + name for name in templates} - names == set()


def test_the_promise_of_types_and_the_tables_and_the_looks_ship(names: set[str]) -> None:
    assert {
        "archive/py.typed",
        "ingest/py.typed",
        "archive/migrations/env.py",
        "archive/static/site.css",
    } <= names


def test_nothing_else_ships(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"archive", "ingest"}
    assert not any("__pycache__" in name or "test" in Path(name).name.lower() for name in names)


def test_the_command_and_the_license_are_named(wheel: Path) -> None:
    with ZipFile(wheel) as file:
        text = {Path(name).name: name for name in file.namelist()}
        assert "reading-room = archive.__main__:main" in file.read(text["entry_points.txt"]).decode()
        metadata = file.read(text["METADATA"]).decode()
    assert re.search(r"^Name: foia-reading-room$", metadata, re.MULTILINE)
    assert re.search(r"^License-Expression: MIT$", metadata, re.MULTILINE)
    assert "LICENSE" in text


def test_an_installed_wheel_finds_its_files(wheel: Path, tmp_path: Path) -> None:
    """Unpacked far from the checkout: templates, tables and static files must be found beside the code."""
    with ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    looks = (
        "from archive import resources\n"
        "for folder in (resources.templates_dir(), resources.static_dir(), resources.migrations_dir()):\n"
        "    assert folder.is_dir(), folder\n"
        "    print(folder)\n"
        "from archive.database import open_database\n"
        "open_database('sqlite:///tables.sqlite3').close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", looks],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert all(line.startswith(str(tmp_path)) for line in done.stdout.splitlines())
    assert (tmp_path / "tables.sqlite3").is_file()
