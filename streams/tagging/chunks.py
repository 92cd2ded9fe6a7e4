"""Units to chunks: nominals (who, what, where), verb groups, and the links between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from streams.tagging.reading import (
    ADJECTIVE,
    FUNCTION,
    MARK,
    NAME,
    NOUN,
    NUMBER,
    PLAIN,
    ROLE,
    TIME,
    VERB,
    Reading,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.tagging.parties import Actor

# Verbs after which a clause needs no `that`: Russia said it would …
TAKES_CLAUSE: Final = frozenset(
    (
        "ACCUSE", "AGREE", "ANNOUNCE", "CLAIM", "CONFIRM", "DECIDE", "DEMAND", "DENY", "EXPECT", "FEAR",
        "HOPE", "ORDER", "PROMISE", "REPORT", "SAY", "SUGGEST", "VOW", "WARN",
    )
)  # fmt: skip
DENIED: Final = {"ANSWER": "IGNORE", "RULE_OUT": "CONSIDER"}  # what a verb says when it is denied
TIME_RELATIONS: Final = frozenset(
    ("after", "before", "since")
)  # which may open a clause: after Russia and China vetoed it
INFINITE: Final = frozenset(("inf", "ger", "part"))
_CONTENT: Final = frozenset((NAME, NOUN, ROLE, ADJECTIVE, PLAIN, NUMBER))
_OF_MODAL: Final = {"future": "fut", "conditional": "cond", "possible": "poss", "planned": "plan"}
# French `ne` denies only with one of these behind it.
_HELPING: Final = frozenset(("aux", "neg", "modal", "clitic"))
_SECOND_NEGATIONS: Final = frozenset(
    ["pas", "jamais", "plus", "guère", "aucun", "aucune", "rien", "personne", "ni", "point", "nullement"]
)


class Nominal:
    """A noun phrase: its names, role nouns and concepts, the relation it stands in, and what it owns.

    What most phrases do not have stands on the class, so that a phrase costs what it holds.
    """

    genitive: Nominal | None = None
    owner: Nominal | None = None
    of: tuple[Nominal, ...] = ()
    conjuncts: tuple[Nominal, ...] = ()
    names: tuple[int, ...] = ()  # indices of the units that are names
    roles: tuple[tuple[str, int], ...] = ()
    nouns: tuple[tuple[str, int], ...] = ()
    adjectives: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()  # of the phrase itself, its adjectives included
    actors: Sequence[Actor] = ()
    pronoun = ""
    capital = False  # holds a capitalised word that no list knows
    definite = False
    possessive = False  # its, their: belongs to whom the sentence named before
    negation = -1
    head = -1
    finite = False
    case = ""  # letters of the cases that its names can be; none where the language or the word does not tell

    def __init__(self, first: int, relation: str) -> None:
        self.first = first
        self.last = first
        self.relation = relation


class VerbGroup:
    """Auxiliaries, negation and a main verb. `tense` is one of the engine's terms (docs/tagging.md)."""

    head = -1
    concepts: tuple[str, ...] = ()
    tense = "pres"
    modal = ""
    negation = -1
    relation = ""  # the preposition before an infinitive or a gerund: after meeting, sans combattre
    passive = False
    reflexive = False
    copula = False
    adjective = False
    auxiliaries: Sequence[str] = ()
    finite = True  # whether it can have a subject of its own

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = first

    def set_tense(self, tense: str) -> None:
        """Set the tense and with it whether the group is finite."""
        self.tense = tense
        self.finite = tense not in INFINITE


class Link:
    """What stands between chunks: a conjunction, subordinator, relative or mark."""

    __slots__ = ("first", "kind", "last", "value")

    def __init__(self, at: int, kind: str, value: str) -> None:
        self.first = self.last = at
        self.kind = kind
        self.value = value


Chunk = Nominal | VerbGroup | Link


