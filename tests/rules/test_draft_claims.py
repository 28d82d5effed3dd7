"""What a draft is taken to say: which words are quoted, and which link goes with them."""

from __future__ import annotations

import time

import pytest

from archive.exports.draft_files import pasted_draft
from archive.rules.draft_claims import TooManyClaims, claims_in, find_target
from archive.rules.draft_verdicts import changes_between

A, B = "/cite/aaaaaaaaaaaaaaaa", "/cite/bbbbbbbbbbbbbbbb"


def said(draft: str) -> list[tuple[str, str]]:
    """Each quotation with the first letter of the citation that it is linked to."""
    return [
        (claim.quote, claim.target.citation_id[:1] if claim.target else "")
        for claim in claims_in(pasted_draft(draft))
    ]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (f"“one two” ({A}), “three four” ({B}).", [("one two", "a"), ("three four", "b")]),
        (f"[“one two”]({A}) and [a memo]({B}): “three four”.", [("one two", "a"), ("three four", "b")]),
        (f"“one two.” He went on. In [a memo]({A}) he said “three four.”", [("three four.", "a")]),
        (f"> one two\n> three\n\n({A})", [("one two three", "a")]),
        (f"> one two\n>\n> — [memo]({A})", [("one two", "a")]),
        (f"<blockquote>one two — <a href='{A}'>a memo</a></blockquote>", [("one two", "a")]),
        (f"<blockquote><a href='{A}'>one two</a></blockquote>", [("one two", "a")]),
        (f"<p><q>one two</q> <a href='{A}'>memo</a></p>", [("one two", "a")]),
        (f"„eins zwei“ ({A}), «un deux» ({B})", [("eins zwei", "a"), ("un deux", "b")]),
        (f"»eins zwei« ({A}), « un deux » ({B})", [("eins zwei", "a"), ("un deux", "b")]),
        (f"‘It’s the counties’ choice’ ({A})", [("It’s the counties’ choice", "a")]),
        (f"‘one,’ he said, “two’s three” ({A})", [("two’s three", "a")]),
        (f"“one ‘two’ three” ({A})", [("one ‘two’ three", "a")]),
        (
            f"“a first paragraph of it\n\n“and a second” ({A})",
            [("a first paragraph of it", ""), ("and a second", "a")],
        ),
        (f"archive.example{A} says “one two”", [("one two", "a")]),
        (f"@misc{{key,\n url={{https://archive.example{A}}}\n}}", [("", "a")]),
        ("“few words” and “four words or more”", [("four words or more", "")]),
        ("the ’90s of counties’ letters", []),
    ],
)
def test_which_words_go_with_which_link(draft: str, expected: list[tuple[str, str]]) -> None:
    assert said(draft) == expected


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (f"https://archive.example{A}", "archive.example"),
        (f"http://user:secret@Archive.Example:8080/below{A}#x", "archive.example:8080"),
        (f"archive.example{A}/embed?x=1", "archive.example"),
        (f"{A}.json", ""),
    ],
)
def test_an_address_is_known_in_every_form(address: str, host: str) -> None:
    target = find_target(address)
    assert target is not None
    assert (target.citation_id, target.host) == ("a" * 16, host)


@pytest.mark.parametrize(
    "address", ["https://example.org/", "/cite/check", "/cite/aaaa", f"{A}x", "//[/cite/a", "/documents/x"]
)
def test_other_addresses_are_none_of_ours(address: str) -> None:
    assert find_target(address) is None


def test_a_difference_is_always_shown() -> None:
    for quote, source in [("He may go", "He MAY go"), ("no, he may", "no he may"), ("5.00", "500")]:
        assert any(change.kind != "same" for change in changes_between(quote, source))


@pytest.mark.parametrize(
    "draft", [f"{A} " * 40_000, "“a b” " * 160_000, "“four words or more” " * 201, "<blockquote>a" * 70_000]
)
def test_endless_drafts_are_refused_at_once(draft: str) -> None:
    begun = time.perf_counter()
    try:
        claims_in(pasted_draft(draft))
    except TooManyClaims:
        pass
    else:
        assert draft.startswith("<blockquote>"), "one within another is one"
    assert time.perf_counter() - begun < 20
