"""Which holidays a place's law knows, place by place, with its statute.

A list of days on which offices are shut is not a list of legal holidays, and only these are left out of a
time limit. So each place says here which of the federal days it does not know, what it adds, and where a day
goes that falls on a weekend. What a governor or a president orders for a single year is not here, and neither
are days that a county or a court keeps alone.
"""

from __future__ import annotations

from archive.rules.calendar_days import (
    FRIDAY,
    MONDAY,
    after,
    election_day,
    good_friday,
    juneteenth_of_utah,
    last,
    nth,
    on,
    thanksgiving_friday,
)
from archive.rules.calendar_values import AddedDay, CalendarReview, Moves
from archive.rules.law_values import CheckedHow

_COMPARED, _REMEMBERED = CheckedHow.COMPARED, CheckedHow.REMEMBERED
_WASHINGTON, _JUNETEENTH, _COLUMBUS = "Washington's Birthday", "Juneteenth", "Columbus Day"
_VETERANS = "Veterans Day"
_EVER = 1  # a day that a place never knew
_PRESIDENTS = {_WASHINGTON: "Presidents' Day"}

_AFTER_THANKSGIVING = AddedDay("Day after Thanksgiving", thanksgiving_friday)
_ELECTION = AddedDay("Election Day", election_day)
_GOOD_FRIDAY = AddedDay("Good Friday", good_friday)
_LINCOLN = AddedDay("Lincoln's Birthday", on(2, 12))

# Saturday to Friday by the order, Sunday to Monday by both. Inauguration Day is a holiday for pay and leave
# only, 5 U.S.C. 6103(c), so no 'legal public holiday' of 5 U.S.C. 552(a)(6)(A).
_FEDERAL = CalendarReview("5 U.S.C. 6103(a), (b); Exec. Order No. 11582", _REMEMBERED)

# No row of these laws counts workdays: the days only tell when a court's office is open.
_COURT_DAYS = CalendarReview(
    "",
    _REMEMBERED,
    note="No time of this law counts workdays; the federal holidays stand in for the courts'.",
)

