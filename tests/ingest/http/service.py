"""The service of `tocsin ingest http` in a process of its own, and its sender."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from typing import NamedTuple

from streams import children
from streams.port import free_port
from tests.pipeline.waiting import wait_for

TOKEN = "a-token-for-the-tests"


class Answer(NamedTuple):
    status: int
    said: dict
    headers: dict


class Service:
    """Runs `tocsin ingest http` beside a broker."""

    def __init__(self, environment, folder, *words):
        self._folder, self._words = folder, words
        self.port = free_port("127.0.0.1")
        self._environment = environment | {
            "TOCSIN_INGEST_TOKEN": TOKEN,
            "TOCSIN_INGEST_HTTP_PORT": str(self.port),
            "TOCSIN_SPOOL": str(folder / "spool"),
            "TOCSIN_SPOOL_AFTER": "1",
        }
        self.log = folder / "ingest.log"
        self.process = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment):
        command = [sys.executable, "-m", "streams.cli", "ingest", "http", *self._words]
        self.process = children.start(command, log=self.log, env=self._environment | environment)
        wait_for(self.answers, "the service", within=60)
        return self

    def answers(self):
        assert self.process.poll() is None, children.last_words(self.log, 20)
        try:
            urllib.request.urlopen(self.address + "/healthz", timeout=5).close()
        except OSError:
            return False
        return True

    def kill(self):
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process:
            children.end(self.process, grace=30)

    def post(self, body, kind="application/json", token=TOKEN, **headers):
        """Post bytes, or anything as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            said["Authorization"] = f"Bearer {token}"
        return self._ask(urllib.request.Request(self.address + "/v1/articles", raw, said))

    def get(self, path):
        return self._ask(urllib.request.Request(self.address + path))

    def _ask(self, request):
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, json.loads(answer.read()), dict(answer.headers))

    def sample(self, line):
        """Return the value of a metric, as it is written."""
        with urllib.request.urlopen(self.address + "/metrics", timeout=10) as answer:
            for said in answer.read().decode().splitlines():
                if said.startswith(line + " "):
                    return float(said.rsplit(" ", 1)[1])
        return None


def an_article(number, **changes):
    """Return an article as it is posted."""
    return {
        "url": f"https://example.org/{number}",
        "source": "example",
        "title": f"Report {number}",
        "body": "They spoke for an hour. " * 20,
        "published_at": "2022-05-13T20:00:00Z",
    } | changes
