from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from schemas.deadletter import Reason
from streams.ingest.archives import NoArchive, Reading, batch_of, find_archives
from streams.ingest.found import Found, Known, Unread
from tests.ingest.archive_files import articles, lines, page, warc, warc_gz, zst

NOW = datetime(2024, 1, 2, tzinfo=UTC)


def read(file, skip=0, **how):
    reading = Reading(now=NOW, opened=lambda one: one.open("rb"), **how)
    return list(batch_of(file, reading).read(skip))


@pytest.mark.parametrize(
    ("name", "packed"),
    [("a.jsonl", bytes), ("a.ndjson", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zst)],
)
def test_json_lines_are_read_as_they_are_or_compressed(tmp_path, name, packed):
    (tmp_path / name).write_bytes(packed(lines(articles(3))))
    found = read(tmp_path / name)
    assert [one.article.url for one in found] == [f"https://example.org/{number}" for number in range(3)]
    assert [one.where for one in found] == [f"{tmp_path / name}:{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("packed", [gzip.compress, zst], ids=["gz", "zst"])
def test_a_compressed_file_that_is_cut_off_is_named_after_what_it_holds(tmp_path, packed):
    whole = packed(lines(articles(5_000)))
    file = tmp_path / ("a.jsonl.gz" if packed is gzip.compress else "a.jsonl.zst")
    file.write_bytes(whole[: len(whole) // 2])
    *found, last = read(file)
    assert found
    assert isinstance(last, Unread)
    assert f"{file}" in last.where
    assert all(isinstance(one, Found) for one in found[:-1])


def test_what_was_done_before_is_passed_over_blank_lines_aside(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\n" + lines(articles(2)) + b"\n\n" + lines(articles(2, start=2)))
    assert [one.article.url[-1] for one in read(tmp_path / "a.jsonl", skip=3)] == ["3"]


def test_a_line_that_is_no_article_keeps_its_bytes_and_the_reason(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"body": "no date"}\nnonsense\n')
    schema, broken = read(tmp_path / "a.jsonl")
    assert (schema.reason, schema.raw) == (Reason.SCHEMA, b'{"body": "no date"}\n')
    assert (broken.reason, broken.raw) == (Reason.NOT_JSON, b"nonsense\n")


@pytest.mark.parametrize(("name", "write"), [("a.warc", warc), ("a.warc.gz", warc_gz)])
def test_the_pages_of_a_crawl_are_articles(tmp_path, name, write):
    (tmp_path / name).write_bytes(write([(f"https://example.org/{n}", page(n)) for n in range(3)]))
    found = read(tmp_path / name, skip=1)
    assert [(one.article.url, one.article.title) for one in found] == [
        ("https://example.org/1", "Call 1"),
        ("https://example.org/2", "Call 2"),
    ]


def test_a_folder_is_read_with_the_folders_below_it(tmp_path):
    for name in ("b.jsonl", "2022/a.jsonl.gz", "2022/x.warc.gz", "notes.md", "a.tar.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert find_archives([tmp_path]) == [
        tmp_path / "2022" / "a.jsonl.gz",
        tmp_path / "2022" / "x.warc.gz",
        tmp_path / "b.jsonl",
    ]


@pytest.mark.parametrize("name", ["", "notes.md"])
def test_what_is_no_archive_is_refused_with_what_is_one(tmp_path, name):
    path = tmp_path / name if name else tmp_path
    if name:
        path.touch()
    with pytest.raises(NoArchive, match=r"no archive; those end in .jsonl, .ndjson, .json, .warc"):
        find_archives([path])


def test_a_back_fill_marks_every_article(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(articles(1)))
    (tmp_path / "b.warc").write_bytes(warc([("https://example.org/1", page(1))]))
    for file in tmp_path.iterdir():
        assert [one.article.backfill for one in read(file, backfill=True)] == [True]
        assert [one.article.backfill for one in read(file)] == [False]


def test_the_words_of_the_call_stand_in_for_what_an_article_does_not_say(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines([*articles(1), articles(1)[0] | {"source": "example"}]))
    silent, says_so = read(tmp_path / "a.jsonl", known=Known(source="archive"))
    assert (silent.article.source, says_so.article.source) == ("archive", "example")