REVIEWS: dict[str, CalendarReview] = {
    "us": _FEDERAL,
    # 'The day of the inauguration of the President, in every fourth year' is a holiday 'for all purposes',
    # and the one that does not move from a Saturday to the Friday before.
    "us-dc": CalendarReview(
        "D.C. Code 28-2701; D.C. Code 1-612.02(a)",
        _COMPARED,
        called={_COLUMBUS: "Indigenous Peoples' Day (Columbus Day)"},
        moved={"Inauguration Day": Moves.SUNDAY},
        added=(
            AddedDay("Inauguration Day", on(1, 20), since=1937, every=4),
            AddedDay("Emancipation Day", on(4, 16), since=2007),
        ),
    ),
    # Civ. Proc. 12a takes the holidays of 135, and 135 those of Gov. 6700 but for Admission Day and, since
    # 2022, Columbus Day (Stats. 2021, ch. 283). Other days of 6700 that 135 leaves out are not here. Gov.
    # 6701 moves a Sunday on, and of all Saturdays only that of November 11 back.
    "us-ca": CalendarReview(
        "Cal. Code Civ. Proc. 12a; Cal. Code Civ. Proc. 135; Cal. Gov. Code 6700; Cal. Gov. Code 6701",
        _COMPARED,
        moves=Moves.SUNDAY,
        without={_COLUMBUS: 2022},
        later={_JUNETEENTH: 2023},
        called=_PRESIDENTS,
        moved={_VETERANS: Moves.BOTH},
        added=(
            AddedDay("Lincoln Day", on(2, 12)),
            AddedDay("Cesar Chavez Day", on(3, 31), since=1995),
            AddedDay("Native American Day", nth(4, FRIDAY, 9), since=2022),
            _AFTER_THANKSGIVING,
        ),
    ),
    # The list was in hand, what is said there of weekends was not. Election Day came in 2020, in the place of
    # Lee-Jackson Day, the Friday before the third Monday of January.
    "us-va": CalendarReview(
        "Va. Code 2.2-3300",
        _REMEMBERED,
        called={_WASHINGTON: "George Washington Day", _COLUMBUS: "Columbus Day and Yorktown Victory Day"},
        added=(
            AddedDay("Lee-Jackson Day", after(nth(3, MONDAY, 1), -3), since=2001, until=2020),
            AddedDay("Election Day", election_day, since=2020),
            _AFTER_THANKSGIVING,
        ),
    ),
    "us-co": CalendarReview(
        "C.R.S. 24-11-101",
        _COMPARED,
        moves=Moves.SUNDAY,
        without={_COLUMBUS: 2020},
        later={_JUNETEENTH: 2022},
        called={_WASHINGTON: "Washington-Lincoln Day"},
        added=(AddedDay("Frances Xavier Cabrini Day", nth(1, MONDAY, 10), since=2020),),
    ),
    # 'Each general election day': every November. Flag Day is a Sunday.
    "us-ny": CalendarReview(
        "N.Y. Gen. Constr. Law 24", _COMPARED, moves=Moves.SUNDAY, added=(_LINCOLN, _ELECTION)
    ),
    # No list of the statute's own: the days of 30 ILCS 500/15-45, which other acts share, and Juneteenth,
    # that by 5 ILCS 490/63 moves nowhere. Casimir Pulaski Day, Good Friday and election days are not in it.
    "us-il": CalendarReview(
        "30 ILCS 500/15-45; 5 ILCS 490/63",
        _REMEMBERED,
        moves=Moves.SUNDAY,
        later={_JUNETEENTH: 2022},
        called=_PRESIDENTS,
        moved={_JUNETEENTH: Moves.NEVER},
        added=(_LINCOLN,),
        note="The days of the Procurement Code, which the Freedom of Information Act does not name.",
    ),
    "us-wa": CalendarReview(
        "RCW 1.16.050",
        _COMPARED,
        without={_COLUMBUS: _EVER},
        later={_JUNETEENTH: 2022},
        called=_PRESIDENTS,
        added=(AddedDay("Native American Heritage Day", thanksgiving_friday),),
    ),
    # Evacuation Day and Bunker Hill Day are of Suffolk County only.
    "us-ma": CalendarReview(
        "M.G.L. c. 4, s. 7, cl. 18",
        _COMPARED,
        moves=Moves.SUNDAY,
        added=(AddedDay("Patriots' Day", nth(3, MONDAY, 4), since=1969),),
    ),
    # 552.0031: the national holidays of 662.003(a), without Columbus Day, and the state holidays of (b), on
    # their own days; a Friday before or a Monday after only where a body keeps it.
    "us-tx": CalendarReview(
        "Tex. Gov't Code 552.0031; Tex. Gov't Code 662.003(a), (b)",
        _COMPARED,
        moves=Moves.NEVER,
        without={_COLUMBUS: _EVER, _JUNETEENTH: _EVER},
        called=_PRESIDENTS,
        added=(
            AddedDay("Confederate Heroes Day", on(1, 19)),
            AddedDay("Texas Independence Day", on(3, 2)),
            AddedDay("San Jacinto Day", on(4, 21)),
            AddedDay("Emancipation Day in Texas", on(6, 19), since=1980),
            AddedDay("Lyndon Baines Johnson Day", on(8, 27)),
            _AFTER_THANKSGIVING,
            AddedDay("the 24th of December", on(12, 24)),
            AddedDay("the 26th of December", on(12, 26)),
        ),
        note="Optional holidays and days that a body names for itself are not known here.",
    ),
    # Juneteenth is the third Friday of June. Lincoln's Birthday is no holiday for the business of the state.
    "us-nj": CalendarReview(
        "N.J.S.A. 36:1-1; N.J.S.A. 36:1-1.2",
        _REMEMBERED,
        without={_JUNETEENTH: _EVER},
        added=(_GOOD_FRIDAY, AddedDay("Juneteenth", nth(3, FRIDAY, 6), since=2021), _ELECTION),
    ),
    "us-md": CalendarReview(
        "Md. Code, Gen. Prov. 1-111",
        _COMPARED,
        moves=Moves.SUNDAY,
        later={_JUNETEENTH: 2022},
        added=(
            _LINCOLN,
            AddedDay("Maryland Day", on(3, 25)),
            _GOOD_FRIDAY,
            AddedDay("Defenders' Day", on(9, 12)),
            AddedDay("American Indian Heritage Day", thanksgiving_friday, since=2008),
            AddedDay("General Election Day", election_day, since=1998, every=2),
        ),
        note="All legal holidays of the Code. Offices may be open on some of them.",
    ),
    # 1 Pa.C.S. 1908 leaves out 'any day made a legal holiday by the laws of this Commonwealth or of the
    # United States'. The Commonwealth's own list, 44 P.S. 11, was not in hand.
    "us-pa": CalendarReview(
        "1 Pa.C.S. 1908; 5 U.S.C. 6103(a)",
        _REMEMBERED,
        note="The federal holidays; Pennsylvania's own, such as Good Friday, are not known here.",
    ),
    # Good Friday is not in the list: the governor appoints it each year, which by the section makes it one.
    "us-ct": CalendarReview(
        "Conn. Gen. Stat. 1-4",
        _COMPARED,
        later={_JUNETEENTH: 2023},
        added=(AddedDay("Lincoln Day", on(2, 12)), _GOOD_FRIDAY),
    ),
    "us-or": CalendarReview(
        "ORS 187.010",
        _COMPARED,
        without={_COLUMBUS: _EVER},
        later={_JUNETEENTH: 2022},
        called=_PRESIDENTS,
    ),
    # The days 'designated as of January 1, 2022' by the federal government. Those that the governor names by
    # subsection (a)(2), and shifts from year to year, are not known here.
    "us-ga": CalendarReview("O.C.G.A. 1-4-1(a)(1)", _COMPARED, later={_JUNETEENTH: 2022}),
    "us-mi": CalendarReview(
        "MCL 435.101",
        _REMEMBERED,
        moves=Moves.SUNDAY,
        later={_JUNETEENTH: 2024},
        added=(_LINCOLN,),
    ),
    # From 2026 Good Friday under a condition (subsection 6) that was not in hand: not counted.
    "us-ut": CalendarReview(
        "Utah Code 63G-1-301",
        _COMPARED,
        without={_JUNETEENTH: _EVER},
        called={_WASHINGTON: "Washington and Lincoln Day"},
        added=(
            AddedDay("Pioneer Day", on(7, 24)),
            AddedDay("Juneteenth", juneteenth_of_utah, since=2022),
        ),
    ),
    "us-nv": CalendarReview(
        "NRS 236.015",
        _COMPARED,
        without={_COLUMBUS: _EVER},
        later={_JUNETEENTH: 2023},
        added=(
            AddedDay("Nevada Day", last(FRIDAY, 10), since=2000),
            AddedDay("Family Day", thanksgiving_friday),
        ),
    ),
    # 'All days set apart by law for holding county, state, or national elections' are holidays too; these are
    # too many kinds to be listed, and offices 'may' close on them: not counted.
    "us-tn": CalendarReview(
        "Tenn. Code Ann. 15-1-101",
        _COMPARED,
        later={_JUNETEENTH: 2023},
        called={_WASHINGTON: "Washington Day"},
        added=(_GOOD_FRIDAY,),
    ),
    "us-mn": CalendarReview(
        "Minn. Stat. 645.44, subd. 5",
        _COMPARED,
        later={_JUNETEENTH: 2023},
        called={_COLUMBUS: "Indigenous Peoples Day (Columbus Day)"},
    ),
    "us-az": _COURT_DAYS,
    "us-fl": _COURT_DAYS,
    "us-nc": _COURT_DAYS,
    "us-oh": _COURT_DAYS,
    "us-wi": _COURT_DAYS,
}
