"""The exemptions as a page for people: ``docs/exemptions.md``. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ingest.exemption_law import Exemption, exemptions, named_statutes

_HEAD = """# Exemptions

This page is made from `ingest/exemption_law.toml`, and a test compares them. It says which exemption codes
are read from pages, what each protects in few words, and the law that it stands for. A code is searched as it
stands in the first column or as it is printed: `ex:b7e`, `ex:"(b)(7)(E)"`, `ex:ny:87.2.b`, `ex:87(2)(b)`.
What several codes are within finds them all: `ex:b7`, `ex:1.4`, `ex:ny:87.2`, `ex:ny`.

The words are no legal advice. The column *compared* says when and with what a row was compared; where it is
empty, the row was written from knowledge of the statute and was compared with nothing. A part of a section
that has no row is read too, and has the words of what it is within.

## How codes are read

In a *label* (words in or beside a box, or in a margin) all may be codes, also bare ones: `B6`, `b7C`,
`B5 DPP`, `7(E)`. Where the words come from OCR, letters that are taken for one another are mended
(`(0)(6)`, `(b)(7M(E)`), with less confidence.

In *running text* the words around a code decide. It **stands for withheld words** when nothing says
otherwise. It is **spoken of** after words such as exemption, under, pursuant to, 552, and before protects,
permits, of the FOIA. It is **part of another law** after a section, a rule or a paragraph: Rule 12(b)(6),
8 U.S.C. 1226(b)(2). Bare codes count in running text only alone on their line. Sections of a state's law and
of the order on classification count as withheld words only alone on a line or in brackets.
"""
_STATUTES = """
## Laws that (b)(3) is claimed with

The law named beside (b)(3) is read with the code, in this spelling. Laws that are not in the table are taken
as they are written.

| law | what it protects |
|---|---|
"""
_FEDERAL = 4  # tables: FOIA, Privacy Act, what stands beside (b)(2) and (b)(5), classification


def exemption_page() -> str:
    """The page, in Markdown."""
    tables = [_table(law, rows) for law, rows in groupby(exemptions().values(), key=_heading)]
    statutes = "".join(f"| {each.name} | {each.words} |\n" for each in named_statutes())
    return _HEAD + "".join(tables[:_FEDERAL]) + _STATUTES + statutes + "".join(tables[_FEDERAL:])


def _heading(exemption: Exemption) -> str:
    if exemption.place:
        return f"{exemption.place}: {exemption.law}"
    beside = exemption.code[2:] in ("high", "low", "dpp", "acp", "awp")
    return f"{exemption.law}: beside (b)(2) and (b)(5)" if beside else exemption.law


def _table(heading: str, rows: Iterable[Exemption]) -> str:
    lines = [
        f"\n## {heading}\n\n| code | printed | what it protects | law | compared |\n|---|---|---|---|---|\n"
    ]
    for row in rows:
        law = "" if row.statute == row.printed else row.statute
        lines.append(f"| `{row.code}` | {row.printed} | {row.words} | {law} | {row.checked} |\n")
    return "".join(lines)
