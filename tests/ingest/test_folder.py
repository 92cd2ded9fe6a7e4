from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from streams.ingest.archives import Reading
from streams.ingest.folder import Folder
from streams.ingest.found import Found
from streams.ingest.journal import Journal, Progress, Stamp
from tests.ingest.archive_files import articles, lines, page, warc_gz

NOW = datetime(2022, 5, 14, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return Folder(tmp_path / "in", Journal(None))


def names(files):
    return [file.name for file in files]


def done(folder, file):
    folder.journal.note({str(file): Progress(Stamp.of(file), 1, whole=True)}, {})


def test_a_file_is_ready_when_two_looks_find_it_the_same(folder):
    file = folder.path / "a.jsonl"
    file.write_bytes(lines(articles(1)))
    assert folder.look() == []
    with file.open("ab") as more:
        more.write(lines(articles(1, start=1)))
    assert folder.look() == []
    assert names(folder.look()) == ["a.jsonl"]


def test_a_file_is_ready_once_and_again_when_it_has_changed(folder):
    file = folder.path / "a.txt"
    file.write_text("A call\nThey spoke.")
    folder.look()
    assert names(folder.look()) == ["a.txt"]
    done(folder, file)
    assert folder.look() == []
    file.write_text("A call\nThey spoke for an hour.")
    folder.look()
    assert names(folder.look()) == ["a.txt"]


def test_what_comes_by_rename_and_in_folders_below_is_found_the_oldest_first(folder):
    (folder.path / "below").mkdir()
    for name, age in (("b.html", 30), ("below/a.json", 20), ("c.jsonl.gz", 10)):
        hidden = folder.path / ".part"
        hidden.write_bytes(b"x")
        os.utime(hidden, (1_700_000_000 - age,) * 2)
        hidden.rename(folder.path / name)
    folder.look()
    assert names(folder.look()) == ["b.html", "a.json", "c.jsonl.gz"]


def test_hidden_files_and_those_of_other_kinds_are_never_read(folder):
    for name in (".a.jsonl", "a.jsonl.part", "notes.md", "a.meta.yaml"):
        (folder.path / name).touch()
    (folder.path / ".git").mkdir()
    (folder.path / ".git" / "a.txt").touch()
    folder.look()
    assert folder.look() == []


def test_everything_that_can_be_published_can_be_laid_into_the_folder(folder):
    (folder.path / "a.txt").write_text("A call\nThey spoke.")
    (folder.path / "a.meta.yaml").write_text("source: example\n")
    (folder.path / "b.html").write_bytes(page(1))
    (folder.path / "c.jsonl").write_bytes(lines(articles(2)))
    (folder.path / "d.warc.gz").write_bytes(warc_gz([("https://example.org/9", page(9))]))
    folder.look()
    reading = Reading(now=NOW, opened=lambda file: file.open("rb"))
    found = [one for file in folder.look() for one in folder.batch(file, reading).read(0)]
    assert all(isinstance(one, Found) for one in found)
    assert {one.article.title for one in found} == {"A call", "Call 1", "Call 9"}
    assert {one.article.source for one in found} >= {"example"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.json", b"{broken"), ("a.txt", b"\xff\xfe"), ("a.html", b""), ("a.jsonl", b"broken\n")],
)
def test_a_broken_file_keeps_its_bytes(folder, name, raw):
    (folder.path / name).write_bytes(raw)
    folder.look()
    [file] = folder.look()
    [unread] = folder.batch(file, Reading(now=NOW, opened=lambda one: one.open("rb"))).read(0)
    assert unread.raw == raw
    assert str(file) in unread.where


def test_what_is_gone_from_the_folder_is_forgotten_but_not_while_the_folder_is_away(folder):
    for number in range(1_100):
        folder.journal.progress[f"gone-{number}"] = Progress(Stamp(1, 1), 1, whole=True)
    folder.look()
    assert len(folder.journal.progress) == 1_100
    (folder.path / "a.txt").write_text("A call\nThey spoke.")
    folder.look()
    assert folder.journal.progress == {}
