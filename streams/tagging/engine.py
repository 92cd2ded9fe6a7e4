"""The tagger: an article in, its events out. One object a process; no state between articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

import eldc
from ahocorasick_rs import AhoCorasick, MatchKind

from schemas import Article, Event, taxonomy
from streams.tagging import parties
from streams.tagging.assembly import Draft, drafts, events_of
from streams.tagging.chunks import Chunker
from streams.tagging.clauses import ClauseBuilder
from streams.tagging.dates import date_grammar
from streams.tagging.frames import frames
from streams.tagging.lexicon import Lexicon, languages, lexicon
from streams.tagging.parties import Discourse
from streams.tagging.reading import reader
from streams.tagging.sentences import MAX_SENTENCE, sentences
from streams.tagging.tokens import flatten

if TYPE_CHECKING:
    from datetime import datetime

Outcome = Literal["events", "nothing", "unsupported_language"]

_DETECT_CHARS = 1_000  # more does not make the language surer
_NEVER_SCREENED = frozenset(".,;:!?")


@dataclass(frozen=True, slots=True)
class Tagged:
    """What one article yielded. `lang` is the language it was read as, `und` when none is known."""

    outcome: Outcome
    lang: str
    events: list[Event]
    drafts: list[Draft] = field(default_factory=list)


class Tagger:
    """Reads articles. Make one with `Tagger.load()`."""

    def __init__(self, langs: list[str]) -> None:
        self.langs = frozenset(langs)
        self._taxonomy = taxonomy()
        self._frames = frames()
        self._by_head = self._frames.by_head()
        self._operators = self._frames.operator_of()

    @classmethod
    def load(cls, langs: list[str] | None = None) -> Tagger:
        """Return a tagger of these languages, of all that there are look-up files for by default."""
        eldc.init()
        wanted = langs or languages()
        for lang in wanted:
            lexicon(lang)
            _screen(lang)
        return cls(wanted)

    def language(self, article: Article) -> str:
        """Return the language of an article: the declared one, else the detected one, else `und`."""
        if article.lang:
            declared = article.lang.split("-")[0]
            if declared in self.langs:
                return declared
        sample = f"{article.title} {article.body[:_DETECT_CHARS]}"
        return str(eldc.detect(sample))

    def tag(self, article: Article, *, now: datetime, explain: bool = False) -> Tagged:
        """Return the events of an article; the same article always gives the same ids."""
        lang = self.language(article)
        if lang not in self.langs:
            return Tagged("unsupported_language", lang, [])
        text = article.text
        flat = flatten(text)
        lower = flat.lower()
        hits = _screen(lang).find_matches_as_indexes(lower)
        if not hits:
            return Tagged("nothing", lang, [])
        found = self._read(article, flat, lower, lang, [start for _, start, _ in hits])
        events = events_of(found, article, lang, now, self._taxonomy)
        return Tagged("events" if events else "nothing", lang, events, found if explain else [])

    def _read(self, article: Article, flat: str, lower: str, lang: str, hits: list[int]) -> list[Draft]:
        words = lexicon(lang)
        published = article.published_at.date()
        discourse = Discourse(day=published.isoformat())
        found: list[Draft] = []
        at = 0
        for number, (start, end) in enumerate(sentences(flat, lang)):
            while at < len(hits) and hits[at] < start - 1:
                at += 1
            hit = at < len(hits) and hits[at] < end
            if end - start > MAX_SENTENCE:
                continue
            found.extend(self._sentence(flat, lower, (start, end), number, words, discourse, article, hit=hit))
        return found

    def _sentence(
        self, flat: str, lower: str, span: tuple[int, int], number: int, words: Lexicon, discourse: Discourse, article: Article, *, hit: bool
    ) -> list[Draft]:
        reading = reader(words.lang).read(flat, *span)
        chunks = Chunker(reading, words.lang, words.grammar).run()
        parties.Resolver(reading, chunks, discourse, lower[span[0] : span[1]]).run()
        found: list[Draft] = []
        main = None
        if hit:
            sentence = ClauseBuilder(reading, chunks, frozenset(words.grammar.get("object_control", ())), words.lang).run()
            main = next((c.subject for c in sentence.clauses if c.kind == "main" and c.subject and c.subject.actors), None)
            dates = date_grammar(words.lang).find(lower, *span, article.published_at.date())
            found = drafts(sentence, dates, discourse, self._frames, self._by_head, self._operators, article, lower, span, number, words.lang)
        parties.remember(chunks, main, discourse)
        for draft in found:
            if draft.frame.reciprocal and not draft.dropped and len(draft.actor_ids | draft.target_ids) == 2:
                discourse.pair, discourse.paired = draft.roles.actors + draft.roles.targets, True
        return found


@cache
def _screen(lang: str) -> AhoCorasick:
    """The automaton that tells whether a text has any word that could carry an event."""
    return AhoCorasick([f"{word}" for word in lexicon(lang).screen], matchkind=MatchKind.LeftmostLongest)
