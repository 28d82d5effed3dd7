"""Bank accounts, payment cards and passports: told by their check digits or by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.rules.privacy_span import PrivateSpan, Surroundings, candidates
from archive.rules.statuses import FindingKind

_ROUTING = re.compile(r"(?<![\w.-])\d{9}(?![\w-])")
_ROUTING_WORDS = re.compile(r"(?<![a-z])(?:routing|aba|rtn|transit)(?![a-z])[^0-9]{0,24}$")
_ACCOUNT = re.compile(
    r"(?<![a-z])(?:account|acct\.?|a/c)[ ]?(?:numbers?|nos?\.?|#)?(?:[ ]?(?:is|:|#))?[ ]{0,2}"
    r"(?P<number>\d[\d-]{4,20}\d)(?![\w-])"
)
_BANK_WORDS = re.compile(
    r"(?<![a-z])(?:bank|checking|savings|deposit|wire|routing|credit union|debit|iban|swift|payroll|cuenta)"
)
_TREASURY = re.compile(r"treasury|federal reserve|appropriation|general fund")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
_CARD = re.compile(
    r"(?<![\w.-])(?:[3-6]\d{3}(?P<gap>[ -]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}"
    r"|3[47]\d\d[ -]?\d{6}[ -]?\d{5})(?![\w-])"
)
_CARD_WORDS = re.compile(
    r"(?<![a-z])(?:card|visa|master ?card|amex|american express|discover|debit|credit|exp\.?)(?![a-z])"
)
_PARCEL = re.compile(r"tracking|certified|usps|ups|fedex|parcel|mail")
_PASSPORT = re.compile(
    r"(?:passport|pasaporte)(?:[ \n](?:number|num|no|nbr|book|card)\.?)?[ \n]?"
    r"(?:\(|#|no\.|is|:|,|number){0,2}[ \n]{0,2}\(?"
    r"(?P<number>(?-i:[A-Z]{0,2})\d{6,9})(?![\w-])",
    re.IGNORECASE,
)


def find_bank_accounts(near: Surroundings) -> Iterator[PrivateSpan]:
    """Routing and account numbers, IBANs and payment cards."""
    for match in candidates(_ROUTING, near.text) if near.has("routing", "aba", "rtn", "transit") else ():
        if _ROUTING_WORDS.search(near.before(match.start(), 45)) and has_aba_check(match[0]):
            yield _account(
                match.span(), 0.85, "Its check digit is that of a routing number, and so say the words."
            )
    for match in candidates(_ACCOUNT, near.low) if near.has("acc", "a/c") else ():
        around = near.around(match.start(), match.end(), 70)
        if _BANK_WORDS.search(around) and not _TREASURY.search(around):
            yield _account(match.span("number"), 0.8, "The words near it say that it is a bank account.")
    for match in candidates(_IBAN, near.text):
        end = _end_of_iban(match)
        if end:
            yield _account(
                (match.start(), end), 0.95, "Its check digits are those of an international bank account."
            )
    for match in candidates(_CARD, near.text):
        if has_luhn_check(match[0]) and not _PARCEL.search(near.before(match.start(), 40)):
            score = 0.95 if _CARD_WORDS.search(near.around(match.start(), match.end(), 40)) else 0.6
            yield _account(match.span(), score, "Its check digit is that of a payment card.")


def find_passports(near: Surroundings) -> Iterator[PrivateSpan]:
    """Passport numbers, told by the word before them."""
    for match in candidates(_PASSPORT, near.text) if near.has("passport", "pasaporte") else ():
        reason = "The word before it says that it is a passport number."
        yield PrivateSpan(FindingKind.PASSPORT, match.start("number"), match.end("number"), 0.85, reason)


def has_aba_check(number: str) -> bool:
    """Whether nine digits are a routing number: weights 3, 7, 1, and a first pair that is given out."""
    first = int(number[:2])
    given_out = first <= 12 or 21 <= first <= 32 or 61 <= first <= 72 or first == 80
    weights = (3, 7, 1) * 3
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return given_out and total % 10 == 0 and int(number) > 0


def has_luhn_check(number: str) -> bool:
    """Whether the digits end in the check digit of payment cards (ISO/IEC 7812)."""
    total = 0
    for index, digit in enumerate(reversed([int(letter) for letter in number if letter.isdigit()])):
        doubled = digit * 2 if index % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def has_iban_check(number: str) -> bool:
    """Whether the digits and letters are those of an international bank account (ISO 13616)."""
    spelled = "".join(str(int(letter, 36)) for letter in number[4:] + number[:4])
    return int(spelled) % 97 == 1


def _end_of_iban(match: re.Match[str]) -> int:
    """Where the number ends: words in capitals may stand behind it. 0 when it is none."""
    text = match[0]
    for length in range(len(text), 14, -1):
        number = text[:length].replace(" ", "")
        if text[length - 1] != " " and 15 <= len(number) <= 34 and has_iban_check(number):
            return match.start() + length
    return 0


def _account(span: tuple[int, int], score: float, reason: str) -> PrivateSpan:
    return PrivateSpan(FindingKind.BANK_ACCOUNT, *span, score, reason)
