"""Two releases of one record side by side: what the one withheld and the other shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from archive.rules.access import public
from archive.rules.addresses import comparison_path, page_path, with_parameters
from archive.rules.comparison import Comparison, PagePair, RunKind
from archive.rules.quotes import MOST_QUOTE_CHARACTERS
from archive.rules.statuses import Visibility
from archive.services.comparison_sheets import ComparedSide, comparison_sheet
from archive.services.comparisons import ComparedReleases, compare_releases
from archive.web.attachments import csv_attachment
from archive.web.comparison_text import NOTE_WORDS, format_codes, note_paragraphs
from archive.web.current import reading
from archive.web.formats import format_count
from archive.web.identity import viewer
from archive.web.templating import address_for_others

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # views only hand it on

    from archive.models import Document

blueprint = Blueprint("comparisons", __name__)
RUN_WORDS = {
    RunKind.RELEASED: "released later",
    RunKind.WITHHELD: "withheld later",
    RunKind.CHANGED: "differs",
}
_CSV_HEADINGS = (
    "What",
    "Exemptions claimed",
    "Exemptions claimed later",
    "Words",
    "Number of words",
    "Shown in",
    "Shown on page",
    "Shown at",
    "Withheld in",
    "Withheld on page",
    "Withheld at",
)


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """A comparison as somebody asked for it: the releases, left and right as in the address."""

    releases: ComparedReleases
    is_turned: bool  # the later release stands first in the address

    @property
    def pairs(self) -> tuple[PagePair, ...]:
        """The pairs of pages, in order."""
        return self.releases.comparison.pairs

    def path(self, pair: PagePair | None = None) -> str:
        """The address of this comparison with these pages open."""
        first, second = self.releases.first.id, self.releases.second.id
        path = comparison_path(second, first) if self.is_turned else comparison_path(first, second)
        if pair is None:
            return path
        left, right = self._left(pair), self._right(pair)
        beside = [other for other in self.pairs if self._right(other) == right]
        needs_left = left is not None and (right is None or len(beside) > 1)
        parameters = [("page", str(right or "")), ("left", str(left) if needs_left else "")]
        return with_parameters(path, parameters)

    def turned_path(self, pair: PagePair) -> str:
        """The same with the sides switched."""
        return AskedComparison(self.releases, not self.is_turned).path(pair)

    def find_pair(self, right: int | None, left: int | None) -> PagePair | None:
        """The pair asked for by the page on either side; else the first in which something differs."""
        wanted = [
            pair
            for pair in self.pairs
            if right in (None, self._right(pair)) and left in (None, self._left(pair))
        ]
        if wanted and (right or left):
            return wanted[0]
        telling = [pair for pair in self.pairs if pair.released or pair.withheld]
        return next(iter([*telling, *self.pairs]), None)

    def _right(self, pair: PagePair) -> int | None:
        return pair.first if self.is_turned else pair.second

    def _left(self, pair: PagePair) -> int | None:
        return pair.second if self.is_turned else pair.first


@blueprint.get("/compare/<first_id>/<second_id>")
@public
def show_comparison(first_id: str, second_id: str) -> str:
    """The comparison in a sentence, its pages, and one pair of them with pictures and words."""
    with reading() as session:
        asked = _ask(session, first_id, second_id)
        releases = asked.releases
        pair = asked.find_pair(_number("page"), _number("left"))
        sheet = comparison_sheet(session, releases, pair) if pair else None
    sides = [sheet.first, sheet.second] if sheet else []
    place = asked.pairs.index(pair) if pair else 0
    return render_template(
        "comparisons/show.html",
        asked=asked,
        releases=releases,
        comparison=releases.comparison,
        summary=summary_of(releases.comparison),
        pair=pair,
        before=asked.pairs[place - 1] if place else None,
        after=asked.pairs[place + 1] if place + 1 < len(asked.pairs) else None,
        sheet=sheet,
        sides=sides[::-1] if asked.is_turned else sides,
        documents=[releases.second, releases.first] if asked.is_turned else [releases.first, releases.second],
        paragraphs=_paragraphs,
        pair_words=pair_words,
        format_codes=format_codes,
        run_words=RUN_WORDS,
        most_cited=MOST_QUOTE_CHARACTERS,
        note_words=NOTE_WORDS,
        is_public=_is_public(releases),
    )


@blueprint.get("/compare/<first_id>/<second_id>.csv")
@public
def show_csv(first_id: str, second_id: str) -> Response:
    """What differs, run by run."""
    with reading() as session:
        releases = _ask(session, first_id, second_id).releases
    rows = [_CSV_HEADINGS, *_csv_rows(releases)]  # now: when they are written the request is over
    return csv_attachment(f"comparison {releases.first.title}", lambda _: iter(rows))


def summary_of(comparison: Comparison) -> str:
    """``212 words released later that were withheld under (b)(5); nothing newly withheld.``"""
    released, withheld = comparison.count(RunKind.RELEASED), comparison.count(RunKind.WITHHELD)
    changed, places = comparison.count(RunKind.CHANGED), len(comparison.code_changes)
    said = ["nothing released later", "nothing newly withheld"]
    if released:
        verb = "was" if released == 1 else "were"
        said[0] = f"{format_count(released, 'word')} released later that {verb} withheld"
        said[0] += _under(comparison.codes(RunKind.RELEASED))
    if withheld:
        said[1] = (
            f"{format_count(withheld, 'word')} newly withheld{_under(comparison.codes(RunKind.WITHHELD))}"
        )
    if changed:
        differ = "differs" if changed == 1 else "differ"
        said.append(f"{format_count(changed, 'word')} {differ} where nothing was withheld")
    if places:
        said.append(f"{format_count(places, 'place')} withheld on other grounds")
    sentence = "; ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def pair_words(pair: PagePair) -> str:
    """What differs on these pages, in few words; empty when nothing does."""
    counts = (
        (pair.released, "released later"),
        (pair.withheld, "withheld later"),
        (pair.changed, "differ" if pair.changed != 1 else "differs"),
    )
    return ", ".join(f"{format_count(count, 'word')} {what}" for count, what in counts if count)


def _under(codes: Sequence[str]) -> str:
    return f" under {format_codes(codes)}" if codes else ""


def _ask(session: Session, first_id: str, second_id: str) -> AskedComparison:
    releases = compare_releases(session, first_id, second_id, viewer())
    return AskedComparison(releases, is_turned=releases.first.id != first_id)


def _paragraphs(side: ComparedSide) -> tuple[str, ...]:
    return note_paragraphs(side.page.text, side.notes) if side.page else ()


def _is_public(releases: ComparedReleases) -> bool:
    documents = (releases.first, releases.second)
    return all(document.visibility == Visibility.PUBLISHED for document in documents)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _csv_rows(releases: ComparedReleases) -> Iterator[Sequence[object]]:
    for run in releases.comparison.runs:
        is_in_second = run.second is not None
        shows, hides = (
            (releases.second, releases.first) if is_in_second else (releases.first, releases.second)
        )
        words = run.shown.words
        if run.first is not None and run.second is not None:
            words = f"{run.first.words} / {run.second.words}"
        yield (
            RUN_WORDS[run.kind],
            format_codes(run.codes),
            "",
            words,
            run.shown.word_count,
            *_csv_place(shows, run.shown.page_number),
            *_csv_place(hides, run.hidden_page),
        )
    for change in releases.comparison.code_changes:
        codes = format_codes(change.first_codes), format_codes(change.second_codes)
        place = _csv_place(releases.first, change.first[0].page_number)
        yield ("withheld on other grounds", *codes, "", 0, "", "", "", *place)


def _csv_place(document: Document, page_number: int | None) -> tuple[object, object, object]:
    if page_number is None:
        return "", "", ""
    return document.title, page_number, address_for_others(page_path(document.id, page_number))
