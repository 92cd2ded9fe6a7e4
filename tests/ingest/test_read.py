import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import article_id
from streams.ingest import records
from streams.ingest.found import Found, Known, Unread
from streams.ingest.read import STDIN, find_files, read_articles

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
SEEDS = Path(__file__).parents[2] / "seeds"
GOOD = {"title": "A call", "body": "They spoke.", "published_at": "2022-05-13T20:00:00Z"}


def read(*files, **known):
    return list(read_articles(find_files(files), now=NOW, known=Known.model_validate(known)))


def piped(raw, **known):
    """Read what comes on standard input."""
    return list(
        read_articles([STDIN], now=NOW, known=Known.model_validate(known), opened=lambda _: io.BytesIO(raw))
    )


def a_file(folder, name, content):
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def lines(*articles):
    return "".join(json.dumps(article) + "\n" for article in articles)


def test_the_sample_article_is_read_with_what_its_sidecar_says():
    [found] = read(SEEDS)
    assert (found.article.lang, found.article.source) == ("fr", "seed")
    assert found.article.published_at == datetime(2022, 5, 13, 20, tzinfo=UTC)
    assert found.article.title.startswith("Le secrétaire américain à la Défense")
    assert found.notes == ()


def test_of_a_folder_the_article_files_are_read_by_name_and_no_others(tmp_path):
    for name in ("b.txt", "a.html", "c.jsonl", "d.json"):
        a_file(tmp_path, name, GOOD)
    a_file(tmp_path, "b.meta.yaml", "lang: fr")
    a_file(tmp_path, "b.gold.yaml", "events: []")
    assert [file.name for file in find_files([tmp_path])] == ["a.html", "b.txt", "c.jsonl", "d.json"]


@pytest.mark.parametrize(
    ("written", "where"),
    [
        (json.dumps(GOOD), "stdin:1"),
        (json.dumps(GOOD, indent=2), "stdin"),
        (f"\n\n{json.dumps(GOOD)}\n", "stdin:3"),
        (f"[{json.dumps(GOOD)}]", "stdin"),
        ("<!DOCTYPE html><title>A call</title><p>They spoke.", "stdin"),
        ("A call\nThey spoke.", "stdin"),
        ("\ufeffA call\nThey spoke.", "stdin"),
    ],
)
def test_the_format_of_standard_input_is_seen_by_looking(written, where):
    [found] = piped(written.encode(), published_at="2022-05-13T20:00:00Z")
    assert isinstance(found, Found), found
    assert (found.where, found.article.title, found.article.body) == (where, "A call", "They spoke.")


def test_json_lines_after_a_bad_first_line_are_read_all_the_same():
    found = piped(f'{{"title": }}\n{json.dumps(GOOD)}\n'.encode())
    assert [type(one) for one in found] == [Unread, Found]


def test_each_bad_article_is_named_by_line_and_field_and_the_others_are_read(tmp_path):
    file = a_file(
        tmp_path,
        "news.jsonl",
        lines(
            GOOD,
            GOOD | {"athor": "x"},
            {"body": "b"},
            GOOD | {"published_at": "2022-05-13T20:00:00"},
            GOOD | {"body": "a\x00"},
        )
        + "not json\n[]\n"
        + lines(GOOD),
    )
    found = read(file)
    assert [one.where for one in found] == [f"{file}:{number}" for number in range(1, 9)]
    assert [isinstance(one, Found) for one in found] == [True] + [False] * 6 + [True]
    why = [one.why for one in found[1:-1]]
    assert why[0].startswith("athor: no such field; take it out, or use one of id, url, source")
    assert why[1] == "published_at: is missing; add it, as 2022-05-13T20:00:00Z, or give --published-at"
    assert why[2] == "published_at: an instant needs its time zone, as in 2022-05-13T20:00:00Z"
    assert why[3] == "body: holds U+0000 at character 1; remove control characters and lone surrogates"
    assert why[4].startswith("is not JSON: ")
    assert why[5].startswith("is no JSON object but list")


@pytest.mark.parametrize("instant", [2022, "2022", 1652472000.5])
def test_a_number_is_no_time(instant):
    [unread] = piped(lines(GOOD | {"published_at": instant}).encode())
    assert unread.why == f"published_at: a time is written out, as 2022-05-13T20:00:00Z, not {instant!r}"


def test_a_broken_address_is_named():
    [unread] = piped(lines(GOOD | {"url": "http://[half"}).encode())
    assert unread.why.startswith("url: ")


def test_of_a_list_each_article_is_named_by_its_number(tmp_path):
    file = a_file(tmp_path, "news.json", [GOOD, {"title": "no body"}])
    assert [one.where for one in read(file)] == [f"{file}, article 1", f"{file}, article 2"]


