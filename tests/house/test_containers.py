"""Dockerfile and docker-compose.yml name only what exists. No Docker is needed to see that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click
import yaml

from archive.cli import reading_room
from archive.settings import PREFIX, SETTINGS
from tests.house.tree import ROOT

COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMMANDS = set(reading_room.list_commands(click.Context(reading_room)))
NAMES = {PREFIX + setting.name.upper() for setting in SETTINGS}


def own_services() -> Iterator[dict[str, Any]]:
    return (service for service in COMPOSE["services"].values() if "build" in service)


def test_every_setting_named_exists_even_the_commented_ones() -> None:
    named = set(re.findall(rf"{PREFIX}\w+", COMPOSE_TEXT + DOCKERFILE))
    assert named
    assert named <= NAMES


def test_every_command_run_exists() -> None:
    for service in own_services():
        program, command, *_ = service["command"].split()
        assert program == "reading-room"
        assert command in COMMANDS
    assert re.search(r'^CMD \["reading-room", "serve",', DOCKERFILE, re.MULTILINE)


def test_only_the_site_starts_unasked_and_only_this_machine_reaches_it() -> None:
    unasked = [name for name, service in COMPOSE["services"].items() if "profiles" not in service]
    assert unasked == ["web"]
    assert COMPOSE["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_every_volume_used_is_declared() -> None:
    used = {mount.split(":")[0] for each in COMPOSE["services"].values() for mount in each.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])


def test_the_home_in_the_image_is_where_the_volume_is_mounted() -> None:
    home = re.search(rf"{PREFIX}HOME=(\S+)", DOCKERFILE)
    assert home is not None
    assert f"VOLUME {home[1]}" in DOCKERFILE
    assert all(f"home:{home[1]}" in service["volumes"] for service in own_services())


def test_what_the_image_copies_is_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in kept)
    assert {
        "archive",
        "ingest",
        "templates",
        "requirements",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    } <= kept


def test_the_image_does_not_run_as_root_and_says_when_it_is_ill() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "USER reading-room" in last_stage
    assert "/healthz" in last_stage
    assert "--require-hashes" in DOCKERFILE
