from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from schemas.deadletter import Reason
from streams.ingest.found import Found, Known, Unread
from streams.ingest.stix import read_reports

NOW = datetime(2024, 1, 2, tzinfo=UTC)
REPORT = {
    "type": "report",
    "spec_version": "2.1",
    "id": "report--26ffb872-1dd9-446e-b6f5-d58527e5b5d2",
    "created_by_ref": "identity--1",
    "created": "2022-05-12T20:00:00.000Z",
    "modified": "2022-05-14T08:00:00.000Z",
    "published": "2022-05-13T20:00:00.000Z",
    "name": "A campaign against Arland's grid",
    "description": "Borland's services attacked the grid of Arland.",
    "external_references": [
        {"source_name": "cert"},
        {"source_name": "cert", "url": "https://cert.example.org/7"},
    ],
    "object_refs": [],
}
IDENTITY = {"type": "identity", "id": "identity--1", "name": "CERT of Arland"}
NOTE = {
    "type": "note",
    "id": "note--1",
    "created": "2022-05-13T21:00:00Z",
    "modified": "2022-05-13T21:00:00Z",
    "abstract": "On the campaign",
    "content": "It goes on.",
    "object_refs": [REPORT["id"]],
}
MISP = {
    "Event": {
        "info": "A campaign",
        "date": "2022-05-13",
        "Orgc": {"name": "CERT of Arland"},
        "Attribute": [{"type": "ip-dst", "value": "192.0.2.1"}],
        "EventReport": [
            {
                "uuid": "u-1",
                "name": "What was hit",
                "content": "The grid of Arland was hit.",
                "timestamp": "1652500000",
            },
            {
                "uuid": "u-2",
                "name": "Withdrawn",
                "content": "Wrong.",
                "timestamp": "1652500000",
                "deleted": True,
            },
        ],
    }
}


def read(parsed, **known):
    raw = parsed if isinstance(parsed, bytes) else json.dumps(parsed).encode()
    return list(read_reports("feed.json", raw, now=NOW, known=Known(**known)))


def bundle(*objects):
    return {"type": "bundle", "id": "bundle--1", "objects": list(objects)}


def test_a_report_becomes_an_article_of_who_wrote_it():
    [found] = read(bundle(IDENTITY, {"type": "indicator", "id": "indicator--1"}, REPORT), source="cert")
    article = found.article
    assert (article.title, article.body) == (REPORT["name"], REPORT["description"])
    assert (article.url, article.origin_hint) == ("https://cert.example.org/7", "CERT of Arland")
    assert article.published_at == datetime(2022, 5, 13, 20, tzinfo=UTC)
    assert article.modified_at == datetime(2022, 5, 14, 8, tzinfo=UTC)
    assert article.source == "cert"


def test_a_note_is_an_article_too():
    [found] = read(bundle(NOTE))
    assert (found.article.title, found.article.body) == ("On the campaign", "It goes on.")


def test_a_later_version_has_the_same_id_and_a_revoked_one_is_taken_back():
    [first], [later] = read(REPORT), read(REPORT | {"description": "More.", "revoked": True})
    assert first.article.id == later.article.id
    assert (first.article.retracted, later.article.retracted) == (False, True)


def test_the_reports_of_a_misp_event_become_articles_and_its_indicators_do_not():
    hit, withdrawn = read(MISP)
    assert (hit.article.title, hit.article.body) == ("What was hit", "The grid of Arland was hit.")
    assert (hit.article.id, hit.article.origin_hint) == ("misp--u-1", "CERT of Arland")
    assert hit.article.published_at.date() == datetime(2022, 5, 13, tzinfo=UTC).date()
    assert withdrawn.article.retracted


def test_a_search_result_of_misp_holds_several_events():
    assert len(read({"response": [MISP, MISP]})) == 4


@pytest.mark.parametrize(
    ("parsed", "reason", "said"),
    [
        (b"<xml/>", Reason.NOT_JSON, "is not JSON"),
        ({"hello": 1}, Reason.SCHEMA, "is neither a STIX 2.1 bundle nor a MISP event"),
        (bundle(IDENTITY), Reason.SCHEMA, "holds no report"),
    ],
)
def test_what_holds_no_report_is_named_with_its_bytes(parsed, reason, said):
    [unread] = read(parsed)
    assert (unread.where, unread.reason) == ("feed.json", reason)
    assert unread.why.startswith(said)
    assert unread.raw


def test_a_report_that_is_no_article_is_named_and_the_others_are_read():
    broken, sound = read(bundle(REPORT | {"id": "report--2", "description": "x" * 100_001}, REPORT))
    assert isinstance(broken, Unread)
    assert broken.where == "feed.json, report--2"
    assert json.loads(broken.raw)["id"] == "report--2"
    assert isinstance(sound, Found)
