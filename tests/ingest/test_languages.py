"""English and Spanish are told apart by their commonest words."""

from __future__ import annotations

from ingest.languages import best_common_share, common_share, latin_words, likely_language

ENGLISH = "The county has asked the agency whether it can leave the program at the end of the year."
SPANISH = "La persona que pide los registros debe decir en su carta lo que busca y por qué los necesita."


def test_running_text_is_known_for_what_it_is() -> None:
    assert likely_language(latin_words(ENGLISH)) == "eng"
    assert likely_language(latin_words(SPANISH)) == "spa"


def test_a_page_without_words_counts_as_english() -> None:
    assert likely_language([]) == "eng"
    assert likely_language(latin_words("18,870 23,022 GA TX")) == "eng"


def test_spanish_names_in_english_text_do_not_make_it_spanish() -> None:
    text = "The sheriff of Los Angeles wrote to the Santa Clara board, and De La Cruz answered for it."
    assert likely_language(latin_words(text)) == "eng"


def test_shares_are_shares_of_all_words() -> None:
    words = latin_words("the county of counties")
    assert common_share(words, "eng") == 0.5
    assert best_common_share(words) == 0.5
    assert common_share([], "eng") == 0.0


def test_accents_and_apostrophes_belong_to_words() -> None:
    assert latin_words("El señor’s día, O'Neil") == ["el", "señor’s", "día", "o'neil"]