def test_the_same_article_has_the_same_id_whenever_it_is_read():
    first, again = (piped(lines(GOOD).encode())[0].article for _ in range(2))
    assert first.id == again.id == article_id(url=None, source="unknown", title="A call", body="They spoke.")


def test_an_article_with_an_address_is_known_by_it():
    [one], [other] = (
        piped(lines(GOOD | {"url": url}).encode())
        for url in ("https://example.org/a?utm_source=x", "https://EXAMPLE.org/a")
    )
    assert one.article.id == other.article.id


def test_an_id_that_is_given_is_kept():
    assert piped(lines(GOOD | {"id": "mine"}).encode())[0].article.id == "mine"


def test_the_time_of_fetching_is_now_unless_it_is_given():
    fetched = "2022-05-13T21:00:00Z"
    given, absent = (
        piped(lines(article).encode())[0].article for article in (GOOD | {"fetched_at": fetched}, GOOD)
    )
    assert given.fetched_at == datetime(2022, 5, 13, 21, tzinfo=UTC)
    assert absent.fetched_at == NOW


def test_a_text_without_a_date_counts_as_published_now_and_says_so():
    [found] = piped(b"A call\nThey spoke.")
    assert found.article.published_at == NOW
    assert found.notes == (
        "no date of publication, it counts as published now; give --published-at or a sidecar",
    )


def test_what_an_article_says_holds_before_the_words_of_the_call():
    [own], [stood_in] = (
        piped(lines(article).encode(), source="mine", lang="de")
        for article in (GOOD | {"source": "its", "lang": "fr"}, GOOD)
    )
    assert (own.article.source, own.article.lang) == ("its", "fr")
    assert (stood_in.article.source, stood_in.article.lang) == ("mine", "de")


def test_a_sidecar_holds_before_what_a_page_says(tmp_path):
    page = a_file(tmp_path, "a.html", '<html lang="en"><title>T</title><p>Ils se sont parlé.')
    a_file(tmp_path, "a.meta.yaml", "lang: fr\npublished_at: 2022-05-13T20:00:00Z\norigin_hint: AFP")
    [found] = read(page)
    assert (found.article.lang, found.article.origin_hint) == ("fr", "AFP")


@pytest.mark.parametrize(
    ("sidecar", "why"),
    [
        (
            "langue: fr",
            "its sidecar a.meta.yaml: langue: no such field; take it out, or use one of url, source",
        ),
        ("published_at: 2022", "its sidecar a.meta.yaml: published_at: a time is written out"),
        ("- fr", "its sidecar a.meta.yaml: article: Input should be a valid dictionary"),
        ("lang: [", "its sidecar a.meta.yaml is not YAML: "),
    ],
)
def test_a_bad_sidecar_is_named(tmp_path, sidecar, why):
    text = a_file(tmp_path, "a.txt", "T\nB")
    a_file(tmp_path, "a.meta.yaml", sidecar)
    [unread] = read(text)
    assert unread.why.startswith(why)


def test_an_address_for_json_is_refused_for_it_would_make_all_articles_one():
    [unread] = piped(lines(GOOD, GOOD).encode(), url="https://example.org")
    assert unread.why.startswith("is JSON; --url is for one text or page")


def test_a_file_that_cannot_be_read_is_named_and_the_next_one_is_read(tmp_path):
    good = a_file(tmp_path, "good.json", GOOD)
    missing, found = read_articles([tmp_path / "gone.txt", good], now=NOW)
    assert missing.why == "cannot be read: No such file or directory"
    assert isinstance(found, Found)


def test_a_line_longer_than_any_article_is_named_and_the_next_one_is_read(monkeypatch):
    monkeypatch.setattr(records, "MAX_BYTES", 200)
    found = piped(lines(GOOD, GOOD | {"body": "x" * 1000}, GOOD).encode())
    assert [type(one) for one in found] == [Found, Unread, Found]
    assert found[1].where == "stdin:2"
    assert found[1].why == "the line is longer than 200 bytes; no article is"


def test_json_lines_are_read_one_by_one():
    class Endless(io.RawIOBase):
        """Standard input that never ends: whoever reads it whole never returns."""

        def readable(self):
            return True

        def readinto(self, buffer):
            line = lines(GOOD).encode()
            buffer[: len(line)] = line
            return len(line)

    stream = io.BufferedReader(Endless(), buffer_size=256)
    articles = read_articles([STDIN], now=NOW, opened=lambda _: stream)
    assert [next(articles).where for _ in range(3)] == ["stdin:1", "stdin:2", "stdin:3"]
