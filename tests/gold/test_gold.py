"""The gold is what it claims to be: sound, of its size, with every type and status, naming known parties."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from schemas import Status, taxonomy, yaml12
from streams.evaluation import Case, read_gold, set_files
from tests.gold import write_probes

GOLD = Path("tests/gold")
ACTORS = Path("streams/tagging/data/actors")
OURS = ("en", "fr", "ru", "uk", "de", "es")


def cases(set_) -> list[Case]:
    return [text for file in set_files(GOLD)[set_] for text in read_gold(file) if isinstance(text, Case)]


def is_article(case) -> bool:
    return len(case.body.split()) >= 150


def test_every_text_has_an_id_of_its_own():
    ids = [text.id for files in set_files(GOLD).values() for file in files for text in read_gold(file)]
    assert not [id_ for id_, times in Counter(ids).items() if times > 1]


@pytest.mark.parametrize(("lang", "sentences"), [("en", 70), ("fr", 70), *((lang, 20) for lang in OURS[2:])])
def test_the_frozen_part_has_enough_of_every_language(lang, sentences):
    frozen = [case for case in cases("frozen") if case.lang == lang]
    assert sum(not is_article(case) for case in frozen) >= sentences
    assert sum(is_article(case) for case in frozen) >= (8 if sentences == 70 else 1)


def test_there_are_forty_whole_articles():
    assert sum(is_article(case) for set_ in ("dev", "frozen") for case in cases(set_)) >= 40


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("set_", ["dev", "frozen"])
def test_every_type_and_status_is_asked_for(set_, lang):
    wants = [want for case in cases(set_) if case.lang == lang for want in case.events]
    assert {want.type for want in wants} == {type_.name for type_ in taxonomy().types}
    assert {status for want in wants for status in want.status} == set(Status)


def test_gold_names_only_parties_that_the_actor_lists_know():
    entries = [
        entry
        for name in ("countries", "organisations")
        for entry in yaml12.load((ACTORS / f"{name}.yaml").read_text(encoding="utf-8"))["entities"]
    ]
    known = {entry["id"] for entry in entries if "party" not in entry}
    named = {
        party
        for set_ in ("dev", "frozen")
        for case in cases(set_)
        for want in case.events
        for party in want.actors | want.targets
    }
    assert named <= known


def test_a_case_does_not_ask_for_what_it_forbids():
    for case in cases("dev") + cases("frozen"):
        for trap in case.absent:
            asked = {status for want in case.events if want.type == trap.type for status in want.status}
            assert trap.status not in asked if trap.status else not asked, case.id


def test_the_probes_are_those_of_their_clauses():
    assert (GOLD / "probes.jsonl").read_text(encoding="utf-8") == write_probes.text()
