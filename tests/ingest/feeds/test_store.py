from __future__ import annotations

import subprocess
import sys

import pytest

from streams.ingest.feeds.schedule import Rhythm
from streams.ingest.feeds.store import KEPT, MOST_SEEN, BadStore, FeedState, Seen, Store

STATE = FeedState(Rhythm(100.0, 60.0, 1), "https://b.test/", '"1"', "then", 10.0, 5.0)


def seen(feed="f", version=b"1") -> Seen:
    return Seen(feed, version, 1.0)


def test_what_is_known_of_a_feed_is_there_the_next_time(tmp_path):
    with Store(tmp_path / "deep" / "feeds.sqlite") as store:
        store.save("f", STATE, {"a": seen(), "b": Seen("f", None, 2.0, tries=2)}, now=50.0)
    with Store(tmp_path / "deep" / "feeds.sqlite") as store:
        assert store.states() == {"f": STATE}
        assert store.seen(["a", "b", "c"]) == {"a": seen(), "b": Seen("f", None, 2.0, tries=2)}


def test_an_item_is_known_long_after_it_left_its_feed_and_then_forgotten(tmp_path):
    with Store(tmp_path / "s") as store:
        store.save("f", STATE, {"old": seen()}, now=0.0)
        store.save("f", STATE, {"new": seen()}, now=KEPT - 1)
        assert set(store.seen(["old", "new"])) == {"old", "new"}
        store.save("f", STATE, {"newer": seen()}, now=KEPT + 1)
        assert set(store.seen(["old", "new", "newer"])) == {"new", "newer"}


def test_what_is_kept_of_one_feed_is_bounded_and_takes_nothing_from_another(tmp_path):
    with Store(tmp_path / "s") as store:
        store.save("g", STATE, {"other": seen("g")}, now=0.0)
        for day in range(4):
            many = {f"{day}-{number}": seen() for number in range(2_000)}
            store.save("f", STATE, many, now=float(day))
        ids = [f"{day}-{number}" for day in range(4) for number in range(2_000)]
        assert len(store.seen(ids)) <= MOST_SEEN
        assert len(store.seen(ids[-2_000:])) == 2_000
        assert store.seen(["other"])


def test_what_was_written_down_outlives_a_kill(tmp_path):
    script = (
        "import os, signal, sys, pathlib\n"
        "from streams.ingest.feeds.store import *\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "store.save('f', FeedState(etag='x'), {'a': Seen('f', b'1', 1.0)}, now=1.0)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "s")], check=False)
    with Store(tmp_path / "s") as store:
        assert store.states()["f"].etag == "x"
        assert store.seen(["a"])


def test_a_file_that_is_none_of_ours_is_told(tmp_path):
    (tmp_path / "s").write_bytes(b"no database, but long enough to be looked at as one" * 20)
    with pytest.raises(BadStore, match=r"cannot be used .* name another file with --state"):
        Store(tmp_path / "s")
