"""What a spreadsheet says about files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.errors import MetadataFileWrong
from archive.rules.statuses import DocumentKind
from archive.services.metadata_csv import read_metadata_csv


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "about.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_each_row_describes_the_file_it_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "title,file,kind,date,from,agency,unrelated\n"
        "Opt-out memo,memo.pdf,memo,2010-08-17,Assistant Director,ICE,x\n"
        ",letter.pdf,sign-on letter,,,,\n",
    )
    described = read_metadata_csv(path)
    memo = described["memo.pdf"]
    assert (memo.title, memo.dated_on, memo.sender, memo.agency) == (
        "Opt-out memo",
        date(2010, 8, 17),
        "Assistant Director",
        "ICE",
    )
    assert described["letter.pdf"].kind == DocumentKind.SIGN_ON_LETTER


def test_a_vote_and_a_language_are_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "file,vote,language\na.pdf,5-0,\nb.pdf,,Spanish\nc.pdf,,English\n")
    said = {file: (one.vote, one.language) for file, one in read_metadata_csv(path).items()}
    assert said == {"a.pdf": ("5-0", ""), "b.pdf": ("", "es"), "c.pdf": ("", "")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,title\nmemo.pdf,x\n", "no column named 'file'"),
        ("file,date\nmemo.pdf,17 August\n", "about.csv, line 2: '17 August' is not a date"),
        ("file,kind\na.pdf,memo\nb.pdf,poem\n", "about.csv, line 3: there is no kind 'poem'"),
        ("file,language\na.pdf,the usual\n", "about.csv, line 2: 'the usual' is not the code of a language"),
        ("file,vote\na.pdf," + "5" * 101 + "\n", "about.csv, line 2: the vote is too long"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(MetadataFileWrong, match=says):
        read_metadata_csv(write(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "about.csv"
    path.write_bytes(b"file,title\n\xff\xfe\x00,x\n")
    with pytest.raises(MetadataFileWrong, match="cannot be read"):
        read_metadata_csv(path)
