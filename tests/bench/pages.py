"""Generated pages for benchmarks: word frequencies as in prose, the field's phrases at known rates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from archive.ports import IndexedDocument, IndexedPage

AGENCIES = ("ice", "dhs", "fbi", "uscis", "cbp", "oig", "doj", "state")
KINDS = ("memo", "letter", "email", "report", "form")
PHRASES = (
    ("immigration detainer", 0.03),
    ("secure communities program", 0.02),
    ("opt out of the program", 0.01),
    ("(b)(7)(E)", 0.05),
    ("287(g)", 0.01),
)
WORDS_PER_PAGE = 350
PAGES_PER_DOCUMENT = 12
_SYLLABLES = (
    "ba be bi bo da de di do fa fe ga ge ha ka ke la le li lo ma me mi na ne no pa pe ra re ri ro sa se si "
    "ta te ti to va ve"
)
_COMMON = (
    "the of to and in that is for on as with by was are be at this from or an have not which file program "
    "county agency request records page information system state"
)


def generate_documents(pages: int, seed: int = 2010) -> Iterator[IndexedDocument]:
    """Documents with ``pages`` pages in all, the same for the same seed."""
    rng = random.Random(seed)
    words = _vocabulary(rng)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    for number in range(0, pages, PAGES_PER_DOCUMENT):
        count = min(PAGES_PER_DOCUMENT, pages - number)
        document_id = f"{number:012d}".translate(str.maketrans("0189", "abcd"))
        yield IndexedDocument(
            document_id=document_id,
            content_version=1,
            title=" ".join(rng.choices(words, weights, k=6)),
            source_file=f"file{number}.pdf",
            agency=rng.choice(AGENCIES),
            kind=rng.choice(KINDS),
            dated_on=date(2008, 1, 1) + timedelta(days=rng.randrange(2000)),
            pages=tuple(
                IndexedPage(document_id, page, _page_text(rng, words, weights))
                for page in range(1, count + 1)
            ),
        )


def _vocabulary(rng: random.Random) -> list[str]:
    syllables, common = _SYLLABLES.split(), _COMMON.split()
    made = {"".join(rng.choices(syllables, k=rng.randint(2, 5))) for _ in range(40_000)}
    return common + sorted(made - set(common))


def _page_text(rng: random.Random, words: list[str], weights: list[float]) -> str:
    chosen = rng.choices(words, weights, k=WORDS_PER_PAGE)
    for phrase, rate in PHRASES:
        if rng.random() < rate:
            chosen.insert(rng.randrange(len(chosen)), phrase)
    lines = [" ".join(chosen[start : start + 12]) for start in range(0, len(chosen), 12)]
    return "\n".join(lines)
