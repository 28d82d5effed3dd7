"""Private details as they stand in records, made up here: each line says where its detail begins and ends.

The forms come from what is known of records (the spacings of alien numbers in court papers, the fields of
forms, the ways of letters), not from what the screening looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from archive.rules.statuses import FindingKind
from tests.privacy.forms import (
    ALIEN_BY_WORDS,
    ALIEN_SPACINGS,
    CITIES,
    FIRST,
    LAST,
    MISREAD,
    MONTHS,
    STREETS,
    SUFFIXES,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of a record. ``kind`` and the places of what is private; None for a look-alike.

    ``form`` is what kind of look-alike or spelling it is.
    """

    text: str
    kind: FindingKind | None
    start: int = 0
    end: int = 0
    form: str = ""


def positives(draw: Random, *, each: int = 60) -> list[Line]:
    """About ``each`` lines for every kind; alien numbers in all spacings and more."""
    made = [_line(draw, FindingKind.ALIEN_NUMBER, text, form) for text, form in alien_numbers(draw)]
    for kind, maker in MAKERS.items():
        made += [_line(draw, kind, maker(draw), "") for _ in range(each)]
    return made


def digits(draw: Random, pattern: str) -> str:
    """``pattern`` with a digit for each X, the first one not zero."""
    out, first = [], True
    for letter in pattern:
        out.append(draw.choice("123456789" if first else "0123456789") if letter == "X" else letter)
        first = first and letter != "X"
    return "".join(out)


def name(draw: Random) -> str:
    """A made-up person."""
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"


def date_of(draw: Random, first: int, last: int) -> str:
    """A day in one of the ways in which people write it."""
    month, day, year = draw.randint(1, 10), draw.randint(1, 28), draw.randint(first, last)
    word = MONTHS[month - 1]
    return draw.choice(
        (
            f"{month}/{day}/{year}",
            f"{month:02}/{day:02}/{year}",
            f"{month:02}-{day:02}-{year}",
            f"{month:02}/{day:02}/{year % 100:02}",
            f"{word} {day}, {year}",
            f"{day} {word} {year}",
            f"{word[:3]}. {day}, {year}",
            f"{year}-{month:02}-{day:02}",
            f"{day:02} {word[:3].upper()} {year}",
        )
    )


def alien_numbers(draw: Random) -> list[tuple[str, str]]:
    """Each spacing once in plain text and once in the words of a form; misread ones; those named in words."""
    made = []
    carriers = (
        "Respondent {}, {{}}, was served on that day.",
        "{} ({{}}) appeared before the immigration judge.",
        "RE: {} {{}}",
        "In the matter of {}, file {{}}, the motion is denied.",
        "{{}} {} 04/12/2008 Guatemala final order",
        "File No.: {{}} - {}",
        "the subject, {}, {{}}, in custody since 2009",
    )
    for spacing in ALIEN_SPACINGS:
        carrier = draw.choice(carriers).format(name(draw))
        made.append((carrier.format("{" + digits(draw, spacing) + "}"), spacing))
    for words in ALIEN_BY_WORDS:
        made += [
            (digits(draw, words) + draw.choice((".", ", in removal proceedings.", "")), words) for _ in "ab"
        ]
    for spacing in ("AXXX XXX XXX", "A XX-XXX-XXX", "AXXXXXXXXX", "A#XXX-XXX-XXX") * 3:
        number = _misread(draw, digits(draw, spacing))
        made.append((f"Respondent {name(draw)}, {{{number}}}, was served.", "misread"))
    return made


