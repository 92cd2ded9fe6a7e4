from __future__ import annotations

import json

from schemas import Article, decode
from schemas.topics import ARTICLES, DEADLETTERS
from tests.ingest.archive_files import page, warc_gz
from tests.ingest.test_stix import MISP, NOTE, REPORT, bundle


def test_reports_are_published_under_their_own_ids(broker, tmp_path):
    (tmp_path / "stix.json").write_text(json.dumps(bundle(REPORT, NOTE)))
    (tmp_path / "misp.json").write_text(json.dumps(MISP))
    (tmp_path / "other.json").write_text("{}")
    done = broker.tocsin("ingest", "stix", "--source", "cert", *sorted(tmp_path.glob("*.json")))
    assert done.returncode == 1
    assert b"other.json: not an article: is neither a STIX 2.1 bundle nor a MISP event" in done.stderr
    assert done.stdout.startswith(b"published 4 articles in ")
    assert {record.key.decode() for record in broker.records(ARTICLES)} == {
        REPORT["id"], NOTE["id"], "misp--u-1", "misp--u-2",
    }  # fmt: skip
    assert len(broker.records(DEADLETTERS)) == 1


def test_the_pages_of_a_crawl_are_published_live(broker, tmp_path):
    (tmp_path / "crawl.warc.gz").write_bytes(
        warc_gz([(f"https://example.org/{n}", page(n)) for n in range(5)])
    )
    done = broker.tocsin("ingest", "warc", tmp_path / "crawl.warc.gz")
    assert done.returncode == 0, done.stderr
    articles = [decode(Article, record.value) for record in broker.records(ARTICLES)]
    assert {article.title for article in articles} == {f"Call {number}" for number in range(5)}
    assert not any(article.backfill for article in articles)
