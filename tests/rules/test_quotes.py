"""A quotation is found through what typing, printing and OCR vary, and through nothing else."""

from __future__ import annotations

import time

import pytest

from archive.rules.quote_breaks import find_over_break
from archive.rules.quote_context import context_of, likeness
from archive.rules.quote_folding import fold_strictly, same_words
from archive.rules.quote_wording import is_as_typed, leaves_words_out
from archive.rules.quotes import find_exactly, find_quote, page_text

PAGE = (
    "The “opt-out” program isn’t mandatory — it is voluntary.\n"
    "Non-compliance costs $1,000; the oﬃce of Sheriff O’Brien\n"
    "may co-operate. Counties can’t opt out, 5-0, after 50 days.\n\n"
    "- The party said so. A depart-\nment may not."
)


def found(quote: str, text: str = PAGE, *, slips: bool = False, grow: bool = False) -> list[str]:
    return [
        " … ".join(" ".join(text[start:end].split()) for start, end in match.ranges)
        for match in find_quote(page_text(text), quote, slips=slips, grow=grow)
    ]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('The "opt-out" program', "The “opt-out” program"),
        ("the “opt out”   program\nisn't MANDATORY", "The “opt-out” program isn’t mandatory"),
        ("isn't mandatory -- it is", "isn’t mandatory — it is"),
        ("non compliance costs", "Non-compliance costs"),
        ("the office of Sheriff O'Brien may cooperate", "the oﬃce of Sheriff O’Brien may co-operate"),
        ("a department may not", "A depart- ment may not"),
        ("co\u00adoperate", "co-operate"),
        ("- The party", "- The party"),
        ("[I]t is voluntary", "it is voluntary"),
        ("“It is voluntary,”", "it is voluntary"),
        ("the program … is voluntary", ""),
        ("program [...] is voluntary", "program … is voluntary"),
        ("isn't mandatory ... may co-operate", "isn’t mandatory … may co-operate"),
        ("may co-operate [sic]. Counties", "may co-operate. Counties"),
        ("Counties [of that state] opt out", "Counties … opt out"),
        ("opt out, 5-0", "opt out, 5-0"),
    ],
)
def test_a_quotation_is_found_as_people_write_it(quote: str, words: str) -> None:
    assert found(quote) == ([words] if words else [])


@pytest.mark.parametrize(
    "quote",
    [
        "it is mandatory",
        "voluntary it is",
        "Counties can opt out",
        "Counties can",
        "compliance costs",
        "costs $1",
        "art",
        "opt out, 50",
        "may co-operate ... isn't mandatory",
        "",
        "...",
        "“”",
    ],
)
def test_other_words_are_not_found(quote: str) -> None:
    assert found(quote) == []


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("compliance costs", "Non-compliance costs"),
        ("Counties can", "Counties can’t"),
        ("costs $1", "costs $1,000"),
        ("rogram isn’t mandat", "program isn’t mandatory"),
        ("art", ""),
    ],
)
def test_a_selection_that_cuts_a_word_takes_it_whole(quote: str, words: str) -> None:
    assert found(quote, grow=True) == ([words] if words else [])


def test_every_place_is_found_from_the_top() -> None:
    text = "Counties may opt.\nSome counties may not.\ncounties  may"
    starts = [match.start for match in find_quote(page_text(text), "counties may")]
    assert starts == [0, 23, 41]


def test_a_dash_alone_is_a_word_of_the_page() -> None:
    text = "first -- second - third-rate"
    assert [text[start:end] for start, end in find_exactly(page_text(text), "-")] == ["-"]
    assert [text[start:end] for start, end in find_exactly(page_text(text), "--")] == ["--"]
    assert found("- third-rate", text) == ["- third-rate"]


def test_words_written_with_marks_are_not_cut() -> None:
    assert found("हिन्द", "हिन्दी में") == []
    assert found("हिन्दी", "हिन्दी में") == ["हिन्दी"]
    assert found("公開", "情報公開法に") == ["公開"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("a  b\nc", "a b c", True),
        ("co-operate", "cooperate", True),
        ("“yes”", '"yes"', True),
        ("sheriff’s", "sheriff's", True),
        ("oﬃce", "office", True),
        ("5-0", "50", False),
        ("5 0", "50", False),
        ("5–0", "5-0", True),
        ("Ice", "ICE", False),
        ("may not", "may", False),
    ],
)
def test_what_folding_leaves_alike(one: str, other: str, is_same: bool) -> None:
    assert same_words(one, other) == is_same


