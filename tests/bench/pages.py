"""Generated pages for benchmarks: the same for the same seed, at numpy's speed.

Word frequencies as in prose (Zipf): common English words at the top, then made-up words with English
endings, then what OCR makes of them, and words that occur once. Sentences end, paragraphs begin, the field's
phrases and codes stand at known rates, and each document has what a real one has: title, agency, kind, place,
production, date, Bates numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from archive.ports import IndexedDocument, IndexedPage

IntArray: TypeAlias = npt.NDArray[np.int64]

AGENCIES = ("ice", "dhs", "fbi", "uscis", "cbp", "oig", "doj", "state", "gao", "dol", "hhs", "epa")
KINDS = ("memo", "letter", "email", "report", "form", "agreement")
PLACES = tuple(
    f"{name}-county-{state}" for state in ("va", "ca", "tx", "il") for name in ("arlo", "pem", "sut")
)
PHRASES = (  # what stands on a page, and on which share of the pages
    ("immigration detainer", 0.03),
    ("secure communities program", 0.02),
    ("opt out of the program", 0.01),
    ("interoperability deployment", 0.0005),
    ("287(g)", 0.01),
)
CODES = (
    ("(b)(6)", "b6", 0.08),
    ("(b)(7)(C)", "b7c", 0.06),
    ("(b)(7)(E)", "b7e", 0.05),
    ("(b)(5)", "b5", 0.04),
)
WORDS_PER_PAGE = 300
PAGES_PER_DOCUMENT = 12
_DOCUMENTS_AT_ONCE = 500
_COMMON = (
    "the of to and in that is for on as with by was are be at this from or an have not which file "
    "program county agency request records page information system state has will been they their all "
    "any may would who such when no if under other its there were more he she his her can one between "
    "about law office field enforcement data policy local deport removal alien arrest jail sheriff "
    "letter notice custody hold identify share fingerprint"
)
_BASES = 42_000
_ENDINGS = (("", 1.0), ("s", 0.5), ("ed", 0.3), ("ing", 0.3))
_MISREADINGS = (("m", "rn"), ("l", "1"), ("o", "0"), ("e", "c"), ("d", "cl"))
_MISREAD_FORMS = 35_000
_ONCE_A_PAGE = 0.35  # the share of pages with a word that no other page has
_ZIPF_EXPONENT, _ZIPF_SHIFT = 1.05, 2.7


def generate_documents(pages: int, seed: int = 2010) -> Iterator[IndexedDocument]:
    """Documents with ``pages`` pages in all, twelve each."""
    documents = -(-pages // PAGES_PER_DOCUMENT)
    for first in range(0, documents, _DOCUMENTS_AT_ONCE):
        rng = np.random.default_rng((seed, first))
        numbers = range(first, min(first + _DOCUMENTS_AT_ONCE, documents))
        counts = [min(PAGES_PER_DOCUMENT, pages - number * PAGES_PER_DOCUMENT) for number in numbers]
        texts = iter(_page_texts(rng, sum(counts)))
        for number, count in zip(numbers, counts, strict=True):
            yield _document(rng, number, [next(texts) for _ in range(count)])


def generate_document(number: int, pages: int, seed: int = 2010) -> IndexedDocument:
    """One more document, of any number of pages, for what is added later."""
    rng = np.random.default_rng((seed, number))
    return _document(rng, number, list(_page_texts(rng, pages)))


@cache
def vocabulary() -> tuple[str, ...]:
    """All forms but those that occur once, the commonest first; more than 100,000."""
    rng = np.random.default_rng(7)
    syllables = np.array(
        [c + v for c in "bdfgklmnprstv" for v in "aeio"] + ["ch", "con", "per", "tra", "sti", "un"]
    )
    made: dict[str, None] = {}
    while len(made) < _BASES:
        made["".join(rng.choice(syllables, rng.integers(2, 6)))] = None
    forms = [base + ending for base in made for ending, share in _ENDINGS if rng.random() < share]
    misread: dict[str, None] = {}
    while len(misread) < _MISREAD_FORMS:
        right, wrong = _MISREADINGS[rng.integers(len(_MISREADINGS))]
        misread[forms[rng.integers(len(forms) // 2)].replace(right, wrong, 1)] = None
    tail = list(misread)
    rng.shuffle(tail)
    return tuple(dict.fromkeys([*_COMMON.split(), *forms, *tail]))


def draw_words(rng: np.random.Generator, count: int) -> IntArray:
    """Numbers in the vocabulary, as often as they occur on pages."""
    return np.searchsorted(_cumulative(), rng.random(count)).astype(np.int64)


@cache
def _cumulative() -> npt.NDArray[np.float64]:
    weights = (np.arange(len(vocabulary())) + _ZIPF_SHIFT) ** -_ZIPF_EXPONENT
    return np.asarray(np.cumsum(weights) / weights.sum())


@cache
def _written() -> npt.NDArray[np.object_]:
    """Each form in the middle of a line, at its end, at the end of a sentence, of a paragraph."""
    ends = (" ", "\n", ". ", ".\n\n")
    return np.array([form + end for end in ends for form in vocabulary()], np.object_)


def _page_texts(rng: np.random.Generator, pages: int) -> Iterator[str]:
    size, shape = len(vocabulary()), (pages, WORDS_PER_PAGE)
    words = draw_words(rng, pages * WORDS_PER_PAGE).reshape(shape)
    chance = rng.random(shape)
    ends = np.where(chance < 0.01, 3, np.where(chance < 0.06, 2, 0))  # a sentence is about 16 words long
    ends[:, 11::12] = np.maximum(ends[:, 11::12], 1)  # a line is twelve
    written = _written()[words + ends * size]
    _put_in(rng, written, [(phrase, rate) for phrase, rate in PHRASES])
    _put_in(rng, written, [(code, rate) for code, _, rate in CODES])
    once = np.flatnonzero(rng.random(pages) < _ONCE_A_PAGE)
    for row, number in zip(once.tolist(), rng.integers(36**7, size=len(once)).tolist(), strict=True):
        written[row, 7] = f"{np.base_repr(number, 36).lower()} "
    yield from map("".join, written.tolist())


def _put_in(
    rng: np.random.Generator, written: npt.NDArray[np.object_], rated: list[tuple[str, float]]
) -> None:
    for text, rate in rated:
        rows = np.flatnonzero(rng.random(len(written)) < rate)
        written[rows, rng.integers(WORDS_PER_PAGE, size=len(rows))] = f"{text} "


def _document(rng: np.random.Generator, number: int, texts: list[str]) -> IndexedDocument:
    document_id = f"{number:012d}".translate(str.maketrans("0189", "abcd"))
    agency, kind = str(rng.choice(AGENCIES)), str(rng.choice(KINDS))
    place, first_stamp = str(rng.choice(PLACES)), number * PAGES_PER_DOCUMENT
    source = "ocr" if rng.random() < 0.4 else "text_layer"
    dated_on = None if rng.random() < 0.1 else date(2006, 1, 1) + timedelta(days=int(rng.integers(3_000)))
    forms = vocabulary()
    return IndexedDocument(
        document_id=document_id,
        content_version=1,
        title=" ".join(forms[at] for at in 40 + draw_words(rng, 6) % 5_000),
        source_file=f"file{number}.pdf",
        agency=agency,
        agency_names=(f"Bureau of {agency}", agency.upper()),
        kind=kind,
        place=place,
        place_name=place.replace("-", " "),
        production=f"production-{number // 50}",
        request=f"2010-{number // 100:05}",
        page_count=len(texts),
        dated_on=dated_on,
        received_day=16_000 + number % 1_000,
        pages=tuple(
            IndexedPage(
                document_id,
                page_number,
                text,
                source=source,
                quality=0.8 if source == "ocr" else 1.0,
                bates=f"{agency.upper()}-{first_stamp + page_number:07}",
                codes=tuple(sorted(form for code, form, _ in CODES if code in text)),
                redacted_percent=max(0, int(rng.integers(-400, 100))),
                language="en",
            )
            for page_number, text in enumerate(texts, 1)
        ),
    )
