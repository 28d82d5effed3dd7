"""What an e-mail about a request seems to say, with the sentence it was read from. A person decides.

The patterns are phrases that agencies write; the first that fits is proposed, the more decisive ones first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.rules.mail_message import Mail
from archive.rules.mail_text import own_words, sentences_of
from archive.rules.request_states import EventKind, Outcome

_MOST_SENTENCES = 400
_AMOUNT = re.compile(r"\$\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{2}))?(?!\d)")
_NUMBER = re.compile(
    r"(?:(?:tracking|reference|case|control|request|appeal|FOIA|FOIL|PRA)\s+)+"
    r"(?:number|no\.?|#|ID)?\s*(?:is|as|of|:)?\s*[#:]?\s*"
    r"(?P<number>(?=[\w.\-/]*\d)[A-Z0-9][\w.\-/]{3,60}\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MailProposal:
    """What to write down. ``sentence`` is where it was read; empty: nothing was found, and the kind is
    'correspondence'. ``number`` is a tracking number that the mail names."""

    kind: EventKind = EventKind.CORRESPONDED
    outcome: Outcome | None = None
    amount_cents: int | None = None
    sentence: str = ""
    number: str = ""


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        Outcome.NEITHER_CONFIRMED_NOR_DENIED,
        _words(r"neither confirm nor deny", r"can neither confirm", r"\bGlomar\b"),
    ),
    (
        Outcome.NO_RECORDS,
        _words(
            r"\bno (?:responsive )?records (?:\w+ )?(?:were|was|have been|could be) "
            r"(?:found|located|identified)",
            r"(?:unable to|could not|did not|not able to) (?:locate|find|identify) any",
            r"\b(?:does not|do not) (?:have|possess|maintain) any (?:responsive )?records",
            r"located no (?:responsive )?records",
            r"no (?:documents|records) responsive to your request (?:were|was|exist)",
        ),
    ),
    (
        Outcome.GRANTED_IN_PART,
        _words(
            r"granted in part",
            r"partial(?:ly)? (?:grant|denial|denied)",
            r"released? (?:\w+ ){0,4}in part\b",
            r"denied in part",
        ),
    ),
    (
        Outcome.DENIED,
        _words(
            r"(?:request|appeal) (?:is|has been|was|must be) (?:hereby )?(?:denied|rejected)",
            r"withh(?:eld|olding) in (?:full|(?:its|their) entirety)",
            r"denied in (?:full|its entirety)",
            r"(?:we|I) (?:hereby )?(?:must )?deny your (?:request|appeal)",
        ),
    ),
    (
        Outcome.GRANTED,
        _words(
            r"(?:request|appeal) (?:is|has been|was) (?:hereby )?granted(?! in part)",
            r"granted in (?:full|its entirety)",
            r"released? (?:\w+ ){0,4}in (?:full|(?:its|their) entirety)",
        ),
    ),
)
# Said of one question only, not of the request.
_SIDE = _words(r"expedit", r"fee waiver", r"waiver of (?:all )?fees", r"waive fees")
_FIRST: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    (
        EventKind.EXPEDITED_DENIED,
        _words(r"(?:deny|denied|denying)\b.{0,80}\bexpedit", r"expedit.{0,80}\bdenied"),
    ),
    (
        EventKind.EXPEDITED_GRANTED,
        _words(r"\bgrant(?:ed|ing)?\b.{0,80}\bexpedit", r"expedit.{0,80}\bgranted"),
    ),
    (
        EventKind.FEE_WAIVER_DENIED,
        _words(r"(?:deny|denied|denying)\b.{0,80}\bfee waiver", r"fee waiver.{0,80}\bdenied"),
    ),
    (
        EventKind.FEE_WAIVER_GRANTED,
        _words(r"\bgrant(?:ed|ing)?\b.{0,80}\bfee waiver", r"fee waiver.{0,80}\bgranted"),
    ),
)
_FINAL = _words(
    r"\bth(?:is|e attached|e enclosed)\b.{0,60}\b(?:is|constitutes|represents|serves as)\b.{0,40}"
    r"\bfinal (?:response|determination|action|decision)\b",
    r"\bour final (?:response|determination)\b",
    r"(?:this|which) (?:letter )?(?:completes|concludes) (?:the processing of |our response to )?"
    r"your request",
)
_PRODUCED = _words(
    r"\b(?:interim|rolling|partial|first|second|third|fourth|fifth|next|final|\w+th) "
    r"(?:interim )?(?:release|production)\b",
    r"\binterim response\b",
    r"(?:attached|enclosed)\b.{0,60}\b(?:responsive|records|documents|pages)\b",
    r"(?:responsive )?(?:records|documents)\b.{0,40}\b(?:are|is) (?:attached|enclosed)",
)
_THEN: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    (
        EventKind.EXTENDED,
        _words(
            r"unusual circumstances",
            r"\b(?:invok|tak|requir|need)\w*\b.{0,60}\bextension\b",
            r"extend(?:ing|ed)? (?:the|our|this) (?:time|deadline|response)",
            r"\bextension of (?:time|\w+ (?:\(\d+\) )?(?:business|working|calendar)? ?days)",
        ),
    ),
    (
        EventKind.FEES_ASKED,
        _words(
            r"\b(?:estimate[ds]?|assessed)\b.{0,60}\b(?:fees?|cost|charges?)\b",
            r"\b(?:fee|cost) estimate\b",
            r"\b(?:please|must|unless|until)\b.{0,80}\b(?:agree|commit\w*|promise|willing\w*) to pay\b",
            r"\b(?:advance|pre-?)\s?payment\b",
        ),
    ),
    (
        EventKind.INFORMATION_ASKED,
        _words(
            r"\bplease (?:clarify|provide (?:additional|more|further)|specify)\b",
            r"\b(?:need|require|request)s? (?:additional|more|further) information\b",
            r"\bclarification (?:of|about|regarding|is needed)\b",
            r"\bnot reasonably describe",
            r"\b(?:too broad|overly broad|insufficient(?:ly)? (?:detail|descri))",
            r"\bnarrow the scope\b",
        ),
    ),
    (
        EventKind.REFERRED,
        _words(r"\b(?:referr|transferr|forward)(?:ed|ing)\b.{0,80}\b(?:to|agency|office)\b"),
    ),
    (
        EventKind.APPEAL_RECEIVED,
        _words(r"acknowledg\w+\b.{0,60}\bappeal\b", r"\breceived your\b.{0,60}\bappeal\b"),
    ),
    (
        EventKind.ACKNOWLEDGED,
        _words(
            r"\backnowledg\w+\b.{0,80}\b(?:receipt|request)\b",
            r"\b(?:we|office) (?:have |has )?received your\b.{0,80}\brequest\b",
            r"\brequest (?:has been|was) received\b",
            r"\bhas been assigned\b.{0,80}\bnumber\b",
            r"\bassigned (?:it|your request)\b.{0,60}\bnumber\b",
        ),
    ),
)


def propose_event(mail: Mail) -> MailProposal:
    """What ``mail`` seems to say. Only what its sender wrote is read, not what is quoted below it."""
    sentences = sentences_of(own_words(mail.text))[:_MOST_SENTENCES]
    found = _decided(sentences) or _first_of(sentences, _THEN) or MailProposal()
    if found.kind is EventKind.FEES_ASKED:
        found = replace(found, amount_cents=_amount(found.sentence))
    return replace(found, number=_number([mail.subject, *sentences]))


def _decided(sentences: list[str]) -> MailProposal | None:
    """A decision about the request, a release of records, or a decision about one question of it."""
    main = [sentence for sentence in sentences if not _SIDE.search(sentence)]
    final = _find(main, _FINAL)
    for outcome, pattern in _OUTCOMES:
        if sentence := _find(main, pattern):
            is_appeal = re.search(r"\bappeal (?:is|has been|was)\b|\byour appeal\b", sentence, re.IGNORECASE)
            kind = EventKind.APPEAL_DECIDED if is_appeal else EventKind.DETERMINED
            return MailProposal(kind, outcome, sentence=sentence)
    if sentence := _find(main, _PRODUCED):
        return MailProposal(EventKind.PRODUCED, sentence=sentence)
    if final:
        return MailProposal(EventKind.DETERMINED, sentence=final)
    return _first_of(sentences, _FIRST)


def _first_of(
    sentences: list[str], kinds: tuple[tuple[EventKind, re.Pattern[str]], ...]
) -> MailProposal | None:
    for kind, pattern in kinds:
        if sentence := _find(sentences, pattern):
            return MailProposal(kind, sentence=sentence)
    return None


def _find(sentences: list[str], pattern: re.Pattern[str]) -> str:
    return next((one for one in sentences if pattern.search(one[:2000])), "")[:600]


def _amount(sentence: str) -> int | None:
    found = _AMOUNT.search(sentence)
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None


def _number(said: list[str]) -> str:
    for text in said:
        if found := _NUMBER.search(text[:2000]):
            return found["number"]
    return ""
