"""Bytes → a tree of XML, however the bytes are broken or meant to harm.

The parser of lxml holds the limits: 256 elements within each other, 10 MB a text, entities that grow. Entities of a
document are not put in their place, nothing outside it is read.
"""

from __future__ import annotations

import re
import sys
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from streams.ingest.feeds.item import NotFeed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLANK = b" \t\r\n\xef\xbb\xbf"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A CDATA section; a reference by number; any other ampersand that begins no reference of XML, and the name behind it.
_AMPERSAND = re.compile(
    r"(<!\[CDATA\[.*?\]\]>)|&#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|&(?!(?:amp|lt|gt|quot|apos);)(\w{2,30};)?",
    re.DOTALL,
)


def read_xml(raw: bytes, *, charset: str | None, url: str) -> Element:
    """Return the root; `url` is where it was found, what relative addresses in it stand on.

    Well-formed XML is read as it is; anything else is mended as far as it goes. Raises NotFeed.
    """
    raw = raw.lstrip(_BLANK) if raw[:1] in (b" ", b"\t", b"\r", b"\n", b"\xef") else raw
    declared = b"encoding" in raw[:200].partition(b"?>")[0]
    try:
        return etree.fromstring(raw, _parser(None if declared else charset), base_url=url)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        root = _mended(raw, charset, url)
    if root is None:
        raise NotFeed("is no XML")
    return root


def inner_markup(element: Element) -> str:
    """Return what stands within an element, mark-up and all."""
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def outer_bytes(element: Element) -> bytes:
    """Return the element as it stands, without what follows it."""
    return bytes(etree.tostring(element, encoding="utf-8", with_tail=False))


def _parser(charset: str | None, *, mends: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=charset,
        recover=mends,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _mended(raw: bytes, charset: str | None, url: str) -> Element | None:
    text = _DECLARATION.sub("", _decoded(raw, charset))
    text = _AMPERSAND.sub(_escaped, _UNFIT.sub("", text))
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser("utf-8", mends=True), base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _decoded(raw: bytes, charset: str | None) -> str:
    for name in ("utf-8", charset):
        try:
            return raw.decode(name or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return str(bytes_to_str(raw, detect_encoding(raw) or "cp1252"))


def _escaped(match: re.Match[str]) -> str:
    """Return what stands for an ampersand: names of HTML become their characters, the rest a bare ampersand."""
    section, number, name = match.groups()
    if section:
        return section
    if number:
        return _numbered(number)
    character = html5.get(name or "")
    return character if character and character not in "<>&" else "&amp;" + (name or "")


def _numbered(number: str) -> str:
    """Return the reference to a character by its number; nothing where XML has no such character."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    is_surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's own
    if code > sys.maxunicode or is_surrogate or _UNFIT.match(chr(code)):
        return ""
    return f"&#{code};"