class Chunker:
    """Reads the units of one sentence from left to right."""

    def __init__(self, reading: Reading, lang: str, grammar: dict[str, Any]) -> None:
        self.reading = reading
        self.units = reading.units
        self.reads = reading.reads
        self.count = len(reading.units)
        self.lang = lang
        self.bracket = bool(grammar.get("bracket"))
        self.cases = bool(grammar.get("cases"))
        self.objective: tuple[str, ...] = tuple(grammar.get("objective", ()))
        self.postpositions = bool(grammar.get("postpositions"))
        self.suffixes = _by_ending(grammar.get("suffixes", ()))
        self.negative = re.compile(grammar["negative"]) if "negative" in grammar else None
        self.be_perfect: tuple[str, ...] = tuple(grammar.get("be_perfect", ()))
        self.partitive: frozenset[str] = frozenset(grammar.get("partitive", ()))
        self.dative: dict[str, str] = grammar.get("dative", {})
        self.undergone: frozenset[str] = frozenset(grammar.get("undergone", ()))
        self.at = 0
        self.relation = ""
        self.chunks: list[Chunk] = []

    def run(self) -> list[Chunk]:
        """Return the chunks, with genitives, `of` phrases and coordinations joined."""
        reads = self.reads
        while self.at < self.count:
            read = reads[self.at]
            if read == FUNCTION:
                self._function(self.units[self.at])
            elif read in _CONTENT:
                self._nominal()
            elif read == VERB:
                self._verb_group()
            elif read == MARK:
                self._link("mark", self.units[self.at].low)
            else:
                self.relation = ""
                self.at += 1
        if self.bracket:
            self.chunks = self._close_brackets(self.chunks)
        _own(self.chunks)
        return _coordinate(self.chunks)

    def _close_brackets(self, chunks: list[Chunk]) -> list[Chunk]:
        """German: `hat … gestoppt`, `will … verdoppeln` are one verb, whose objects stand inside."""
        kept: list[Chunk] = []
        open_: VerbGroup | None = None
        for chunk in chunks:
            if isinstance(chunk, Link) and (
                chunk.kind in ("sub", "rel", "that") or chunk.value in (";", ":", ".")
            ):
                open_ = None
            elif isinstance(chunk, VerbGroup):
                if (
                    open_ is not None
                    and chunk.head >= 0
                    and chunk.tense in ("part", "inf")
                    and not chunk.auxiliaries
                ):
                    self._complete(open_, chunk)
                    open_ = None
                    continue
                open_ = chunk if chunk.head < 0 else None
            kept.append(chunk)
        return kept

    def _complete(self, opening: VerbGroup, closing: VerbGroup) -> None:
        opening.head, opening.copula = closing.head, False
        word = self.units[closing.head].word
        opening.concepts = ("MUST", *word.verb_concepts) if opening.modal == "should" else word.verb_concepts
        opening.negation = max(opening.negation, closing.negation)
        opening.set_tense(self._tense(opening, list(opening.auxiliaries), word.letters, infinitive=False))

    # --- function words -----------------------------------------------------------------------------------

    def _function(self, unit: Unit) -> None:
        kind = unit.function
        if unit.low in self.dative and self._verb_at(self.at + 1):
            self.relation = "to"
            self._pronoun(self.dative[unit.low])  # `leur a livré`: to whom
            return
        if kind in ("det", "prep") and unit.clitic and self._verb_at(self.at + 1):
            kind = "clitic"
        if kind == "prep":
            self._preposition(unit)
        elif kind == "det" and self.at + 1 < self.count and self.reads[self.at + 1] == TIME:
            self.relation = ""  # este jueves, den Montag: no nominal
            self.at += 1
        elif kind in {"det", "poss"} or (kind == "neg" and unit.value == "no"):
            self._nominal()
        elif kind in ("aux", "modal", "neg", "clitic", "to"):
            self._verb_group()
        elif kind == "pron":
            if unit.value == "both" and self._content_at(self.at + 1):
                self._nominal()  # `les deux commandements`: how many, not who
            else:
                self._pronoun(unit.value)
        elif kind in ("adv", "cue"):
            self._split_particle(unit)
            self.at += 1
        else:
            self._link(kind, unit.value)

    def _preposition(self, unit: Unit) -> None:
        if self.postpositions:
            self._stand_in(unit.value, self.at)
            self.at += 1
        elif unit.value == "near" and self.at + 1 < self.count and self.reads[self.at + 1] == NUMBER:
            self.at += 1  # `près de 100 soldats`: how many, not where
        elif unit.value in _BEFORE_INFINITIVE and self._infinitive_at(self.at + 1):
            self._verb_group()
        else:
            if not self._is_article(unit):
                self.relation = unit.value
            self.at += 1

    def _stand_in(self, relation: str, at: int) -> None:
        """Turkish: `Rusya ile`, `Rusya'ya`: what stands before is with Russia, to Russia."""
        before = self.chunks[-1] if self.chunks else None
        if isinstance(before, Nominal) and before.last >= at - 1:
            if relation == "acc":
                before.case = "a"
            else:
                before.case = ""
                before.relation = relation
            before.last = at

    def _split_particle(self, unit: Unit) -> None:
        """`pulled its tanks back`, `greift die Stadt an`: the verb before is that of the lexicon with its particle."""
        for chunk in reversed(self.chunks[-3:]):
            if isinstance(chunk, VerbGroup):
                phrases = self.units[chunk.head].phrases.get(unit.low, ()) if chunk.head >= 0 else ()
                whole = next((phrase.word for phrase in phrases if phrase.rest == [unit.low]), None)
                if whole is not None and whole.verb_concepts:
                    chunk.concepts = whole.verb_concepts
                return
            if not isinstance(chunk, Nominal):
                return

    def _is_article(self, unit: Unit) -> bool:
        """French: `Des avions ont …`, `n'a pas livré de chars`, `De violents combats …` say no `of`.

        No noun stands before them.
        """
        if unit.low == "des" or (
            self.partitive
            and unit.low in ("de", "d'")
            and self.at + 1 < self.count
            and (self.units[self.at + 1].low in self.partitive or self._behind_negation())
        ):
            before = self.chunks[-1] if self.chunks else None
            return not (isinstance(before, Nominal) and before.last == self.at - 1)
        return False

    def _behind_negation(self) -> bool:
        return self.at > 0 and self.units[self.at - 1].function == "neg"

    def _infinitive_at(self, at: int) -> bool:
        at = self._over_particles(at)
        if at >= self.count:
            return False
        unit = self.units[at]
        return (self.reads[at] == VERB and "I" in unit.word.letters) or (
            unit.function == "aux" and unit.value.endswith(":I")
        )

    def _over_particles(self, at: int) -> int:
        while at < self.count and (
            self.units[at].function in ("neg", "clitic", "adv") or self.units[at].clitic
        ):
            at += 1
        return at

    def _pronoun(self, value: str) -> None:
        nominal = Nominal(self.at, self.relation)
        nominal.pronoun = value
        nominal.head = self.at
        self.relation = ""
        self.chunks.append(nominal)
        self.at += 1

    def _link(self, kind: str, value: str) -> None:
        self.chunks.append(Link(self.at, kind, value))
        self.relation = ""
        self.at += 1

    # --- verb groups --------------------------------------------------------------------------------------

    def _verb_group(self) -> None:
        group = VerbGroup(self.at)
        auxiliaries: list[str] = []
        infinitive = False
        at, last, dative = self.at, self.at - 1, -1
        while at < self.count:
            unit = self.units[at]
            read = self.reads[at]
            if read == VERB:
                group.head = last = at
                if self.negative and self.negative.search(unit.low):
                    group.negation = at
                break
            kind = unit.function if read == FUNCTION else ""
            if kind in ("det", "prep") and unit.clitic:
                kind = "clitic"
            if kind == "adv":
                at += 1
                continue
            if read == MARK and auxiliaries and self._quotes_one_word(at):
                at += 3  # a « fermement » condamné
                continue
            if kind in _HELPING:
                self._help(group, auxiliaries, kind, at)
                if kind == "clitic" and unit.low in self.dative:
                    dative = at
            elif kind in ("to", "prep"):
                if not self._verb_at(at + 1) or (
                    at > self.at and not (kind == "to" and group.modal and not auxiliaries)
                ):
                    break
                infinitive = True
                self.relation = unit.value if kind == "prep" else self.relation
            elif (
                read == ADJECTIVE
                and unit.word.adjectives
                and auxiliaries
                and auxiliaries[-1].startswith("be")
            ):
                group.head = last = at
                group.adjective = True
                break
            else:
                break
            last = at
            at += 1
        if dative >= 0 and group.head > dative:
            self.chunks.append(self._to_whom(dative))
        self._finish(group, auxiliaries, last, infinitive=infinitive)

    def _help(self, group: VerbGroup, auxiliaries: list[str], kind: str, at: int) -> None:
        """Note what an auxiliary, a negation, a modal or a clitic says of the verb."""
        unit = self.units[at]
        if kind == "aux":
            auxiliaries.append(unit.value)
        elif kind == "neg":
            if group.negation < 0 and self._denies(unit, at):
                group.negation = at
        elif kind == "modal":
            group.modal = group.modal or unit.value
            if unit.value == "not_yet":
                group.negation, group.modal = at, ""
        else:
            group.reflexive |= unit.low in ("se", "s'", "si")

    def _to_whom(self, at: int) -> Nominal:
        """French: `devrait lui téléphoner`."""
        nominal = Nominal(at, "to")
        nominal.pronoun = self.dative[self.units[at].low]
        nominal.head = nominal.last = at
        return nominal

    def _quotes_one_word(self, at: int) -> bool:
        return (
            at + 3 < self.count
            and self.units[at].low == self.units[at + 2].low == '"'
            and self.reads[at + 3] == VERB
        )

    def _denies(self, unit: Unit, at: int) -> bool:
        return unit.value != "ne" or any(
            after.low in _SECOND_NEGATIONS for after in self.units[at + 1 : at + 8]
        )

    def _verb_at(self, at: int) -> bool:
        at = self._over_particles(at)
        return at < self.count and (self.reads[at] == VERB or self.units[at].function == "aux")

    def _finish(self, group: VerbGroup, auxiliaries: list[str], last: int, *, infinitive: bool) -> None:
        if last < self.at or (group.head < 0 and not auxiliaries and not group.modal):
            self._particle()
            return
        undergone = self._undergone(group, last)
        if undergone:
            group.head = last = last + 1
        group.last = last
        group.auxiliaries = auxiliaries
        letters = ""
        if group.head < 0:
            group.copula = True
        else:
            word = self.units[group.head].word
            if group.adjective:
                group.concepts = word.adjectives
            else:
                letters = word.letters
                concepts = word.reflexive_concepts if group.reflexive else word.verb_concepts
                group.concepts = ("MUST", *concepts) if group.modal == "should" else concepts
        group.set_tense(self._tense(group, auxiliaries, letters, infinitive=infinitive))
        if undergone:
            seen = self.units[last - 1].word.letters
            group.set_tense("perf" if auxiliaries else self._bare(group, seen))
            group.concepts, group.passive = self.units[last].word.verb_concepts, True
        if self.postpositions and "N" in letters:
            group.passive = True
        if group.negation >= 0 and group.tense in ("fut", "cond") and not group.passive and not group.copula:
            group.concepts = (*group.concepts, "WONT")
        if group.negation >= 0 and (other := DENIED.get(group.concepts[0] if group.concepts else "")):
            group.concepts, group.negation = (other,), -1
        group.relation = self.relation
        self.relation = ""
        self.chunks.append(group)
        self.at = last + 1

    def _undergone(self, group: VerbGroup, last: int) -> bool:
        """French: `s'est vu refuser l'accès`: was refused it."""
        return (
            group.reflexive
            and group.head == last >= 0
            and self.units[last].low in self.undergone
            and last + 1 < self.count
            and self.reads[last + 1] == VERB
            and "I" in self.units[last + 1].word.letters
        )

    def _particle(self) -> None:
        """A lone `to`, `not` or clitic that no verb follows."""
        unit = self.units[self.at]
        if unit.clitic and any(category == "det" for category, _ in unit.word.functions):
            self._nominal()
            return
        if unit.function == "to":
            self.relation = "to"
        elif unit.function == "neg":
            self.chunks.append(Link(self.at, "neg", ""))
        elif unit.function == "prep":
            self.relation = unit.value
        self.at += 1

    def _tense(self, group: VerbGroup, auxiliaries: list[str], letters: str, *, infinitive: bool) -> str:
        if not auxiliaries:
            if group.modal:
                return _OF_MODAL.get(group.modal, group.modal)
            return "inf" if infinitive else self._bare(group, letters)
        if auxiliaries[0].startswith("werden"):
            group.passive = "N" in letters and "I" not in letters
            return self._tense_of_werden(group, auxiliaries[0])
        be = auxiliaries[-1].startswith(("be", "get"))
        active_be = be and self._active_with_be(group)
        if be and "N" in letters and not active_be:
            group.passive = True
        if group.modal == "planned" and auxiliaries[0].startswith("have") and self.bracket:
            return "perf"  # soll getötet haben: so it is said
        if group.modal:
            return _OF_MODAL.get(group.modal, group.modal)
        if infinitive:
            return "inf"
        first = auxiliaries[0].partition(":")[2]
        if first in ("F", "C", "G", "I"):
            return {"F": "fut", "C": "cond", "G": "ger", "I": "inf"}[first]
        past = first in ("D", "M")
        if len(auxiliaries) > 1 and be and "G" in letters and not group.passive:
            return "prog"  # has been bombing
        if auxiliaries[0].startswith("have") or (active_be and "N" in letters):
            return "plup" if past else "perf"
        if be and "G" in letters and not group.passive:
            return "prog"
        return "past" if past else "pres"

    def _tense_of_werden(self, group: VerbGroup, auxiliary: str) -> str:
        """German: `wird gestoppt` is passive, `wird stoppen` to come, `soll gestoppt werden` as its modal says."""
        if group.modal:
            return _OF_MODAL.get(group.modal, group.modal)
        mood = auxiliary[-1]
        if not group.passive:
            return "cond" if mood == "C" else "fut"
        return {"D": "past", "C": "cond"}.get(mood, "pres")

    def _active_with_be(self, group: VerbGroup) -> bool:
        """French: `s'est entretenu`, `est arrivé` are active."""
        return bool(self.be_perfect) and (
            group.reflexive or (group.head >= 0 and self.units[group.head].low.startswith(self.be_perfect))
        )

    def _bare(self, group: VerbGroup, letters: str) -> str:
        """The tense of a verb without auxiliary. Where a form can be several, the one news writes most."""
        if "D" in letters:
            if "N" in letters and self._reduced(group):
                group.passive = True
                return "part"
            return "past"
        if "P" in letters:
            return "pres"
        for letter, tense in (
            ("C", "cond"),
            ("F", "fut"),
            ("M", "impf"),
            ("N", "part"),
            ("G", "ger"),
            ("I", "inf"),
        ):
            if letter in letters:
                group.passive = letter == "N"
                return tense
        return "pres"

    def _reduced(self, group: VerbGroup) -> bool:
        """`troops killed in the attack were …`: a participle, as the finite verb is still to come."""
        at = group.first + 1
        phrase = " " in self.units[group.first].low  # `declined to take a call` is no participle
        if phrase or at >= self.count or self.units[at].function != "prep":
            return False
        if self.units[at].value == "by":
            return True
        for index in range(at, self.count):
            unit = self.units[index]
            if self.reads[index] == MARK or unit.function in ("conj", "sub", "rel", "that"):
                return False
            if unit.function == "aux" or (
                self.reads[index] == VERB and ("D" in unit.word.letters or unit.word.letters == "P")
            ):
                return True
        return False

    # --- nominals -----------------------------------------------------------------------------------------

    def _nominal(self) -> None:
        nominal = Nominal(self.at, self.relation)
        self.relation = ""
        at = self.at
        while at < self.count:
            read = self.reads[at]
            if read in _CONTENT:
                if self._another_begins(nominal, at):
                    break
                _take(nominal, self.units[at], read, at)
                if self.suffixes and self._owns_next(at):
                    nominal = _as_genitive(nominal, at + 1)
            elif read == FUNCTION:
                if self.units[at].function == "poss":
                    nominal = _as_genitive(nominal, at)
                elif not self._small_word_within(nominal, at):
                    break
            elif read == MARK:
                if self._abbreviates(nominal, at):
                    at += 1
                    continue
                if self.units[at].low != "'" or nominal.head < 0 or not self._content_at(at + 1):
                    break
                nominal = _as_genitive(nominal, at)
            elif not (read == TIME and nominal.head >= 0 and self.lang == "en" and self._content_at(at + 1)):
                break
            at += 1
        if at == self.at:
            self.at += 1
            return
        self.at = at
        nominal.last = at - 1
        if (
            nominal.relation == "since"
            and self.lang == "fr"
            and any(self.units[n].place for n in nominal.names)
        ):
            nominal.relation = "from"  # tirés depuis le Liban
        self.chunks.extend(self._declined(nominal) if self.cases and nominal.names else [nominal])
        if self.suffixes:
            self._by_suffix(nominal.last)

    def _abbreviates(self, nominal: Nominal, at: int) -> bool:
        """`Gen. Haftar`: a full stop within a sentence, before another capital, ends no phrase."""
        return (
            self.units[at].low == "."
            and nominal.head == at - 1
            and self.units[at - 1].capital
            and self._content_at(at + 1)
            and self.units[at + 1].capital
        )

    def _small_word_within(self, nominal: Nominal, at: int) -> bool:
        """Whether this article, pronoun, negation or adverb belongs to the phrase; notes what it says of it."""
        unit = self.units[at]
        kind = unit.function
        if kind == "det" or (kind == "clitic" and nominal.head < 0):
            if nominal.head >= 0:
                return False
            nominal.definite |= unit.value != ""
            nominal.possessive |= unit.value == "possessive"
        elif kind == "pron" and at == nominal.first:
            nominal.definite = True
        elif kind == "neg" and nominal.head < 0 and at == nominal.first:
            nominal.negation = at
        else:
            return kind in ("adv", "cue") and self._content_at(at + 1)
        return True

    def _another_begins(self, nominal: Nominal, at: int) -> bool:
        """Whether another phrase begins where the words alone would go on with this one."""
        if self.postpositions:
            return self._second_party(nominal, at)
        if self.lang == "en":
            return self._ends_with_time(nominal, at)
        return self.lang == "de" and self._ends_with_place(nominal, at)

    def _second_party(self, nominal: Nominal, at: int) -> bool:
        """Turkish: `Rus ordusu Ukrayna …`: no second party belongs to the phrase of the first."""
        return self.reads[at] == NAME and bool(nominal.names) and not _is_person(self.units[at])

    def _ends_with_time(self, nominal: Nominal, at: int) -> bool:
        """`During the seven days Hamas released …`: behind a span of time another phrase begins."""
        return (
            self.reads[at] == NAME
            and nominal.head == at - 1
            and nominal.head > nominal.first
            and self.units[at - 1].dated
            and self.reads[at - 1] not in (NUMBER, TIME)
        )

    def _ends_with_place(self, nominal: Nominal, at: int) -> bool:
        """`haben in Genf Friedensgespräche geführt`: behind where it was another phrase begins."""
        return (
            nominal.relation in ("in", "at")
            and not nominal.definite
            and nominal.head == at - 1
            and bool(nominal.names)
            and nominal.names[-1] == at - 1
            and self.units[at - 1].place is not None
            and self.reads[at] == NOUN
        )

    def _owns_next(self, at: int) -> bool:
        """Turkish: whether a common noun owns what stands behind it, by its ending: ordunun saldırısı."""
        return (
            self.reads[at] in (NOUN, ROLE)
            and self._ending(self.units[at]) == "poss"
            and self._content_at(at + 1)
        )

    def _by_suffix(self, at: int) -> None:
        ending = self._ending(self.units[at]) if self.reads[at] in (NOUN, ROLE) else ""
        if ending not in ("", "poss"):
            self._stand_in(ending, at)

    def _ending(self, unit: Unit) -> str:
        """Return the relation that the ending of a common noun says: saldırısına `to`."""
        return next((relation for ending, relation in self.suffixes if unit.low.endswith(ending)), "")

    def _declined(self, nominal: Nominal) -> list[Nominal]:
        """Split a row of nouns where the cases say that another phrase begins: Германия | Украине | танки."""
        parts = [self._part(nominal.first, nominal.relation, nominal)]
        for at in range(nominal.first, nominal.last + 1):
            if self.reads[at] in _CONTENT:
                if self._begins_phrase(parts[-1], at):
                    parts.append(self._part(at, "", nominal))
                _take(parts[-1], self.units[at], self.reads[at], at)
            parts[-1].last = at
        self._at_place(parts[0])
        before: Chunk | None = self.chunks[-1] if self.chunks else None
        for part in parts:
            part.case = (
                _cases(self.units[part.names[0]]) if part.names and not part.roles and not part.nouns else ""
            )
            if not part.relation and part.case and "n" not in part.case and not self._goes_on(part):
                part.relation = _relation_of(part, before)
            before = part
        return parts

    def _at_place(self, part: Nominal) -> None:
        """`на Украине` says where, `на Украину` at whom."""
        if part.relation == "on" and part.names and part.first and self.units[part.first - 1].low == "на":
            cases = _cases(self.units[part.names[0]])
            if "l" in cases and "a" not in cases:
                part.relation = "in"

    def _goes_on(self, part: Nominal) -> bool:
        """`Судана и Эфиопии`: after a conjunction a name shares case and relation with the name before."""
        if len(self.chunks) < 2 or part.first != self.chunks[-1].last + 1:
            return False
        link, before = self.chunks[-1], self.chunks[-2]
        if (
            not isinstance(link, Link)
            or not (link.kind == "conj" or link.value == ",")
            or not isinstance(before, Nominal)
            or not before.names
        ):
            return False
        return bool(set(_cases(self.units[before.names[-1]])) & set(part.case))

    def _part(self, first: int, relation: str, whole: Nominal) -> Nominal:
        part = Nominal(first, relation)
        if first == whole.first:
            part.definite, part.possessive, part.negation = whole.definite, whole.possessive, whole.negation
        return part

    def _begins_phrase(self, part: Nominal, at: int) -> bool:
        """Whether this noun or name cannot go on with the phrase before it."""
        unit = self.units[at]
        names = [self.units[name] for name in part.names if _is_noun(self.units[name])]
        if self.reads[at] in (NOUN, ROLE):
            return bool(names)
        cases = _cases(unit)
        if self.reads[at] != NAME or not _is_noun(unit) or not cases:
            return False
        if names:
            known = _cases(names[-1])
            return bool(known) and not set(known) & set(cases)
        if part.roles:
            return "g" not in cases and not any(use.entity.kind == "person" for use in unit.uses)
        return bool(part.nouns) and (
            "g" not in cases or self.units[part.nouns[-1][1]].low.startswith(self.objective)
        )

    def _content_at(self, at: int) -> bool:
        return at < self.count and self.reads[at] in _CONTENT


