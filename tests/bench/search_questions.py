"""What the engines are asked: kinds of queries a reader asks, and a stream of different ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from archive.rules.query import FACETS, Filters, Sort
from tests.bench.pages import draw_words, generate_documents, vocabulary


@dataclass(frozen=True, slots=True)
class TantivyCall:
    """A query that tantivy's own language cannot say: ``kind`` is 'near', 'regex' or 'fuzzy'."""

    kind: str
    words: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question in three languages. None where an engine has nothing equal."""

    kind: str
    typed: str
    fts: str | None
    tantivy: str | TantivyCall | None
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    facets: tuple[str, ...] = ()
    whole_vocabulary: bool = False  # looks at every form there is
    single_rare: bool = False


def _same(kind: str, words: str, **more: object) -> Question:
    """All of the words, which every engine says in nearly the same way."""
    split = words.split()
    fts, tantivy = " AND ".join(split), " ".join(f"+{word}" for word in split)
    return Question(kind, words, fts, tantivy, **more)  # type: ignore[arg-type]  # any field of it


def _phrase(kind: str, words: str) -> Question:
    return Question(kind, f'"{words}"', f'"{words}"', f'"{words}"')


def _either(kind: str, words: Sequence[str]) -> Question:
    typed = " OR ".join(words)
    return Question(kind, typed, typed, " ".join(words))


def questions() -> list[Question]:
    """A question of each kind, over the generated pages."""
    forms = vocabulary()
    rare, mid, middling, low, titled = forms[30_000], forms[900], forms[500], forms[4_000], forms[60]
    some = Filters(agency=("ice",), kind=("memo", "letter"), after=date(2008, 1, 1))
    stem = forms[700]
    shape, tail = f"{stem[:3]}?{stem[4:]}", f"*{stem[-5:]}"
    return [
        _same("rare word", rare, single_rare=True),
        _same("mid word", mid),
        _same("common word", "agency"),
        _same("two words", f"{mid} {middling}"),
        _same("rare and common", f"{rare} agency"),
        _same("two common words", "agency the"),
        _either("either of two", [mid, middling]),
        _either("any of five", [mid, middling, low, "agency", "sheriff"]),
        Question("one, not another", "agency NOT records", "agency NOT records", "+agency -records"),
        _phrase("rare phrase", "interoperability deployment"),
        _phrase("phrase of three", "secure communities program"),
        _phrase("phrase of common words", "of the"),
        _phrase("phrase of four", "opt out of the"),
        Question(
            "within 5 words",
            f"{mid} /5 county",
            f"NEAR({mid} county, 4)",
            TantivyCall("near", (mid, "county"), 4),
        ),
        Question("same sentence", f"{mid} /s county", None, None),
        Question("narrow prefix", f"{low[:7]}*", f"{low[:7]}*", TantivyCall("regex", (f"{low[:7]}.*",))),
        Question("wide prefix", "con*", "con*", TantivyCall("regex", ("con.*",))),
        Question(
            "inner wildcard",
            shape,
            shape,
            TantivyCall("regex", (shape.replace("?", "."),)),
            whole_vocabulary=True,
        ),
        Question(
            "leading wildcard",
            tail,
            tail,
            TantivyCall("regex", (tail.replace("*", ".*"),)),
            whole_vocabulary=True,
        ),
        Question(
            "fuzzy, one edit", f"{stem}~", None, TantivyCall("fuzzy", (stem,), 1), whole_vocabulary=True
        ),
        Question(
            "fuzzy, two edits", f"{stem}~2", None, TantivyCall("fuzzy", (stem,), 2), whole_vocabulary=True
        ),
        _same("word, three filters", "sheriff", filters=some),
        _same("word, six facets", "sheriff", facets=FACETS),
        _same("filters and facets", "sheriff", filters=some, facets=FACETS),
        _same("newest first", "sheriff", sort=Sort.NEWEST),
        _same("window 50", "sheriff", offset=980),
        Question("exemption code", "(b)(7)(E)", '"b 7 E"', '"b 7 E"'),
        Question(
            "word in a title",
            f"title:{titled} agency",
            f"title:{titled} AND agency",
            f"+title:{titled} +agency",
        ),
    ]


def stream(count: int = 500, seed: int = 41) -> list[Question]:
    """Different questions of one to three words drawn as they occur, and one in five a phrase that stands
    on a page. In random order."""
    rng = np.random.default_rng(seed)
    forms, pages = (
        vocabulary(),
        [page.text for document in generate_documents(1_200) for page in document.pages],
    )
    asked: dict[str, Question] = {}
    while len(asked) < count:
        length = int(rng.integers(1, 4))
        if rng.random() < 0.2:
            words = re.findall(r"[a-z]+", pages[rng.integers(len(pages))])
            at = int(rng.integers(len(words) - 3))
            question = _phrase("phrase", " ".join(words[at : at + max(length, 2)]))
        else:
            drawn = dict.fromkeys(forms[number] for number in draw_words(rng, length))
            question = _same("words", " ".join(drawn))
        asked.setdefault(question.typed, question)
    return list(asked.values())
