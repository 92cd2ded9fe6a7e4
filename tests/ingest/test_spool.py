"""The spool keeps what it said that it keeps, in order, through every kind of end."""

import os
import random
import subprocess
import sys

import pytest

from streams.ingest import spool as spool_module
from streams.ingest.spool import Position, Spool, SpoolFull, SpoolInUse

LIMIT = 1_000_000


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "spool"


@pytest.fixture
def opened(folder):
    """Open the spool as often as a test wants; the one before is closed."""
    spools = []

    def reopen(limit=LIMIT):
        for spool in spools:
            spool.close()
        spools[:] = [Spool(folder, limit=limit)]
        return spools[0]

    yield reopen
    for spool in spools:
        spool.close()


def held(spool):
    return [entry.content for entry in spool.read(spool.first, most=10_000, most_bytes=LIMIT)]


def take(spool, count):
    entries = spool.read(spool.first, most=count, most_bytes=LIMIT)
    spool.done(entries[-1].after, len(entries))
    return [entry.content for entry in entries]


def numbered(first, last):
    return [b"entry %d" % number for number in range(first, last)]


def test_what_was_appended_comes_back_in_order_after_a_restart(opened):
    opened().append(numbered(0, 3))
    opened().append(numbered(3, 5))
    spool = opened()
    assert held(spool) == numbered(0, 5)
    assert spool.count == 5


def test_what_is_done_does_not_come_again(opened):
    spool = opened()
    spool.append(numbered(0, 10))
    assert take(spool, 4) == numbered(0, 4)
    spool = opened()
    assert spool.count == 6
    assert held(spool) == numbered(4, 10)


def test_the_disk_is_free_when_all_is_done_and_the_spool_goes_on(opened, folder):
    spool = opened()
    spool.append(numbered(0, 10))
    take(spool, 10)
    assert (spool.size, spool.count) == (0, 0)
    assert list(folder.glob("*.segment")) == []
    for first in (10, 12):
        spool.append(numbered(first, first + 2))
        assert take(spool, 2) == numbered(first, first + 2)
    assert held(opened()) == []


def test_segments_are_freed_one_by_one_as_they_are_done(opened, folder, monkeypatch):
    monkeypatch.setattr(spool_module, "SEGMENT", 40)
    spool = opened()
    for number in range(12):
        spool.append(numbered(number, number + 1))
    before = len(list(folder.glob("*.segment")))
    take(spool, 7)
    assert 1 < len(list(folder.glob("*.segment"))) < before
    assert held(spool) == numbered(7, 12)
    assert held(opened()) == numbered(7, 12)


@pytest.mark.parametrize("lost", range(1, 15))
def test_an_entry_that_was_half_written_is_set_aside_and_the_ones_before_stay(opened, folder, lost):
    spool = opened()
    spool.append(numbered(0, 3))
    [segment] = folder.glob("*.segment")
    os.truncate(segment, segment.stat().st_size - lost)
    spool = opened()
    assert held(spool) == numbered(0, 2)
    assert len(next(folder.glob("*.torn")).read_bytes()) == 15 - lost
    spool.append([b"after"])
    assert held(opened()) == [*numbered(0, 2), b"after"]


def test_an_entry_whose_bytes_are_not_those_written_is_set_aside(opened, folder):
    opened().append(numbered(0, 3))
    [segment] = folder.glob("*.segment")
    whole = bytearray(segment.read_bytes())
    whole[-1] ^= 1
    segment.write_bytes(whole)
    assert held(opened()) == numbered(0, 2)


def test_a_full_spool_takes_nothing_more_and_loses_nothing(opened):
    spool = opened(limit=100)
    spool.append([b"x" * 60])
    with pytest.raises(SpoolFull, match="no room: 68 of 100 bytes"):
        spool.append([b"y" * 60])
    assert held(spool) == [b"x" * 60]
    take(spool, 1)
    spool.append([b"y" * 60])
    assert held(spool) == [b"y" * 60]


def test_two_processes_never_share_a_spool(opened, folder):
    opened()
    program = f"from pathlib import Path; from streams.ingest.spool import Spool; Spool(Path({str(folder)!r}), limit=9)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "SpoolInUse" in done.stderr
    with pytest.raises(SpoolInUse, match="held by another process"):
        Spool(folder, limit=LIMIT)


def test_a_disk_that_cannot_be_written_is_told_as_a_full_spool(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolFull, match="cannot be written: Not a directory"):
        Spool(tmp_path / "file" / "spool", limit=LIMIT)


def test_a_failed_write_leaves_no_trace(opened, monkeypatch):
    spool = opened()
    spool.append(numbered(0, 1))

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(SpoolFull, match="No space left"):
            spool.append([b"never told to be safe"])
    spool.append(numbered(1, 2))
    assert held(spool) == numbered(0, 2)
    assert held(opened()) == numbered(0, 2)


def test_positions_are_in_the_order_of_the_entries(opened):
    spool = opened()
    places = [*spool.append(numbered(0, 2)), *spool.append(numbered(2, 3))]
    assert places == sorted(places)
    assert places[0] == Position(places[0].segment, 0)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_appended_done_and_reopened_in_whatever_order_nothing_is_lost_or_repeated(
    opened, monkeypatch, seed
):
    monkeypatch.setattr(spool_module, "SEGMENT", 100)
    chance, spool, expected, number = random.Random(seed), opened(), [], 0
    for _ in range(120):
        match chance.choice(["append", "append", "take", "reopen"]):
            case "append":
                added = numbered(number, number + chance.randint(1, 5))
                number += len(added)
                spool.append(added)
                expected += added
            case "take" if expected:
                count = chance.randint(1, 12)
                assert take(spool, count) == expected[:count]
                expected = expected[count:]
            case "reopen":
                spool = opened()
        assert spool.count == len(expected)
        assert held(spool) == expected
