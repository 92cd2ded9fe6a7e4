"""An invented article, what stands around it on a page, and a page made of both with what must be read on it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PUBLISHED = "2022-05-13T21:40:00+01:00"
FETCHED = datetime.fromisoformat("2022-05-14T08:00:00+00:00")
SCRIPT = (
    "window.__STATE__=" + '{"a":[1,2,3],"b":"<p>not a text</p>","c":null};' * 700
)  # 33 kB, as pages carry


@dataclass(frozen=True)
class Story:
    lang: str
    site: str
    host: str
    zone: str
    written: str
    author: str
    title: str
    lead: str
    paragraphs: list[str]
    subhead: str
    points: list[str]
    menu: list[str]
    cookie: str
    captions: list[str]
    related: list[str]
    comments: list[str]
    share: list[str]
    newsletter: str
    footer: str
    words: dict[str, str]

    @property
    def direction(self) -> str:
        return "rtl" if self.lang == "ar" else "ltr"


@dataclass(frozen=True)
class Made:
    """A page, and what is to be read on it."""

    layout: str
    lang: str
    raw: bytes
    text: str
    title: str
    url: str
    published: datetime
    flags: tuple[str, ...] = ()
    charset: str | None = None
    last_modified: str | None = None

    def __str__(self) -> str:
        return f"{self.layout}-{self.lang}"


def page(
    layout: str,
    story: Story,
    markup: str,
    *text: str,
    path: str = "/world/12345",
    published: str = PUBLISHED,
    encoding: str = "utf-8",
    **more: Any,
) -> Made:
    """Return a page with the paragraphs that are its text."""
    return Made(
        layout,
        story.lang,
        markup.encode(encoding, "xmlcharrefreplace"),
        "\n\n".join(text),
        story.title,
        f"https://www.{story.host}{path}",
        datetime.fromisoformat(published),
        **more,
    )


@cache
def stories() -> list[Story]:
    written = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))
    return [Story(**story) for story in written]


def esc(text: str) -> str:
    return html.escape(text, quote=False)


def each(template: str, texts: list[str]) -> str:
    """Return the template once a text, `{}` being the text."""
    return "\n".join(template.replace("{}", esc(text)) for text in texts)
