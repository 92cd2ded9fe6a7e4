"""What counts as the same article."""

from streams.ingest.known_ids import KnownIds, adds_nothing, version_of

ARTICLE = {"id": "a", "title": "t", "body": "b", "fetched_at": "2022-05-13T20:00:00Z"}


def test_when_it_was_fetched_makes_no_other_version():
    assert version_of(ARTICLE) == version_of(ARTICLE | {"fetched_at": "2023-01-01T00:00:00Z"})
    assert version_of(ARTICLE) != version_of(ARTICLE | {"body": "c"})


def test_a_report_adds_to_an_archive_and_an_archive_nothing_to_a_report():
    report, archive = version_of(ARTICLE), version_of(ARTICLE | {"backfill": True})
    assert adds_nothing(archive, report)
    assert adds_nothing(archive, archive)
    assert not adds_nothing(report, archive)
    assert not adds_nothing(report, None)


def test_the_ids_longest_untouched_are_forgotten_first():
    known = KnownIds(most=2)
    for id_ in ("a", "b", "a", "c"):
        known.note(id_, b"v")
    assert [known.get(id_) for id_ in ("a", "b", "c")] == [b"v", None, b"v"]


def test_only_the_version_that_is_known_is_forgotten():
    known = KnownIds()
    known.note("a", b"new")
    known.forget("a", b"old")
    assert known.get("a") == b"new"
    known.forget("a", b"new")
    assert known.get("a") is None
