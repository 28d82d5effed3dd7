"""What first pages of every shape give away about themselves, and what they must not be made to say."""

from __future__ import annotations

import pytest

from ingest.memo_fields import propose_fields
from ingest.page import Box, ProposedFieldName
from tests.ingest.typed_pages import LINE_PT, TOP_PT, type_page


def read(typed: str) -> dict[str, str]:
    """Field name -> proposed value."""
    return {field.name.value: field.value for field in propose_fields(*type_page(typed))}


MEMO = """
MEMORANDUM FOR:  All Field Office Directors

FROM:            Jane Roe
                 Assistant Director

SUBJECT:         Guidance on county participation
                 in the program

DATE:            October 12, 2010

Please read the following before you answer any county."""

HEADS: list[tuple[str, str, dict[str, str]]] = [
    (
        "a memo with its values in a column, running over two lines",
        MEMO,
        {
            "recipient": "All Field Office Directors",
            "sender": "Jane Roe Assistant Director",
            "subject": "Guidance on county participation in the program",
            "title": "Guidance on county participation in the program",
            "dated_on": "2010-10-12",
            "kind": "memo",
        },
    ),
    (
        "values on the line below their labels",
        """
MEMORANDUM FOR:
All Field Office Directors

FROM:
Jane Roe, Assistant Director

SUBJECT:
Opt-out requests

The text begins here and goes on for a while.""",
        {
            "recipient": "All Field Office Directors",
            "sender": "Jane Roe, Assistant Director",
            "subject": "Opt-out requests",
            "kind": "memo",
        },
    ),
    (
        "two columns of labels in one line",
        """
MEMORANDUM

TO:    SAC, Boston                  DATE: 3/5/1975
FROM:  Director                     FILE: 62-5038

SUBJECT: Senate study""",
        {
            "recipient": "SAC, Boston",
            "dated_on": "1975-03-05",
            "sender": "Director",
            "subject": "Senate study",
            "kind": "memo",
        },
    ),
    (
        "labels in one column, values in another that stands as lines of its own",
        """
TO:
                    Board of Supervisors
FROM:
                    County Counsel
SUBJECT:
                    Detainer requests""",
        {"recipient": "Board of Supervisors", "sender": "County Counsel", "subject": "Detainer requests"},
    ),
    (
        "THRU is nobody's name",
        """
MEMORANDUM FOR: The Secretary
THRU: Deputy Secretary
FROM: Chief of Staff
SUBJECT: Briefing""",
        {"recipient": "The Secretary", "sender": "Chief of Staff", "subject": "Briefing", "kind": "memo"},
    ),
    (
        "MEMORANDUM FOR without a colon",
        """
MEMORANDUM FOR THE RECORD

SUBJECT: Telephone call with county officials""",
        {"recipient": "THE RECORD", "subject": "Telephone call with county officials", "kind": "memo"},
    ),
    (
        "RE instead of SUBJECT, and blanks before the colons",
        """
MEMORANDUM
TO   : Regional Counsel
FROM : Deputy Chief Counsel
RE   : State public records laws
DATE : 2 June 2010""",
        {
            "recipient": "Regional Counsel",
            "sender": "Deputy Chief Counsel",
            "subject": "State public records laws",
            "dated_on": "2010-06-02",
        },
    ),
    (
        "a redacted sender is not proposed, and the next label's value is not taken for it",
        """
MEMORANDUM FOR: Field Office Director
FROM: (b)(6), (b)(7)(C)
SUBJECT: Arrests in March""",
        {"recipient": "Field Office Director", "sender": "", "subject": "Arrests in March", "kind": "memo"},
    ),
    (
        "codes behind a name are left out",
        """
MEMORANDUM FOR: Field Office Director
FROM: Jane Roe (b)(6), (b)(7)(C)
SUBJECT: Arrests""",
        {"sender": "Jane Roe"},
    ),
    (
        "black boxes read as block signs are no name",
        """
TO: \u2588\u2588\u2588\u2588\u2588
FROM: Public Affairs
SUBJECT: Press questions""",
        {"recipient": "", "sender": "Public Affairs"},
    ),
    (
        "a label with nothing after it",
        """
AGENCY : CIA
FROM :
TO :
TITLE : FLIGHTS FROM MEXICO CITY
DATE : 11/22/1963
PAGES : 3""",
        {"sender": "", "recipient": "", "title": "FLIGHTS FROM MEXICO CITY", "dated_on": "1963-11-22"},
    ),
    (
        "a memo's long subject wraps to the margin",
        """
TO: All Staff
FROM: Director
SUBJECT: Answers to be given to counties and towns that ask to leave the program
before the end of the fiscal year
DATE: May 5, 2010""",
        {
            "subject": "Answers to be given to counties and towns that ask to leave the program"
            " before the end of the fiscal year",
            "dated_on": "2010-05-05",
        },
    ),
    (
        "OCR: October I, 2010",
        "TO: Staff\nFROM: Director\nSUBJECT: Leave\nDATE: October I, 2010",
        {"dated_on": "2010-10-01"},
    ),
    ("OCR: Novernber", "TO: Staff\nFROM: A B\nDATE: Novernber l5, 2009", {"dated_on": "2009-11-15"}),
    (
        "OCR: labels misread",
        "Frorn: Public Affairs\nTe: Field Offices\nSubiect: Questions\n\nText follows here.",
        {"sender": "Public Affairs", "recipient": "Field Offices", "subject": "Questions"},
    ),
    (
        "OCR: specks before a label and signs between words",
        """
. FROM: Jane } Roe
=TO: Field Offices
SUBJECT: | Questions""",
        {"sender": "Jane Roe", "recipient": "Field Offices", "subject": "Questions"},
    ),
    (
        "no space after the colon",
        "TO:Staff\nFROM:Director\nSUBJECT:Leave",
        {"recipient": "Staff", "sender": "Director", "subject": "Leave"},
    ),
    (
        "an Outlook e-mail; the message it answers is not read",
        """
From: Roe, Jane <jane.roe@example.gov>
Sent: Friday, June 10, 2011 4:01 PM
To: Doe, John
Cc: Poe, Ann
Subject: RE: Talking points

Looks good.

From: Doe, John
Sent: Thursday, June 9, 2011 9:00 AM
To: Roe, Jane
Subject: Talking points""",
        {
            "sender": "Roe, Jane <jane.roe@example.gov>",
            "recipient": "Doe, John",
            "subject": "RE: Talking points",
            "title": "RE: Talking points",
            "dated_on": "2011-06-10",
            "kind": "email",
        },
    ),
    (
        "an e-mail whose colons OCR lost",
        """
From: Roe, Jane
Sent Friday, June 10,2011 4:01 PM
To Doe, John
Subject Hotel""",
        {"recipient": "Doe, John", "subject": "Hotel", "dated_on": "2011-06-10", "kind": "email"},
    ),
    (
        "an e-mail with a release stamp that has a date of its own",
        """
UNCLASSIFIED
Case No. F-2015-04841
Date: 05/13/2015
From: Roe, Jane
Sent: Wednesday, March 23, 2011 9:17 PM
To: H
Subject: Proposal""",
        {"dated_on": "2011-03-23", "sender": "Roe, Jane", "recipient": "H", "kind": "email"},
    ),
    (
        "an e-mail with Date instead of Sent",
        """
From: Jane Roe <jane@example.org>
Date: Tue, 17 Aug 2010 10:00:00 -0400
To: press@example.gov
Subject: Question""",
        {"dated_on": "2010-08-17", "kind": "email", "recipient": "press@example.gov"},
    ),
    (
        "an e-mail with a withheld address",
        "From:\nSent: Monday, May 3, 2010 8:00 AM\nTo: (b)(6)\nSubject: Call",
        {"sender": "", "recipient": "", "subject": "Call", "dated_on": "2010-05-03"},
    ),
    (
        "an e-mail whose sender is withheld; the next message's sender is not taken for him",
        """
From: (b)(6), (b)(7)(C)
Sent: Wednesday, May 12, 2010 8:14 AM
To: Roe, Jane; (b)(6)
Subject: RE: County counsel

Called again.

From: Roe, Jane
Sent: Tuesday, May 11, 2010 8:00 AM
To: (b)(6)
Subject: County counsel""",
        {"sender": "", "recipient": "Roe, Jane", "dated_on": "2010-05-12", "kind": "email"},
    ),
    (
        "a note for the file",
        "NOTE FOR THE FILE\nDate: October 21, 2010\nSubject: Visit to the county\n\nI met the manager.",
        {"subject": "Visit to the county", "dated_on": "2010-10-21", "kind": "memo"},
    ),
    (
        "a reference line followed by the greeting",
        "May 9, 2011\n\nJane Roe\n\nRE: Case Number 10-2674\n    Second Release\nDear Ms. Roe:\n\nThank you.",
        {"subject": "Case Number 10-2674 Second Release", "recipient": "Jane Roe", "kind": "letter"},
    ),
    (
        "an agenda on which a report is an item",
        "          REGULAR MEETING AGENDA\nTuesday, September 28, 2010\n"
        + "An item of the agenda\n" * 6
        + "7. Accept the quarterly report",
        {"kind": "", "dated_on": "2010-09-28"},
    ),
    (
        "a letter whose page carries a Bates stamp with FOIA in it",
        "May 1, 2010\n\nDear Jane:\n\nIn response to your request I called him.\n\nICE FOIA 10-2674.0001219",
        {"kind": "letter"},
    ),
    (
        "a letter with its date, address, reference and greeting",
        """
                                        August 7, 2025

Kelly M. Example
Example & Partners, LLP
275 Battery St., Fl. 29
San Francisco, CA 94111

RE:  Center for Examples v. ICE
     ICE FOIA Case Number 2025-ICLI-00019

Dear Ms. Example

This is the final response to your client's Freedom of Information Act request.

Sincerely,

Jane B. Roe
FOIA Officer""",
        {
            "dated_on": "2025-08-07",
            "recipient": "Kelly M. Example",
            "sender": "Jane B. Roe",
            "subject": "Center for Examples v. ICE ICE FOIA Case Number 2025-ICLI-00019",
            "kind": "response_letter",
        },
    ),
    (
        "a request letter",
        """
June 2, 2010

FOIA Officer
Department of Example

Dear FOIA Officer:

This is a request under the Freedom of Information Act for all records on the program.""",
        {"dated_on": "2010-06-02", "recipient": "FOIA Officer", "kind": "request_letter"},
    ),
    (
        "a sign-on letter",
        """
February 24, 2011

Dear Mr. President:

We, the undersigned organizations, write to ask that you end the program.""",
        {"dated_on": "2011-02-24", "kind": "sign_on_letter"},
    ),
    (
        "a letter about nothing in particular; its letterhead is not its title",
        """
                    COALITION FOR FAIR COUNTIES

May 1, 2010

Dear Sheriff Doe:

Thank you for meeting with us.""",
        {"dated_on": "2010-05-01", "kind": "letter", "title": "", "subject": ""},
    ),
    (
        "a letter in Spanish",
        "6 de octubre de 2010\n\nEstimado señor Pérez:\n\nGracias por su carta.",
        {"dated_on": "2010-10-06", "kind": "letter"},
    ),
    (
        "a resolution",
        """
                    COUNTY OF EXAMPLE
                 RESOLUTION NO. 2010-316
          OPPOSING PARTICIPATION IN THE PROGRAM

WHEREAS, the Board has heard the sheriff;""",
        {"title": "RESOLUTION NO. 2010-316: OPPOSING PARTICIPATION IN THE PROGRAM", "kind": "resolution"},
    ),
    (
        "a court paper with its caption",
        """
Case 1:19-cv-07058-GBD Document 52 Filed 03/10/21 Page 1 of 15
UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK

EXAMPLE CIVIL LIBERTIES UNION
IMMIGRANTS' RIGHTS PROJECT,
                                  :  MEMORANDUM DECISION
                  Plaintiff,      :  AND ORDER
          -against-               :  19 Civ. 7058
UNITED STATES IMMIGRATION AND
CUSTOMS ENFORCEMENT,
                  Defendant.""",
        {
            "title": "EXAMPLE CIVIL LIBERTIES UNION IMMIGRANTS' RIGHTS PROJECT v."
            " UNITED STATES IMMIGRATION AND CUSTOMS ENFORCEMENT",
            "dated_on": "2021-03-10",
            "kind": "court_paper",
        },
    ),
    (
        "a slip opinion: the case it cites in a note is not its title",
        """
NOTE: Where it is feasible, a syllabus will be released.
See United States v. Example Timber Co., 200 U. S. 321, 337.
SUPREME COURT OF THE UNITED STATES
              EXAMPLE WATER DISTRICT v.
                   HERRMANN ET AL.
No. 11-889. Argued April 23, 2013-Decided June 13, 2013""",
        {
            "title": "EXAMPLE WATER DISTRICT v. HERRMANN ET AL.",
            "dated_on": "2013-06-13",
            "kind": "court_paper",
        },
    ),
    (
        "an agreement",
        """
                                MEMORANDUM OF AGREEMENT
                              287(g) Jail Enforcement Model

I. PARTIES
This Memorandum of Agreement constitutes an agreement between the agency and the county.""",
        {"title": "MEMORANDUM OF AGREEMENT 287(g) Jail Enforcement Model", "kind": "agreement"},
    ),
    (
        "a form is full of dates, and none of them is its own",
        """
Date of Birth            Date of Action
03/05/2020               03/05/2020
Form I-213 (Rev. 08/01/07)""",
        {"title": "Form I-213", "kind": "form", "dated_on": ""},
    ),
    (
        "a stamped date with a gap in it",
        """
MEMORANDUM FOR: Staff
FROM: Director
SUBJECT: Leave

JUN 0 2 2010""",
        {"dated_on": "2010-06-02"},
    ),
    (
        "a list as of a day",
        "          FACILITY LIST\n     Data as of 07/10/2017\n\nSTEWART  GA  1,966",
        {"dated_on": "2017-07-10", "kind": "log"},
    ),
]


