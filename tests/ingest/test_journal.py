from __future__ import annotations

import pytest

from streams.ingest.journal import Journal, JournalInUse, JournalUnusable, Progress, Stamp

STAMP = Stamp(100, 1)


def test_a_journal_says_how_far_each_file_and_each_topic_had_come(tmp_path):
    with Journal(tmp_path / "j") as journal:
        journal.note({"a": Progress(STAMP, 3, whole=False)}, {("t", 0): 5})
        journal.note(
            {"a": Progress(STAMP, 7, whole=True), "b": Progress(STAMP, 1, whole=False)}, {("t", 1): 2}
        )
    with Journal(tmp_path / "j") as again:
        assert again.of("a", STAMP) == Progress(STAMP, 7, whole=True)
        assert again.of("b", STAMP) == Progress(STAMP, 1, whole=False)
        assert again.ends == {("t", 0): 5, ("t", 1): 2}


def test_a_file_that_changed_since_begins_anew(tmp_path):
    with Journal(tmp_path / "j") as journal:
        journal.note({"a": Progress(STAMP, 3, whole=True)}, {})
        later = Stamp(101, 2)
        assert journal.of("a", later) == Progress(later, 0, whole=False)


def test_the_line_that_a_killed_process_was_writing_is_passed_over(tmp_path):
    with Journal(tmp_path / "j") as journal:
        journal.note({"a": Progress(STAMP, 3, whole=False)}, {})
    with (tmp_path / "j").open("ab") as file:
        file.write(b'{"file":"a","stamp":[100,1],"do')
    with Journal(tmp_path / "j") as again:
        assert again.of("a", STAMP).done == 3
        again.note({"a": Progress(STAMP, 4, whole=False)}, {})
    with Journal(tmp_path / "j") as third:
        assert third.of("a", STAMP).done == 4


def test_two_processes_do_not_share_a_journal(tmp_path):
    with (
        Journal(tmp_path / "j"),
        pytest.raises(JournalInUse, match="another process works with this journal"),
    ):
        Journal(tmp_path / "j").__enter__()


def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "j").write_text("dear diary,\nnothing happened\n")
    with pytest.raises(JournalUnusable, match="j:1: is no line of a journal"):
        Journal(tmp_path / "j").__enter__()
    assert (tmp_path / "j").read_text() == "dear diary,\nnothing happened\n"


def test_a_journal_does_not_grow_with_the_number_of_runs(tmp_path):
    sizes = set()
    for _ in range(4):
        with Journal(tmp_path / "j") as journal:
            journal.note({"a": Progress(STAMP, 3, whole=False)}, {("t", 0): 5})
        sizes.add((tmp_path / "j").stat().st_size)
    assert len(sizes) <= 2