def _is_noun(unit: Unit) -> bool:
    return any(use.how != "adj" for use in unit.uses)


def _cases(unit: Unit) -> str:
    """Return the letters of the cases that a name can be in; none when it is not inflected."""
    return "".join(use.case for use in unit.uses if use.how != "adj").strip("?")


def _relation_of(part: Nominal, before: Chunk | None) -> str:
    """A bare name in an oblique case stands as if a preposition stood before it: Россией is `by Russia`."""
    if "g" in part.case and isinstance(before, Nominal) and before.last == part.first - 1 and not before.case:
        return "of"
    if "a" in part.case:
        return ""
    return "by" if "i" in part.case else "to" if "d" in part.case else ""


def _is_person(unit: Unit) -> bool:
    return any(use.entity.kind == "person" for use in unit.uses)


def _by_ending(suffixes: Sequence[list[Any]]) -> list[tuple[str, str]]:
    """Return each ending with its relation, longest first."""
    pairs = [(ending, relation) for relation, endings in suffixes for ending in endings]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_BEFORE_INFINITIVE: Final = frozenset(("of", "to", "for", "without", "before", "after"))


def _as_genitive(owner: Nominal, at: int) -> Nominal:
    owner.last = at - 1
    owned = Nominal(owner.first, owner.relation)
    owned.genitive = owner
    owned.definite = True
    return owned


