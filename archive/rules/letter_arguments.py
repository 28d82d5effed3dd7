"""What an appeal says about each exemption that is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.rules.bates import split_bates
from archive.rules.exemptions import EXEMPTION_WORDS, format_exemption, wider_exemptions
from archive.rules.letter_templates import exemption_arguments, fill_text
from archive.rules.letter_values import ClaimedExemption
from ingest.exemption_law import exemption_of

MOST_RANGES = 8  # of Bates numbers that a letter names for one exemption
_DELIBERATION, _SINCE_2016 = "b5dpp", "b5dpp_since_2016"


def arguments_of(claims: Sequence[ClaimedExemption], law_name: str, *, is_since_2016: bool = True) -> str:
    """A paragraph for each exemption, in the order of their codes; empty when none is known.

    One that is claimed with one of its parts on the same pages ('(b)(7)' with '(b)(7)(E)') has its own
    paragraph all the same: each part must be within the whole. ``is_since_2016``: see
    ``letter_facts.needs_harm``.
    """
    ordered = sorted(claims, key=lambda claim: claim.code)
    return "\n\n".join(_paragraph(claim, law_name, is_since_2016=is_since_2016) for claim in ordered)


def exemption_line(code: str) -> str:
    """``Exemption (b)(7)(E), law enforcement techniques (5 U.S.C. 552(b)(7)(E))``."""
    printed, found = format_exemption(code), exemption_of(code)
    words = f", {EXEMPTION_WORDS[code]}" if code in EXEMPTION_WORDS else ""
    statute = found.statute if found else ""
    named = f" ({statute})" if statute and statute != printed else ""
    return f"Exemption {printed}{words}{named}"


def bates_in_words(bates: Sequence[str]) -> list[tuple[str, int]]:
    """Consecutive numbers as one: ``ICE-000012 to ICE-000014``, each with how many pages it is."""
    runs: list[list[str]] = []
    for number in bates:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}", len(run)) for run in runs]


def _follows(before: str, after: str) -> bool:
    one, other = split_bates(before), split_bates(after)
    return one is not None and other is not None and (one[0], one[1] + 1) == other


def _paragraph(claim: ClaimedExemption, law_name: str, *, is_since_2016: bool) -> str:
    argument = fill_text(exemption_arguments()[_argument(claim.code)], {"law_name": law_name})
    more = exemption_arguments()[_SINCE_2016] if is_since_2016 and claim.code == _DELIBERATION else ""
    sentences = [f"{exemption_line(claim.code)}.", _claimed(claim), argument, more]
    return " ".join(filter(None, sentences))


def _claimed(claim: ClaimedExemption) -> str:
    if not claim.pages:
        return ""
    pages = "1 page" if claim.pages == 1 else f"{claim.pages:,} pages"
    ranges = bates_in_words(claim.bates)[:MOST_RANGES]
    rest = claim.pages - sum(count for _, count in ranges)
    said = ", ".join(words for words, _ in ranges)
    where = f": {said}{f' and {rest:,} more' if rest > 0 else ''}" if ranges else ""
    named = (
        f" {_and(claim.statutes)} {'is' if len(claim.statutes) == 1 else 'are'} named with it."
        if claim.statutes
        else ""
    )
    return f"It is claimed on {pages} that I have{where}.{named}"


def _argument(code: str) -> str:
    """The name of the argument in the file."""
    own = exemption_arguments()
    for one in (code, *wider_exemptions(code)):
        if one in own:
            return one
    if ":" in code:
        return "state"
    if code[:1] in ("d", "j", "k"):
        return "privacy_act"
    return "classification" if code[:1] in "123" else "other"


def _and(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
