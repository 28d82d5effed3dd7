"""The leaf for what was typed as one: a word or a thing, a shape (``wom?n``), a misspelling, a phrase."""

from __future__ import annotations

import re

from archive.rules.query import And, Fuzzy, Leaf, Link, Near, Node, Phrase, Prefix, Same, Term, Wildcard, Word
from archive.search.analysis import MAX_FORM_LENGTH, Token, tokenize, words_of
from archive.search.query_repair import Mistake

MIN_SHAPE_LETTERS = 2
MAX_WILDCARDS = 8
MAX_EDITS = 2
MAX_DISTANCE = 1_000
MAX_NEAR_PARTS = 20

_NUMBER = re.compile(r"[0-9]*")
_PUNCTUATION = ".,;:!?"
_QUESTIONABLE = re.compile(r"[\w*?'’ʼ-]*\?[\w*?'’ʼ-]*")  # not an address such as https://ice.gov/?page=2
_RUNS = re.compile(r"[*?]*\*[*?]*")
# Letters, or digits, that nobody types: they stand for * and ? while a shape is put into one spelling.
_AS_LETTERS, _AS_DIGITS = ("\ua7fb", "\ua7fd"), ("\u07c0", "\u07c1")
_ONE_WORD = "These signs stand for letters of one word, or of one thing such as I-24*."


def word_node(written: str) -> Node | None:
    """What was typed without a space: mostly one leaf, but ``(b)(5),(b)(6)`` are two. None when nothing is
    said (``?``). Raises ``Mistake``."""
    shape = written.rstrip(_PUNCTUATION)
    word, tilde, number = shape.rpartition("~")
    if tilde and re.search(r"\w", word) and _NUMBER.fullmatch(number):
        return _fuzzy(word, number)
    if is_shape(shape):
        return _shape(shape)
    if not re.search(r"\w", written):
        return None
    parts = tuple(dict.fromkeys(units_of(written, exact=False)))
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(parts)


def phrase_leaf(inside: str) -> Leaf | None:
    """What stood between quotation marks. Raises ``Mistake``."""
    _refuse_shapes(inside, "+1")
    tokens = tokenize(inside)
    words = words_of(tokens)
    return _one_thing(words, tokens[len(words) :], exact=True) if words else None


def nearness_leaf(inside: str, sign: str, distance: str) -> Leaf | None:
    """What stood between quotation marks with ``~5`` after it, or ``~>5`` for 'in this order'.

    Raises ``Mistake`` for the whole of it, marks and all.
    """
    quoted = f'"{inside}"'
    how = f'Write {quoted}~5 for "each at most 5 words on from the next", {quoted}~>5 for "in this order".'
    if not distance:
        raise Mistake("It does not say how near.", how, at=len(quoted), instead=f"{quoted}~{sign}5")
    steps = within_words(distance, how, at=len(quoted), before=f"{quoted}~{sign}")
    _refuse_shapes(inside, f"+{steps}" if sign else f"/{steps}")
    parts = units_of(inside, exact=True)
    if not parts:
        return None
    if len(parts) == 1:
        raise Mistake("One word cannot stand near itself.", how, at=len(quoted), instead=quoted)
    if len(parts) > MAX_NEAR_PARTS:
        raise Mistake(
            f"More than {MAX_NEAR_PARTS} words are to stand near each other.",
            "Name fewer words, or leave out the ~ to find them one after the other.",
            instead=quoted,
        )
    link = Link(distance=steps, ordered=bool(sign))
    return Near(tuple(parts), (link,) * (len(parts) - 1))


def within_words(number: str, help: str, *, at: int = 0, before: str = "", after: str = "") -> int:
    """How many words on. Raises ``Mistake``; ``before`` and ``after`` are what is written around it."""
    steps = int(number) if len(number) <= 9 else MAX_DISTANCE + 1
    if not 1 <= steps <= MAX_DISTANCE:
        fitting = 1 if steps < 1 else MAX_DISTANCE
        raise Mistake(
            f"Words can stand 1 to {MAX_DISTANCE:,} words apart; 1 is the next word.",
            help,
            at=at,
            instead=f"{before}{fitting}{after}",
        )
    return steps


def exactly(node: Node) -> Node:
    """The same words without their other endings."""
    match node:
        case Term(word):
            return Term(word, exact=True)
        case Phrase(words):
            return Phrase(words, exact=True)
        case Same(parts):
            return Same(tuple(part for part in map(exactly, parts) if isinstance(part, Word)))
        case And(parts):
            return And(tuple(map(exactly, parts)))
        case _:
            return node


def is_shape(word: str) -> bool:
    """Whether ``*`` or ``?`` stands for letters here. At the end of a word a ``?`` only asks."""
    word = word.rstrip(_PUNCTUATION)
    return "*" in word or bool(_QUESTIONABLE.fullmatch(word))