def _take(nominal: Nominal, unit: Unit, read: str, at: int) -> None:
    nominal.head = at
    if read == PLAIN:
        nominal.capital |= unit.capital
        return
    if read == NUMBER:
        return
    word = unit.word
    if read == NAME:
        nominal.names += (at,)
        if word.roles:
            nominal.roles += ((word.roles[0], at),)
        if word.nouns and unit.place is None:
            nominal.concepts += word.nouns  # le détroit d'Ormuz
        return
    if word.roles and read != ADJECTIVE:
        nominal.roles += tuple([(role, at) for role in word.roles])
    if word.nouns and read != ADJECTIVE:
        nominal.nouns += tuple([(concept, at) for concept in word.nouns])
        nominal.concepts += word.nouns
    if word.adjectives:
        nominal.adjectives += word.adjectives
        nominal.concepts += word.adjectives


def _own(chunks: list[Chunk]) -> None:
    """Join each `of` phrase to the nominal it follows: forces of X, l'ambassadeur de X."""
    before: Chunk | None = None
    for chunk in chunks:
        owned = isinstance(chunk, Nominal) and chunk.relation == "of"
        if isinstance(chunk, Nominal) and owned and isinstance(before, Nominal) and not before.pronoun:
            chunk.owner = before
            before.of += (chunk,)
        before = chunk


