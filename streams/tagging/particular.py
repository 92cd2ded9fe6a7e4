"""What some languages need beside their data: how words are cut, and put in the order in which all are read."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from streams.tagging import arabic, arabic_words, chinese, chinese_words, word_order
from streams.tagging.lexicon import lexicon
from streams.tagging.reading import Reader, Reading

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def reader(lang: str) -> Reader:
    """Return the reader of a language."""
    words = lexicon(lang)
    if lang == "ar":
        return Reader(words, arabic_words.Cutter(words).cut)
    if lang == "zh":
        return Reader(words, chinese_words.Cutter(words).cut)
    return Reader(words)


def in_order(reading: Reading, lang: str) -> Reading:
    """Return the reading with subject, verb and the rest in this order, as far as the language has another."""
    order = _order(lang)
    return order(reading) if order else reading


@cache
def _order(lang: str) -> Callable[[Reading], Reading] | None:
    words = lexicon(lang)
    if lang == "ar":
        return arabic.Orderer(words).in_order
    if lang == "de":
        return partial(word_order.in_order, words=words)
    return chinese.Orderer(words).in_order if lang == "zh" else None
