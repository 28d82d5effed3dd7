"""Imports go down the floors, never up (``[tool.importlinter]`` in pyproject.toml)."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.tree import ROOT


def lint_imports(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), str(config), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_no_import_goes_up() -> None:
    done = lint_imports(ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_that_goes_up_would_be_noticed(tmp_path: Path) -> None:
    """The real floors with two of them swapped: services stand on models, so this must break."""
    text = (ROOT / "pyproject.toml").read_text()
    swapped = text.replace('"services",', '"SWAP",').replace('"models",', '"services",')
    config = tmp_path / "pyproject.toml"
    config.write_text(swapped.replace('"SWAP",', '"models",'))
    done = lint_imports(config)
    assert done.returncode == 1
    assert "archive.services is not allowed to import archive.models" in done.stdout


def test_every_floor_is_named_even_when_nothing_stands_on_it_yet() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"] is True
    assert layers["containers"] == ["archive"]
