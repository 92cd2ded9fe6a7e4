"""Who telephones tells the type: a day between the verb and the telephone changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas import Article
from streams.tagging import Tagger

NOW = datetime(2022, 5, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


@pytest.mark.parametrize(
    ("said", "type_", "actor", "target"),
    [
        (
            "Le chef d'état-major américain s'est entretenu lundi par téléphone avec son homologue chinois.",
            "military_communication",
            "USA",
            "CHN",
        ),
        (
            "Emmanuel Macron s'est entretenu vendredi au téléphone avec Vladimir Poutine.",
            "leader_communication",
            "FRA",
            "RUS",
        ),
        (
            "Le ministre russe de la Défense a refusé de s'entretenir au téléphone avec son homologue américain.",
            "communication_refused",
            "RUS",
            "USA",
        ),
    ],
)
def test_a_call_is_of_those_who_make_it(tagger, said, type_, actor, target):
    article = Article(id="a", source="s", title="", body=said, lang="fr", published_at=NOW)
    [event] = tagger.tag(article, now=NOW).events
    parties = ([party.id for party in event.actors], [party.id for party in event.targets])
    assert (event.type, *parties) == (type_, [actor], [target])
