"""The requests of the samples, as values: who asked whom for what, and what happened.

Made up, like the documents that they brought in; the days of request 10-2674 are those that its letters and
the declaration give.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.rules.request_states import EventKind, FeeCategory, Outcome, RequestRelation
from archive.samples.sample import SampleAgency, SamplePlace
from archive.samples.story import ARLINGTON, ARLINGTON_BOARD, DHS, FBI, ICE, SANTA_CLARA, SANTA_CLARA_BOARD


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """Something that happened. ``files`` are names of sample documents that came or went with it."""

    kind: EventKind
    on: date
    says: str = ""
    outcome: Outcome | None = None
    until_on: date | None = None
    days: int | None = None
    amount_cents: int | None = None
    agency: SampleAgency | None = None
    files: tuple[str, ...] = ()
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """``with_first``: it was sent together with the first one of the story. ``docket`` is of a court."""

    title: str
    agency: SampleAgency
    law_id: str
    records_sought: str
    events: tuple[SampleEvent, ...]
    number: str = ""
    docket: str = ""
    court: str = ""
    place: SamplePlace | None = None
    fee_category: FeeCategory | None = None
    with_first: bool = False
    officer: str = ""
    is_public: bool = True


REQUESTER = "Harbor Street Law Clinic and Bay Counties Civil Liberties Coalition"
COUNSEL, CLINIC_NAME = "Miriam Halloran", "Harbor Street Law Clinic"
COUNSEL_MAIL, COUNSEL_PHONE = "halloran@harborstreet.example", "(510) 555-0110"
MADE_UP = "A sample: made up, like the documents that came of it."
FIRST_TITLE = "Whether counties may opt out of Secure Communities"
_K = EventKind

FIRST_REQUEST = SampleRequest(
    title=FIRST_TITLE,
    agency=ICE,
    law_id="us",
    number="10-2674",
    docket="10 Civ. 0000 (SMP)",
    court="U.S. District Court, Southern District of New York",
    fee_category=FeeCategory.NEWS_MEDIA,
    officer="Patricia L. Venn",
    records_sought=(
        "Records on whether a state or locality may opt out of, decline, leave, limit or postpone its part "
        "in Secure Communities; the agreements; whether the forwarding of fingerprints can be stopped; "
        f"statistics, errors, complaints, cost; talking points. From 1 October 2007 on.\n{MADE_UP}"
    ),
    events=(
        SampleEvent(
            _K.SENT,
            date(2010, 2, 3),
            "By certified mail and by e-mail.",
            files=("foia-request-secure-communities",),
        ),
        SampleEvent(_K.EXPEDITED_ASKED, date(2010, 2, 3), "Boards vote on the program this year."),
        SampleEvent(_K.FEE_WAIVER_ASKED, date(2010, 2, 3)),
        SampleEvent(
            _K.RECEIVED, date(2010, 2, 5), "By the Privacy Office of the Department, which sent it on."
        ),
        SampleEvent(_K.ROUTED, date(2010, 2, 8), "By the FOIA office of ICE.", agency=ICE),
        SampleEvent(
            _K.ACKNOWLEDGED,
            date(2010, 2, 24),
            "The fee waiver is held in abeyance.",
            files=("foia-10-2674-acknowledgement",),
        ),
        SampleEvent(_K.EXPEDITED_DENIED, date(2010, 2, 24), "No compelling need, the office says."),
        SampleEvent(_K.EXTENDED, date(2010, 2, 24), "A wide search in twenty-four field offices.", days=10),
        SampleEvent(
            _K.FEES_ASKED, date(2010, 3, 1), "For copies beyond the first 100 pages.", amount_cents=75_00
        ),
        SampleEvent(
            _K.FEES_SETTLED, date(2010, 3, 4), "The requesters agree to pay that much.", amount_cents=75_00
        ),
        SampleEvent(_K.FOLLOWED_UP, date(2010, 4, 6), "The answer is overdue; no date was given."),
        SampleEvent(
            _K.NOTED,
            date(2010, 4, 20),
            "The clinic will file suit if nothing comes this week.",
            is_public=False,
        ),
        SampleEvent(_K.SUED, date(2010, 4, 27), "For want of an answer within the time that the law gives."),
        SampleEvent(
            _K.COURT_ORDERED,
            date(2010, 12, 17),
            "The records under item 1, on opting out, are to be produced.",
            until_on=date(2011, 1, 17),
        ),
        SampleEvent(
            _K.DETERMINED,
            date(2011, 1, 14),
            "39 of 40 pages in full or in part; (b)(5), (b)(6), (b)(7)(C) and (b)(7)(E).",
            outcome=Outcome.GRANTED_IN_PART,
            files=("foia-10-2674-first-interim-response",),
        ),
        SampleEvent(
            _K.APPEALED,
            date(2011, 2, 25),
            "Of what was withheld, and for three pages that never came.",
            files=("foia-10-2674-appeal",),
        ),
        SampleEvent(_K.APPEAL_RECEIVED, date(2011, 3, 1)),
        SampleEvent(
            _K.COURT_ORDERED,
            date(2011, 3, 11),
            "A second release is to be made.",
            until_on=date(2011, 5, 13),
        ),
        SampleEvent(
            _K.APPEAL_DECIDED,
            date(2011, 5, 9),
            "Exemption 5 is no longer claimed for the memorandum of 2 June 2010.",
            outcome=Outcome.GRANTED_IN_PART,
            files=("foia-10-2674-second-interim-response",),
        ),
        SampleEvent(
            _K.CORRESPONDED,
            date(2011, 8, 30),
            "Declaration of the agency for its motion.",
            files=("declaration-larrabee",),
        ),
    ),
)

OTHER_REQUESTS = (
    SampleRequest(
        title="What the Department told counties about Secure Communities",
        agency=DHS,
        law_id="us",
        number="DHS 10-0000 (sample)",
        with_first=True,
        fee_category=FeeCategory.NEWS_MEDIA,
        records_sought=f"The Department's own letters and talking points on the program.\n{MADE_UP}",
        events=(
            SampleEvent(
                _K.SENT,
                date(2010, 2, 3),
                "Together with the one to ICE.",
            ),
            SampleEvent(_K.RECEIVED, date(2010, 2, 5)),
            SampleEvent(_K.ACKNOWLEDGED, date(2010, 2, 18)),
            SampleEvent(_K.REFERRED, date(2010, 3, 12), "All of it is said to be with ICE.", agency=ICE),
            SampleEvent(_K.DETERMINED, date(2010, 3, 12), outcome=Outcome.REFERRED),
            SampleEvent(_K.CLOSED, date(2010, 3, 12)),
        ),
    ),
    SampleRequest(
        title="Suppressing the query to IDENT for one identifier",
        agency=FBI,
        law_id="us",
        number="FBI 0000000-000 (sample)",
        with_first=True,
        fee_category=FeeCategory.NEWS_MEDIA,
        records_sought=f"Records of the CJIS Division on item 3 of the request to ICE.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2010, 2, 3), "Together with the one to ICE."),
            SampleEvent(_K.RECEIVED, date(2010, 2, 8)),
            SampleEvent(_K.ACKNOWLEDGED, date(2010, 2, 19)),
            SampleEvent(
                _K.DETERMINED,
                date(2010, 5, 14),
                "No record was found in the main files.",
                outcome=Outcome.NO_RECORDS,
            ),
            SampleEvent(_K.APPEALED, date(2010, 6, 21), "The search left out the division that wrote them."),
            SampleEvent(_K.APPEAL_RECEIVED, date(2010, 6, 25)),
            SampleEvent(
                _K.APPEAL_DECIDED,
                date(2010, 8, 30),
                "The search is held to have been adequate. A letter of the division came out with the first "
                "release of ICE.",
                outcome=Outcome.NO_RECORDS,
                files=("letter-cjis-ident-query-fax",),
            ),
            SampleEvent(_K.CLOSED, date(2010, 11, 30)),
        ),
    ),
    SampleRequest(
        title="Santa Clara County: agreements and letters on Secure Communities",
        agency=SANTA_CLARA_BOARD,
        law_id="us-ca",
        place=SANTA_CLARA,
        records_sought=f"Every agreement, resolution and letter of the County on the program.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2010, 8, 2)),
            SampleEvent(_K.RECEIVED, date(2010, 8, 4)),
            SampleEvent(_K.EXTENDED, date(2010, 8, 13), "Records are kept by three offices.", days=14),
            SampleEvent(_K.DETERMINED, date(2010, 8, 26), outcome=Outcome.GRANTED),
            SampleEvent(
                _K.CORRESPONDED,
                date(2010, 9, 29),
                "The County sends the resolution of the day before.",
                files=("resolution-santa-clara-2010-316",),
            ),
            SampleEvent(_K.CLOSED, date(2010, 10, 1)),
        ),
    ),
    SampleRequest(
        title="Arlington County: what the Board was told about leaving",
        agency=ARLINGTON_BOARD,
        law_id="us-va",
        place=ARLINGTON,
        records_sought=f"Letters to and from the Board on Secure Communities, 2009 and 2010.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2010, 9, 13)),
            SampleEvent(_K.RECEIVED, date(2010, 9, 14)),
            SampleEvent(_K.EXTENDED, date(2010, 9, 20), days=7),
            SampleEvent(_K.DETERMINED, date(2010, 9, 29), outcome=Outcome.GRANTED_IN_PART),
            SampleEvent(
                _K.CORRESPONDED,
                date(2010, 10, 1),
                "The resolution of 28 September.",
                files=("resolution-arlington-2010-09-28",),
            ),
        ),
    ),
    SampleRequest(
        title="Jail bookings held for immigration, Palmetto County",
        agency=SampleAgency("Sheriff of Palmetto County (made up)"),
        law_id="us-fl",
        records_sought=f"Bookings held for immigration after their release was due, by month.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2010, 10, 12)),
            SampleEvent(_K.RECEIVED, date(2010, 10, 14)),
            SampleEvent(_K.ACKNOWLEDGED, date(2010, 10, 15)),
            SampleEvent(_K.FOLLOWED_UP, date(2010, 12, 1), "Nothing has come."),
        ),
    ),
    SampleRequest(
        title="What is shared with counties today",
        agency=ICE,
        law_id="us",
        records_sought=f"The notices that counties are sent today when their jails are connected.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2026, 9, 8)),
            SampleEvent(_K.RECEIVED, date(2026, 9, 9)),
            SampleEvent(_K.ACKNOWLEDGED, date(2026, 9, 18)),
        ),
    ),
    SampleRequest(
        title="Audits of what counties were told",
        agency=DHS,
        law_id="us",
        records_sought=f"Audits since 2012 of what jurisdictions were told about the program.\n{MADE_UP}",
        events=(
            SampleEvent(_K.SENT, date(2026, 10, 20)),
            SampleEvent(_K.RECEIVED, date(2026, 10, 22)),
            SampleEvent(_K.EXPEDITED_ASKED, date(2026, 10, 22)),
        ),
    ),
    SampleRequest(
        title="Our own county: its agreements with ICE",
        agency=SampleAgency("Sheriff of Bay County (made up)"),
        law_id="us-ca",
        records_sought=f"Agreements with ICE, with all amendments. A draft, for members.\n{MADE_UP}",
        events=(),
        is_public=False,
    ),
)
RELATION = RequestRelation.SENT_TOGETHER
