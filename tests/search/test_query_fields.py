"""Fields, and the conditions they mean."""

from __future__ import annotations

from datetime import date

import pytest

from archive.rules.query import (
    And,
    BatesRange,
    Between,
    Fuzzy,
    HasCode,
    HasValue,
    InField,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Same,
    Term,
)
from archive.rules.statuses import KIND_WORDS, DocumentKind
from archive.search.query import parse_tree
from archive.search.query_ranges import MAX_BATES_NUMBER
from ingest.page import TextSource

DETAINER = Term("detainer")
ICE = InField("agency", Term("ice", exact=True))
DHS = InField("agency", Term("dhs", exact=True))


def days(first: date | None, last: date | None) -> Between:
    """A range of days."""
    start = date(1970, 1, 1)
    low, high = (None if day is None else (day - start).days for day in (first, last))
    return Between("date", low, high)


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("title:agreements", InField("title", Term("agreements"))),
        ('Title:"the agreement"', InField("title", Phrase(("the", "agreement")))),
        ("title:“agreement”", InField("title", Term("agreement", exact=True))),
        ("subject:finger*", InField("subject", Prefix("finger"))),
        ("from:rivra~", InField("from", Fuzzy("rivra"))),
        ("sender:rivera", InField("from", Term("rivera"))),
        ("recipient:sheriff", InField("to", Term("sheriff"))),
        ("agency:ICE", ICE),
        ('agency:"homeland security"', InField("agency", Phrase(("homeland", "security")))),
        (
            "place:santa-clara",
            InField("place", Same((Term("santaclara", exact=True), Phrase(("santa", "clara"))))),
        ),
        ("file:emails", InField("file", Term("emails"))),
        ("kind:memo", HasValue("kind", "memo")),
        ("type:E-Mails", HasValue("kind", "email")),
        ('kind:"sign-on letter"', HasValue("kind", "sign_on_letter")),
        ("kind:*letter", HasValue("kind", "*letter")),
        ("production:first-*", HasValue("production", "first*")),
        ('production:"First production"', HasValue("production", "first-production")),
        ("request:2010FOIA2674", HasValue("request", "2010foia2674")),
        ("source:ocr", HasValue("source", "ocr")),
        ("source:text", HasValue("source", "text_layer")),
        ("lang:Spanish", HasValue("lang", "es")),
        ("lang:español", HasValue("lang", "es")),
        ("pages:20", Between("pages", 20, 20)),
        ("pages:>1,000", Between("pages", 1001, None)),
        ("redacted:>60", Between("redacted", 61, None)),
        ("redacted:<= 60%", Between("redacted", None, 60)),
        ("redacted:20%..40%", Between("redacted", 20, 40)),
    ],
)
def test_a_field_is_a_condition(written: str, tree: Node) -> None:
    assert parse_tree(written) == tree


@pytest.mark.parametrize(
    "written",
    ["b7E", "(b)(7)(E)", "7(E)", "b(7)(E)", "B7e.", '"(b)(7)(E)"', "(b7E)", "((b)(7)(E))", "exemption7E"],
)
def test_an_exemption_may_be_spelled_in_any_way(written: str) -> None:
    assert parse_tree(f"ex:{written}") == HasCode("b7e")
    assert parse_tree(f"detainer exemption:{written}") == And((DETAINER, HasCode("b7e")))


def test_exemptions_of_the_privacy_act_are_known() -> None:
    assert parse_tree("ex:k2") == parse_tree("ex:(k)(2)") == HasCode("k2")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("b5dpp", "b5dpp"),
        ("b5DPP", "b5dpp"),
        ('"(b)(5) DPP"', "b5dpp"),
        ("1.4d", "1.4d"),
        ("1.4(D)", "1.4d"),
        ("1.4", "1.4"),
        ("25X1", "3.3b1"),
        ("ny:87.2.b", "ny:87.2.b"),
        ("87(2)(b)", "ny:87.2.b"),
        ("ny:87.2", "ny:87.2"),
        ("ny", "ny"),
        ("7923.600", "ca:7923.600"),
        ('"Gov. Code § 7923.600"', "ca:7923.600"),
        ("nj:47:1a-1.1", "nj:47:1a-1.1"),
        ("tx:552.101", "tx:552.101"),
    ],
)
def test_privileges_classification_and_states_are_known(written: str, code: str) -> None:
    assert parse_tree(f"ex:{written}") == HasCode(code)


def test_several_exemptions_are_a_choice() -> None:
    choice = Or((HasCode("b6"), HasCode("b7c")))
    assert parse_tree("ex:(b6 OR b7C)") == choice
    assert parse_tree("ex:(b)(6),(b)(7)(C)") == choice
    assert parse_tree("ex:b6 ex:b7C") == choice
    assert parse_tree("ex:(1.4d OR ny:87.2.b)") == Or((HasCode("1.4d"), HasCode("ny:87.2.b")))


