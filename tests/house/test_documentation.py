"""What the documentation says is true: settings, commands, make targets, links."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.cli import reading_room
from archive.settings import PREFIX, SETTINGS
from tests.house.tree import ROOT, project_files, shown

OPERATING = ROOT / "docs" / "operating.md"
_ROW = re.compile(rf"^\|\s*`({PREFIX}\w+)`\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|\s*$", re.MULTILINE)


def pages() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def code_of(page: Path) -> str:
    """What a reader would type: code blocks and code in the line."""
    text = page.read_text()
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}(?=\S)(.*)$", text, re.MULTILINE)
    return "\n".join([*blocks, *indented, *re.findall(r"`([^`\n]+)`", text)])


def test_the_table_of_settings_is_the_settings() -> None:
    documented = {
        name: (default.strip("`"), help_) for name, default, help_ in _ROW.findall(OPERATING.read_text())
    }
    assert documented == {PREFIX + each.name.upper(): (each.default, each.help) for each in SETTINGS}


def test_every_make_target_in_the_documentation_exists() -> None:
    named = {target for page in pages() for target in re.findall(r"\bmake ([a-z]+)\b", code_of(page))}
    assert {"demo", "test"} <= named
    assert named - targets() == set()


def test_every_command_in_the_documentation_exists() -> None:
    known = set(reading_room.list_commands(click.Context(reading_room)))
    for page in pages():
        for command in re.findall(r"\breading-room (?:--home \S+ )?([a-z]+)\b", code_of(page)):
            assert command in known, f"{shown(page)}: reading-room {command}"


def test_every_option_in_the_documentation_exists() -> None:
    context = click.Context(reading_room)
    for page in pages():
        for name, rest in re.findall(r"\breading-room (?:--home \S+ )?([a-z]+)\b([^\n#|;&]*)", code_of(page)):
            command = reading_room.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                part = command.get_command(context, rest.split()[0])
                assert part is not None, f"{shown(page)}: {name}{rest}"
                command = part
            known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
            assert set(re.findall(r"(--[a-z-]+)", rest)) - known == set(), f"{shown(page)}: {name}{rest}"


@pytest.mark.parametrize("name", reading_room.list_commands(click.Context(reading_room)))
def test_every_command_says_what_it_does(name: str) -> None:
    shown_help = CliRunner().invoke(reading_room, [name, "--help"])
    assert shown_help.exit_code == 0, shown_help.output
    command = reading_room.get_command(click.Context(reading_room), name)
    assert command is not None
    assert (command.help or "").strip()


def test_every_setting_in_the_documentation_exists() -> None:
    known = {PREFIX + each.name.upper() for each in SETTINGS}
    for page in pages():
        assert set(re.findall(rf"\b{PREFIX}[A-Z0-9_]*[A-Z0-9]\b", page.read_text())) <= known, shown(page)


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{shown(page)}: {target}"
        for page in pages()
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_make_help_lists_every_target() -> None:
    command = ["make", "--no-print-directory", "help"]  # these tests may run under make themselves
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in told.splitlines()} == targets()