def _coordinate(chunks: list[Chunk]) -> list[Chunk]:
    """Fold `B, C and D` into one nominal with conjuncts."""
    folded: list[Chunk] = []
    at, count = 0, len(chunks)
    while at < count:
        chunk = chunks[at]
        folded.append(chunk)
        at += 1
        if at < count and isinstance(chunk, Nominal) and isinstance(chunks[at], Link):
            while (more := _conjunct(chunks, at, chunk, folded)) is not None:
                chunk.conjuncts += (more,)
                at = chunks.index(more, at) + 1
    return folded


def _conjunct(chunks: list[Chunk], at: int, leader: Nominal, before: list[Chunk]) -> Nominal | None:
    """Return the nominal behind the link at `at` if it is one more conjunct of the leader."""
    link = chunks[at] if at < len(chunks) else None
    if not isinstance(link, Link):
        return None
    width = 1
    if link.kind == "mark" and link.value == ",":
        follower = chunks[at + 1] if at + 1 < len(chunks) else None
        if isinstance(follower, Link) and follower.kind == "conj" and follower.value == "and":
            width = 2
        elif not _list_goes_on(chunks, at + 1):
            return None
    elif not (link.kind == "conj" and link.value in ("and", "or")):
        return None
    member = chunks[at + width] if at + width < len(chunks) else None
    if not isinstance(member, Nominal) or member.relation not in ("", leader.relation):
        return None
    joins = leader.relation in TIME_RELATIONS or _joins(chunks, at + width, member, before)
    return member if joins else None


