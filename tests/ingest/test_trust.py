"""A stamp is not a text layer, garbled text is no text, and Spanish and number tables are."""

from __future__ import annotations

import pytest

from ingest.page import TextSource
from ingest.trust import PageFeatures, Verdict, judge_text_layer, odd_word_share

ENGLISH = (
    "The county board has asked the agency whether it can leave the program. The agency said that it could "
    "not answer the question before the new guidance was approved by the director and sent to all of the "
    "field offices. Two weeks later the board voted to leave, and the sheriff wrote to say that he agreed. "
) * 3
SPANISH = (
    "La ley le brinda el derecho a acceder a información del gobierno federal. Cualquier persona tiene el "
    "derecho de obtener acceso a los registros de las dependencias, excepto en la medida en que dichos "
    "registros estén protegidos por una de las exenciones o por una de tres exclusiones especiales. "
) * 3


def judge(text: str = "", **features: float | None) -> Verdict:
    own = features.pop("own_characters", None)
    characters = len("".join(text.split())) if own is None else int(own)
    return judge_text_layer(PageFeatures(text=text, own_characters=characters, **features))  # type: ignore[arg-type]  # own_characters is taken out above


def shifted(text: str, places: int) -> str:
    """As a subset font without a Unicode map gives it: every letter ``places`` too low."""
    return "".join(chr(ord(letter) - places) if letter.isalpha() else letter for letter in text)


def test_plain_born_digital_text_is_the_page() -> None:
    assert judge(ENGLISH) == Verdict(TextSource.TEXT_LAYER, "born_digital", 1.0)


@pytest.mark.parametrize(
    "text",
    [
        SPANISH,
        "Alabama 18,870 23,022 22,650 859 1,178\nAlaska 209 3,062 3,209 191 184\n" * 40,
        "(b)(6)(b)(7)(c) (b)(7)(e) (b)(6)(b)(7)(c)\n" * 60,
        "STWRTGA STEWART DETENTION CENTER 146 CCA ROAD LUMPKIN GA 31815 IGSA DIGSA Male CCA WTXDFTX\n" * 30,
        "1. Introduction ........................ 3\n2. Background .......................... 7\n" * 20,
        "The [t]hen-sheriff ask[ed] for file_name_2 at https://example.org/a^b (see iPhone, McDonough).\n"
        * 10,
    ],
    ids=["Spanish", "numbers", "exemption codes", "abbreviations", "dotted contents", "odd but sound"],
)
def test_unusual_but_sound_text_is_kept(text: str) -> None:
    assert judge(text).reason == "born_digital"


def test_a_letterhead_s_seal_does_not_send_a_letter_to_ocr() -> None:
    assert judge(ENGLISH, largest_image_cover=0.08, total_image_cover=0.1).reason == "born_digital"


def test_a_scan_without_text_goes_to_ocr_and_leaves_nothing_hidden() -> None:
    verdict = judge(largest_image_cover=1.0)
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "picture_without_text")
    assert not verdict.keep_hidden


def test_a_scan_with_only_stamps_goes_to_ocr() -> None:
    verdict = judge("Case 1:19-cv-07058 Document 52", own_characters=0, largest_image_cover=1.0)
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "stamps_over_picture")


def test_typed_in_fields_over_a_scan_go_to_ocr_and_are_kept_beside_it() -> None:
    verdict = judge("Loudoun County Sheriff's Office, 803 Sycolin Road", largest_image_cover=0.77)
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "little_text_over_picture")
    assert verdict.keep_hidden


def test_a_large_picture_beside_sound_text_is_looked_at_for_its_words() -> None:
    verdict = judge(ENGLISH, largest_image_cover=0.35)
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "words_may_be_in_picture")
    assert verdict.keep_hidden


def test_a_page_scanned_in_strips_is_one_picture() -> None:
    assert judge(largest_image_cover=0.1, total_image_cover=0.8).source is TextSource.OCR


def test_a_blank_page_is_blank_only_when_somebody_has_looked() -> None:
    assert judge(ink_share=0.001) == Verdict(TextSource.NONE, "blank", 1.0)
    assert judge(ink_share=None).source is TextSource.OCR


def test_words_drawn_as_lines_are_read_by_ocr() -> None:
    assert judge(ink_share=0.03).reason == "drawn_without_text"


def test_a_divider_with_two_words_keeps_them() -> None:
    assert judge("EXHIBIT A", ink_share=0.004) == Verdict(TextSource.TEXT_LAYER, "few_words", 1.0)


@pytest.mark.parametrize("places", [29, 11])
def test_one_paragraph_of_glyph_numbers_is_enough_to_distrust_the_page(places: int) -> None:
    assert judge(ENGLISH).reason == "born_digital"
    verdict = judge(ENGLISH + shifted("that the agency said it intends to answer with information", places))
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "garbled_text")
    assert verdict.keep_hidden


def test_letters_without_vowels_are_no_language() -> None:
    assert judge("Bcdf ghjkl mnpqr stvwx zbcdf ghjkm " * 12).reason == "garbled_text"


@pytest.mark.parametrize(
    "feature", [{"bad_code_point_share": 0.2}, {"map_error_share": 0.5}], ids=["code points", "maps"]
)
def test_a_font_that_cannot_be_read_is_not_believed(feature: dict[str, float]) -> None:
    assert judge(ENGLISH, **feature).reason == "garbled_text"


def test_a_sound_ocr_layer_is_kept_but_trusted_less_than_born_digital_text() -> None:
    verdict = judge(ENGLISH, largest_image_cover=1.0, invisible_share=1.0)
    assert (verdict.source, verdict.reason) == (TextSource.TEXT_LAYER, "sound_ocr_layer")
    assert 0.8 < verdict.quality < 1.0


@pytest.mark.parametrize("invisible", [1.0, 0.0])
def test_a_poor_ocr_layer_is_read_again_and_kept_beside(invisible: float) -> None:
    text = ENGLISH.replace("sheriff", "she1iff").replace("program", "pro~ram")
    verdict = judge(text, largest_image_cover=1.0, invisible_share=invisible)
    assert (verdict.source, verdict.reason) == (TextSource.OCR, "poor_ocr_layer")
    assert verdict.keep_hidden


@pytest.mark.parametrize(
    "word",
    [
        "ce1iified",
        "riMldWhiM",
        "paiiicipating",
        "thisMOA",
        "t~Jg",
        "an\u2022immigration",
        "strngthsbl",
        "0eRoe@state.gov>",
    ],
)
def test_words_no_typist_writes_are_odd(word: str) -> None:
    assert odd_word_share(word) == 1.0


@pytest.mark.parametrize(
    "word",
    [
        "McDonough",
        "eRulemaking",
        "VIII",
        "2010",
        "(b)(7)(E)",
        "jane.roe@example.gov",
        "www.ice.gov",
        "<jane.roe@example.gov>",
        "III.",
        "287(g)",
    ],
)
def test_names_numerals_codes_and_addresses_are_not_odd(word: str) -> None:
    assert odd_word_share(f"the {word}") == 0.0
