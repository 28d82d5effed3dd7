"""Codes without parentheses ('B5', 'b7C') in wide gaps of printed lines, on pages that OCR has read.

White paper over words leaves nothing on a scan but the gap and the code in it. A single 'B5' may be anything;
several of them, in gaps, at different places of their lines, are no numbers of paragraphs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from ingest.garbled_codes import mend_code
from ingest.label_runs import CodeRun, Label, bounds_of_words, lines_of, read_label
from ingest.redaction_found import LabelWord

_ONE = r"(?:[Bb][1-9S]5?(?:[({]?[A-F][)}]?)?|[JjKk]\(?[1-7]\)?)"
_CODE = re.compile(rf"{_ONE}(?:[,/]{_ONE})*[,;.]?|AWP|ACP|DPP")
_PRIVILEGE = re.compile(r"AWP|ACP|DPP")  # what follows (b)(5), and alone is the name of something else
_GAP_TIMES, _GAP_OF_HEIGHT = 1.7, 0.45  # of the line's usual space, of a word's height
_FEWEST_CODES, _FEWEST_PLACES = 3, 2  # of a page
_COLUMN_PT = 10.0
_STOPS = ",;. "
_GARBLE = re.compile(r"[B8E6][1-9ST](?:[({]?[A-F][)}]?)?")  # a number of two digits is one as well
_GARBLED = 0.5  # confidence


def codes_in_gaps(words: Sequence[LabelWord]) -> tuple[CodeRun, ...]:
    """The bare codes that stand in gaps, when there are at least three of them, not all in one column; then
    those as well that OCR garbled: ``87C`` for ``B7C``."""
    lines = lines_of(words)
    found = [run for line in lines for run in _in_line(line, _is_code)]
    places = {round(run.box.x0 / _COLUMN_PT) for run in found}
    if len(found) < _FEWEST_CODES or len(places) < _FEWEST_PLACES:
        return ()
    return tuple(run for line in lines for run in _in_line(line, _may_be_code))


def _in_line(line: Sequence[LabelWord], is_code_word: Callable[[LabelWord], bool]) -> Iterator[CodeRun]:
    gaps = [after.box.x0 - before.box.x1 for before, after in itertools.pairwise(line)]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    edge = float("inf")  # beside the first and the last word of a line there is room enough
    around = [edge, *gaps, edge]
    for is_code, numbers in itertools.groupby(range(len(line)), lambda at: is_code_word(line[at])):
        if not is_code:
            continue
        at = list(numbers)
        run = [line[number] for number in at]
        least = max(_GAP_TIMES * usual, _GAP_OF_HEIGHT * (run[0].box.bottom - run[0].box.top))
        label = _label_of(run)
        if (
            label.codes
            and not _PRIVILEGE.fullmatch(run[0].text)
            and min(around[at[0]], around[at[-1] + 1]) > least
        ):
            yield CodeRun(bounds_of_words(run), label)


def _label_of(run: Sequence[LabelWord]) -> Label:
    """The codes of a run; where OCR garbled one, all of them as they are mended."""
    if all(map(_is_code, run)):
        return read_label(run, is_ocr=True)
    parts = [part for word in run for part in re.split(r"[,/]", word.text.strip(_STOPS)) if part]
    codes = tuple(dict.fromkeys(filter(None, map(mend_code, parts))))
    return Label(codes, " ".join(word.text for word in run), _GARBLED)


def _is_code(word: LabelWord) -> bool:
    return _CODE.fullmatch(word.text) is not None


def _may_be_code(word: LabelWord) -> bool:
    parts = [part for part in re.split(r"[,/]", word.text.strip(_STOPS)) if part]
    return _is_code(word) or (bool(parts) and all(_GARBLE.fullmatch(part) for part in parts))
