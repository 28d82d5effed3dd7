"""Invented words for invented pages, and the codes that stand in place of some."""

from __future__ import annotations

import random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SYLLABLES = _words("ba co da el fi gan hol im jor ka lem mi nor op per qua ren sal tor um ver wis yan zo")
_SMALL = _words("the of and to in a for that on by with at from as is was be not or an which this it are")
_COMMON = _words("office county agreement notice review record officer meeting policy request letter draft")

CODE_SETS: tuple[tuple[str, ...], ...] = (
    ("b6",),
    ("b6", "b7c"),
    ("b5",),
    ("b7e",),
    ("b7c",),
    ("b6", "b7c", "b7e"),
    ("b5dpp",),
    ("b5acp",),
    ("b5awp",),
    ("b1",),
    ("b1", "1.4d"),
    ("1.4c",),
    ("b3",),
    ("b4",),
    ("b7a",),
    ("b7d",),
    ("b7f",),
    ("b8",),
    ("b7c", "b7d"),
    ("k2",),
    ("j2", "k2"),
    ("b5", "b6"),
)
_PRIVILEGES = {"b5dpp": "DPP", "b5acp": "ACP", "b5awp": "AWP"}
MANNERS = ("commas", "tight", "spaced", "slash", "lower", "short", "bare", "capitals", "letters")
SURE_MANNERS = MANNERS[:6]  # with parentheses: can be told from a word wherever it stands
MARGIN_MANNERS = ("capitals", "letters", "commas")  # the State Department's, mostly


def some_words(chance: random.Random, count: int) -> list[str]:
    """``count`` words that mean nothing, small words among them as in English."""
    return [_word(chance) for _ in range(count)]


def a_name(chance: random.Random) -> str:
    """A made-up first and last name."""
    return " ".join("".join(chance.sample(_SYLLABLES, 2)).capitalize() for _ in range(2))


def _word(chance: random.Random) -> str:
    dice = chance.random()
    if dice < 0.42:
        return chance.choice(_SMALL)
    if dice < 0.6:
        return chance.choice(_COMMON)
    return "".join(chance.sample(_SYLLABLES, chance.randint(2, 4)))


def some_codes(chance: random.Random) -> tuple[str, ...]:
    """The grounds for one redaction; those that agencies claim most come most."""
    return chance.choice(CODE_SETS[:6] if chance.random() < 0.55 else CODE_SETS)


def spelled(codes: tuple[str, ...], manner: str) -> str:
    """``codes`` as one agency writes them: ``(b)(6), (b)(7)(C)``, ``B6 B7(C)``, ``(b)(6)/(b)(7)(c)`` ..."""
    if manner in ("bare", "capitals", "letters"):
        return ", ".join(_without_parentheses(code, manner) for code in codes)
    written = [_in_parentheses(code, manner) for code in codes]
    if manner == "short" and all(code.startswith("b") for code in codes):
        return ",".join([written[0], *(part.removeprefix("(b)") for part in written[1:])])
    return {"tight": "", "slash": "/"}.get(manner, ", ").join(written)


def _in_parentheses(code: str, manner: str) -> str:
    if code.startswith("1.4"):
        return f"1.4({code[3]})"
    if code in _PRIVILEGES:
        return f"{_in_parentheses('b5', manner)} {_PRIVILEGES[code]}"
    part = code[2:] if manner == "lower" else code[2:].upper()
    between = " " if manner == "spaced" else ""
    return f"({code[0]}){between}({code[1]})" + (f"({part})" if part else "")


def _without_parentheses(code: str, manner: str) -> str:
    if code.startswith("1.4"):
        return f"1.4({code[3].upper()})"
    if code in _PRIVILEGES:
        return f"{_without_parentheses('b5', manner)} {_PRIVILEGES[code]}"
    letter, part = code[0], code[2:].upper()
    if manner == "bare":
        return f"{letter}{code[1]}{part}"
    return f"{letter.upper()}{code[1]}" + (part if manner == "letters" or not part else f"({part})")
