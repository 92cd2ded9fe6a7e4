"""The main text of a page, without what stands around it: menus, banners, captions, other articles, comments."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from streams.ingest.dating import read_stamp
from streams.ingest.pages.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resiliparse.parse.html import ElementNode

HARDLY_ANY = 80  # characters
ENOUGH = 200  # characters; what is shorter is a teaser, not the text of a page
MAX_LINK_LINE = 200  # characters of a line that names another article
MAX_DATE_LINE = 40
MOSTLY = 0.8  # of the characters of a line; beyond, a line is its links
NEARLY_ALL = 0.8  # of the text that is left; what holds it is what holds the text
SHORTEST_LEAD, LONGEST_LEAD = 30, 1_000  # characters
HEAD_LINES = 6  # lines of the text among which the title may stand once more
MOST_STEPS = 64  # up or down the tree; hostile pages nest a hundred thousand elements
MOST_PARAGRAPHS = 3  # that furniture may hold before it is asked whether it is the article

_KEPT = frozenset(("html", "body", "main"))
_HOLDERS = frozenset(("div", "section", "article", "td"))  # of an article; a <nav> or a <figure> is none
_PARAGRAPHS = frozenset(("p", "pre", "blockquote", "ul", "ol", "li"))
_UNSEEN = ("\u200b", "\ufeff", "\xad")  # blanks of no width, and hyphens that are shown at a line's end
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d$")
_DIGIT = re.compile(r"\d")
_GAPS = re.compile(r"\n{3,}")


def main_text(tree: HTMLTree, title: str | None) -> str:
    """Return the text of the article on the page, paragraphs parted by an empty line. Takes the tree apart."""
    body = tree.body
    if body is None:
        return ""
    _strip(body)
    found = _named(body) or _article(body) or [_densest(body)]
    body.replace_children(*_leads(body, found), *found)
    return tidy(_plain(tree), title)


def likely_text(markup: str, title: str | None) -> str:
    """Return what looks like the main content: for pages on which all that is known leaves hardly anything."""
    return tidy(_plain(HTMLTree.parse(markup), main_content=True), title)


def hidden_text(markup: str, title: str | None) -> str:
    """Return the text of a page that shows it to those alone whose browser runs no scripts."""
    tree = HTMLTree.parse(markup)
    for element in tree.body.query_selector_all("nav, footer, form").values() if tree.body else ():
        element.decompose()
    return tidy(_plain(tree, noscript=True), title)


def plain_text(markup: str) -> str:
    """Return the text of a piece of HTML, or of a text that is none."""
    return _plain(HTMLTree.parse(markup)) if "<" in markup else markup


def tidy(text: str, title: str | None) -> str:
    """Return a text without the lines that are left of furniture, from after its title if that is among its first."""
    known = layout()
    lines = [" ".join(line.split()) for line in _without_unseen(text).split("\n")]
    if title in lines[:HEAD_LINES]:  # evidence must not be found twice
        lines = lines[lines.index(title) + 1 :]
    kept = [line for line in lines if not _is_left_over(line, known.lines, known.openings)]
    return _GAPS.sub("\n\n", "\n".join(kept)).strip()


def _without_unseen(text: str) -> str:
    for char in _UNSEEN:
        text = text.replace(char, "")
    return text


def _is_left_over(line: str, lines: frozenset[str], openings: tuple[str, ...]) -> bool:
    if len(line) > MAX_LINK_LINE:
        return False
    folded = line.casefold()
    if folded.rstrip(" .") in lines or folded.startswith(openings):
        return True
    return len(line) <= MAX_DATE_LINE and _is_date(line)


def _is_date(line: str) -> bool:
    if _DIGIT.search(line) is None:
        return False
    return _CLOCK.match(line) is not None or read_stamp(line) is not None


def _strip(body: ElementNode) -> None:
    """Take out of the page what is no text of it."""
    known = layout()
    large = []
    for element in body.query_selector_all(known.furniture).values():
        if element.tag in _HOLDERS and len(element.query_selector_all("p")) > MOST_PARAGRAPHS:
            large.append(element)
        else:
            element.decompose()
    for element in [one for one in large if one.matches(known.comments)]:
        element.decompose()
        large.remove(element)
    total = _letters(body.query_selector_all("p").values()) if large else 0
    for element in large:
        if 2 * _letters(element.query_selector_all("p").values()) <= total:
            element.decompose()  # else it is called like furniture and is the article
    for linked in _linked(body):
        linked.decompose()


def _linked(body: ElementNode) -> Iterator[ElementNode]:
    """Yield the elements that hold links and hardly anything else: menus, and lines that name other articles."""
    in_links: Counter[ElementNode] = Counter()
    for link in body.query_selector_all("a").values():
        if (parent := link.parent_element) is not None:
            in_links[parent] += _solid(link)
    lengths: dict[ElementNode, int] = {}

    def is_linked(element: ElementNode, letters: int) -> bool:
        if element not in lengths:
            lengths[element] = _solid(element)
        return element.tag not in _KEPT and letters >= MOSTLY * lengths[element]

    for parent, letters in in_links.items():
        line: ElementNode | None = None
        above: ElementNode | None = parent
        for _ in range(MOST_STEPS):
            if above is None or not is_linked(above, letters):
                break
            line, above = above, above.parent_element
        if line is not None:
            yield line


def _solid(element: ElementNode) -> int:
    """Return how many characters an element has, blanks aside."""
    return sum(map(len, (element.text or "").split()))


def _letters(elements: Iterable[ElementNode]) -> int:
    return sum(len(element.text or "") for element in elements)


def _named(body: ElementNode) -> list[ElementNode]:
    """Return the elements that are called what the text of an article is called; the most telling name counts."""
    known = layout()
    candidates = body.query_selector_all(known.any_container).values()
    for selector in known.containers if candidates else ():
        found = _outermost(element for element in candidates if element.matches(selector))
        if _letters(found) >= ENOUGH:
            return found
    return []


def _article(body: ElementNode) -> list[ElementNode]:
    """Return the one <article>, or the one that is longer than all others together."""
    articles = _outermost(body.query_selector_all("article").values())
    lengths = [len(article.text or "") for article in articles]
    longest = max(lengths, default=0)
    if longest < ENOUGH or 2 * longest < sum(lengths):
        return []
    return [articles[lengths.index(longest)]]


def _densest(body: ElementNode) -> ElementNode:
    """Return the innermost element that holds nearly all of the text that is left."""
    here, letters = body, len(body.text or "")
    for _ in range(MOST_STEPS):
        for child in here.children.values():
            length = len(child.text or "")
            if (
                length >= max(NEARLY_ALL * letters, ENOUGH)
                and child.tag not in _PARAGRAPHS
                and len(child.children)
            ):
                here, letters = child, length
                break
        else:
            break
    return here


def _leads(body: ElementNode, found: Sequence[ElementNode]) -> list[ElementNode]:
    """Return the summary that stands before the text, outside of what holds it."""
    leads = _outermost(body.query_selector_all(layout().leads).values())[:1]
    return [
        lead
        for lead in leads
        if not any(one == lead or one.contains(lead) or lead.contains(one) for one in found)
        and SHORTEST_LEAD <= len(lead.text or "") <= LONGEST_LEAD
    ]


def _outermost(elements: Iterable[ElementNode]) -> list[ElementNode]:
    """Return the elements, given in the order of the page, that do not stand within one of the others."""
    kept: list[ElementNode] = []
    for element in elements:
        if not kept or not kept[-1].contains(element):
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
