"""Lists of queries as people have them: pasted, and saved by spreadsheets."""

from __future__ import annotations

import pytest

from archive.services.term_lists import MOST_QUERIES, TermListWrong, read_term_file, term_list


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    data = "query,note\r\ndeténtion,x\r\nopt out,y\r\n".encode(encoding)
    assert read_term_file(data).splitlines() == ["deténtion", "opt out"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_first_column_is_taken_whatever_separates(separator: str) -> None:
    data = f'Search terms{separator}b\n"""opt out"" county"{separator}1\nplain{separator}2\n'.encode()
    assert read_term_file(data).splitlines() == ['"opt out" county', "plain"]


def test_a_list_that_is_no_csv_keeps_its_quotation_marks() -> None:
    assert read_term_file(b'"opt out" county\ndetainer\n').splitlines() == ['"opt out" county', "detainer"]


def test_a_first_line_that_is_no_head_is_a_query() -> None:
    assert read_term_file(b"detainer\nbond\n").splitlines() == ["detainer", "bond"]
    assert read_term_file(b"") == ""


def test_repeated_lines_are_left_out_and_counted() -> None:
    found = term_list(["a\n\n b \na", "b\nc"])
    assert found.queries == ("a", "b", "c")
    assert found.repeated == 2


def test_a_list_that_is_too_long_is_refused_in_words() -> None:
    assert len(term_list(["\n".join(map(str, range(MOST_QUERIES)))]).queries) == MOST_QUERIES
    with pytest.raises(TermListWrong, match="201 queries"):
        term_list(["\n".join(map(str, range(MOST_QUERIES + 1)))])


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(TermListWrong):
        read_term_file(b"\xff\xfe\x00")