def _shape(shape: str) -> Leaf:
    star = re.search(r"[*?]", shape)
    at = star.start() if star else 0
    if sum(map(str.isalnum, shape)) < MIN_SHAPE_LETTERS:
        raise Mistake(
            f"A * needs at least {MIN_SHAPE_LETTERS} letters or digits of the word.",
            'Write more of the word: "deport*", "*tainer".',
            at=at,
            instead="".join(filter(str.isalnum, shape)),
        )
    pattern = _pattern(shape)
    if pattern is None:
        alone = re.sub(r"[^\w*?]+", " ", shape)
        raise Mistake("A * or ? stands among several words.", _ONE_WORD, at=at, instead=alone)
    if len(re.findall(r"[*?]", pattern)) > MAX_WILDCARDS:
        longest = max(re.split(r"[*?]+", pattern), key=len)
        raise Mistake(
            f"One word has more than {MAX_WILDCARDS} * and ?.", _ONE_WORD, at=at, instead=f"*{longest}*"
        )
    return Prefix(pattern[:-1]) if re.fullmatch(r"[^*?]+\*", pattern) else Wildcard(pattern)


def _pattern(shape: str) -> str | None:
    """A shape as the words of the index are spelled, runs of ``*`` as one; None when it is not one thing."""
    if re.fullmatch(r"[^*?]+\*+", shape):
        form = _one_form(shape.rstrip("*"))
        return form and form + "*"
    star, letter = _AS_LETTERS if any(map(str.isalpha, shape)) else _AS_DIGITS
    form = _one_form(shape.replace("*", star).replace("?", letter))
    if form is None:
        return None
    pattern = form.replace(star, "*").replace(letter, "?")
    return _RUNS.sub(lambda run: "?" * run[0].count("?") + "*", pattern)


def _fuzzy(word: str, number: str) -> Leaf:
    how = 'Write "secuer~" for one letter put in, left out, changed or swapped, "secuer~2" for two.'
    at = len(word)
    edits = int(number or 1) if len(number) < 2 else MAX_EDITS + 1
    if not 1 <= edits <= MAX_EDITS:
        instead = f"{word}~{MAX_EDITS}" if edits else word
        raise Mistake(
            f"A ~ after a word allows 1 or {MAX_EDITS} letters to differ.", how, at=at, instead=instead
        )
    form = None if is_shape(word) else _one_form(word)
    if form is None:
        raise Mistake("A ~ belongs to one plain word.", how, at=at, instead=word.replace("~", " "))
    if len(form) < edits + 2:
        raise Mistake(
            f"A word of {len(form)} letters is too short for {edits} of them to differ.",
            how,
            at=at,
            instead=word,
        )
    return Fuzzy(form, edits)


def _one_form(written: str) -> str | None:
    """What one thing is looked up as; None when it is nothing, or several things."""
    tokens = tokenize(written)
    if not tokens:
        return None
    words, last = words_of(tokens), tokens[-1]
    if len(words) == 1 or (last.start <= words[0].start and last.end >= words[-1].end):
        return last.form[:MAX_FORM_LENGTH]
    return None


def _refuse_shapes(inside: str, link: str) -> None:
    chunks = [chunk for chunk in inside.split() if re.search(r"\w", chunk)]
    shapes = [chunk for chunk in chunks if is_shape(chunk)]
    if not shapes:
        return
    apart = [chunk if chunk in shapes else f'"{chunk}"' for chunk in chunks]
    shape = shapes[0].rstrip(_PUNCTUATION)
    star = min(shape.find(sign) for sign in "*?" if sign in shape)
    raise Mistake(
        f"A {shape[star]} has no meaning between quotation marks.",
        "A phrase is matched exactly. Join words and shapes with +1 to find them one after the other.",
        at=1 + inside.find(shapes[0]) + star,
        instead=f" {link} ".join(apart),
    )


def units_of(written: str, *, exact: bool) -> list[Term | Phrase | Same]:
    """The words and things of a text, in order."""
    tokens = tokenize(written)
    words = words_of(tokens)
    wholes = tokens[len(words) :]
    parts = []
    at = 0
    while at < len(words):
        end = max([words[at].end, *(whole.end for whole in wholes if whole.start <= words[at].start)])
        after = at + 1
        while after < len(words) and words[after].end <= end:
            after += 1
        inside = [whole for whole in wholes if whole.end <= end]
        parts.append(_one_thing(words[at:after], inside, exact=exact))
        at, wholes = after, [whole for whole in wholes if whole.end > end]
    return parts


def _one_thing(words: list[Token], wholes: list[Token], *, exact: bool) -> Term | Phrase | Same:
    """The leaf for words that stand together: one word, one thing in several spellings, or a phrase."""
    spans_all = [whole for whole in wholes if whole.start <= words[0].start and whole.end >= words[-1].end]
    forms = dict.fromkeys(whole.form for whole in spans_all)
    if any(re.fullmatch("7[a-f]", form) for form in forms):
        forms |= dict.fromkeys(f"b{form}" for form in forms)  # exemption 7(E) is (b)(7)(E)
    phrase = Phrase(tuple(word.form for word in words), exact)
    as_words: Term | Phrase = Term(words[0].form, exact) if len(words) == 1 else phrase
    ways = tuple(dict.fromkeys([*(Term(form, exact) for form in forms), as_words]))
    return ways[0] if len(ways) == 1 else Same(ways)
