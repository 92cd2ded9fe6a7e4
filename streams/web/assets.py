"""The files of the page, read once, each as it is and deflated; addresses that carry a file's hash never change."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

STATIC = Path(str(files("streams.web"))) / "static"
INDEX = "index.html"
# Modules import each other without a hash: an address with one would be a second copy of the module.
_LINKED = re.compile(rb'(<(?:link rel="(?:stylesheet|icon)" href|script src)="/static/([\w./-]+))"')
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
_LEVEL = 9
_SHORT = 256  # bytes that are not worth deflating


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    body: bytes
    deflated: bytes | None
    content_type: str
    tag: str

    def answer(self, request: web.Request) -> web.Response:
        """Return the file, or that it is what the browser has already."""
        is_named = request.query.get("v") == self.tag
        headers = {
            "ETag": f'"{self.tag}"',
            "Cache-Control": "public, max-age=31536000, immutable" if is_named else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if self.tag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        body = self.body
        if self.deflated is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = self.deflated, "gzip"
        return web.Response(body=body, headers=headers | {"Content-Type": self.content_type})


def read_assets(folder: Path = STATIC) -> dict[str, Asset]:
    """Return the files of a folder by their path in it; the index names the others with their hashes."""
    found = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }
    tags = {name: _tag(body) for name, body in found.items()}
    if INDEX in found:
        found[INDEX] = _with_hashes(found[INDEX], tags)
    return {name: _asset(name, body) for name, body in found.items()}


def _with_hashes(index: bytes, tags: Mapping[str, str]) -> bytes:
    def named(link: re.Match[bytes]) -> bytes:
        tag = tags.get(link[2].decode())
        return link[0] if tag is None else link[1] + b"?v=" + tag.encode() + b'"'

    return _LINKED.sub(named, index)


def _asset(name: str, body: bytes) -> Asset:
    kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
    deflated = gzip.compress(body, _LEVEL, mtime=0) if is_text and len(body) > _SHORT else None
    return Asset(body, deflated, f"{kind}; charset=utf-8" if is_text else kind, _tag(body))


def _tag(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=8).hexdigest()
