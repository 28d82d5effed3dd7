"""A fresh machine gets the versions that were tested: pyproject.toml and requirements/ agree."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from itertools import chain
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", re.MULTILINE)


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(name: str) -> dict[str, str]:
    """Name and version of what this machine would get from a lock."""
    return {
        canonicalize_name(package): pinned
        for package, pinned, marker in _PIN.findall(lock_text(name))
        if not marker or Marker(marker).evaluate()
    }


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def group(name: str) -> list[Requirement]:
    listed = project()["dependency-groups"][name]
    nested = chain.from_iterable(group(item["include-group"]) for item in listed if isinstance(item, dict))
    return [*map(Requirement, (item for item in listed if isinstance(item, str))), *nested]


def runtime() -> list[Requirement]:
    return [Requirement(text) for text in project()["project"]["dependencies"]]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [("runtime", runtime()), ("build", group("build")), ("dev", [*runtime(), *group("dev")])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_everything_wanted_is_locked_at_a_version_that_fits(lock: str, wanted: list[Requirement]) -> None:
    locked = pins(lock)
    for requirement in wanted:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_every_lock_names_the_same_versions() -> None:
    dev = pins("dev")
    for lock in ("runtime", "build"):
        assert pins(lock).items() <= dev.items()


@pytest.mark.parametrize("lock", ["runtime", "build", "dev"])
def test_every_pin_has_hashes_and_no_lock_names_where_to_download(lock: str) -> None:
    for block in re.split(r"\n(?=\w)", lock_text(lock)):
        assert block.startswith("#") or "--hash=sha256:" in block, block
    assert "://" not in lock_text(lock)


def test_what_runs_here_is_what_is_locked() -> None:
    assert {name: version(name) for name in pins("dev")} == pins("dev")
