"""A receiver behind HTTP for tests: a real server that answers as it is told, and can be down."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from streams.port import free_port


class Got(NamedTuple):
    """A request as it came, and what it was answered."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int


class Hook:
    """A server on one port. `answers` are given in turn, then 200; each is a status, or status, headers, body."""

    def __init__(self) -> None:
        self.port = free_port("127.0.0.1")
        self.answers = []
        self.always = (200, {}, b"{}")
        self.got: list[Got] = []
        self.open = threading.Event()  # cleared, it takes requests and answers none
        self.open.set()
        self._lock = threading.Lock()
        self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Hook:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                hook.open.wait(60)
                status, headers, said = hook.answer()
                with hook._lock:
                    hook.got.append(Got(self.command, self.path, dict(self.headers), body, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = do_PUT = _take  # noqa: N815 - names of the library

            def log_message(self, *_words) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self):
        with self._lock:
            answer = self.answers.pop(0) if self.answers else self.always
        return (answer, {}, b"{}") if isinstance(answer, int) else answer

    @property
    def accepted(self) -> list[Got]:
        """Return the requests that were answered with 2xx."""
        with self._lock:
            return [one for one in self.got if 200 <= one.status < 300]
