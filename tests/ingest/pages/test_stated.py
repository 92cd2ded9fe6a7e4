import json
from datetime import UTC, datetime

import pytest

from streams.ingest.found import NoArticle
from streams.ingest.pages import read_page

NOW = datetime(2022, 5, 14, tzinfo=UTC)
TEXT = "Cet appel a duré environ une heure. " * 10


def a_page(head="", body=f"<p>{TEXT}</p>", attributes=' lang="fr"'):
    return f"<!doctype html><html{attributes}><head>{head}</head><body>{body}</body></html>".encode()


def fields_of(*arguments, **keywords):
    return read(a_page(*arguments, **keywords))


def read(raw):
    page = read_page(raw)
    return page.fields | page.dates(fetched_at=NOW).fields


def record(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def test_the_main_text_is_kept_and_the_furniture_left_out():
    page = (
        "<nav><a href=/>Accueil</a> <a href=/monde>Monde</a></nav>"
        f"<article><h1>Un appel</h1><p>{TEXT}</p></article>"
        "<aside>Lire aussi</aside><footer>© Le Journal</footer>"
    )
    fields = fields_of(body=page)
    assert fields["title"] == "Un appel"
    assert fields["body"] == TEXT.strip()


def test_a_page_without_article_markup_gives_its_text_all_the_same():
    assert fields_of(body="Ils se sont parlé.")["body"] == "Ils se sont parlé."


def test_the_title_is_not_repeated_in_the_body():
    assert "Un appel" not in fields_of(body=f"<article><h1>Un appel</h1><p>{TEXT}</p></article>")["body"]


def test_a_page_without_text_is_no_article():
    with pytest.raises(NoArticle, match="the page has no text"):
        read_page(a_page(body="<script>render()</script>"))


def test_json_ld_is_believed_before_all_else():
    head = (
        record(
            headline="Titre &amp; sous-titre",
            datePublished="2022-05-13T22:00:00+02:00",
            mainEntityOfPage={"@id": "https://www.lemonde.fr/a"},
        )
        + meta("og:title", "Autre titre | Le Monde")
        + meta("article:published_time", "2020-01-01T00:00:00Z")
    )
    fields = fields_of(head)
    assert fields["title"] == "Titre & sous-titre"
    assert fields["published_at"] == datetime(2022, 5, 13, 20, tzinfo=UTC)
    assert (fields["url"], fields["source"]) == ("https://www.lemonde.fr/a", "lemonde.fr")


def test_json_ld_is_found_in_a_graph_and_in_a_list():
    graph = {"@graph": [{"@type": "WebSite"}, {"@type": ["ReportageNewsArticle"], "headline": "In a graph"}]}
    for held in (graph, [graph]):
        script = f'<script type="application/ld+json">{json.dumps(held)}</script>'
        assert fields_of(script)["title"] == "In a graph"


def test_broken_json_ld_leaves_the_word_to_open_graph():
    head = (
        '<script type="application/ld+json">{"@type": </script>'
        + meta("og:title", "Un appel")
        + meta("og:url", "https://example.org/b")
        + meta("article:published_time", "2022-05-13T20:00:00Z")
    )
    fields = fields_of(head)
    assert (fields["title"], fields["url"]) == ("Un appel", "https://example.org/b")
    assert fields["published_at"] == datetime(2022, 5, 13, 20, tzinfo=UTC)


def test_plain_html_speaks_where_nothing_better_does():
    head = '<title>Un appel</title><link rel="canonical" href="https://example.org/c">'
    fields = fields_of(head, body=f'<time datetime="2022-05-13T20:00:00Z">vendredi</time><p>{TEXT}</p>')
    assert (fields["title"], fields["url"], fields["lang"]) == ("Un appel", "https://example.org/c", "fr")
    assert fields["published_at"] == datetime(2022, 5, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(("said", "lang"), [("fr-FR", "fr-FR"), ("en_US", "en-US"), ("FR", "fr")])
def test_the_language_is_written_as_bcp_47(said, lang):
    assert fields_of(attributes=f' lang="{said}"')["lang"] == lang


def test_a_language_that_is_none_is_left_to_be_detected():
    assert "lang" not in fields_of(attributes=' lang="{{ locale }}"')


def test_a_relative_address_is_no_url():
    assert "url" not in fields_of('<link rel="canonical" href="/a/b">')


def test_a_wire_that_wrote_for_a_publisher_is_the_hint_of_the_origin():
    publisher = {"@type": "NewsMediaOrganization", "name": "Le Monde"}
    by_wire = record(author={"@type": "Organization", "name": "AFP"}, publisher=publisher)
    by_itself = record(author={"@type": "Organization", "name": "Le Monde"}, publisher=publisher)
    by_person = record(author={"@type": "Person", "name": "A. Nom"}, publisher=publisher)
    assert fields_of(by_wire)["origin_hint"] == "AFP"
    assert "origin_hint" not in fields_of(by_itself)
    assert "origin_hint" not in fields_of(by_person)


def test_a_date_without_time_zone_is_read_as_utc_and_flagged():
    fields = fields_of(record(datePublished="2022-05-13T20:00:00"))
    assert fields["published_at"] == datetime(2022, 5, 13, 20, tzinfo=UTC)
    assert fields["date_flags"] == ("no_zone",)


def test_a_date_in_words_leaves_the_word_to_the_next_place():
    head = record(datePublished="vendredi 13 mai") + meta("article:published_time", "2022-05-13T20:00:00Z")
    assert fields_of(head)["published_at"] == datetime(2022, 5, 13, 20, tzinfo=UTC)


def test_the_encoding_that_the_page_names_is_used():
    page = f'<meta charset="iso-8859-1"><p>{TEXT}</p>'.encode("latin-1")
    assert "a duré" in read(page)["body"]


def test_control_characters_that_pages_carry_by_accident_are_dropped():
    assert "\x1b" not in fields_of(body=f"<p>\x1b[31m{TEXT}\x0b</p>")["body"]
