from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.cloudevents import headers
from schemas.contracts import CONTRACTS

NOW = datetime(2022, 5, 13, 20, 1, tzinfo=UTC)


def test_an_event_travels_with_the_attributes_of_cloudevents(event):
    assert headers(event(), source="tag", time=NOW) == {
        "ce_specversion": b"1.0",
        "ce_id": b"e1",
        "ce_source": b"/tocsin/tag",
        "ce_type": b"dev.tocsin.event.v1",
        "ce_time": b"2022-05-13T20:01:00Z",
        "ce_subject": b"e1",
        "ce_dataschema": b"urn:tocsin:schema:event:1",
        "content-type": b"application/json",
    }


@pytest.mark.parametrize("kind", [contract.name for contract in CONTRACTS.values()])
def test_every_message_names_its_type_and_its_schema(kind, request):
    said = headers(request.getfixturevalue(kind)(), source="tag", time=NOW)
    assert said["ce_type"].decode() == f"dev.tocsin.{kind}.v1"
    assert said["ce_dataschema"].decode() == f"urn:tocsin:schema:{kind}:1"


def test_each_revision_of_a_story_is_an_occurrence_of_its_own(story):
    first = headers(story(), source="correlate", time=NOW)
    second = headers(story(revision=2), source="correlate", time=NOW)
    assert first["ce_id"] != second["ce_id"]
    assert first["ce_subject"] == second["ce_subject"] == b"s1"


def test_a_dyad_that_says_the_same_is_the_same_occurrence(dyad):
    first, again = (headers(dyad(), source="tension", time=NOW) for _ in range(2))
    changed = headers(dyad(silence_days=1), source="tension", time=NOW)
    assert first["ce_id"] == again["ce_id"] != changed["ce_id"]
    assert first["ce_subject"] == changed["ce_subject"] == b"RUS-USA"


def test_each_outcome_of_a_delivery_is_an_occurrence_of_its_own(delivery):
    queued = headers(delivery(), source="deliver", time=NOW)
    delivered = headers(delivery(outcome="delivered", attempts=1), source="deliver", time=NOW)
    assert queued["ce_id"] != delivered["ce_id"]
    assert queued["ce_subject"] == delivered["ce_subject"] == b"d1"