@pytest.mark.parametrize(
    ("written", "between"),
    [
        ("date:2010", days(date(2010, 1, 1), date(2010, 12, 31))),
        ("year:2010", days(date(2010, 1, 1), date(2010, 12, 31))),
        ("date:2012-02", days(date(2012, 2, 1), date(2012, 2, 29))),
        ("date:2010-05-17", days(date(2010, 5, 17), date(2010, 5, 17))),
        ("date:2010-05..2010-11", days(date(2010, 5, 1), date(2010, 11, 30))),
        ("date:2010..", days(date(2010, 1, 1), None)),
        ("date:..2010", days(None, date(2010, 12, 31))),
        ("date:>2010", days(date(2011, 1, 1), None)),
        ("date:>=2010", days(date(2010, 1, 1), None)),
        ("date:<2010-05", days(None, date(2010, 4, 30))),
        ("date:<=2010-05", days(None, date(2010, 5, 31))),
        ("date:>2009 date:<2012", days(date(2010, 1, 1), date(2011, 12, 31))),
        ("date:<2012 year:>2009", days(date(2010, 1, 1), date(2011, 12, 31))),
    ],
)
def test_dates_are_ranges_of_days(written: str, between: Between) -> None:
    assert parse_tree(written) == between


def test_dates_on_both_sides_of_a_gap_are_a_choice() -> None:
    assert parse_tree("date:<2009 date:>2011") == Or(
        (days(None, date(2008, 12, 31)), days(date(2012, 1, 1), None))
    )


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("ICE-000120", BatesRange("ICE", 120, 120)),
        ("ICE-000120..ICE-000190", BatesRange("ICE", 120, 190)),
        ("ICE-000120..190", BatesRange("ICE", 120, 190)),
        ("ICE-001120..190", BatesRange("ICE", 1120, 1190)),
        ("ICE-000120..", BatesRange("ICE", 120, MAX_BATES_NUMBER)),
        ("..ICE-000190", BatesRange("ICE", 0, 190)),
        ("ICE-*", BatesRange("ICE", 0, MAX_BATES_NUMBER)),
        ("*", BatesRange("*", 0, MAX_BATES_NUMBER)),
        ("120", BatesRange("*", 120, 120)),
        (">ICE-000120", BatesRange("ICE", 121, MAX_BATES_NUMBER)),
        ("<ICE-000120", BatesRange("ICE", 0, 119)),
        ('"ICE FOIA 10-2674.0001234"', BatesRange("ICEFOIA102674", 1234, 1234)),
        ('"ICE FOIA 10-2674.0001234..0001240"', BatesRange("ICEFOIA102674", 1234, 1240)),
        ('"ICE 7".."ICE 9"', BatesRange("ICE", 7, 9)),
        ('"ICE FOIA 10-2674.*"', BatesRange("ICEFOIA102674", 0, MAX_BATES_NUMBER)),
    ],
)
def test_bates_numbers_are_ranges_of_a_series(written: str, span: BatesRange) -> None:
    assert parse_tree(f"bates:{written}") == span


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("agency:ice agency:dhs", Or((ICE, DHS))),
        ("agency:ice detainer agency:dhs", And((Or((ICE, DHS)), DETAINER))),
        ("agency:(ice OR dhs)", Or((ICE, DHS))),
        ("agency:(ice, dhs)", Or((ICE, DHS))),
        ("agency:ice AND agency:dhs", And((ICE, DHS))),
        ("agency:ice kind:memo", And((ICE, HasValue("kind", "memo")))),
        ("detainer -agency:ice", And((DETAINER, Not(ICE)))),
        ("(agency:ice)", ICE),
        ('kind:(memo "sign-on letter")', Or((HasValue("kind", "memo"), HasValue("kind", "sign_on_letter")))),
    ],
)
def test_a_repeated_field_is_or_and_different_ones_are_and(written: str, tree: Node) -> None:
    assert parse_tree(written) == tree


@pytest.mark.parametrize(
    "written", ["foo:bar", "10:30", "https://ice.gov/foia?x=1", "Subject: detainer", "form:I-9"]
)
def test_what_only_looks_like_a_field_is_words(written: str) -> None:
    tree = parse_tree(written)
    parts = tree.parts if isinstance(tree, And) else (tree,)
    assert all(isinstance(part, Term | Same) for part in parts)


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_is_found_by_its_name_and_its_words(kind: DocumentKind) -> None:
    assert parse_tree(f"kind:{kind.value}") == HasValue("kind", kind.value)
    assert parse_tree(f'kind:"{KIND_WORDS[kind].title()}"') == HasValue("kind", kind.value)


def test_every_source_of_text_can_be_asked_for() -> None:
    asked = [parse_tree(f"source:{word}") for word in ("text", "ocr", "none")]
    assert asked == [HasValue("source", source.value) for source in TextSource]
