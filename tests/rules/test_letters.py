"""Letters: nothing in them is invented, and what is not known is a gap that can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from archive.resources import letter_files_dir
from archive.rules.clock_values import ClockEvent, ClockQuestion
from archive.rules.clocks import deadlines_of
from archive.rules.law_cites import cites_in, cites_of_law_files
from archive.rules.law_values import Law
from archive.rules.laws import agency_rules, all_laws, get_law
from archive.rules.letter_arguments import arguments_of, bates_in_words
from archive.rules.letter_drafts import draft_letter, is_possible, sent_event_kind
from archive.rules.letter_templates import (
    GAP_WORDS,
    exemption_arguments,
    fill,
    gaps_in,
    letter_template,
    parse_template,
)
from archive.rules.letter_values import ClaimedExemption, LetterCase, LetterDraft
from archive.rules.request_states import EventKind, FeeCategory, Outcome, RequestLetterKind
from ingest.exemption_law import exemptions, named_statutes
from tests.letter_cases import SENT, TODAY, case_of, events_of, filled

# What looks like law and is none of the citations that law files have.
LOOKS_LIKE_LAW = re.compile(
    r"§|U\.\s?S\.\s?C|C\.?F\.?R\b|Executive Order|\bF\.\s?[23]d\b|\bv\. [A-Z]|Pub\. L\.|Stat\. \d"
    r"|\b(?:[Ss]ection|[Ss]ec\.|Code|Rule|Article|Chapter|[Cc]h\.|Title) \d"
)


def exemption_cites() -> frozenset[str]:
    """What the law of exemptions cites: it is among the law files."""
    rows = exemptions().values()
    cited = {row.statute for row in rows} | {row.printed for row in rows}
    return frozenset(cited | {statute.name for statute in named_statutes()})


ALLOWED = cites_of_law_files() | exemption_cites()
SIGNS = sorted((cite for cite in exemption_cites() if not cites_in(cite)), key=len, reverse=True)


def without_cites(text: str) -> str:
    """The text without what the law files cite, and what is cited with a section sign or an order's name."""
    for cite in sorted(set(cites_in(text)) & ALLOWED, key=len, reverse=True):
        text = text.replace(cite, "")
    if "§" in text or "Executive Order" in text or "P.L." in text:
        for cite in SIGNS:
            text = text.replace(cite, "")
    return text


def claims_of(law: Law) -> tuple[ClaimedExemption, ...]:
    """Every exemption of the law, with every statute that is named with (b)(3)."""
    own = "" if law.id == "us" else law.id.removeprefix("us-")[:2]
    codes = [code for code, row in exemptions().items() if (f"{own}:" in code if own else not row.place)]
    statutes = tuple(statute.name for statute in named_statutes())
    return tuple(
        ClaimedExemption(code, 3, ("ICE-0001", "ICE-0002"), statutes if code == "b3" else ())
        for code in codes
    )


def all_cases() -> Iterator[LetterCase]:
    for law in all_laws():
        yield case_of(law)
        for outcome in (None, *Outcome):
            yield case_of(law, events_of(outcome, appealed=True))
            yield filled(case_of(law, events_of(outcome), claims=claims_of(law)))
        for category in FeeCategory:
            yield case_of(law, fee_category=category)
        asks = ClockEvent(EventKind.FEES_ASKED, SENT + timedelta(5))
        denies = ClockEvent(EventKind.FEE_WAIVER_DENIED, SENT + timedelta(9))
        yield case_of(law, (*events_of(None), asks, denies), fees_cents=12_050)
    for rule in agency_rules("us"):
        answered = case_of(get_law("us"), events_of(Outcome.DENIED), agency=rule.agencies[0], rule=rule)
        yield filled(answered)
    yield LetterCase(None, "Some County", TODAY)


