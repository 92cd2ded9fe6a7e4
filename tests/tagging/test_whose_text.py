"""What the events of an article say of its text: whose it is, and the signature that near-copies share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas import Article
from streams.sources import Registry
from streams.tagging import Tagger

NOON = datetime(2022, 5, 13, 12, tzinfo=UTC)
BODY = """Russian forces shelled the Ukrainian city of Kharkiv on Friday, killing three people.
The governor said that the shelling had gone on for two hours and that a school had burned down."""


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load(["en"])


def reference(tagger, body=BODY, **changes):
    changes = {
        "title": "Shells hit Kharkiv",
        "source": "my-paper",
        "lang": "en",
        "published_at": NOON,
    } | changes
    events = tagger.tag(Article(id="article-1", body=body, **changes), now=NOON).events
    assert events
    assert all(event.article == events[0].article for event in events)
    return events[0].article


def test_the_wire_that_a_text_names_is_its_origin(tagger):
    assert reference(tagger).origin_hint is None
    assert reference(tagger, f"KYIV, May 13 (Reuters) - {BODY}").origin_hint == "reuters"
    assert reference(tagger, f"{BODY}\nWith agencies").origin_hint == "agencies"


@pytest.mark.parametrize(
    ("hint", "origin"), [("AFP", "afp"), ("agence france-presse", "afp"), ("A blog", "A blog")]
)
def test_a_hint_goes_before_the_text_and_becomes_an_id_where_it_is_known(tagger, hint, origin):
    assert reference(tagger, f"KYIV, May 13 (Reuters) - {BODY}", origin_hint=hint).origin_hint == origin


def test_a_retitled_copy_has_the_same_signature(tagger):
    signature = reference(tagger).signature
    assert signature is not None
    assert reference(tagger, title="Three dead in Kharkiv", source="other-paper").signature == signature


def test_a_flash_has_no_signature(tagger):
    assert reference(tagger, "Russia shelled Kharkiv.").signature is None


def test_wires_are_known_by_the_registry_that_the_tagger_is_given(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("sources:\n  - {id: baltic-wire, name: Baltic Wire, langs: [en], kind: wire, tier: 2}\n")
    tagger = Tagger.load(["en"], Registry.load(mine))
    assert (
        reference(tagger, f"{BODY}\nThe mayor had left, Baltic Wire reported.").origin_hint == "baltic-wire"
    )
