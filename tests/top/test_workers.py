"""Looking at workers: how they are named, and what is said of those that do not answer as they should."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from streams.top.workers import BadAddress, Workers, address_of

PAGE = b"# TYPE tocsin_partitions_held gauge\ntocsin_partitions_held 24\n"


@pytest.fixture
def site():
    """A server whose pages are /metrics, /junk, and nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {"/metrics": PAGE, "/junk": b"{nope"}.get(self.path)
            self.send_response(200 if said else 404)
            self.end_headers()
            self.wfile.write(said or b"")

        def log_message(self, *_words) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("word", "url"),
    [
        ("127.0.0.1:6066", "http://127.0.0.1:6066/metrics"),
        ("worker-1:6066/", "http://worker-1:6066/metrics"),
        ("[::1]:6066", "http://[::1]:6066/metrics"),
        ("https://tocsin.example/worker/metrics", "https://tocsin.example/worker/metrics"),
    ],
)
def test_a_worker_is_named_by_host_and_port_or_by_the_url_of_its_metrics(word, url):
    assert address_of(word) == url


@pytest.mark.parametrize("word", ["", "ftp://x", "http://", "file:///etc/passwd", "x:99999", "[::1"])
def test_what_is_no_address_is_refused(word):
    with pytest.raises(BadAddress, match="write HOST:PORT"):
        address_of(word)


def test_those_that_do_not_answer_as_they_should_are_told_apart_from_those_that_do(site):
    look = asyncio.run(
        Workers([f"{site}/metrics", f"{site}/junk", f"{site}/none", "http://127.0.0.1:1/metrics"]).look()
    )
    assert [worker.why for worker in look.workers] == [
        None,
        "answers with something that is no page of metrics",
        "answers 404",
        "does not answer (ClientConnectorError)",
    ]
    assert look.workers[0].partitions == 24
    assert not look.is_blind
    assert asyncio.run(Workers([f"{site}/none"]).look()).is_blind
