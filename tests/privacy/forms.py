"""The forms that private details have in records, and names, streets and towns that nobody has."""

from __future__ import annotations

# X is a digit. Forty-two spacings that were counted in published court papers, and some of forms.
ALIEN_SPACINGS = (
    *("AXXX XXX XXX", "AXX XXX XXX", "AXX-XXX-XXX", "A XX XXX XXX", "A XXX XXX XXX", "AXXXXXXXX"),
    *("AXXX-XXX-XXX", "A XX-XXX-XXX", "AXXXXX-XXX", "AXX-XXXXXX", "A-XXXXXXXX", "AXXXXXXXXX"),
    *("A-XX-XXX-XXX", "AXXX-XXXXXX", "A XXXXXXXX", "AXXXXXX-XXX", "AXX-XXXX-XXX", "A XXX-XXX-XXX"),
    *("A-XX XXX XXX", "A-XXXXXXXXX", "AXXXXXX XXX", "AXX XXXX XXX", "AXXXXX XXX", "A XX XX X XXX"),
    *("AXX-XXX XXX", "AX XX XXX XXX", "AXX XXX-XXX", "AXX-XXX-XXXX", "AXX-XXX-X XX", "AXXX XXX XX"),
    *("AXX XXXXXX", "A XX XXX XX X", "AXX- XXX-XXX", "AXXX XX XXX", "A XX- XXX-XXX", "AXXX-XXX XXX"),
    *("AXXX- XXX-XXX", "A X XX XXX XXX", "AXXX XXX-XXX", "A XX-XXX- XXX", "AXX XXX X XXX", "A XX XXXXXX"),
    *("A#XX-XXX-XXX", "A# XXX-XXX-XXX", "A #XXX XXX XXX", "A-XXX-XXX-XXX", "A-XXX XXX XXX", "A#XXXXXXXXX"),
    *("A: XXX-XXX-XXX", "A0XX-XXX-XXX", "A0XX XXX XXX", "A XX.XXX.XXX", "A–XX–XXX–XXX", "AXXX\nXXX\nXXX"),
    *("A XXX\nXXX XXX", "AXX-XXX-\nXXX", "A No. XXX XXX XXX", "A-No. XX XXX XXX"),
)
ALIEN_BY_WORDS = (
    "Alien No. {XXX-XXX-XXX}",
    "Alien Number: {XXXXXXXXX}",
    "Alien Registration Number {XXX XXX XXX}",
    "alien registration number (if any): {XXX-XXX-XXX}",
    "Alien Reg. No. {XX XXX XXX}",
    "A-File {XX XXX XXX}",
    "A-File No. {XXX-XXX-XXX}",
    "A-Number: {XXXXXXXXX}",
    "A Number {XX-XXX-XXX}",
    "Alien # {XXXXXXXX}",
    "Alien File Number {XXX XXX XXX}",
    "USCIS # {XXX-XXX-XXX}",
    "His alien number is {XXX-XXX-XXX}",
)
MISREAD = {"0": "O", "1": "l", "5": "S", "8": "B"}
FIRST = (
    "Marisol",
    "Teodoro",
    "Ilse",
    "Anselm",
    "Wilhelmina",
    "Obadiah",
    "Rosalba",
    "Kwame",
    "Yusra",
    "Dmitri",
)
LAST = (
    "Quintero",
    "Abernathy",
    "Vasquez",
    "Okonjo",
    "Halvorsen",
    "Petrossian",
    "Nakagawa",
    "Brzezicki",
    "Tran",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
STREETS = (
    "Alder",
    "Bellwether",
    "Cypress Grove",
    "Dogwood",
    "East 14th",
    "Marigold",
    "N. Fulton",
    "Old Mill",
)
SUFFIXES = ("Street", "St.", "Avenue", "Ave.", "Road", "Rd", "Drive", "Dr.", "Lane", "Court", "Blvd", "Way")
CITIES = (
    "Fresno, CA 93721",
    "Laredo, TX 78040",
    "Elgin, IL 60120",
    "Yonkers, New York 10701",
    "Mesa, AZ 85201-4432",
)
