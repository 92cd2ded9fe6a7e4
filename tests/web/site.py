"""A running `tocsin web`, and what tests ask of it."""

from __future__ import annotations

import json
import os
import sys
import threading
import urllib.error
import urllib.request

from schemas import encode
from schemas.topics import STORIES
from streams import children
from streams.port import free_port
from tests.pipeline.waiting import wait_for


class Site:
    """The process beside a broker."""

    def __init__(self, broker, folder, **environment: str) -> None:
        self.broker, self.port = broker, free_port("127.0.0.1")
        self.log = folder / "web.log"
        said = {"TOCSIN_WEB_PAGE_PORT": str(self.port)} | environment
        self.process = children.start(
            [sys.executable, "-m", "streams.cli", "web"],
            log=self.log,
            env=os.environ | broker.environment | said,
        )

    def ask(self, path: str, body=None, method=None, **headers: str):
        """Return status, headers and body of an answer; status 0 while there is none."""
        data = body.encode() if isinstance(body, str) else body
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data, method=method, headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as got:
                return got.status, got.headers, got.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()
        except OSError:
            return 0, {}, b""

    def get(self, path: str, **headers: str):
        """Return what the API answers."""
        status, _, body = self.ask(f"/api/v1{path}", **headers)
        assert status == 200, body
        return json.loads(body)

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return self.ask("/readyz")[0] == 200

    def ready(self) -> Site:
        wait_for(self.is_ready, "the page to be ready")
        return self

    def tell(self, *stories) -> None:
        """Put stories on their topic."""
        for story in stories:
            self.broker.send(STORIES, encode(story), key=story.id.encode(), partition=hash(story.id) % 2)

    def stream(self, query: str = "", **headers: str) -> Stream:
        return Stream(f"http://127.0.0.1:{self.port}/api/v1/stream{query}", headers)

    def stop(self) -> int:
        children.end(self.process)
        return self.process.returncode


class Stream:
    """A browser that listens."""

    def __init__(self, address: str, headers) -> None:
        request = urllib.request.Request(address, headers=headers)
        self._answer = urllib.request.urlopen(request, timeout=60)
        self.headers = self._answer.headers
        self.events: list[tuple[str, str, dict]] = []
        self.begun = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        told: dict[str, str] = {}
        try:
            for line in self._answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                self.begun = True
                if name:
                    told[name] = value
                elif "event" in told:
                    self.events.append((told["event"], told.get("id", ""), json.loads(told["data"])))
                    told = {}
        except (OSError, ValueError, AttributeError):
            return

    def of(self, kind: str) -> list[dict]:
        return [told for event, _, told in self.events if event == kind]

    def close(self) -> None:
        self._answer.close()
