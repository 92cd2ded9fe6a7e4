from __future__ import annotations

import json

import pytest

from streams.scrape_target import TargetsUnwritable, announced


def targets(folder):
    return {path.name: json.loads(path.read_text()) for path in folder.iterdir()}


def test_a_process_is_told_of_while_it_runs_and_no_longer(tmp_path):
    with announced(tmp_path / "new", "worker-1", "127.0.0.1", 6066):
        assert targets(tmp_path / "new") == {
            "tocsin-worker-1.json": [{"targets": ["127.0.0.1:6066"], "labels": {"process": "worker-1"}}]
        }
    assert targets(tmp_path / "new") == {}


def test_it_is_told_of_no_more_when_it_crashed(tmp_path):
    with pytest.raises(SystemExit), announced(tmp_path, "worker-1", "127.0.0.1", 6066):
        raise SystemExit(1)
    assert targets(tmp_path) == {}


def test_what_a_killed_worker_left_behind_is_overwritten_by_the_next_of_its_name(tmp_path):
    (tmp_path / "tocsin-worker-1.json").write_text('[{"targets": ["127.0.0.1:1"]}]')
    with announced(tmp_path, "worker-1", "127.0.0.1", 6066):
        assert targets(tmp_path)["tocsin-worker-1.json"][0]["targets"] == ["127.0.0.1:6066"]


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "127.0.0.1:1"), ("::", "[::1]:1"), ("::1", "[::1]:1"), ("a.b", "a.b:1")]
)
def test_the_address_is_one_that_can_be_reached(host, address, tmp_path):
    with announced(tmp_path, "w", host, 1):
        assert targets(tmp_path)["tocsin-w.json"][0]["targets"] == [address]


def test_a_folder_that_cannot_be_written_is_named_with_the_setting(tmp_path):
    taken = tmp_path / "file"
    taken.touch()
    with (
        pytest.raises(TargetsUnwritable, match=r"tocsin-w\.json .*TOCSIN_SCRAPE_TARGETS"),
        announced(taken, "w", "127.0.0.1", 1),
    ):
        pass


def test_without_a_folder_nobody_is_told():
    with announced(None, "w", "127.0.0.1", 1):
        pass
