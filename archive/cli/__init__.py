"""The command ``reading-room``: a file a group of commands, each loaded when it is asked for.

Loading late keeps ``reading-room search`` quick: it needs neither Flask nor the PDF readers.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import traceback
from pathlib import Path

import click

from archive import __version__
from archive.errors import ArchiveError
from archive.settings import DEFAULT_HOME, load_settings

_MODULE_OF_COMMAND = {
    "backup": "archive.cli.backup",
    "check": "archive.cli.check",
    "ingest": "archive.cli.ingest",
    "init": "archive.cli.init",
    "reindex": "archive.cli.reindex",
    "request": "archive.cli.request",
    "reread": "archive.cli.reread",
    "restore": "archive.cli.restore",
    "sample": "archive.cli.sample",
    "search": "archive.cli.search",
    "serve": "archive.cli.serve",
    "user": "archive.cli.user",
    "verify": "archive.cli.verify",
    "watch": "archive.cli.watch",
    "worker": "archive.cli.worker",
}


class LateCommands(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULE_OF_COMMAND)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _MODULE_OF_COMMAND.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"The archive's folder. Default: READING_ROOM_HOME, else {DEFAULT_HOME}.",
)
@click.version_option(__version__, prog_name="reading-room")
@click.pass_context
def reading_room(ctx: click.Context, home: Path | None) -> None:
    """A public-records document archive: every page found, read and cited."""
    ctx.obj = load_settings(home)


def main() -> None:
    """Run a command. Whatever goes wrong is one sentence and what to do, never a traceback."""
    try:
        reading_room.main(prog_name="reading-room", standalone_mode=False)
    except click.exceptions.Exit as request:
        sys.exit(request.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Run the same command again to go on.", err=True)
        sys.exit(1)
    except ArchiveError as error:
        click.echo(f"{error.sentence} {error.help}".strip(), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output went away (`| head`)
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001  what nobody foresaw is written down for whoever mends it
        click.echo(f"Something went wrong that should not have. Details are in {_write_down()}", err=True)
        sys.exit(1)


def _write_down() -> str:
    """Keep the traceback in a file of its own, for its owner alone."""
    with tempfile.NamedTemporaryFile("w", prefix="reading-room-error-", suffix=".log", delete=False) as file:
        traceback.print_exc(file=file)
    return file.name