@cache
def all_drafts() -> tuple[LetterDraft, ...]:
    """Every letter of every law and outcome; alike ones once."""
    return tuple(
        dict.fromkeys(
            draft_letter(kind, case)
            for case in all_cases()
            for kind in RequestLetterKind
            if is_possible(kind, case)
        )
    )


def every_text() -> Iterator[str]:
    return (whole(draft) for draft in all_drafts())


def whole(draft: LetterDraft) -> str:
    return "\n\n".join((draft.subject, draft.addressee, draft.text, draft.signature))


def test_every_citation_in_every_letter_of_every_law_and_outcome_is_in_the_law_files() -> None:
    seen: set[str] = set()
    for text in every_text():
        cited, rest = set(cites_in(text)), without_cites(text)
        assert cited <= ALLOWED, cited - ALLOWED
        assert not cites_in(rest)
        assert LOOKS_LIKE_LAW.search(rest) is None, LOOKS_LIKE_LAW.search(rest)
        seen |= cited
    assert {"5 U.S.C. 552(a)(8)(A)", "5 U.S.C. 552(b)(7)(E)", "8 U.S.C. 1357(g)"} <= seen
    assert len(seen) > 60


def test_no_letter_has_an_empty_place_or_a_mark_of_its_template() -> None:
    for draft in all_drafts():
        text = whole(draft)
        assert not re.search(r"[{}]|\bNone\b|\( *\)|\[\]|  +|\.\.(?!\.)| ,| \.", text), (draft.kind, text)
        assert "\n\n\n" not in draft.text


def test_every_bracket_of_a_letter_is_a_gap_that_is_told_before_it_is_kept() -> None:
    for draft in all_drafts():
        brackets = dict.fromkeys(
            " ".join(words.split()) for words in re.findall(r"\[([^]]+)\]", whole(draft))
        )
        assert draft.gaps == tuple(brackets)


def test_a_letter_of_a_case_of_which_nothing_is_known_has_gaps_and_no_facts() -> None:
    for law in all_laws():
        draft = draft_letter(RequestLetterKind.REQUEST, case_of(law))
        assert {GAP_WORDS["title"], GAP_WORDS["records_sought"], GAP_WORDS["requester"]} <= set(draft.gaps)
        appeal = draft_letter(RequestLetterKind.APPEAL, case_of(law))
        assert {GAP_WORDS["answered_on"], GAP_WORDS["sent_on"], GAP_WORDS["number"]} <= set(appeal.gaps)


def test_brackets_that_somebody_wrote_are_no_gaps() -> None:
    assert gaps_in("The memo [sic] and [your name], again [your\nname]") == ("your name",)


def test_what_is_filled_in_is_never_filled_again() -> None:
    template = parse_template("Re: {title}\n\n{records_sought}\n\n{?title}{?!number}\nHello\nworld")
    facts = {"title": "{number} {?!x}", "records_sought": "{title}\n[your name]", "number": ""}
    assert fill(template, facts) == ("{number} {?!x}", "{title}\n[your name]\n\nHello world")


def test_a_template_without_a_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with its subject"):
        parse_template("Dear Sir")


def test_every_template_is_used_and_every_exemption_has_an_argument() -> None:
    names = {path.name for path in letter_files_dir().iterdir()}
    assert names == {f"{kind.value}.txt" for kind in RequestLetterKind} | {"exemptions.txt"}
    for kind in RequestLetterKind:
        assert letter_template(kind).paragraphs
    for code in exemptions():
        assert len(arguments_of([ClaimedExemption(code)], "Freedom of Information Act").split()) > 20, code
    federal = {f"b{n}" for n in range(1, 10)} | {f"b7{letter}" for letter in "abcdef"}
    assert federal <= set(exemption_arguments())


