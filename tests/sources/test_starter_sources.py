"""The sources that ship: enough of them, in every language that tocsin is for, and checked."""

from importlib.resources import files

import jsonschema
import pytest

from schemas import yaml12
from streams.sources import Registry, source_file_schema
from streams.sources.countries import COUNTRIES
from streams.sources.loading import SHIPPED
from streams.tagging.lexicon import lexicon

LANGS = ("en", "fr", "ru", "uk", "de", "es", "it", "pt", "pl", "tr", "ar", "zh")


@pytest.fixture(scope="module")
def registry():
    return Registry.load()


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_sources_of_its_own_and_a_wire(registry, lang):
    assert len([source for source in registry if source.langs[0] == lang]) >= 8
    assert [source for source in registry if source.is_wire and lang in source.langs]


def test_the_file_fits_the_schema_that_editors_use():
    jsonschema.validate(yaml12.load(SHIPPED.read_bytes()), jsonschema_of())


def jsonschema_of():
    return yaml12.load(source_file_schema())


def test_the_schema_ships_as_the_models_give_it():
    shipped = files("streams.sources").joinpath("sources.schema.json").read_text(encoding="utf-8")
    assert shipped == source_file_schema(), (
        "run `tocsin sources schema > streams/sources/sources.schema.json`"
    )


def test_a_source_that_speaks_for_a_government_is_of_the_third_tier(registry):
    assert [source.id for source in registry if source.state_controlled and source.tier != 3] == []
    assert [
        source.id for source in registry if source.kind == "government" and not source.state_controlled
    ] == []


def test_no_two_sources_share_a_feed(registry):
    feeds = [feed for source in registry for feed in source.feeds]
    assert len(feeds) == len(set(feeds))


def test_countries_of_sources_are_countries_of_events():
    known = {
        use.entity.id for word in ("france", "ukraine", "taiwan") for use in lexicon("en").lookup(word).uses
    }
    assert {"FRA", "UKR", "TWN"} <= known & COUNTRIES