def social_security_numbers(draw: Random) -> str:
    area = draw.choice([number for number in range(1, 900) if number != 666])
    group, serial = draw.randint(1, 99), draw.randint(1, 9999)
    parts = f"{area:03}", f"{group:02}", f"{serial:04}"
    forms = (
        "SSN: {%s-%s-%s}",
        "Social Security Number {%s-%s-%s}",
        "He gave the number {%s-%s-%s} to the officer.",
        "SS# {%s %s %s}",
        "SSN {%s%s%s}",
        "Soc. Sec. No. {%s.%s.%s}",
        f"Employee: {name(draw)}  {{%s-%s-%s}}  GS-12",
        "social security number is {%s%s%s} and",
        "S.S.N. {%s - %s - %s}",
        "SSAN {%s–%s–%s}",
        "Social Security No.\n{%s-%s-%s}",
        "SSN {%s-%s-\n%s}",
    )
    chosen = draw.randint(0, len(forms) + 2)
    if chosen == len(forms):
        return f"SSN ending in {{{parts[2]}}}"
    if chosen == len(forms) + 1:
        return f"the last four digits of his Social Security number, {{{parts[2]}}}, match"
    if chosen == len(forms) + 2:
        return f"ITIN {{{draw.randint(900, 999)}-{draw.randint(70, 88)}-{parts[2]}}}"
    return forms[chosen] % parts


def dates_of_birth(draw: Random) -> str:
    forms = (
        "DOB: {%s}",
        "D.O.B. {%s}",
        "Date of Birth: {%s}",
        "date of birth is {%s}",
        "who was born on {%s} in Oaxaca",
        "born in San Salvador, El Salvador, on {%s}",
        "Birth date {%s}",
        "DOB\n{%s}",
        "(DOB {%s})",
        "(f/n {%s}, Mexico)",
        "Birthdate: {%s}",
        "D/O/B {%s}",
    )
    return draw.choice(forms) % date_of(draw, 1931, 2009)


def phone_numbers(draw: Random) -> str:
    number = (
        f"{draw.choice((415, 510, 312, 702, 956, 973))}",
        f"{draw.randint(200, 999)}",
        f"{draw.randint(0, 9999):04}",
    )
    forms = (
        "cell: {(%s) %s-%s}",
        "home phone {%s-%s-%s}",
        "You can reach her at {%s.%s.%s} after six.",
        "my mobile, {%s %s %s}",
        "{(%s)%s-%s} (cell)",
        "call me at {1-%s-%s-%s}",
        "Telephone: {%s/%s-%s}",
        "tel. {+1 %s %s %s}",
        "his wife's number is {%s-%s-%s}",
        "phone {%s%s%s}",
    )
    if draw.random() < 0.1:
        return draw.choice(("whatsapp {+52 55 %s %s}", "{+503 7%s %s} in San Salvador")) % number[1:]
    return draw.choice(forms) % number


def email_addresses(draw: Random) -> str:
    first, last = draw.choice(FIRST).lower(), draw.choice(LAST).lower()
    user = draw.choice(
        (f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}{draw.randint(1, 99)}", first)
    )
    domain = draw.choice(
        ("gmail.com", "yahoo.com", "hotmail.com", "aol.com", "comcast.net", "harborlaw.example.org")
    )
    forms = ("write to {%s}", "From: <{%s}>", "E-mail: {%s}", "{%s} wrote:", "cc {%s}; others")
    return draw.choice(forms) % f"{user}@{domain}"


def street_addresses(draw: Random) -> str:
    street = f"{draw.randint(3, 9899)} {draw.choice(STREETS)} {draw.choice(SUFFIXES)}"
    unit = draw.choice(("", "", ", Apt. 4B", " #12", ", Unit 7", " Apt 203"))
    city = draw.choice(CITIES)
    forms = (
        f"He lives at {{{street}{unit}}}, {city}.",
        f"Home address: {{{street}{unit}, {city}}}",
        f"{name(draw)}\n{{{street}{unit}\n{city}}}",
        f"residing at {{{street}{unit}}} in this county",
        f"officers went to {{{street}{unit}}}, where the subject was found",
        f"Residence: {{{street.upper()}{unit.upper()}, {city.upper()}}}",
        f"mail for {name(draw)} goes to {{P.O. Box {draw.randint(10, 9999)}, {city}}}",
    )
    return draw.choice(forms)


