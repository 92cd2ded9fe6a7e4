"""The tagger: an article in, its events out. One object a process; no state between articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import eldc

from schemas import Article, Event, EventDate, Polarity, Status, taxonomy
from streams.sources import Registry
from streams.tagging import parties, prospects
from streams.tagging.assembly import Draft, Page, Rules, Scene, drafts, events_of
from streams.tagging.chunks import Chunker
from streams.tagging.clauses import ClauseBuilder
from streams.tagging.dates import date_grammar
from streams.tagging.details import NEWS_WINDOW
from streams.tagging.everyday import drop_everyday
from streams.tagging.frames import THREATS, frames
from streams.tagging.guesses import ANSWERS
from streams.tagging.lexicon import languages, lexicon
from streams.tagging.lines import Line, Lines
from streams.tagging.losses import losses
from streams.tagging.naming import NO_CAPITALS, is_news
from streams.tagging.particular import in_order
from streams.tagging.parties import Discourse
from streams.tagging.reading import set_dateline_aside
from streams.tagging.tokens import flatten

if TYPE_CHECKING:
    from datetime import datetime

    from streams.tagging.dates import Found
    from streams.tagging.prospects import ByHead
    from streams.tagging.reading import Reading

Outcome = Literal["events", "nothing", "unsupported_language"]

_VAGUE: Final = frozenset(("other_dealings", "rhetoric", "communication"))  # made of everyday words
_DETECT_CHARS: Final = 1_000  # more does not make the language surer


@dataclass(frozen=True, slots=True)
class Tagged:
    """What one article yielded. `lang` is the language it was read as, `und` when none is known.

    `sentences`: how many were read. `dropped`: what could have been an event and was none, by why.
    """

    outcome: Outcome
    lang: str
    events: list[Event]
    drafts: list[Draft] = field(default_factory=list)
    sentences: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    @property
    def why_nothing(self) -> str | None:
        """Why there is no event; None where there is one."""
        if self.outcome == "events":
            return None
        if self.outcome == "nothing":
            return "no_event" if self.sentences else "no_trigger"
        return self.outcome


class Tagger:
    """Reads articles. Make one with `Tagger.load()`."""

    def __init__(self, langs: list[str], sources: Registry) -> None:
        self.langs = frozenset(langs)
        self._sources = sources
        self._lines: dict[str, Lines] = {}
        loaded = frames()
        types = taxonomy().types
        self._rules = Rules(
            loaded,
            loaded.by_head(),
            loaded.operator_of(),
            escalatory=frozenset(
                t.name for t in types if t.polarity is Polarity.ESCALATORY and not t.needs_rival
            ),
            threatened={t.name: THREATS[t.family] for t in types if t.family in THREATS},
            rhetoric=frozenset(t.name for t in types if t.family == "rhetoric"),
            rivalled=frozenset(t.name for t in types if t.needs_rival),
            resisting=frozenset(loaded.groups["RESISTING"]),
            force=frozenset(t.name for t in types if t.family == "use_of_force"),
            wordy=frozenset(t.name for t in types if t.family == "other_dealings"),
            vague=frozenset(t.name for t in types if t.family in _VAGUE),
        )

    @classmethod
    def load(cls, langs: list[str] | None = None, sources: Registry | None = None) -> Tagger:
        """Return a tagger of these languages, of all that there are look-up files for by default.

        It knows wires by these sources, by those that ship by default.
        A language is loaded when its first article comes: nobody pays memory for those that he does not read.
        """
        eldc.init()
        return cls(langs or languages(), sources or Registry.load())

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
        flat = flatten(text, lang)
        lower = flat.lower()
        lines, too_long = self._lines_of(lang).of(flat, lower, every=explain)
        if not lines:
            return Tagged("nothing", lang, [], dropped=losses([], too_long))
        found = _Pass(Page(article, text, lower, lang), self._rules, every=explain).read(lines)
        events = events_of(found, now, self._sources)
        outcome: Outcome = "events" if events else "nothing"
        return Tagged(outcome, lang, events, found if explain else [], len(lines), losses(found, too_long))

    def _lines_of(self, lang: str) -> Lines:
        if lang not in self._lines:
            self._lines[lang] = Lines(lexicon(lang), self._rules.by_head, self._rules.vague)
        return self._lines[lang]


class _Pass:
    """One way through one article, sentence by sentence, with what it has named so far."""

    def __init__(self, page: Page, rules: Rules, *, every: bool) -> None:
        self.page = page
        self.rules = rules
        self.every = every  # whether what cannot become an event is wanted too
        self.words = lexicon(page.lang)
        self.dates = date_grammar(page.lang)
        self.discourse = Discourse(day=page.published.isoformat())
        self.told: EventDate | None = None  # the day of the past that the paragraph is telling of

    def read(self, lines: list[Line]) -> list[Draft]:
        """Return the drafts of these sentences, the dropped ones too."""
        found: list[Draft] = []
        for line in lines:
            if line.opens:
                self.told = None
            here = self._sentence(line)
            found.extend(here)
            self.told = next(
                (draft.date for draft in here if draft.verdict.status is Status.HISTORICAL and _old(draft)),
                self.told,
            )
        if self.page.lang not in NO_CAPITALS:
            drop_everyday(found)
        return found

    def _sentence(self, line: Line) -> list[Draft]:
        page, discourse, words = self.page, self.discourse, self.words
        reading = line.reading
        dates = self.dates.find(page.lower, reading, page.published)
        if line.opens:
            set_dateline_aside(reading)
        for date_ in dates:
            reading.set_aside(date_.start, date_.end)
        reading = in_order(reading, page.lang)
        possible = prospects.possible(reading, self.rules.by_head, words) if line.tells else {}
        if not parties.may_act(reading, discourse) and not (
            possible and self._counts(possible, reading, dates)
        ):
            return []
        chunks = Chunker(reading, page.lang, words.grammar).run()
        parties.Resolver(reading, chunks, discourse, page.lower[line.start : line.end]).run()
        found: list[Draft] = []
        main = None
        if line.tells and (possible or parties.anyone(chunks)):
            sentence = ClauseBuilder(
                reading,
                chunks,
                words.object_control,
                page.lang,
                free_order=words.free_order,
                verb_final=words.verb_final,
            ).run()
            main = next(
                (c.subject for c in sentence.clauses if c.kind == "main" and c.subject and c.subject.actors),
                None,
            )
            if possible:
                scene = Scene(self.page, (line.start, line.end), line.number, sentence, dates, self.told)
                found = drafts(scene, possible, self.rules, discourse)
        parties.remember(chunks, main, discourse)
        for draft in found:
            if draft.frame.type in self.rules.force and draft.roles.actors and not draft.dropped:
                discourse.aggressor = draft.roles.actors
            if draft.frame.reciprocal and not draft.dropped and len(draft.actor_ids | draft.target_ids) == 2:
                discourse.pair, discourse.paired = draft.roles.actors + draft.roles.targets, True
        return found

    def _counts(self, possible: ByHead, reading: Reading, dates: list[Found]) -> bool:
        """Whether anything can come of a sentence that names no party, nor means one that was named before.

        A day that it tells of may be that of the paragraph; what answers somebody answers whom the text spoke of.
        """
        if self.every or dates or is_news(possible, reading, self.page.lang):
            return True
        types = {frame.type for frames in possible.values() for _, frame in frames}
        return not (self.discourse.blank or ANSWERS.isdisjoint(types))


def _old(draft: Draft) -> bool:
    return draft.date.precision == "day" and draft.date.end < draft.scene.page.published - NEWS_WINDOW
