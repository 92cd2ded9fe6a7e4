"""Arabic words cut free of conjunctions, prepositions, the future and pronouns."""

# ruff: noqa: RUF001 (letters that look like others are the point here)

from __future__ import annotations

import pytest

from streams.tagging.arabic_words import Cutter
from streams.tagging.lexicon import lexicon, word_of
from streams.tagging.particular import reader
from streams.tagging.screen import as_written
from streams.tagging.tokens import flatten


def cut(text):
    return [(token.text, token.entry) for token in Cutter(lexicon("ar")).cut(flatten(text, "ar"))]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("وقصفت", [("و", "و"), ("قصفت", "قصفت")]),
        ("وبالصواريخ", [("و", "و"), ("ب", "ب"), ("الصواريخ", "الصواريخ")]),
        ("سترسل", [("س", "س"), ("ترسل", "ترسل")]),
        ("عليها", [("علي", "علي"), ("ها", "ها")]),
        ("وإسرائيل", [("و", "و"), ("اسرائيل", "اسرائيل")]),
    ],
)
def test_what_is_written_together_is_read_apart(word, parts):
    assert cut(word) == parts


@pytest.mark.parametrize("word", ["وزير", "بكين", "لبنان", "سوريا", "فرنسا", "كييف", "التقى", "بيان"])
def test_a_word_that_only_begins_like_a_clitic_stays_whole(word):
    assert len(cut(word)) == 1


def test_the_article_behind_a_preposition_is_read_though_half_of_it_is_not_written():
    assert cut("للقوات") == [("ل", "ل"), ("لقوات", "القوات")]


def test_what_is_theirs_stands_before_the_noun_as_in_other_languages():
    (theirs, _), noun = cut("قواتها")
    assert theirs == ""
    assert noun == ("قواتها", "قوات")


def test_nobody_is_one_who_answers():
    assert cut("فردا") == [("فردا", "فردا")]


@pytest.mark.parametrize(
    ("written", "read"),
    [("أمريكا", "امريكا"), ("إيران", "ايران"), ("على", "علي"), ("قُصفتْ", "قصفت"), ("قـصـفـت", "قصفت")],
)
def test_hamza_signs_and_strokes_make_no_other_word(written, read):
    assert [entry for _, entry in cut(written)] == [read]


def test_a_word_with_vowel_signs_keeps_its_place_in_the_text():
    text = "وقَصَفَتِ القواتُ الروسيّةُ خاركيف."
    reading = reader("ar").read(flatten(text, "ar"), 0, len(text))
    spans = [text[at : at + len(unit.text)] for at, unit in zip(reading.starts, reading.units, strict=True)]
    assert spans == ["و", "قَصَفَتِ", "القواتُ", "الروسيّةُ", "خاركيف", "."]


def test_every_expression_of_the_lexicon_is_read_where_it_stands():
    """What an expression has apart the reader must cut, and what it has together the reader must leave."""
    words = lexicon("ar")
    missed = []
    for first, rest, senses in words.rows():
        word = word_of(senses)
        if not rest or word.uses:
            continue
        text = as_written(f"{first} {rest}", words.grammar)
        if word not in [unit.word for unit in reader("ar").read(text, 0, len(text)).units]:
            missed.append(text)
    assert not missed