def _list_goes_on(chunks: list[Chunk], at: int) -> bool:
    """Tell whether the nominal after a comma is one of a list that ends in `and`."""
    for index in range(at, min(at + 16, len(chunks) - 2), 2):
        link = chunks[index + 1]
        if not isinstance(chunks[index], Nominal) or not isinstance(link, Link):
            return False
        if link.kind == "conj" and link.value == "and":
            return isinstance(chunks[index + 2], Nominal)
        if link.value != ",":
            return False
        if isinstance(chunks[index + 2], Link):
            return chunks[index + 2].value == "and"  # type: ignore[union-attr]
    return False


def _joins(chunks: list[Chunk], at: int, member: Nominal, before: list[Chunk]) -> bool:
    """Whether `and X` goes on with the leader rather than opening a clause with the subject X."""
    after = chunks[at + 1] if at + 1 < len(chunks) else None
    if not (isinstance(after, VerbGroup) and after.finite and not member.relation):
        return True
    for chunk in reversed(before[:-1]):
        if isinstance(chunk, Link) and chunk.kind in ("sub", "rel", "that", "conj"):
            return True
        if isinstance(chunk, VerbGroup):
            return not TAKES_CLAUSE.isdisjoint(chunk.concepts)  # `said A and B must …`
    return True
