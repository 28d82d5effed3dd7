"""Each style over thirteen kinds of record, as files to be read; and no title does harm in any of them.

When a style was changed on purpose: ``python -m tests.exports.test_citation_styles`` writes the files again.
Read what has changed as a picky editor would.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from archive.exports.citation_styles import STYLES, StyleNotFound, format_citation, style_by_id
from archive.rules.cited_source import CitedSource
from archive.rules.statuses import DocumentKind
from tests.exports.cited_kinds import KINDS, NASTY

GOLDEN = Path(__file__).parents[1] / "golden" / "citations"
IDS = [style.id for style in STYLES]
ALLOWED = {
    "a": {"href"},
    "i": set(),
    "figure": set(),
    "blockquote": {"cite"},
    "p": set(),
    "figcaption": set(),
}


def golden_page(source: CitedSource) -> str:
    said = []
    for style in STYLES:
        made = format_citation(style, source)
        said.append(f"== {style.name} ({style.id})\n{made.text.rstrip()}\n")
        if made.html:
            said.append(f"-- as HTML\n{made.html}\n")
    return "\n".join(said).replace("\r\n", "\n")


def golden_file(kind: str) -> Path:
    return GOLDEN / f"{kind.replace(' ', '-')}.txt"


@pytest.mark.parametrize("kind", KINDS)
def test_each_style_is_as_it_was_agreed(kind: str) -> None:
    assert golden_page(KINDS[kind]) == golden_file(kind).read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_kind() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {golden_file(kind).name for kind in KINDS}
    assert len(KINDS) >= 12


class Tags(HTMLParser):
    """Every element that a browser would make."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()) or not (value or "").startswith(
                "https://archive.example/"
            ):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(data)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("style_id", IDS)
def test_no_title_makes_markup_of_its_own(style_id: str) -> None:
    style = style_by_id(style_id)
    for source in NASTY:
        made = format_citation(style, source)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2028]", made.text), (
            "unseen characters"
        )
        if made.html:
            assert Tags(made.html).wrong == []


def test_text_and_html_say_the_same() -> None:
    for source in (*KINDS.values(), *NASTY):
        for style in STYLES:
            made = format_citation(style, source)
            if made.html and style.id != "ap":  # there the link on the words is the address
                assert " ".join(Tags(made.html).text.split()) == " ".join(made.text.split())


@pytest.mark.parametrize(
    "style_id", ["bluebook", "ap", "chicago-note", "apa", "mla", "link", "markdown", "wiki"]
)
def test_one_line_styles_stay_on_their_lines(style_id: str) -> None:
    lines = {len(format_citation(style_by_id(style_id), source).text.splitlines()) for source in NASTY}
    assert lines == {len(format_citation(style_by_id(style_id), KINDS["memo with author"]).text.splitlines())}


def test_nothing_is_live_in_markdown_or_wiki_markup() -> None:
    for source in NASTY:
        markdown = format_citation(style_by_id("markdown"), source).text
        bare = re.sub(r"\\.", "", markdown)
        assert bare.count("](") == 1, "one link"
        assert not re.search(r"[`*]|<(?!https://archive)|!\[|https?://(?!archive)|www\.", bare)
        wiki = format_citation(style_by_id("wiki"), source).text
        assert (wiki.count("{{"), wiki.count("}}"), wiki.count("<ref>"), wiki.count("</ref>")) == (1, 1, 1, 1)
        assert "[[" not in wiki
        assert "'''" not in wiki


def test_an_address_of_another_kind_is_never_a_link() -> None:
    source = replace(KINDS["memo with author"], address='javascript:alert(1)" onclick="x')
    for style in STYLES:
        made = format_citation(style, source)
        assert "href" not in (made.html or "")
        if style.id in ("wiki", "markdown", "ris", "bibtex"):
            assert "javascript:" not in made.text


def test_the_documentation_tables_every_style() -> None:
    told = (Path(__file__).parents[2] / "docs" / "citing.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| `\.(.+?)` \| .+ \|$", told, re.MULTILINE)
    assert rows == [(style.id, style.name, style.extension) for style in STYLES]


def test_no_style_claims_what_nobody_recorded() -> None:
    bare = CitedSource(
        document_id="k3v9q2m7x4pd",
        sha256="3f" * 32,
        title="Untold",
        page_number=1,
        address="https://archive.example/documents/k3v9q2m7x4pd/pages/1",
        document_address="https://archive.example/documents/k3v9q2m7x4pd",
        file_address="https://archive.example/documents/k3v9q2m7x4pd/file.pdf",
        archive_name="Bay Counties Reading Room",
        accessed_on=date(2026, 11, 2),
    )
    for style in STYLES:
        said = format_citation(style, bare).text.casefold()
        assert not re.search(r"released|request|freedom of information|bates|adopted|none|\bby\b", said)
    said = format_citation(style_by_id("ap"), bare).text
    assert said.startswith("According to page 1 of an undated record. https://")


def test_quotation_marks_within_a_title_are_single_ones_where_it_stands_between_double_ones() -> None:
    source = replace(KINDS["report"], title='Talking points: "Opting out" (draft 3)')
    for style_id in ("chicago-note", "chicago-bibliography", "mla"):
        said = format_citation(style_by_id(style_id), source).text
        assert re.search("“Talking Points: ‘Opting Out’ \\(Draft 3\\)[.,]?”", said)
    assert 'Talking points: "Opting out" (draft 3)' in format_citation(style_by_id("apa"), source).text


def test_a_writer_is_not_said_to_belong_to_whoever_keeps_the_letter() -> None:
    source = replace(KINDS["memo with author"], sender="Ilse Quintero", kind=DocumentKind.REQUEST_LETTER)
    said = format_citation(style_by_id("ap"), source).text
    assert "from Ilse Quintero, in the records of Immigration and Customs Enforcement, released" in said
    assert "Letter from Ilse Quintero to Field" in format_citation(style_by_id("bluebook"), source).text


def test_words_that_look_like_a_list_stay_words_in_markdown() -> None:
    for words, begins in (("1. First", "> 1\\. First"), ("- item", "> \\- item"), ("+ more", "> \\+ more")):
        said = format_citation(style_by_id("markdown"), replace(KINDS["report"], words=words)).text
        assert said.startswith(begins + "\n")


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(StyleNotFound):
        style_by_id("harvard")


def test_all_styles_together_take_no_time_that_anybody_notices() -> None:
    format_citation(style_by_id("apa"), KINDS["report"])
    began = time.process_time()
    for source in NASTY[:5]:
        for style in STYLES:
            format_citation(style, source)
    assert (time.process_time() - began) / 5 < 0.2


def test_the_command_line_does_not_wait_for_the_styles() -> None:
    script = "import sys, archive.exports.citation_styles; print('citeproc' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "False"


if __name__ == "__main__":
    for kind, source in KINDS.items():
        golden_file(kind).write_text(golden_page(source), encoding="utf-8")