def minors(draw: Random) -> str:
    child, age = name(draw), draw.randint(2, 17)
    forms = (
        f"her minor child, {{{child}}}, remained",
        f"the minor child {{{child}}} was placed",
        f"his son {{{child}}}, age {age}, was present",
        f"daughter {{{child}}} ({age} years old)",
        f"the juvenile, {{{child}}}, was booked",
        f"{{{child}}}, a {age}-year-old, was held",
        f"{{{child}}}, age {age}, attends the school",
        f"Name of minor: {{{child}}}",
        f"{{{child}}}, a minor, by his mother",
        f"their daughter, {{{child.split()[0]}}}, aged {age}",
        f"unaccompanied minor {{{child.upper()}}} arrived",
    )
    return draw.choice(forms)


def bank_accounts(draw: Random) -> str:
    routing = _with_aba_check(digits(draw, draw.choice(("021XXXXX", "121XXXXX", "322XXXXX"))))
    card = _with_luhn_check(digits(draw, draw.choice(("4XXXXXXXXXXXXXX", "51XXXXXXXXXXXXX"))))
    grouped = " ".join(card[index : index + 4] for index in range(0, 16, 4))
    iban = _with_iban_check("DE", digits(draw, "XXXXXXXXXXXXXXXXXX"))
    forms = (
        f"routing number {{{routing}}} at the credit union",
        f"checking account number {{{digits(draw, 'XXXXXXXXXX')}}} at Pacific Bank",
        f"Visa {{{grouped}}} exp. 04/12",
        f"card no. {{{card}}}",
        f"IBAN {{{iban}}}",
        f"wire to {{{iban}}} by Friday",
        f"savings acct. # {{{digits(draw, 'XXXX-XXXXXX')}}}, First Federal Bank",
        f"ABA {{{routing}}} for direct deposit",
        f"paid by card {{{grouped.replace(' ', '-')}}}",
    )
    return draw.choice(forms)


def passports(draw: Random) -> str:
    number = draw.choice(
        (digits(draw, "XXXXXXXXX"), "G" + digits(draw, "XXXXXXXX"), "C" + digits(draw, "XXXXXXX"))
    )
    forms = (
        f"Passport No. {{{number}}}",
        f"holder of Mexican passport number {{{number}}}",
        f"passport # {{{number}}}, expired",
        f"Passport: {{{number}}}",
        f"travelled on a Salvadoran passport ({{{number}}})",
    )
    return draw.choice(forms)


MAKERS: dict[FindingKind, Callable[[Random], str]] = {
    FindingKind.SOCIAL_SECURITY_NUMBER: social_security_numbers,
    FindingKind.DATE_OF_BIRTH: dates_of_birth,
    FindingKind.PHONE_NUMBER: phone_numbers,
    FindingKind.EMAIL_ADDRESS: email_addresses,
    FindingKind.STREET_ADDRESS: street_addresses,
    FindingKind.MINOR: minors,
    FindingKind.BANK_ACCOUNT: bank_accounts,
    FindingKind.PASSPORT: passports,
}


def _line(draw: Random, kind: FindingKind, marked: str, form: str) -> Line:
    """``marked`` has its detail in braces."""
    start, end = marked.index("{"), marked.index("}") - 1
    return Line(marked.replace("{", "").replace("}", ""), kind, start, end, form)


def _misread(draw: Random, number: str) -> str:
    """One or two of its digits as OCR would have them."""
    places: Sequence[int] = [index for index, letter in enumerate(number) if letter in MISREAD and index > 2]
    for index in draw.sample(places, min(len(places), draw.choice((1, 1, 2)))):
        number = number[:index] + MISREAD[number[index]] + number[index + 1 :]
    return number


def _with_aba_check(eight: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(eight, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return eight + str(-total % 10)


def _with_luhn_check(fifteen: str) -> str:
    total = 0
    for index, digit in enumerate(reversed(fifteen)):
        doubled = int(digit) * (2 if index % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return fifteen + str(-total % 10)


def _with_iban_check(country: str, account: str) -> str:
    spelled = "".join(str(int(letter, 36)) for letter in account + country + "00")
    return f"{country}{98 - int(spelled) % 97:02}{account}"
