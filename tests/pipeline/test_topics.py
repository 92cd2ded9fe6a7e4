"""Provisioning: creates what is missing, says what differs, never shrinks."""

from __future__ import annotations

import json

import pytest
from kafka.admin import KafkaAdminClient

from schemas.topics import TOPICS
from tests.pipeline.line import tocsin


@pytest.fixture
def bootstrap(broker):
    return broker.clean()


def _tocsin(bootstrap, *words):
    return tocsin("topics", *words, "--bootstrap", bootstrap)


def test_ensure_creates_every_topic_and_check_then_agrees(bootstrap):
    assert _tocsin(bootstrap, "ensure", "--check").returncode == 1
    assert _tocsin(bootstrap, "ensure").returncode == 0
    assert _tocsin(bootstrap, "ensure", "--check").returncode == 0
    shown = json.loads(_tocsin(bootstrap, "show", "--json").stdout)
    assert {topic["name"]: topic["partitions"] for topic in shown} == {topic.name: 4 for topic in TOPICS}


def test_ensure_twice_changes_nothing(bootstrap):
    _tocsin(bootstrap, "ensure")
    before = _tocsin(bootstrap, "show", "--json").stdout
    assert _tocsin(bootstrap, "ensure").returncode == 0
    assert _tocsin(bootstrap, "show", "--json").stdout == before


def test_too_few_partitions_are_named_and_left_as_they_are(bootstrap):
    _tocsin(bootstrap, "ensure", "--partitions", "2")
    done = _tocsin(bootstrap, "ensure", "--partitions", "6")
    assert done.returncode == 1
    assert "tocsin.articles has 2 partitions, not 6" in done.stdout
    assert '"partitions": 2' in _tocsin(bootstrap, "show", "--json").stdout


def test_a_configuration_that_drifted_is_named_and_set_right(bootstrap):
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics({"tocsin.stories": {"num_partitions": 4, "replication_factor": 1}})
    admin.close()
    checked = _tocsin(bootstrap, "ensure", "--check")
    assert "tocsin.stories has cleanup.policy" in checked.stdout
    assert _tocsin(bootstrap, "ensure").returncode == 0


def test_show_names_what_is_missing(bootstrap):
    assert "tocsin.articles  (MISSING)" in _tocsin(bootstrap, "show").stdout