def test_folding_keeps_all_else() -> None:
    assert fold_strictly("It's “5–0” – (b)(6), co-op\u00aderate!") == 'It\'s"5-0"(b)(6),cooperate!'


SCAN = "Participatlon in Secure Cornmunities is not rnandatory for the counties of thls state."


@pytest.mark.parametrize(
    ("quote", "slips"),
    [
        ("Participation in Secure Communities is not mandatory for the counties", 5),
        ("is not mandatory for the counties", 2),
        ("participation … the counties of this state", 2),
        ("counties of this state", 1),
    ],
)
def test_misread_letters_are_found_and_counted(quote: str, slips: int) -> None:
    assert find_quote(page_text(SCAN), quote) == ()
    (match,) = find_quote(page_text(SCAN), quote, slips=True)
    assert match.slips == slips


@pytest.mark.parametrize(
    "quote",
    [
        "Participation in Secure Communities is mandatory for the counties",
        "Participation in Secure Communities is not yet mandatory for the counties",
        "Participation in Secure Communities is not voluntary for the counties",
        "Secure Communities in Participation is not mandatory for the counties",
        "not",
    ],
)
def test_a_word_that_is_not_there_is_no_slip(quote: str) -> None:
    assert quote == "not" or found(quote, SCAN, slips=True) == []


FEET = "said the counties\nmay opt\n\nPage 1\nICE-000001"
HEAD = "MEMORANDUM\nJune 2, 2010\nout of it by letter\nor not."


def over(first: str, second: str, quote: str, *, slips: bool = False) -> list[str]:
    texts = (first, second)
    match = find_over_break(texts, quote, slips=slips)
    ranges = match.ranges if match else ()
    return [" ".join(texts[index][start:end].split()) for index, start, end in ranges]


def test_a_quotation_runs_over_a_page_break() -> None:
    assert over(FEET, HEAD, "the counties may opt out of it") == ["the counties may opt", "out of it"]
    literal = "may opt Page 1 ICE-000001 MEMORANDUM June 2, 2010 out"
    assert over(FEET, HEAD, literal) == ["may opt Page 1 ICE-000001", "MEMORANDUM June 2, 2010 out"]
    assert over(FEET, HEAD, "may opt in to it") == []
    assert over(FEET, HEAD, "may opt") == []
    assert over("they co-", "operate here", "they cooperate") == ["they co-", "operate"]
    assert over(FEET, HEAD, "the countles may opt out of lt by letter", slips=True)
    assert find_over_break([FEET], "may opt") is None


def test_furniture_is_short() -> None:
    assert over(FEET, "A long line of text " * 8 + "\n" + HEAD, "may opt out of it") == []


def test_three_pages() -> None:
    match = find_over_break(["It begins", "and\ngoes on", "to its end."], "begins and goes on to its end")
    assert match is not None
    assert [index for index, _, _ in match.ranges] == [0, 1, 2]


def test_what_was_typed_is_told_from_what_the_page_says() -> None:
    assert is_as_typed(["the county may"], "“The county may,”")
    assert is_as_typed(["The county may"], "[t]he county may")
    assert is_as_typed(["the county", "opt out"], "the county ... opt-out")
    assert not is_as_typed(["ICE may"], "Ice May")
    assert not is_as_typed(["Counties can’t"], "counties can")
    assert leaves_words_out("a county … may")
    assert not leaves_words_out("a county may…")


def test_repeated_lines_are_told_apart_by_more_of_what_stands_before() -> None:
    text = "First row\n" + "name withheld (b)(6)\n" * 6
    places = find_exactly(page_text(text), "(b)(6)")
    around = [context_of(text, place, places) for place in places]
    assert len(set(around)) == 6
    assert around[0] == ("First row name withheld", "name withheld (b)(6) name")
    before = [text[:start] for start, _ in places]
    assert max(range(6), key=lambda index: likeness(before[index], before[3])) == 3


def test_a_page_is_searched_at_once() -> None:
    words = [f"word{number % 97} said" for number in range(1_000)]
    text = "\n".join(" ".join(words[at : at + 9]) for at in range(0, 1_000, 9))
    quote = " ".join(words[500:530])
    began = time.process_time()
    for _ in range(10):
        assert find_quote(page_text(text), quote)
        assert not find_quote(page_text(text), quote.replace("said", "sung"), slips=True)
    assert (time.process_time() - began) / 10 < 0.2, "seconds for both; the machine may be busy"
