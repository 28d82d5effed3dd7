"""Who is who in the samples: made-up people, two real counties, and the releases of one request."""

from __future__ import annotations

from datetime import date

from archive.samples.sample import SampleAgency, SamplePlace, SampleProduction

ICE = SampleAgency("Immigration and Customs Enforcement", "ICE")
DHS = SampleAgency("Department of Homeland Security", "DHS")
DHS_OIG = SampleAgency("DHS Office of Inspector General", "DHS-OIG")
FBI = SampleAgency("Federal Bureau of Investigation", "FBI")
COURT = SampleAgency("U.S. District Court, Southern District of New York", "SDNY")
SANTA_CLARA_BOARD = SampleAgency("Santa Clara County Board of Supervisors")
ARLINGTON_BOARD = SampleAgency("Arlington County Board")
CLINIC = SampleAgency("Harbor Street Law Clinic")
COALITION = SampleAgency("Bay Counties Civil Liberties Coalition")

SANTA_CLARA = SamplePlace("Santa Clara County", "county", "CA")
ARLINGTON = SamplePlace("Arlington County", "county", "VA")
ILLINOIS = SamplePlace("State of Illinois", "state", "IL")

TRACKING_NUMBER = "ICE FOIA 10-2674"
BATES_PREFIX = "ICE FOIA 10-2674."
FIRST_RELEASE = SampleProduction(
    "ice-foia-10-2674-first-release",
    "First interim release, 14 January 2011",
    TRACKING_NUMBER,
    date(2011, 1, 14),
)
SECOND_RELEASE = SampleProduction(
    "ice-foia-10-2674-second-release",
    "Second interim release, 9 May 2011",
    TRACKING_NUMBER,
    date(2011, 5, 9),
)
