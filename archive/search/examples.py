"""What can be asked, by example: the help page shows each as a link, and a test runs each."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A query, and what it finds."""

    section: str
    query: str
    meaning: str


WORDS, THINGS, JOINED = "Words and phrases", "Codes and numbers", "AND, OR, NOT"
SHAPES, NEARNESS = "Parts of words and misspellings", "Near each other"
FIELD, RANGES, EXEMPTIONS = "Fields", "Dates, numbers and ranges", "Exemptions and Bates numbers"

EXAMPLES = (
    Example(WORDS, "fingerprint sharing", "both words, in any of their forms"),
    Example(WORDS, '"opt out"', "exactly these words, one after the other, no other endings"),
    Example(WORDS, '"deport"', "this form only: not deported"),
    Example(WORDS, "exencion", "capitals and accents never matter: finds exención"),
    Example(THINGS, "(b)(7)(E)", "an exemption code in the text, however it was typed"),
    Example(THINGS, "287(g)", "a section number as one thing"),
    Example(THINGS, "I-247", "a form number: I-247, I 247"),
    Example(THINGS, "5 U.S.C. § 552(b)(6)", "a citation as it is written"),
    Example(THINGS, "19 Civ. 7058", "a docket number: also finds 19-cv-07058"),
    Example(THINGS, "2010FOIA2674", "a tracking number"),
    Example(JOINED, "mandatory OR voluntary", "one of the words, or both"),
    Example(JOINED, "detainer AND sheriff", "both; the same as without AND"),
    Example(JOINED, "detainer NOT bond", "the first word, but not the second"),
    Example(JOINED, "detainer -bond", "the same, shorter"),
    Example(JOINED, "(sheriff OR police) resolution", "a choice in brackets, with another word"),
    Example(SHAPES, "deport*", "words that begin so: deport, deported, deportation"),
    Example(SHAPES, "*tainer", "words that end so"),
    Example(SHAPES, "wom?n", "one letter or digit: woman, women"),
    Example(SHAPES, "comm*ties", "any letters between"),
    Example(SHAPES, "secuer~", "one letter wrong, missing, too many, or two swapped: secure"),
    Example(SHAPES, "comunites~2", "two letters wrong: communities"),
    Example(NEARNESS, '"opt out"~5', "each at most 5 words on from the next, in any order"),
    Example(NEARNESS, '"opt out"~>5', "the same, in this order"),
    Example(NEARNESS, "sheriff /10 detainer", "at most 10 words on, in any order (w/10 means the same)"),
    Example(NEARNESS, "opt +3 out", "at most 3 words on, in this order (pre/3 means the same)"),
    Example(NEARNESS, "county /s resolution", "in the same sentence"),
    Example(NEARNESS, "county +s resolution", "in the same sentence, in this order"),
    Example(NEARNESS, "fingerprint* /p voluntary", "in the same paragraph"),
    Example(NEARNESS, "(hold OR detainer) /5 sheriff", "one of several words near another"),
    Example(NEARNESS, '"secure communities" /5 opt /s county', "a chain: each link holds between neighbours"),
    Example(FIELD, "title:agreement", "a word of the document's title"),
    Example(FIELD, "subject:fingerprint*", "a word of the subject line that begins so"),
    Example(FIELD, "from:sheriff", "who sent it (sender: means the same)"),
    Example(FIELD, "to:county", "whom it was sent to (recipient: means the same)"),
    Example(FIELD, "agency:ice detainer", "from this agency, by name or abbreviation"),
    Example(FIELD, 'place:"santa clara"', "about this place"),
    Example(FIELD, "file:emails", "a word of the file's name as received"),
    Example(FIELD, "kind:memo", "one kind of record"),
    Example(FIELD, 'kind:(e-mail OR "sign-on letter")', "a list of values: any of them"),
    Example(FIELD, "agency:ice agency:dhs", "the same field twice: either value"),
    Example(FIELD, "production:first*", "in a release whose name begins so"),
    Example(FIELD, "request:2010FOIA2674", "released for this request"),
    Example(FIELD, "source:ocr", "pages whose words come from OCR; source:text for the others"),
    Example(FIELD, "lang:es", "pages in Spanish"),
    Example(RANGES, "date:2010-05-17", "of this day"),
    Example(RANGES, "date:2010-05", "of this month"),
    Example(RANGES, "date:2010-05..2010-11", "from the first day of May to the last of November"),
    Example(RANGES, "date:2010..", "from 2010 on; date:>2010 begins with 2011"),
    Example(RANGES, "year:2009..2011", "of these years"),
    Example(RANGES, "pages:>20", "documents of more than 20 pages"),
    Example(RANGES, "redacted:>60", "pages of whose text more than 60 percent is withheld"),
    Example(RANGES, "redacted:20%..40%", "between 20 and 40 percent"),
    Example(EXEMPTIONS, "ex:b7E", "the exemption is claimed on the page; any spelling will do"),
    Example(EXEMPTIONS, "ex:(b)(7)(E)", "the same"),
    Example(EXEMPTIONS, "ex:b7", "any part of exemption 7"),
    Example(EXEMPTIONS, "ex:(b5 OR b6) -ex:b7", "a choice of exemptions, without another"),
    Example(EXEMPTIONS, "bates:ICE-000120", "the page with this stamp; spaces and zeros do not matter"),
    Example(EXEMPTIONS, "bates:ICE-000120..ICE-000190", "pages of a range; ICE-000120..190 means the same"),
    Example(EXEMPTIONS, "bates:ICE-*", "all pages of a series"),
)
