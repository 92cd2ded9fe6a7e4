"""The main text of a page, without what stands around it: menus, banners, captions, other articles, comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from streams.ingest.pages.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resiliparse.parse.html import ElementNode

ENOUGH = 200  # characters; what is shorter is a teaser, not the text of a page
MAX_LINK_LINE = 200  # characters of a line that names another article
HEAD_LINES = 6  # lines of the text among which the title may stand once more
MOST_PARAGRAPHS = 3  # that furniture may hold before it is asked whether it is the article

_KEPT = frozenset(("html", "body", "main"))
_HEART = 'h1, [itemprop~="articleBody"]'  # what holds these is not furniture, whatever it is called
_BLANKS = re.compile(r"[ \t\xa0\u200b\ufeff]+")
_GAPS = re.compile(r"\n{3,}")


def main_text(tree: HTMLTree, title: str | None) -> str:
    """Return the text of the article on the page, paragraphs parted by an empty line. Takes the tree apart."""
    body = tree.body
    if body is None:
        return ""
    _strip(body)
    found = _container(body)
    if found:
        body.replace_children(*found)
        text = _plain(tree)
    else:
        text = _plain(tree, main_content=True)
        text = text if len(text) >= ENOUGH else max(text, _plain(tree), key=len)
    return tidy(text, title)


def hidden_text(markup: str, title: str | None) -> str:
    """Return the text of a page that shows it to those alone whose browser runs no scripts."""
    tree = HTMLTree.parse(markup)
    for element in tree.body.query_selector_all("nav, footer, form") if tree.body else ():
        element.decompose()
    return tidy(_plain(tree, noscript=True), title)


def plain_text(markup: str) -> str:
    """Return the text of a piece of HTML, or of a text that is none."""
    return _plain(HTMLTree.parse(markup)) if "<" in markup else markup


def tidy(text: str, title: str | None) -> str:
    """Return a text without the lines that are left of furniture, from after its title if that is among its first."""
    known = layout()
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    if title in lines[:HEAD_LINES]:  # evidence must not be found twice
        lines = lines[lines.index(title) + 1 :]
    kept = [line for line in lines if not _is_left_over(line, known.lines, known.openings)]
    return _GAPS.sub("\n\n", "\n".join(kept)).strip()


def _is_left_over(line: str, lines: frozenset[str], openings: tuple[str, ...]) -> bool:
    if len(line) > MAX_LINK_LINE:
        return False
    folded = line.casefold()
    return folded.rstrip(" .") in lines or folded.startswith(openings)


def _strip(body: ElementNode) -> None:
    """Take out of the page what is no text of it."""
    known = layout()
    for element in body.query_selector_all(known.comments):
        if element.tag not in _KEPT and element.query_selector(_HEART) is None:
            element.decompose()
    total = _letters(body.query_selector_all("p"))
    for element in body.query_selector_all(known.furniture):
        if element.tag not in _KEPT and not _is_heart(element, total):
            element.decompose()
    for link in body.query_selector_all("p > a:only-child, li > a:only-child, h3 > a:only-child"):
        line = link.parent
        if line is not None and (line.text or "").strip() == (link.text or "").strip():
            line.decompose()


def _is_heart(element: ElementNode, total: int) -> bool:
    """Tell whether an element that is called like furniture holds the headline or most of the paragraphs."""
    if element.query_selector(_HEART) is not None:
        return True
    paragraphs = element.query_selector_all("p")
    return len(paragraphs) > MOST_PARAGRAPHS and 2 * _letters(paragraphs) > total


def _letters(elements: Iterable[ElementNode]) -> int:
    return sum(len(element.text or "") for element in elements)


def _container(body: ElementNode) -> list[ElementNode]:
    """Return the elements that hold the text: by their name, or the one article; none when none can be told."""
    for selector in layout().containers:
        found = _outermost(body.query_selector_all(selector))
        if _letters(found) >= ENOUGH:
            return found
    articles = _outermost(body.query_selector_all("article"))
    total = _letters(articles)
    for article in articles:
        if len(article.text or "") >= max(ENOUGH, total * 0.6):
            return [article]
    return []


def _outermost(elements: Iterable[ElementNode]) -> list[ElementNode]:
    """Return the elements that do not stand within one of the others, which come first."""
    kept: list[ElementNode] = []
    for element in elements:
        if not any(outer.contains(element) for outer in kept):
            kept.append(element)
    return kept


def _plain(tree: HTMLTree, *, main_content: bool = False, noscript: bool = False) -> str:
    text = extract_plain_text(
        tree,
        main_content=main_content,
        alt_texts=False,
        list_bullets=False,
        comments=False,
        noscript=noscript,
    )
    return str(text).strip()
