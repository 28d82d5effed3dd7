"""What looks like a private detail and is none: numbers of papers, official addresses, days of events."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.privacy.positives import Line, date_of, digits, name

Maker = Callable[[Random], str]

_FORMS: dict[str, tuple[str, ...]] = {
    "exhibit": (
        "Exhibit A-XXXXXXXX is attached.",
        "see Appendix A XXXXXXXX",
        "Attachment A-XXX-XXX-XXX",
        "Schedule A XX-XXXXXX",
        "Tab A, page XXXX",
        "Annex A-XXXXXXXXX to the agreement",
    ),
    "docket": (
        "10-cv-XXXX (SAS)",
        "No. 1:10-cv-0XXXX-JSR",
        "Docket No. A-XXXXXX-XX",
        "Docket No. AXXXX-XXXXX",
        "Cause No. XXXXXXXXX in the 411th District Court",
        "Case No. XXX-XX-XXXX in the clerk's index",
        "R. at AXXXX-XXXX",
        "tr. pages AXXXX-XXXX",
    ),
    "bates": (
        "ICE FOIA 10-2674.000XXXX",
        "ICE FOIA 10-2674.000XXXX to 10-2674.000XXXX",
        "DHS-A-000XXXXX",
        "FBI-SC-XXXXXXXX",
        "Bates A00XXXXXX",
        "EPIC-10-0XXXX-00XXXX",
    ),
    "tracking": (
        "UPS 1Z999AA1XXXXXXXXXX",
        "FedEx tracking number XXXXXXXXXXXX",
        "Certified mail 7009 2820 0001 XXXX XXXX",
        "USPS tracking 9400 1XXX XXXX XXXX XXXX XX",
        "Tracking No. XXXXXXXXX",
        "FOIA control number 2010FOIAXXXXX",
    ),
    "statute": (
        "8 U.S.C. 1357(g)(1)(A), 8 C.F.R. 287.7",
        "5 U.S.C. 552a(j)(2), (k)(2)",
        "75 Fed. Reg. XXXX, XXXX (2010)",
        "Pub. L. No. 104-208, 110 Stat. 3009-XXX",
        "Cal. Gov. Code 6250-6276.48",
        "28 U.S.C. 534 and 8 U.S.C. 1722",
        "XXX F.3d XXX, XXX-XX (9th Cir. 2009)",
    ),
    "invoice": (
        "Invoice No. XXXXXXXXX",
        "Invoice A-XXXXXXXX",
        "Purchase order AXXXXXXXX",
        "Contract No. HSCEMD-10-D-0000X",
        "Part No. XXX-XX-XXXX",
        "Serial number AXXXXXXXXX",
        "Model AXXXXXXXX scanner",
        "Grant 2009-DJ-BX-XXXX",
        "NSN 7530-01-XXX-XXXX",
        "DUNS number XXXXXXXXX",
    ),
    "zip": (
        "Washington, DC 20536-XXXX",
        "ZIP 9XXXX-XXXX",
        "Clarksburg, West Virginia 26306",
        "Oakland, CA 94607-XXXX",
    ),
    "count": (
        "A total of 10,XXX,XXX submissions",
        "A 20XX 20XX comparison",
        "from 1,XXX to 2,XXX in FY 2010",
        "XXX XX XXXX XXX XXX",
        "$ XXX,XXX.XX for 2010",
        "XX.X percent of XXX,XXX matches",
        "XXX  XXX  XXXX  XXX  XX  XXXX",
        "A 10-12-2010 meeting of the board",
    ),
    "invalid": (
        "SSN 000-XX-XXXX was printed on the form as an example",
        "number 666-XX-XXXX",
        "the code 123-00-XXXX",
        "item 9XX-11-XXXX of the list",
        "reference XXX-XX-0000",
    ),
    "masked": (
        "SSN XXX-XX-____ withheld",
        "A [redacted] was removed",
        "SSN: [b6]",
        "DOB: (b)(6), (b)(7)(C)",
        "Social Security number withheld",
    ),
    "official_mail": (
        "FOIA requests go to ice-foia@dhs.gov",
        "press.office@ice.dhs.gov",
        "clerk@co.arlington.va.us",
        "board@sccgov.org and info@countycounsel.example.org",
        "jdoe@usmc.mil",
        "To: secure.communities@dhs.gov",
        "records@example.org",
    ),
    "official_phone": (
        "call this office at (866) 555-0XXX",
        "hot line 1-800-XXX-XXXX",
        "Department of Justice, (202) 514-XXXX",
        "Office of Public Affairs, 202-282-XXXX",
        "the Clerk of the Board, at (408) 299-XXXX",
        "FOIA Requester Service Center: 202-732-XXXX",
        "toll-free 888-XXX-XXXX",
        "U.S. Immigration and Customs Enforcement main number 202-732-XXXX",
        "Facsimile of the Sheriff's Office: (510) 272-XXXX",
    ),
    "official_address": (
        "U.S. Department of Homeland Security\n500 12th Street SW\nWashington, DC 20536",
        "Office of the Sheriff, 1401 Lakeside Drive, 12th Floor",
        "County Government Center\n70 West Hedding Street\nSan Jose, California 95110",
        "Federal Bureau of Investigation, 1000 Custer Hollow Road, Clarksburg",
        "the Courthouse, 500 Pearl Street, New York, NY 10007",
        "Arlington County Board, 2100 Clarendon Boulevard, Suite 300",
        "Immigration Court, 100 Montgomery Street, Suite 800, San Francisco, CA 94104",
        "U.S. Citizenship and Immigration Services, P.O. Box 648010, Lee's Summit, MO 64064",
        "ACLU Foundation, 125 Broad Street, 18th Floor, New York",
    ),
    "street_words": (
        "1 of 58 counties on the Road to compliance",
        "On 3 May the Board met on Main Street",
        "In 2010 Wall Street banks",
        "section 4 Drive time to the facility",
        "5 Level 1 offenders in Way County",
    ),
    "people": (
        "FROM: {name}, Assistant Director",
        "The minor error on page 4 was mended",
        "Juvenile Justice Division of Cook County",
        "the minor child, J.R.M., remained",
        "Child Protective Services, Alameda County",
        "{name}, age 44, testified",
        "his son, age 9, was present",
        "{name}, a 30-year veteran of the agency",
        "Minor Traffic Offenses Level 3",
        "The Unaccompanied Alien Children Program",
        "daughter agency of the Department",
    ),
    "account": (
        "on account of 120000 submissions",
        "Account No. 021030004 of the U.S. Treasury Department, Federal Reserve Bank",
        "into account 2010 figures",
        "bank of 450000 fingerprint records",
        "routing slip 10-2674",
        "the passport agency in 2010 issued 1500000",
        "passport and visa records, 45000000 of them",
        "card no. 4111 1111 1111 1112",
    ),
}
_DATES = (
    "Dated: {}",
    "On {}, the Board voted.",
    "activated {}",
    "Sent: {} 10:14 AM",
    "The program was born on {}.",
    "released {} under FOIA",
    "the order of {}",
    "effective date {}",
    "children born abroad; hearing {}",
)


def look_alikes(draw: Random, *, each: int = 30) -> list[Line]:
    """About ``each`` lines for every form."""
    made = []
    for form, patterns in _FORMS.items():
        for index in range(each):
            pattern = patterns[index % len(patterns)]
            made.append(Line(digits(draw, pattern).replace("{name}", name(draw)), None, form=form))
    for index in range(each):
        text = _DATES[index % len(_DATES)].format(date_of(draw, 1995, 2012))
        made.append(Line(text, None, form="date"))
    return made
