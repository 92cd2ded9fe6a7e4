"""The bytes of a page → its text, in the encoding that its mark, its server or the page names, or looks like."""

from __future__ import annotations

import re

from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4_096  # bytes; browsers look at 1,024, generators of pages put long comments before it
_LAST_RESORT = "cp1252"  # what browsers take for pages that say nothing

# Control characters that pages carry by accident, and that no text contains.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r")
_NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def decoded(raw: bytes, charset: str | None = None) -> str:
    """Return the text of a page. `charset` is what the header of the answer named."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _clean(raw[len(mark) :].decode(encoding, "replace"))
    try:
        # What is UTF-8 is hardly ever anything else, whatever is declared. Controls are dropped the fastest in bytes.
        return raw.translate(None, _CONTROLS).decode()
    except UnicodeDecodeError:
        return _clean(str(bytes_to_str(raw, _encoding(raw, charset))))


def _encoding(raw: bytes, charset: str | None) -> str:
    declared = _DECLARED.search(raw[:_DECLARED_WITHIN])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        if name and (known := map_encoding_to_html5(name.strip().lower(), fallback_utf8=False)):
            return str(known)
    return str(detect_encoding(raw) or _LAST_RESORT)


def _clean(text: str) -> str:
    return _NOISE.sub("", text)
