"""HTML → the fields of an article: what the page says of itself, and its main text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree

from streams.ingest.found import NoArticle
from streams.ingest.page import said_of_itself

if TYPE_CHECKING:
    from resiliparse.parse.html import DocumentNode

MIN_ARTICLE = 200  # characters; a shorter <article> is a teaser, not the text of the page
HEAD_LINES = 6  # lines of the text among which the title may stand once more

# Control characters that pages carry by accident, and that no text contains.
_NOISE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])


def read_html(raw: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of the article on a page, and notes on what had to be assumed.

    Raises NoArticle when the page has no text.
    """
    tree = HTMLTree.parse(_decoded(raw).translate(_NOISE))
    if tree.document is None:
        raise NoArticle("is empty")
    fields, notes = said_of_itself(tree.document)
    body = _without_title(_main_text(tree, tree.document), fields.get("title"))
    if not body:
        raise NoArticle(
            "the page has no text; is it made by scripts? Save it from a browser, or give the text"
        )
    return fields | {"body": body}, notes


def _decoded(raw: bytes) -> str:
    """Return the text of the bytes: what is UTF-8 is hardly ever anything else, the rest is detected."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return str(bytes_to_str(raw, detect_encoding(raw, from_html_meta=True) or "cp1252"))


def _main_text(tree: HTMLTree, root: DocumentNode) -> str:
    """Return the text of the one <article> if there is one, else of what looks like the main content."""
    articles = root.query_selector_all("article")
    if len(articles) == 1 and len(articles[0].text or "") >= MIN_ARTICLE:
        tree = HTMLTree.parse(articles[0].html)
    return _extract(tree, main_content=True) or _extract(tree, main_content=False)


def _extract(tree: HTMLTree, *, main_content: bool) -> str:
    text = extract_plain_text(tree, main_content=main_content, alt_texts=False, list_bullets=False)
    return str(text).strip()


def _without_title(body: str, title: str | None) -> str:
    """Return the body from after the title, if it opens with it: evidence must not be found twice."""
    lines = body.split("\n")
    if title in lines[:HEAD_LINES]:
        return "\n".join(lines[lines.index(title) + 1 :]).strip()
    return body
