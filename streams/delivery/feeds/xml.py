"""XML by ElementTree, which escapes; and text without what XML cannot hold at all."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

# XML 1.0 has no way to write these, escaped or not.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element, with text and attributes."""
    element = ET.SubElement(parent, name, {key: fit(value) for key, value in attributes.items()})
    if text is not None:
        element.text = fit(text)
    return element


def document(root: ET.Element) -> bytes:
    """Return the element as a document in UTF-8."""
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made
