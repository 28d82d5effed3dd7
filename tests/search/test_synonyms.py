"""Several names for one thing, from a file that an operator may edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import BadSetting
from archive.rules.query import And, Node, Not, Or, Phrase, Same, Term, positive_leaves
from archive.search.query import parse_tree
from archive.search.synonyms import (
    FILE_NAME,
    MAX_FILE_BYTES,
    MAX_USES,
    SHIPPED,
    SynonymBook,
    SynonymUse,
    open_synonyms,
)

BOOK = SynonymBook(
    [("S-Comm", "Secure Communities"), ("detainer", "I-247", "immigration hold"), ("DHS", "Homeland")]
)
S_COMM = Same((Term("scomm"), Phrase(("s", "comm"), exact=False)))
SECURE = Phrase(("secure", "communities"), exact=False)


def expand(written: str) -> Node:
    """The tree with the other names."""
    return BOOK.expand(parse_tree(written))[0]


def test_a_name_is_also_its_other_names() -> None:
    assert expand("S-Comm") == Same((*S_COMM.parts, SECURE))
    assert expand("scomm memo") == And((Same((Term("scomm"), SECURE)), Term("memo")))


def test_a_name_of_several_words_stands_side_by_side() -> None:
    words = And((Term("secure"), Term("communities")))
    assert expand("the secure communities memo") == And((Term("the"), Or((words, S_COMM)), Term("memo")))
    assert expand("secure communities") == Or((words, S_COMM))
    assert expand("communities secure") == And((Term("communities"), Term("secure")))


def test_a_choice_is_expanded_word_by_word() -> None:
    assert expand("memo OR S-Comm") == Or((Term("memo"), Same((*S_COMM.parts, SECURE))))


@pytest.mark.parametrize(
    "written",
    [
        '"S-Comm"',
        '"secure communities"',
        "S-Comm /5 memo",
        "scomm*",
        "scomm~",
        "title:scomm",
        "memo -scomm",
        "detained",
        "detention",
    ],
)
def test_what_was_asked_for_exactly_is_never_expanded(written: str) -> None:
    tree = parse_tree(written)
    assert BOOK.expand(tree) == (tree, ())


def test_a_plural_is_the_same_name_but_other_forms_are_not() -> None:
    tree = BOOK.expand(parse_tree("I-247"))[0]
    assert isinstance(tree, Same)
    assert {Phrase(("detainer",)), Phrase(("detainers",))} <= set(tree.parts)
    assert Term("detainer") not in tree.parts  # whose stem is that of 'detained'
    assert expand("detainers") != parse_tree("detainers")


def test_what_was_added_is_said() -> None:
    _, used = BOOK.expand(parse_tree("secure communities detainers NOT dhs"))
    assert used == (
        SynonymUse("Secure Communities", ("S-Comm",)),
        SynonymUse("detainer", ("I-247", "immigration hold")),
    )


def test_what_is_under_not_stays() -> None:
    assert expand("memo NOT dhs") == And((Term("memo"), Not(Term("dhs"))))


def test_there_is_an_end_to_what_is_added() -> None:
    book = SynonymBook([(f"word{number}", f"other{number}") for number in range(2 * MAX_USES)])
    asked = parse_tree(" ".join(f"word{number}" for number in range(2 * MAX_USES)))
    tree, used = book.expand(asked)
    assert len(used) == MAX_USES
    assert sum(isinstance(leaf, Same) for leaf in positive_leaves(tree)) == MAX_USES


def test_a_file_is_read_with_its_remarks(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("\ufeff# names\n\nS-Comm = Secure Communities # the programme\ndetainer, I-247\n")
    book = SynonymBook.load(file)
    assert book.expand(parse_tree("scomm"))[1] == (SynonymUse("S-Comm", ("Secure Communities",)),)
    assert book.expand(parse_tree("I-247"))[1] == (SynonymUse("I-247", ("detainer",)),)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("detainer", "no other name"),
        ("detainer =", "missing"),
        ("= detainer = hold", "missing"),
        ("detainer = §", "no word"),
        ('detainer = "hold"', "cannot stand"),
        ("detain* = hold", "cannot stand"),
        ("hold OR detainer = hold", "cannot stand"),
        ("S-Comm = SComm", "the same"),
        ("a = b c d e f g h i j", "more than 8 words"),
        ("=".join("abcdefghijklmn"), "more than 12"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"# names\ndetainer = hold\n{line}\n")
    with pytest.raises(BadSetting) as caught:
        SynonymBook.load(file)
    assert f"Line 3 of {file}" in caught.value.sentence
    assert says in caught.value.sentence
    assert caught.value.help


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    with pytest.raises(BadSetting, match="cannot be read"):
        SynonymBook.load(file)
    file.write_bytes(b"a = b\n\xff = c\n")
    with pytest.raises(BadSetting, match=r"Line 2 of .* is not UTF-8"):
        SynonymBook.load(file)
    file.write_text("#" * (MAX_FILE_BYTES + 1))
    with pytest.raises(BadSetting, match="larger than"):
        SynonymBook.load(file)


def test_the_operators_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    asked = parse_tree("detainer")
    assert open_synonyms(tmp_path).expand(asked)[1]
    (tmp_path / FILE_NAME).write_text("bond = bail\n")
    assert not open_synonyms(tmp_path).expand(asked)[1]
    assert open_synonyms(tmp_path).expand(parse_tree("bail"))[1] == (SynonymUse("bail", ("bond",)),)


def test_the_shipped_book_knows_the_field() -> None:
    book = SynonymBook.load(SHIPPED)
    for asked, other in {
        "S-Comm": "Secure Communities",
        "secure communities": "S-Comm",
        "I-247": "detainer",
        "MOA": "memorandum of agreement",
        "alien registration number": "A-number",
    }.items():
        (use,) = book.expand(parse_tree(asked))[1]
        assert other in use.added
