"""The public-records laws that ship with the program.

When a law has changed, write ``law_page()`` into docs/laws.md again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.rules.calendars import all_calendars
from archive.rules.law_cites import cites_in, cites_of, cites_of_law_files, is_well_formed
from archive.rules.law_holidays import holidays_of
from archive.rules.law_page import law_page
from archive.rules.law_values import CheckedHow, Law, Limit, LimitKind, Unit
from archive.rules.law_words import HOW_CHECKED_WORDS, LIMIT_WORDS, START_WORDS, has_fixed_limit, how_checked
from archive.rules.laws import agency_rule, agency_rules, all_laws, get_law, law_version
from archive.rules.request_errors import LawNotFound

PAGE = Path(__file__).resolve().parents[2] / "docs" / "laws.md"
NO_FIXED_LIMIT = {"us-az", "us-fl", "us-mn", "us-nc", "us-oh", "us-tx", "us-wi"}
OFFICIAL = (".gov", ".us", "lis.virginia.gov", "malegislature.gov", "code.dccouncil.gov", "ncleg.net")


def days_of(law_id: str, kind: LimitKind) -> tuple[int | None, Unit]:
    limit = get_law(law_id).limit(kind)
    assert limit is not None
    return limit.amount, limit.unit


def each_limit(law: Law) -> list[Limit]:
    return [*law.limits, *(limit for rule in agency_rules(law.id) for limit in rule.limits)]


@pytest.mark.parametrize(
    ("law_id", "kind", "amount", "unit"),
    [
        ("us", LimitKind.ROUTING, 10, Unit.WORKDAYS),
        ("us", LimitKind.ANSWER, 20, Unit.WORKDAYS),
        ("us", LimitKind.EXTENSION, 10, Unit.WORKDAYS),
        ("us", LimitKind.EXPEDITED, 10, Unit.DAYS),
        ("us", LimitKind.APPEAL, 90, Unit.DAYS),
        ("us", LimitKind.APPEAL_ANSWER, 20, Unit.WORKDAYS),
        ("us-ca", LimitKind.ANSWER, 10, Unit.DAYS),
        ("us-ca", LimitKind.EXTENSION, 14, Unit.DAYS),
        ("us-va", LimitKind.ANSWER, 5, Unit.WORKDAYS),
        ("us-va", LimitKind.EXTENSION, 7, Unit.WORKDAYS),
        ("us-dc", LimitKind.ANSWER, 15, Unit.WORKDAYS),
        ("us-dc", LimitKind.EXTENSION, 10, Unit.WORKDAYS),
        ("us-co", LimitKind.ANSWER, 3, Unit.WORKDAYS),
        ("us-co", LimitKind.EXTENSION, 7, Unit.WORKDAYS),
        ("us-ny", LimitKind.ACKNOWLEDGEMENT, 5, Unit.WORKDAYS),
        ("us-ny", LimitKind.ANSWER, 20, Unit.WORKDAYS),
        ("us-ny", LimitKind.APPEAL, 30, Unit.DAYS),
        ("us-ny", LimitKind.APPEAL_ANSWER, 10, Unit.WORKDAYS),
        ("us-il", LimitKind.ANSWER, 5, Unit.WORKDAYS),
        ("us-il", LimitKind.EXTENSION, 5, Unit.WORKDAYS),
        ("us-il", LimitKind.APPEAL, 60, Unit.DAYS),
        ("us-wa", LimitKind.ANSWER, 5, Unit.WORKDAYS),
        ("us-ma", LimitKind.ANSWER, 10, Unit.WORKDAYS),
        ("us-ma", LimitKind.APPEAL, 90, Unit.DAYS),
        ("us-tx", LimitKind.RULING, 10, Unit.WORKDAYS),
    ],
)
def test_the_field_s_own_table_is_matched(law_id: str, kind: LimitKind, amount: int, unit: Unit) -> None:
    assert days_of(law_id, kind) == (amount, unit)


def test_a_town_of_massachusetts_has_to_the_twenty_fifth_day_and_an_agency_to_the_fifteenth() -> None:
    assert days_of("us-ma", LimitKind.EXTENSION) == (15 - 10, Unit.WORKDAYS)
    assert days_of("us-ma-towns", LimitKind.EXTENSION) == (25 - 10, Unit.WORKDAYS)


def test_there_is_the_federal_law_the_district_and_fifteen_states_at_least() -> None:
    ids = [law.id for law in all_laws()]
    assert ids[0] == "us"
    assert "us-dc" in ids
    assert len({law_id[:5] for law_id in ids} - {"us", "us-dc"}) >= 15


def test_laws_are_listed_by_place_after_the_federal_one() -> None:
    places = [law.place for law in all_laws()][1:]
    assert places == sorted(places)


def test_a_law_without_a_number_of_days_says_what_it_sets_instead() -> None:
    assert {law.id for law in all_laws() if not has_fixed_limit(law)} == NO_FIXED_LIMIT
    for law_id in NO_FIXED_LIMIT:
        limit = get_law(law_id).limit(LimitKind.ANSWER)
        assert limit is not None
        assert limit.words


def test_an_unknown_law_is_not_found() -> None:
    with pytest.raises(LawNotFound):
        get_law("us-xx")


@pytest.mark.parametrize(
    "name",
    [
        "Interior",
        "DOI",
        "U.S. Department of the Interior",
        "the  department of the interior",
        "Bureau of Land Management",
    ],
)
def test_interior_gives_ninety_workdays_under_each_of_its_names(name: str) -> None:
    rule = agency_rule("us", name)
    assert rule is not None
    assert [(limit.kind, limit.amount, limit.unit) for limit in rule.limits] == [
        (LimitKind.APPEAL, 90, Unit.WORKDAYS)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "ICE",
        "DHS",
        "U.S. Immigration and Customs Enforcement (ICE)",
        "Immigration & Customs",
        "",
        "Secret Service",
    ],
)
def test_homeland_security_s_rules_are_those_of_its_components(name: str) -> None:
    rule = agency_rule("us", name)
    known = name not in ("", "Immigration & Customs")
    assert (rule is not None) == known
    assert rule is None or rule.cite == "6 CFR 5.8"


def test_an_agency_s_rules_are_of_its_law_alone() -> None:
    assert agency_rule("us-ca", "DOI") is None


def test_no_two_rules_of_a_law_share_a_name() -> None:
    names = [
        (rule.law_id, name.lower())
        for law in all_laws()
        for rule in agency_rules(law.id)
        for name in rule.agencies
    ]
    assert len(names) == len(set(names))


def test_the_version_is_a_hash_that_stays() -> None:
    assert law_version() == law_version()
    assert len(law_version()) == 16
    int(law_version(), 16)


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_every_row_goes_by_a_line_of_law(law: Law) -> None:
    assert all(limit.statute for limit in each_limit(law))
    assert all(pause.statute for pause in law.pauses)
    for says, statute in [
        (law.missed, law.missed_statute),
        (law.fee_consequence, law.fee_consequence_statute),
        (law.fee_waiver, law.fee_waiver_statute),
    ]:
        assert bool(says) == bool(statute)
        assert not says or says.endswith(".")


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_every_citation_is_written_as_citations_are(law: Law) -> None:
    assert [cite for cite in cites_of(law) if not is_well_formed(cite)] == []


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_what_notes_cite_is_in_the_files_too(law: Law) -> None:
    said = " ".join([*law.notes, *(limit.note for limit in each_limit(law))])
    assert set(cites_in(said)) <= cites_of_law_files()


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_compared_means_that_the_words_are_there(law: Law) -> None:
    compared = [how_checked(law, limit) is CheckedHow.COMPARED for limit in law.limits]
    assert compared == [bool(limit.quote) for limit in law.limits]
    assert (law.checked_how is CheckedHow.COMPARED) <= all(compared)
    assert law.checked_on >= date(2026, 11, 29)


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_a_law_is_read_at_an_official_address(law: Law) -> None:
    address = urlsplit(law.source)
    assert address.scheme in ("https", "http")
    assert address.hostname is not None
    assert address.hostname.endswith(OFFICIAL)


@pytest.mark.parametrize("law", all_laws(), ids=lambda law: law.id)
def test_a_law_counts_by_a_calendar_that_was_reviewed(law: Law) -> None:
    assert law.calendar in all_calendars()


def test_every_kind_of_row_has_words() -> None:
    assert set(LIMIT_WORDS) == set(LimitKind)
    assert {limit.starts for law in all_laws() for limit in each_limit(law)} <= set(START_WORDS)
    assert set(HOW_CHECKED_WORDS) == set(CheckedHow)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("under 5 U.S.C. 552(a)(6)(A)(i).", ("5 U.S.C. 552(a)(6)(A)(i)",)),
        ("5 U.S.C. 552(a)(3)(A) and 43 CFR 2.58.", ("5 U.S.C. 552(a)(3)(A)", "43 CFR 2.58")),
        ("M.G.L. c. 66, s. 10A(c); 950 CMR 32.08(1)(d)", ("M.G.L. c. 66, s. 10A(c)", "950 CMR 32.08(1)(d)")),
        ("D.C. Code 2-537(a-1)", ("D.C. Code 2-537(a-1)",)),
        ("Minn. Stat. 13.04, subd. 3.", ("Minn. Stat. 13.04, subd. 3",)),
        ("Wis. Stat. 19.31 to 19.39", ("Wis. Stat. 19.31 to 19.39",)),
        ("920 F.2d 57 (D.C. Cir. 1990)", ()),
        ("5 U.S.C. § 552", ()),
    ],
)
def test_citations_are_found_in_words(text: str, found: tuple[str, ...]) -> None:
    assert cites_in(text) == found


@pytest.mark.parametrize(
    "cite", ["5 U.S.C. § 552", "5 USC 552", "5 U.S.C. 552(a", "ORS 192.411; ORS 192.415", "Smith 7"]
)
def test_what_is_no_citation_is_not_taken_for_one(cite: str) -> None:
    assert not is_well_formed(cite)


def test_holidays_are_working_days_that_are_not_counted() -> None:
    days = dict(holidays_of("us", 2026))
    assert days[date(2026, 6, 19)] == "Juneteenth"
    assert date(2026, 7, 3) in days  # Independence Day is a Saturday
    assert all(day.weekday() < 5 for day in days)
    assert len(days) == 11


def test_the_page_says_what_the_files_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == law_page()
