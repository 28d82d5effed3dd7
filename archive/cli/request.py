"""``reading-room request``: requests out of a table, e-mails about one, from the machine itself."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from archive.errors import ArchiveError
from archive.jobs.request_desk import import_table
from archive.parts import Parts, opened_parts
from archive.rules.access import Viewer
from archive.rules.addresses import request_mail_path
from archive.rules.mail_proposals import propose_event
from archive.rules.request_states import EVENT_WORDS
from archive.rules.request_table import read_request_table
from archive.rules.statuses import Role
from archive.rules.table_days import DayOrder
from archive.services.foia_requests import get_request
from archive.services.mail_import import MOST_MAIL_BYTES, MailFile, add_mail, read_mail_file, store_mail
from archive.services.request_import import ImportPlan, RowState, plan_import
from archive.settings import Settings

OPERATOR = Viewer(Role.ADMIN, None, "command line")
_STATE_WORDS = {
    RowState.NEW: "to be made",
    RowState.HERE: "here already",
    RowState.TWICE: "twice in the file",
    RowState.WRONG: "with problems",
}


@click.group("request")
def command() -> None:
    """Bring in requests that were filed elsewhere, and e-mails about them."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--law", default="us", show_default=True, metavar="ID", help="The law of rows that name none.")
@click.option(
    "--order", type=click.Choice(list(DayOrder)), default=DayOrder.UNKNOWN, help="How 3/4/2010 is meant."
)
@click.option("--confirm", is_flag=True, help="Make them. Without it, only what would be made is shown.")
@click.option(
    "--leave-out", is_flag=True, help="Leave out rows with problems. Without it, they keep all out."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def import_(
    settings: Settings, *, file: Path, law: str, order: str, confirm: bool, leave_out: bool, as_json: bool
) -> None:
    """Make requests out of a CSV. Nobody but members sees them. Stopped in the middle, run it again."""
    table = read_request_table(_read(file), DayOrder(order))
    with opened_parts(settings) as parts:
        at, made = parts.clock(), 0
        if confirm:
            plan, made = import_table(
                parts.database, table, law_id=law, leave_out=leave_out, viewer=OPERATOR, at=at
            )
        else:
            with parts.database.reading() as session:
                plan = plan_import(session, table, law_id=law, viewer=OPERATOR, at=at)
    is_stopped = bool(plan.count(RowState.WRONG)) and not leave_out
    if as_json:
        click.echo(json.dumps(_as_json(plan, made), ensure_ascii=False))
    else:
        _print_plan(plan, made, is_confirmed=confirm, is_stopped=is_stopped)
    sys.exit(1 if is_stopped else 0)


@command.command("mail")
@click.argument("slug")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def mail(settings: Settings, *, slug: str, files: tuple[Path, ...], as_json: bool) -> None:
    """Keep e-mail files of the request SLUG, and say what they seem to mean.

    Somebody reads them on the site and writes them down as events: nothing is decided here.
    """
    with opened_parts(settings) as parts:
        with parts.database.reading() as session:
            get_request(session, slug, OPERATOR)
        kept = [_keep(parts, slug, file) for file in files]
    if as_json:
        click.echo(json.dumps([one.as_json() for one in kept], ensure_ascii=False))
    else:
        for one in kept:
            click.echo(one.sentence)
        if any(not one.problem for one in kept):
            click.echo(f"Read them, signed in, at {request_mail_path(slug)}")
    sys.exit(1 if any(one.problem for one in kept) else 0)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What became of an e-mail file."""

    name: str
    is_new: bool = False
    sha256: str = ""
    meaning: str = ""
    problem: str = ""

    @property
    def sentence(self) -> str:
        if self.problem:
            return f"  not taken     {self.name}: {self.problem}"
        became = "kept        " if self.is_new else "already here"
        return f"  {became}  {self.name}: it seems to say: {self.meaning}"

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.name,
            "new": self.is_new,
            "sha256": self.sha256,
            "seems": self.meaning,
            "problem": self.problem,
        }


def _keep(parts: Parts, slug: str, path: Path) -> _Kept:
    try:
        if path.is_file() and path.stat().st_size > MOST_MAIL_BYTES:
            file = read_mail_file(path.name, b" " * (MOST_MAIL_BYTES + 1))  # refused, unread
        else:
            file = read_mail_file(path.name, _read(path))
        store_mail(parts.storage, file)
        return _Kept(path.name, _note(parts, slug, file), file.sha256, _meaning(file))
    except ArchiveError as problem:
        return _Kept(path.name, problem=f"{problem.sentence} {problem.help}".strip())


def _note(parts: Parts, slug: str, file: MailFile) -> bool:
    with parts.database.transaction() as session:
        request = get_request(session, slug, OPERATOR)
        return add_mail(session, request, file, viewer=OPERATOR, at=parts.clock())[1]


def _meaning(file: MailFile) -> str:
    return ", ".join(EVENT_WORDS[propose_event(mail).kind] for mail in file.mail.all_mails)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotThere(f"{path} cannot be opened.") from error


class FileNotThere(ArchiveError):
    """A file that was named on the command line."""

    code = "file_not_there"
    sentence = "This file cannot be opened."
    help = "Check that you may read it, and that it is still there."
    status = 400
    exit_code = 2


def _as_json(plan: ImportPlan, made: int) -> dict[str, object]:
    rows = [
        {
            "line": one.row.line,
            "title": one.form.title,
            "state": one.state,
            "problems": [*one.problems, *one.row.remarks],
        }
        for one in plan.rows
    ]
    return {"made": made, "counts": {state: plan.count(state) for state in RowState}, "rows": rows}


def _print_plan(plan: ImportPlan, made: int, *, is_confirmed: bool, is_stopped: bool) -> None:
    counts = [f"{plan.count(state):,} {words}" for state, words in _STATE_WORDS.items() if plan.count(state)]
    click.echo(", ".join(counts) + "." if counts else "There are no rows in this table.")
    for one in plan.rows:
        for said in (*one.problems, *one.row.remarks):
            click.echo(f"  line {one.row.line:,}: {said}")
    if is_stopped:
        click.echo("Nothing was made. Correct the file, or add --leave-out.")
    elif is_confirmed:
        click.echo(f"{made:,} made, for members. An editor makes them public, one by one.")
    else:
        click.echo("Nothing was made. Add --confirm to make them.")
