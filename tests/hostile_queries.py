"""Forty queries made to do harm, each with why; and strings at random."""

from __future__ import annotations

import random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MANY = [f"{one}{two}" for one in _LETTERS for two in _LETTERS]

HOSTILE: dict[str, str] = {
    "every word of two letters or more": "?*e*",
    "every word": "*",
    "every word, twice": "* *",
    "letters and stars in turn": "*a*a*a*a*a*a*a*a*a*b",
    "two hundred beginnings": " OR ".join(f"{start}*" for start in _MANY[:200]),
    "two hundred shapes": " OR ".join(f"{start}*e" for start in _MANY[:200]),
    "two hundred endings": " OR ".join(f"*{start}" for start in _MANY[:200]),
    "three hundred words": " ".join(_MANY[:300]),
    "three hundred alternatives": " OR ".join(_MANY[:300]),
    "three hundred words that are nowhere": " OR ".join(f"q{two}zk" for two in _MANY[:300]),
    "more words than are taken": " ".join(_MANY[:400]),
    "brackets a thousand deep": "(" * 1000 + "a" + ")" * 1000,
    "brackets that never close": "(" * 4000,
    "brackets that close only": ")" * 4000,
    "quotation marks alone": '"' * 3999,
    "four thousand letters": "a" * 4000,
    "too long": "word " * 2000,
    "a phrase of the commonest words": '"' + "the of " * 300 + '"',
    "a phrase of one word": '"' + "the " * 900 + '"',
    "the commonest words near each other": "the /1000000000 of",
    "everything near everything": "* /5 *",
    "a chain of nearness": " /5 ".join(["the"] * 150),
    "the same sentence, again and again": " /s ".join(["the", "of"] * 60),
    "a stretch without end": '"the of to"~999999999999',
    "likeness to a long word": "a" * 60 + "~2",
    "likeness to everything": " OR ".join(f"{start}a~2" for start in _MANY[:100]),
    "a range upside down": "date:2012..2009",
    "a range beyond the calendar": "date:0000..99999999",
    "a number beyond numbers": "bates:ICE-" + "9" * 300,
    "a share beyond all": "redacted:>99999999999999999999999",
    "a field of fields": "title:from:to:subject:agency:" * 40 + "x",
    "a list of values": "kind:(" + " OR ".join(["memo"] * 250) + ")",
    "NOT of NOT": "a " + "NOT " * 900 + "b",
    "minus signs": "-" * 3000 + "a",
    "control characters": "opt\x00out\x1b[2J\x07 \x7f",
    "half a character": "opt \ud800 out \udfff",
    "marks upon marks": "e" + "\u0301" * 3000,
    "from right to left": "\u202eopt\u202c \u05d0\u05d1 \u0627\u0644 \u2066out",
    "emoji and noncharacters": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \ufffe\uffff",
    "a database's quotes": "'; DROP TABLE document; -- \" OR 1=1",
    "a page's markup": '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "regular expressions": r"(a+)+$ [a-z]*{1,99999} \b(?:x|x)*y",
    "a template": "{{ 7*7 }} ${7*7} %s%n%x",
}
assert len(HOSTILE) >= 40

_PIECES = (
    *("opt", "out", "detainer", "the", "(b)(7)(E)", "I-247", "19 Civ. 7058", "§", "é", "\u202e", "a@b.c"),
    *(
        "AND",
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        '"',
        "“",
        "*",
        "?",
        "~",
        "~2",
        "/5",
        "+3",
        "/s",
        "/p",
        "w/5",
        "..",
        ":",
    ),
    *(
        "title:",
        "ex:",
        "date:",
        "bates:",
        "pages:",
        "redacted:>",
        "kind:(",
        "agancy:",
        "lang:",
        "2010-05",
        "ICE-1",
    ),
    *(" ", " ", " ", "\n", "\t", "\x00", "\ud800", "9" * 30, "<", ">=", "%", "\\", "'"),
)


def random_queries(count: int, seed: int = 7058) -> list[str]:
    """Half of them pieces of the language in any order, half characters of any kind."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        if number % 2:
            made.append("".join(chance.choices(_PIECES, k=chance.randint(1, 25))))
        else:
            made.append(
                "".join(
                    chr(chance.choice((chance.randrange(0x110000), chance.randrange(0x250))))
                    for _ in range(chance.randint(1, 60))
                )
            )
    return made
