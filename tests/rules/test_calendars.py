"""Which days count, place by place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from archive.rules.calendar_days import easter, election_day, juneteenth_of_utah, last, nth
from archive.rules.calendars import (
    all_calendars,
    calendar_review,
    closed_on,
    holiday_on,
    last_open,
    next_open,
    run_from,
)
from archive.rules.laws import all_laws

OPEN = ""


def test_every_law_has_a_reviewed_calendar() -> None:
    assert {law.calendar for law in all_laws()} <= set(all_calendars())


def test_a_calendar_nobody_reviewed_is_an_error() -> None:
    with pytest.raises(KeyError):
        closed_on("us-zz", date(2025, 3, 3))


@pytest.mark.parametrize("calendar", all_calendars())
def test_weekends_are_closed_everywhere(calendar: str) -> None:
    assert closed_on(calendar, date(2025, 3, 8)) == "Saturday"
    assert closed_on(calendar, date(2025, 3, 9)) == "Sunday"
    assert closed_on(calendar, date(2025, 3, 10)) == OPEN


@pytest.mark.parametrize("calendar", all_calendars())
def test_a_workday_limit_statute_is_named_where_workdays_are_counted(calendar: str) -> None:
    review = calendar_review(calendar)
    assert review.statute or review.note


FEDERAL_2026 = {
    date(2026, 1, 1): "New Year's Day",
    date(2026, 1, 19): "Birthday of Martin Luther King, Jr.",
    date(2026, 2, 16): "Washington's Birthday",
    date(2026, 5, 25): "Memorial Day",
    date(2026, 6, 19): "Juneteenth",
    date(2026, 7, 3): "Independence Day (observed)",
    date(2026, 9, 7): "Labor Day",
    date(2026, 10, 12): "Columbus Day",
    date(2026, 11, 11): "Veterans Day",
    date(2026, 11, 26): "Thanksgiving Day",
    date(2026, 12, 25): "Christmas Day",
}


def weekday_holidays(calendar: str, year: int) -> dict[date, str]:
    days = (date(year, 1, 1) + timedelta(number) for number in range(366))
    return {
        day: closed_on(calendar, day)
        for day in days
        if day.year == year and day.weekday() < 5 and closed_on(calendar, day)
    }


def test_the_federal_holidays_of_2026_are_these_eleven() -> None:
    assert weekday_holidays("us", 2026) == FEDERAL_2026


def test_new_years_day_on_a_saturday_is_kept_in_the_old_year() -> None:
    assert closed_on("us", date(2021, 12, 31)) == "New Year's Day (observed)"
    assert holiday_on("us", date(2022, 1, 1)) == "New Year's Day"
    assert closed_on("us", date(2022, 1, 3)) == OPEN


def test_juneteenth_is_a_holiday_since_2021() -> None:
    assert closed_on("us", date(2020, 6, 19)) == OPEN
    assert closed_on("us", date(2021, 6, 18)) == "Juneteenth (observed)"
    assert closed_on("us", date(2023, 6, 19)) == "Juneteenth"


@pytest.mark.parametrize(
    "day", [date(2018, 12, 5), date(2018, 12, 24), date(2024, 12, 24), date(2025, 1, 9)], ids=str
)
def test_a_day_that_an_order_closed_offices_on_is_open(day: date) -> None:
    assert closed_on("us", day) == OPEN


def test_inauguration_day_is_closed_in_the_district_alone() -> None:
    assert closed_on("us", date(2021, 1, 20)) == OPEN
    assert closed_on("us-va", date(2021, 1, 20)) == OPEN
    assert closed_on("us-md", date(2021, 1, 20)) == OPEN
    assert closed_on("us-dc", date(2021, 1, 20)) == "Inauguration Day"
    assert closed_on("us-dc", date(2022, 1, 20)) == OPEN


def test_inauguration_day_moves_from_a_sunday_and_never_from_a_saturday() -> None:
    assert closed_on("us-dc", date(2013, 1, 21)) != OPEN
    assert closed_on("us-dc", date(1985, 1, 21)) != OPEN
    assert closed_on("us-dc", date(2029, 1, 19)) == OPEN


CLOSED_THERE = [
    ("us-ca", date(2026, 2, 12), "Lincoln Day"),
    ("us-ca", date(2026, 3, 31), "Cesar Chavez Day"),
    ("us-ca", date(2026, 9, 25), "Native American Day"),
    ("us-ca", date(2023, 11, 10), "Veterans Day (observed)"),
    ("us-ca", date(2026, 11, 27), "Day after Thanksgiving"),
    ("us-ca", date(2021, 10, 11), "Columbus Day"),
    ("us-co", date(2026, 10, 5), "Frances Xavier Cabrini Day"),
    ("us-ct", date(2026, 4, 3), "Good Friday"),
    ("us-ma", date(2026, 4, 20), "Patriots' Day"),
    ("us-md", date(2025, 9, 12), "Defenders' Day"),
    ("us-nj", date(2025, 6, 20), "Juneteenth"),
    ("us-nv", date(2025, 10, 31), "Nevada Day"),
    ("us-ny", date(2025, 11, 4), "Election Day"),
    ("us-tn", date(2026, 4, 3), "Good Friday"),
    ("us-tx", date(2026, 3, 2), "Texas Independence Day"),
    ("us-tx", date(2026, 6, 19), "Emancipation Day in Texas"),
    ("us-ut", date(2025, 6, 16), "Juneteenth"),
    ("us-ut", date(2026, 7, 24), "Pioneer Day"),
    ("us-va", date(2020, 1, 17), "Lee-Jackson Day"),
    ("us-va", date(2025, 11, 4), "Election Day"),
    ("us-wa", date(2026, 11, 27), "Native American Heritage Day"),
]


@pytest.mark.parametrize(("calendar", "day", "name"), CLOSED_THERE)
def test_a_place_has_holidays_of_its_own(calendar: str, day: date, name: str) -> None:
    assert closed_on(calendar, day) == name


OPEN_THERE = [
    ("us-ca", date(2026, 10, 12), "no Columbus Day since 2022"),
    ("us-ca", date(2026, 7, 3), "a Saturday holiday is not moved"),
    ("us-ca", date(2022, 6, 20), "no Juneteenth before 2023"),
    ("us-ca", date(2025, 9, 9), "Admission Day is no judicial holiday"),
    ("us-co", date(2026, 3, 31), "Cesar Chavez Day is in place of another day only"),
    ("us-il", date(2027, 6, 18), "Juneteenth moves nowhere"),
    ("us-ma", date(2026, 3, 17), "Evacuation Day is of Suffolk County"),
    ("us-ma", date(2026, 7, 3), "a Saturday holiday is not moved"),
    ("us-nj", date(2025, 2, 12), "Lincoln's Birthday is none for the state"),
    ("us-ny", date(2026, 7, 3), "a Saturday holiday is not moved"),
    ("us-or", date(2026, 10, 12), "no Columbus Day"),
    ("us-tx", date(2026, 10, 12), "no Columbus Day"),
    ("us-tx", date(2026, 7, 3), "holidays stay on their days"),
    ("us-tx", date(2026, 4, 3), "Good Friday is optional"),
    ("us-ut", date(2025, 6, 19), "Juneteenth is kept on Monday"),
    ("us-va", date(2021, 1, 15), "no Lee-Jackson Day since 2020"),
    ("us-wa", date(2026, 10, 12), "no Columbus Day"),
]


@pytest.mark.parametrize(("calendar", "day", "why"), OPEN_THERE)
def test_what_a_statute_does_not_name_is_open(calendar: str, day: date, why: str) -> None:
    assert closed_on(calendar, day) == OPEN, why


def test_next_and_last_open_day_pass_over_holidays_and_weekends() -> None:
    assert next_open("us", date(2026, 7, 3)) == date(2026, 7, 6)
    assert last_open("us", date(2026, 7, 5)) == date(2026, 7, 2)
    assert next_open("us", date(2026, 7, 6)) == last_open("us", date(2026, 7, 6)) == date(2026, 7, 6)


def test_runs_are_weeks_weekends_and_holidays_by_themselves() -> None:
    assert run_from("us", date(2026, 6, 29)) == (4, OPEN)
    assert run_from("us", date(2026, 7, 3)) == (1, "Independence Day (observed)")
    assert run_from("us", date(2026, 7, 4)) == (2, "weekend")


def test_days_are_found_by_their_rules() -> None:
    assert nth(3, 0, 1)(2026) == date(2026, 1, 19)
    assert last(4, 10)(2025) == date(2025, 10, 31)
    assert last(4, 10)(2026) == date(2026, 10, 30)
    assert election_day(2022) == date(2022, 11, 8)
    assert [easter(year) for year in (2000, 2024, 2025, 2026, 2038)] == [
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
    assert juneteenth_of_utah(2023) == date(2023, 6, 19)
    assert juneteenth_of_utah(2027) == date(2027, 6, 21)
