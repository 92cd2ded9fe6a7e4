"""The lexicon of a language: a token by its form, its stem or its ending."""

from __future__ import annotations

import pytest

from streams.tagging.lexicon import MissingLookups, languages, lexicon


def test_a_form_is_what_the_lexicon_says():
    assert "STRIKE" in lexicon("en").lookup("struck").verb_concepts


def test_a_form_that_begins_with_a_stem_is_what_the_stem_is():
    words = lexicon("ru")
    stem = next(row.first.removesuffix("*") for row in words.rows() if row.first.endswith("*"))
    assert words.word(stem + "щщщ") is None
    assert words.lookup(stem + "щщщ") is not None


def test_phrases_come_longest_first():
    widths = [len(phrase.rest) for phrase in lexicon("en").phrases("carried")]
    assert len(widths) > 1
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("lang", languages())
def test_every_entry_is_found_by_its_first_token(lang):
    words = lexicon(lang)
    rows = [row for row in words.rows() if not row.first.endswith("*")][::97]
    assert all(words.word(row.first) is not None for row in rows if not row.rest)
    assert all(
        row.rest in {" ".join(phrase.rest) for phrase in words.phrases(row.first)} for row in rows if row.rest
    )


def test_a_language_without_look_up_files_is_named():
    with pytest.raises(MissingLookups, match=r"no look-up file xx.tsv .* \(there are: ar, de, en"):
        lexicon("xx")
