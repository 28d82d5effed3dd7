"""What whoever writes a law is told, and what the files must hold together."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.law_files import parse_agency_rules, parse_cited, parse_law
from archive.rules.law_table import BadLawFile
from archive.rules.law_values import CheckedHow, LimitKind, LimitStart, Unit

LAW = """
place = "Kansas"
name = "Kansas Open Records Act"
short = "KORA"
cite = "K.S.A. 45-215 et seq."
calendar = "us-ks"
source = "https://example.org/"
checked_on = 2026-11-29
checked_how = "remembered"

[limit.answer]
amount = 3
unit = "workdays"
starts = "receipt"
statute = "K.S.A. 45-218(d)"

[cites]
request = "K.S.A. 45-218(a)"
"""
AGENCY = """
[[agency]]
law = "us"
names = ["Department of the Interior", "DOI"]
cite = "43 CFR 2.58"
checked_on = 2026-11-29
checked_how = "remembered"

[agency.limit.appeal]
amount = 90
unit = "workdays"
starts = "determination"
statute = "43 CFR 2.58(a)"
"""


def told(text: str) -> str:
    """The sentence for whoever wrote ``text`` into us-ks.toml."""
    with pytest.raises(BadLawFile) as raised:
        parse_law("us-ks.toml", text)
    return raised.value.sentence


def test_a_short_file_is_a_law() -> None:
    law = parse_law("us-ks.toml", LAW)
    assert (law.id, law.place, law.checked_on) == ("us-ks", "Kansas", date(2026, 11, 29))
    assert law.checked_how is CheckedHow.REMEMBERED
    answer = law.limit(LimitKind.ANSWER)
    assert answer is not None
    assert (answer.amount, answer.unit, answer.starts) == (3, Unit.WORKDAYS, LimitStart.RECEIPT)
    assert (answer.words, answer.rolls, answer.quote) == ("3 working days", False, "")
    assert (law.pauses, law.appeal_to, law.court, law.is_exhausted_by_silence) == ((), "", "", False)


def test_words_over_several_lines_are_one_sentence() -> None:
    law = parse_law("us-ks.toml", LAW.replace('"Kansas"', '"""\nKansas\n  and its towns"""'))
    assert law.place == "Kansas and its towns"


@pytest.mark.parametrize(
    ("slip", "instead", "sentence"),
    [
        ('place = "Kansas"\n', "", "us-ks.toml: 'place' is missing."),
        ('place = "Kansas"', 'place = ""', "us-ks.toml: 'place' is empty."),
        ('place = "Kansas"', "place = 7", "us-ks.toml: 'place' must be words in quotation marks, not 7."),
        (
            '"workdays"',
            '"work days"',
            "us-ks.toml, [limit.answer]: 'unit' must be one of workdays, days, months, years, not 'work",
        ),
        ("amount = 3", "amount = 0", "'amount' must be a whole number above 0, not 0."),
        ("amount = 3", 'amount = "three"', "'amount' must be a whole number above 0, not 'three'."),
        ("amount = 3", "amount = true", "'amount' must be a whole number above 0, not True."),
        ("amount = 3\n", "", "without 'amount', 'words' must say what the law sets instead"),
        ("[limit.answer]", "[limit.reply]", "a limit must be one of routing, acknowledgement, answer"),
        ("[limit.answer]", "[limit.suit]", "us-ks.toml: [limit.answer] is missing"),
        (
            "2026-11-29",
            '"2026-11-29"',
            "'checked_on' must be a date like 2026-11-29, without quotation marks.",
        ),
        ('"remembered"', '"sure"', "'checked_how' must be one of compared, remembered, not 'sure'."),
        ('"remembered"', '"compared"', "'compared' needs the words: give each limit a 'quote'."),
        ("statute =", "statue =", "'statute' is missing."),
        ('short = "KORA"', 'short = "KORA"\nnickname = "KORA"', "nothing is called 'nickname' here."),
        ("[cites]\nrequest", '[cites]\nappeal = "x"\nrequest', "[cites]: nothing is called 'appeal' here."),
        ("amount = 3", "amount = 3\nrolls = true", "nothing is called 'rolls' here."),
        ('place = "Kansas"', 'place = "Kansas', "us-ks.toml is not TOML"),
    ],
)
def test_a_slip_is_answered_with_what_and_where(slip: str, instead: str, sentence: str) -> None:
    assert slip in LAW
    assert sentence in told(LAW.replace(slip, instead))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('[missed]\nsays = "It is denied."', "[missed] needs 'statute'"),
        ('[[pause]]\nwhy = "rain"\nstatute = "x"', "[[pause]] 1: 'why' must be one of information, fees"),
        ('[pause]\nwhy = "fees"', "'pause' must be tables: write [[pause]]"),
        ('[limit.appeal]\nstarts = "determination"\nwords = "x"\nstatute = "x"', "needs 'appeal_to'"),
        ('[[cited]]\nat = "K.S.A. 45-219"', "[[cited]] 1: 'says' is missing."),
    ],
)
def test_what_is_half_said_is_asked_for(more: str, sentence: str) -> None:
    assert sentence in told(LAW + more)


def test_what_is_cited_beside_the_rows_is_read() -> None:
    (cited,) = parse_cited("us-ks.toml", LAW + '[[cited]]\nat = "K.S.A. 45-219"\nsays = "Fees."')
    assert (cited.at, cited.says) == ("K.S.A. 45-219", "Fees.")


def test_an_agency_has_its_own_times() -> None:
    (rule,) = parse_agency_rules("agencies.toml", AGENCY)
    assert rule.agencies == ("Department of the Interior", "DOI")
    assert [(limit.kind, limit.amount, limit.unit) for limit in rule.limits] == [
        (LimitKind.APPEAL, 90, Unit.WORKDAYS)
    ]


def test_an_agency_without_a_name_is_asked_for_one() -> None:
    with pytest.raises(BadLawFile, match="at least one name"):
        parse_agency_rules("agencies.toml", AGENCY.replace('"Department of the Interior", "DOI"', ""))
