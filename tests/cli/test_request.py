"""``reading-room request``: tables and e-mails from the machine itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from archive.cli import reading_room
from archive.cli.request import FileNotThere
from archive.models import FoiaRequest, RequestEvent, RequestMail
from archive.parts import opened_parts
from archive.rules.request_errors import RequestNotFound
from archive.settings import load_settings
from tests.files.make_mails import HOSTILE_MAILS, MAILS
from tests.requests_made import make_request

TABLE = "title,agency,number,sent\nOpting out,ICE,F-1,2010-02-03\nPlans,ICE,F-2,2010-02-04\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text(TABLE)
    return path


def run(home: Path, *arguments: str | Path) -> Result:
    command = ["--home", str(home), "request", *(str(each) for each in arguments)]
    return CliRunner().invoke(reading_room, command)


def count(home: Path, model: type[FoiaRequest] | type[RequestMail] | type[RequestEvent]) -> int:
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.reading() as session:
        return len(session.scalars(select(model)).all())


def test_a_table_is_only_looked_at_unless_it_is_said(home: Path, table: Path) -> None:
    told = run(home, "import", table)
    assert told.exit_code == 0
    assert told.output == "2 to be made.\nNothing was made. Add --confirm to make them.\n"
    assert count(home, FoiaRequest) == 0


def test_a_table_is_made_once(home: Path, table: Path) -> None:
    assert "2 made, for members." in run(home, "import", "--confirm", table).output
    assert "2 here already." in run(home, "import", "--confirm", table).output
    assert count(home, FoiaRequest) == 2


def test_a_row_with_a_problem_keeps_all_out(home: Path, table: Path) -> None:
    table.write_text(TABLE + "Bad,ICE,F-3,soon\n")
    told = run(home, "import", "--confirm", table)
    assert told.exit_code == 1
    assert "line 4: Column 'sent': 'soon' is no date" in told.output
    assert count(home, FoiaRequest) == 0
    assert run(home, "import", "--confirm", "--leave-out", table).exit_code == 0
    assert count(home, FoiaRequest) == 2


def test_the_answer_for_programs_has_each_row(home: Path, table: Path) -> None:
    told = json.loads(run(home, "import", "--confirm", "--json", table).output)
    assert told["made"] == 2
    assert told["counts"] == {"new": 2, "here": 0, "twice": 0, "wrong": 0}
    assert [row["line"] for row in told["rows"]] == [2, 3]


def test_a_table_that_is_not_there_is_said(home: Path) -> None:
    assert isinstance(run(home, "import", "nowhere.csv").exception, FileNotThere)


def test_mails_are_kept_and_what_they_seem_to_say_is_told(home: Path, tmp_path: Path) -> None:
    with opened_parts(load_settings(home, environ={})) as parts, parts.database.transaction() as session:
        make_request(session)
    good, bad = tmp_path / "ack.eml", tmp_path / "not.eml"
    good.write_bytes(MAILS["acknowledgement.eml"]())
    bad.write_bytes(HOSTILE_MAILS["not_a_mail.eml"]())
    told = run(home, "mail", "opt-out-records", good, bad, tmp_path / "absent.eml")
    assert told.exit_code == 1
    assert "kept          ack.eml: it seems to say: acknowledged" in told.output
    assert "not taken     not.eml: This file is not an e-mail." in told.output
    assert "absent.eml cannot be opened" in told.output
    again = json.loads(run(home, "mail", "--json", "opt-out-records", good).output)
    assert (again[0]["new"], again[0]["problem"]) == (False, "")
    assert (count(home, RequestMail), count(home, RequestEvent)) == (1, 1)


def test_mails_of_a_request_that_is_not_there_are_refused(home: Path, tmp_path: Path) -> None:
    good = tmp_path / "ack.eml"
    good.write_bytes(MAILS["acknowledgement.eml"]())
    assert isinstance(run(home, "mail", "nothing", good).exception, RequestNotFound)
