"""German sentences in the order of the others: subject, verbs, the rest."""

from __future__ import annotations

import pytest

from streams.tagging.apart import completed
from streams.tagging.lexicon import lexicon
from streams.tagging.particular import reader
from streams.tagging.word_order import in_order


def ordered(text):
    words = lexicon("de")
    reading = in_order(completed(reader("de").read(text, 0, len(text)), words), words)
    return " ".join(unit.text for unit in reading.units)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Scholz hat die Pipeline gestoppt.", "Scholz hat gestoppt die Pipeline ."),
        ("Am Montag hat Scholz die Pipeline gestoppt.", "Am Montag Scholz hat gestoppt die Pipeline ."),
        ("Den Angriff verurteilte Polen.", "Polen verurteilte Den Angriff ."),
        ("Russland greift die Ukraine an.", "Russland greift die Ukraine ."),
        ("Die Pipeline soll gestoppt werden.", "Die Pipeline soll werden gestoppt ."),
        ("Russland droht, die Stadt anzugreifen.", "Russland droht , anzugreifen die Stadt ."),
        ("Es hieß, dass Polen die Grenze geschlossen habe.", "Es hieß , dass Polen habe geschlossen die Grenze ."),
        ("Raketen, die eine Basis trafen, kamen an.", "Raketen , die trafen eine Basis , kamen ."),
        ("Israel bombardierte Syrien nicht.", "Israel nicht bombardierte Syrien ."),
        ("Iran hat die USA verurteilt und Panzer geliefert.", "Iran hat verurteilt die USA und geliefert Panzer ."),
        ("Kiew hat, wie es heißt, die Stadt angegriffen.", "Kiew hat angegriffen , wie es heißt , die Stadt ."),
    ],
)  # fmt: skip
def test_the_verbs_of_a_clause_stand_behind_its_subject(text, order):
    assert ordered(text) == order


def test_every_unit_keeps_its_place_in_the_text():
    text = "Am Montag hat Scholz die Pipeline gestoppt."
    words = lexicon("de")
    reading = in_order(completed(reader("de").read(text, 0, len(text)), words), words)
    assert all(
        text[at : at + len(unit.text)] == unit.text
        for at, unit in zip(reading.starts, reading.units, strict=True)
    )


def test_a_verb_in_two_parts_is_the_one_that_the_lexicon_has_in_one():
    words = lexicon("de")
    text = "Russland greift die Ukraine an."
    reading = completed(reader("de").read(text, 0, len(text)), words)
    assert "ATTACK" in reading.units[1].word.verb_concepts


def test_a_participle_before_its_noun_opens_no_clause():
    assert (
        ordered("Der von China unterstützte Angriff scheiterte.")
        == "Der von China unterstützte Angriff scheiterte ."
    )
