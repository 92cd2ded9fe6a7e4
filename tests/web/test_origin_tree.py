from __future__ import annotations

from streams.sources import Registry
from streams.web.origin_tree import tree_of
from tests.factories import a_story, an_event

REGISTRY = Registry.load()


def reports(*told):
    """Return the reports of a story told by these sources, each naming an origin or none."""
    events = [
        an_event(article=f"article-{number}", source=source, origin_hint=origin)
        for number, (source, origin) in enumerate(told)
    ]
    return a_story(*events).reports


def test_reprints_of_a_wire_stand_under_it():
    trees = tree_of(reports(("lemonde", "afp"), ("lefigaro", "afp"), ("reuters", None)), {}, REGISTRY)
    told = {tree.origin: (tree.kind, {source.id for source in tree.sources}) for tree in trees}
    assert told["afp"] == ("wire", {"lemonde", "lefigaro"})


def test_a_source_is_called_by_its_name_and_an_article_by_its_address():
    [report] = reports(("lemonde", "afp"))
    [tree] = tree_of([report], {report.article: "https://lemonde.fr/1"}, REGISTRY)
    assert tree.name == "Agence France-Presse"
    assert tree.sources[0].name == "Le Monde"
    assert tree.sources[0].articles[0].url == "https://lemonde.fr/1"


def test_what_nobody_is_known_to_own_comes_last():
    blog, paper = reports(("blog", None), ("lemonde", "afp"))
    trees = tree_of([blog.model_copy(update={"origin": None}), paper], {}, REGISTRY)
    assert [tree.kind for tree in trees] == ["wire", "unknown"]


def test_a_copy_stands_with_the_text_that_it_copies():
    first, copy = reports(("lemonde", "afp"), ("blog", None))
    trees = tree_of([first, copy.model_copy(update={"copy_of": first.article, "origin": None})], {}, REGISTRY)
    assert [tree.origin for tree in trees] == ["afp"]
    assert trees[0].sources[1].articles[0].copy_of == first.article