@pytest.mark.parametrize(("typed", "expected"), [head[1:] for head in HEADS], ids=[head[0] for head in HEADS])
def test_a_first_page_is_read_as_a_person_would(typed: str, expected: dict[str, str]) -> None:
    fields = read(typed)
    assert {name: fields.get(name, "") for name in expected} == expected


NOT_PROPOSED: list[tuple[str, str]] = [
    ("an empty page", ""),
    (
        "running text that mentions a date",
        "The vote was taken on June 2, 2010 by the county board, and it was\nunanimous.",
    ),
    (
        "a sentence that begins with To",
        "To the extent that the county wishes to leave, it may do so at any time.\n",
    ),
    ("a table of numbers", "18,870  23,022  22,650\n209  3,062  3,209\n2,303  12,382  9,041"),
    ("an impossible date", "June 31, 2010"),
    ("a year out of range", "June 3, 1776"),
]


@pytest.mark.parametrize("typed", [page[1] for page in NOT_PROPOSED], ids=[page[0] for page in NOT_PROPOSED])
def test_nothing_is_guessed_from_a_page_that_says_nothing(typed: str) -> None:
    assert read(typed) == {}


def test_each_value_is_proposed_with_the_place_where_it_stands() -> None:
    fields = {field.name: field.box for field in propose_fields(*type_page(MEMO))}
    third_row = TOP_PT + 2 * LINE_PT
    assert fields[ProposedFieldName.FROM] == Box(
        72 + 17 * 6, third_row, 72 + 35 * 6, third_row + LINE_PT + 10
    )


def test_a_title_is_at_most_200_characters() -> None:
    subject = "Subject: " + "county " * 60
    assert len(read(f"To: Staff\nFrom: Director\n{subject}")["title"]) <= 200


def test_two_dates_on_a_line_the_first_is_taken() -> None:
    assert read("TO: A B\nFROM: C D\nDATE: 06/02/2010 (revised 06/03/2010)")["dated_on"] == "2010-06-02"
