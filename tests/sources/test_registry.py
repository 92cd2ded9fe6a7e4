import pytest

from streams.sources import Registry


@pytest.fixture(scope="module")
def registry():
    return Registry.load()


@pytest.mark.parametrize(
    "words",
    [
        "lemonde",
        "lemonde.fr",
        "www.lemonde.fr",
        "WWW.LeMonde.fr",
        "https://www.lemonde.fr/international/article/2022/05/13/x.html?y=1",
        " lemonde.fr ",
    ],
)
def test_a_source_is_found_by_id_domain_and_address(registry, words):
    assert registry.find(words).id == "lemonde"


def test_a_subdomain_belongs_to_the_nearest_domain_above_it(registry):
    assert registry.find("https://edition.cnn.com/world").id == "cnn"
    assert registry.find("https://www1.folha.uol.com.br/mundo/").id == "folha"
    assert registry.find("https://noticias.uol.com.br/").id == "uol"


@pytest.mark.parametrize("words", ["", "unknown", "example.com", "notlemonde.fr", "fr", "http://[", "com"])
def test_what_is_not_in_the_registry_is_not_found(registry, words):
    assert registry.find(words) is None
    assert registry.family(words) is None


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("AFP", "afp"),
        ("agence france-presse", "afp"),
        ("АФП", "afp"),
        ("reuters.com", "reuters"),
        ("tass", "tass"),
    ],
)
def test_a_source_is_known_by_what_texts_call_it(registry, name, id_):
    assert registry.named(name).id == id_


def test_sources_of_one_owner_are_one_family(registry):
    assert registry.family("lemonde") == registry.family("courrierinternational.com") == "groupe-lemonde"
    assert registry.family("welt") == registry.family("politico") == "axel-springer"


def test_an_unknown_owner_is_no_family(registry):
    assert registry.find("kommersant")
    assert registry.family("kommersant") is None
