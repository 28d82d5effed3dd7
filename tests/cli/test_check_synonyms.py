"""The doctor reads the list of synonyms."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from archive.cli.check import command
from archive.settings import load_settings


def test_check_names_the_wrong_line_of_a_list_of_synonyms(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("detainer = hold\nbond\n")
    answer = CliRunner().invoke(command, ["--json"], obj=load_settings(tmp_path, {}))
    (finding,) = json.loads(answer.stdout)["findings"]
    assert finding["code"] == "synonyms_wrong"
    assert "Line 2" in finding["sentence"]
    assert answer.exit_code == 1
