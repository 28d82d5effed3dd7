"""What the engines are asked: kinds of queries a reader asks, and a stream of different ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    return [*_words(), *_phrases(), *_shapes(), *_filtered()]


def _words() -> Iterator[Question]:
    forms = vocabulary()
    rare, mid, middling, low = forms[30_000], forms[900], forms[500], forms[4_000]
    yield _same("rare word", rare, single_rare=True)
    yield _same("mid word", mid)
    yield _same("common word", "agency")
    yield _same("two words", f"{mid} {middling}")
    yield _same("rare and common", f"{rare} agency")
    yield _same("two common words", "agency the")
    yield _either("either of two", [mid, middling])
    yield _either("any of five", [mid, middling, low, "agency", "sheriff"])
    yield Question("one, not another", "agency NOT records", "agency NOT records", "+agency -records")


def _phrases() -> Iterator[Question]:
    mid = vocabulary()[900]
    yield _phrase("rare phrase", "interoperability deployment")
    yield _phrase("phrase of three", "secure communities program")
    yield _phrase("phrase of common words", "of the")
    yield _phrase("phrase of four", "opt out of the")
    near = TantivyCall("near", (mid, "county"), 4)
    yield Question("within 5 words", f"{mid} /5 county", f"NEAR({mid} county, 4)", near)
    yield Question("same sentence", f"{mid} /s county", None, None)


def _shapes() -> Iterator[Question]:
    stem, low = vocabulary()[700], vocabulary()[4_000]
    for kind, shape in (("narrow prefix", f"{low[:7]}*"), ("wide prefix", "con*")):
        yield Question(kind, shape, shape, TantivyCall("regex", (shape.replace("*", ".*"),)))
    for kind, shape in (("inner wildcard", f"{stem[:3]}?{stem[4:]}"), ("leading wildcard", f"*{stem[-5:]}")):
        pattern = TantivyCall("regex", (shape.replace("?", ".").replace("*", ".*"),))
        yield Question(kind, shape, shape, pattern, whole_vocabulary=True)
    for kind, typed, edits in (("fuzzy, one edit", f"{stem}~", 1), ("fuzzy, two edits", f"{stem}~2", 2)):
        yield Question(kind, typed, None, TantivyCall("fuzzy", (stem,), edits), whole_vocabulary=True)


def _filtered() -> Iterator[Question]:
    some = Filters(agency=("ice",), kind=("memo", "letter"), after=date(2008, 1, 1))
    titled = vocabulary()[60]
    yield _same("word, three filters", "sheriff", filters=some)
    yield _same("word, six facets", "sheriff", facets=FACETS)
    yield _same("filters and facets", "sheriff", filters=some, facets=FACETS)
    yield _same("newest first", "sheriff", sort=Sort.NEWEST)
    yield _same("window 50", "sheriff", offset=980)
    yield Question("exemption code", "(b)(7)(E)", '"b 7 E"', '"b 7 E"')
    in_title = f"title:{titled}"
    yield Question("word in a title", f"{in_title} agency", f"{in_title} AND agency", f"+{in_title} +agency")


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
