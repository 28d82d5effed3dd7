"""Thirteen kinds of record that somebody cites, and titles that are meant to do harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind

_SITE = "https://archive.example"
_PLAIN = CitedSource(
    document_id="k3v9q2m7x4pd",
    sha256="3f" * 32,
    title="Secure Communities: Setting the Record Straight",
    page_number=2,
    address=f"{_SITE}/cite/abcdefghijklmnop",
    document_address=f"{_SITE}/documents/k3v9q2m7x4pd",
    file_address=f"{_SITE}/documents/k3v9q2m7x4pd/file.pdf",
    archive_name="Bay Counties Reading Room",
    accessed_on=date(2026, 11, 2),
    kind=DocumentKind.MEMO,
    dated_on=date(2010, 8, 17),
    agency="Immigration and Customs Enforcement",
    agency_short="ICE",
    production="First interim release, 14 January 2011",
    tracking_number="ICE FOIA 10-2674",
    bates="ICE FOIA 10-2674.000123",
    page_count=4,
    words="A jurisdiction may choose not to receive the results.",
    source_file="memo.pdf",
    citation_id="abcdefghijklmnop",
)
_COUNTY = replace(
    _PLAIN,
    agency="Santa Clara County Board of Supervisors",
    agency_short="Santa Clara County Board of Supervisors",
    place="Santa Clara County, CA",
    production="",
    tracking_number="",
    bates="",
)

KINDS: dict[str, CitedSource] = {
    "memo with author": replace(_PLAIN, sender="Dana Whitcomb", recipient="Field Office Directors"),
    "memo without author": _PLAIN,
    "e-mail": replace(
        _PLAIN,
        kind=DocumentKind.EMAIL,
        title="RE: Opting out",
        sender="Lee, Morgan",
        recipient="Whitcomb, Dana",
        dated_on=date(2010, 3, 5),
        words="Do we say “mandatory”?",
        last_page_number=3,
        last_bates="ICE FOIA 10-2674.000124",
    ),
    "resolution with vote": replace(
        _COUNTY,
        kind=DocumentKind.RESOLUTION,
        title="Resolution No. 2010-316",
        dated_on=date(2010, 9, 28),
        vote="5-0",
        page_number=1,
        words="the County shall not participate",
    ),
    "letter with signatories": replace(
        _COUNTY,
        kind=DocumentKind.SIGN_ON_LETTER,
        title="Letter on the end of Secure Communities",
        sender="Harbor Street Law Clinic; Bay Counties Civil Liberties Coalition; Ana Reyes",
        recipient="Secretary of Homeland Security",
        agency="",
        agency_short="",
        words="We ask that you end the program.",
    ),
    "report": replace(
        _PLAIN,
        kind=DocumentKind.REPORT,
        title="Communication Regarding Participation in Secure Communities",
        agency="DHS Office of Inspector General",
        agency_short="DHS-OIG",
        dated_on=date(2012, 3, 27),
        page_number=14,
        last_page_number=15,
        page_count=42,
        bates="",
        production="",
        tracking_number="",
    ),
    "form": replace(
        _PLAIN, kind=DocumentKind.FORM, title="Immigration Detainer, Form I-247", words="", page_number=1
    ),
    "transcript": replace(
        _COUNTY,
        kind=DocumentKind.TRANSCRIPT,
        title="Hearing on civil detainer requests",
        sender="Santa Clara County Board of Supervisors",
        words="Is it voluntary? “Yes,” he said.",
        dated_on=date(2011, 5, 18),
    ),
    "undated": replace(_PLAIN, title="Talking points", kind=None, dated_on=None, is_ocr=True),
    "withheld": replace(
        _PLAIN, title="Opt-out messaging", words="", is_withheld=True, page_number=9, bates="ICE-000131"
    ),
    "foreign-language": replace(
        _COUNTY,
        kind=DocumentKind.OTHER,
        title="Conozca sus derechos: ¿qué es «Comunidades Seguras»?",
        language="es",
        words="Usted tiene derecho a guardar silencio.",
        agency="Harbor Street Law Clinic",
    ),
    "very long title": replace(
        _PLAIN,
        title="Memorandum of Agreement between the Department of Homeland Security and the State of "
        + ", the County of ".join(["Illinois", "Cook", "DuPage", "Lake", "Will", "Kane", "McHenry"] * 4),
        kind=DocumentKind.AGREEMENT,
    ),
    "superseded": replace(_PLAIN, superseded_by=f"{_SITE}/documents/bbbbbbbbbbbb"),
}

EVIL = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "\\input{/etc/passwd} \\write18{rm} $x^2$ %comment {unbalanced",
    '=HYPERLINK("https://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "line one\nTY  - BOOK\r\nER  - \n@book{x,",
    "}}|url=javascript:alert(1) [[Category:Evil]] <nowiki> '''bold''' </ref><ref>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) `code` <https://evil.example> # head",
    "\U0001f469\U0001f3fd\u200d\u2696\ufe0f \U0001f1fa\U0001f1f8 \u2066isolated\u2069 \U000e0041 \ufeff",
    "right to left \u202egnp.exe\u202c and \u0000 nul \u0007 bell \u2028 line",
    "“quoted” ‘single’ \"straight\" 'straight' & &lt;entity&gt; https://evil.example www.evil.example",
)
NASTY: tuple[CitedSource, ...] = tuple(
    replace(
        _PLAIN,
        title=text,
        sender=text,
        recipient=text,
        agency=text,
        production=text,
        tracking_number=text,
        bates=text,
        words=text,
        vote=text,
        language=text,
        source_file=text,
        archive_name=text,
    )
    for text in EVIL
)