def test_an_overdue_letter_says_the_date_how_it_was_counted_and_what_follows() -> None:
    events = (ClockEvent(EventKind.SENT, date(2024, 5, 15)), ClockEvent(EventKind.ROUTED, date(2024, 5, 20)))
    case = replace(
        filled(case_of(get_law("us"))),
        events=events,
        today=date(2024, 6, 24),
        deadlines=deadlines_of(ClockQuestion(get_law("us"), events), date(2024, 6, 24)),
    )
    # From Monday, May 20: 21-24 May are 4; Memorial Day left out, 28-31 May 4 (8); 3-7 June 5 (13);
    # 10-14 June 5 (18); 17 and 18 June 2 (20). June 19, Juneteenth, comes after.
    text = draft_letter(RequestLetterKind.FOLLOW_UP, case).text
    assert "Your answer was due on June 18, 2024. On June 24, 2024 it is 6 days late." in text
    assert "20 working days (5 U.S.C. 552(a)(6)(A)(i))" in text
    assert "counted from May 20, 2024, which is not counted itself" in text
    assert "Left out are Saturdays and Sundays" in text
    assert "Memorial Day (May 27, 2024)" in text
    assert "5 U.S.C. 552(a)(6)(C)(i)" in text
    assert "5 U.S.C. 552(a)(4)(A)(viii)" in text


def test_a_law_without_a_fixed_limit_gets_no_date() -> None:
    law = get_law("us-fl")
    text = draft_letter(RequestLetterKind.FOLLOW_UP, case_of(law, events_of(None))).text
    assert "The law sets no number of days" in text
    assert "was due on" not in text


def test_where_the_law_gives_no_appeal_the_agency_is_asked_to_reconsider() -> None:
    case = case_of(get_law("us-ca"), events_of(Outcome.DENIED))
    draft = draft_letter(RequestLetterKind.APPEAL, case)
    assert draft.subject.startswith("Request to reconsider the answer")
    assert "This is an appeal" not in draft.text
    assert sent_event_kind(RequestLetterKind.APPEAL, case) is EventKind.CORRESPONDED
    federal = case_of(get_law("us"), events_of(Outcome.DENIED))
    assert sent_event_kind(RequestLetterKind.APPEAL, federal) is EventKind.APPEALED


def test_foreseeable_harm_is_argued_for_requests_since_july_2016_alone() -> None:
    def text(sent_on: date) -> str:
        answered = ClockEvent(EventKind.DETERMINED, sent_on + timedelta(30), Outcome.DENIED)
        case = case_of(get_law("us"), (ClockEvent(EventKind.SENT, sent_on), answered))
        return draft_letter(RequestLetterKind.APPEAL, replace(case, claims=(ClaimedExemption("b5dpp"),))).text

    old, new = text(date(2016, 6, 30)), text(date(2016, 7, 1))
    assert "552(a)(8)(A)" not in old
    assert "25 years" not in old
    assert "5 U.S.C. 552(a)(8)(A)" in new
    assert "25 years" in new


def test_an_appeal_argues_against_each_exemption_claimed_and_names_its_pages() -> None:
    claims = (
        ClaimedExemption("b7e", 4, ("ICE-0007", "ICE-0008", "ICE-0009")),
        ClaimedExemption("b5", 1),
        ClaimedExemption("ny:87.2.b"),
    )
    text = arguments_of(claims, "FOIA")
    paragraphs = text.split("\n\n")
    assert [p.split(",")[0] for p in paragraphs] == [
        "Exemption (b)(5)",
        "Exemption (b)(7)(E)",
        "Exemption N.Y. Pub. Off. Law § 87(2)(b)",
    ]
    assert "on 4 pages that I have: ICE-0007 to ICE-0009 and 1 more." in paragraphs[1]
    assert "(5 U.S.C. 552(b)(7)(E))" in paragraphs[1]
    assert "on 1 page that I have." in paragraphs[0]


def test_consecutive_bates_numbers_are_one_range() -> None:
    assert bates_in_words(["A-08", "A-09", "A-10", "A-12", "B-13", "odd"]) == [
        ("A-08 to A-10", 3),
        ("A-12", 1),
        ("B-13", 1),
        ("odd", 1),
    ]
