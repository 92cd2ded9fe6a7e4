"""Units to chunks: nominals (who, what, where), verb groups, and the links between them."""

from __future__ import annotations

from streams.tagging.lexicon import Use
from streams.tagging.reading import ADJECTIVE, FUNCTION, MARK, NAME, NOUN, NUMBER, PLAIN, ROLE, TIME, VERB, Unit

INFINITE = frozenset(("inf", "ger", "part"))


class Nominal:
    """A noun phrase: its names, role nouns and concepts, the relation it stands in, and what it owns."""

    __slots__ = (
        "actors", "adjectives", "conjuncts", "definite", "end", "first", "genitive", "head", "last", "negated",
        "nouns", "of", "owner", "place", "pronoun", "relation", "roles", "start", "units", "uses",
    )  # fmt: skip

    def __init__(self, first: int, relation: str) -> None:
        self.first = first
        self.last = first
        self.relation = relation
        self.units: list[Unit] = []
        self.uses: list[tuple[Unit, list[Use]]] = []
        self.roles: list[tuple[str, Unit]] = []
        self.nouns: list[tuple[str, Unit]] = []
        self.adjectives: list[str] = []
        self.genitive: Nominal | None = None
        self.of: list[Nominal] = []
        self.owner: Nominal | None = None
        self.conjuncts: list[Nominal] = []
        self.pronoun = ""
        self.definite = False
        self.negated = False
        self.start = self.end = -1
        self.head: Unit | None = None
        self.actors: list[object] | None = None  # filled by streams.tagging.parties
        self.place: object | None = None

    @property
    def concepts(self) -> list[str]:
        """Concepts of the phrase itself, its adjectives included."""
        return [concept for concept, _ in self.nouns] + self.adjectives


class VerbGroup:
    """Auxiliaries, negation and a main verb. `tense` is one of the engine's terms."""

    __slots__ = ("adjective", "concepts", "copula", "end", "first", "head", "last", "modal", "negation", "passive", "reflexive", "start", "tense")

    def __init__(self, first: int) -> None:
        self.first = first
        self.last = first
        self.start = self.end = -1
        self.head: Unit | None = None
        self.concepts: tuple[str, ...] = ()
        self.tense = "pres"
        self.modal = ""
        self.negation: Unit | None = None
        self.passive = False
        self.reflexive = False
        self.copula = False
        self.adjective = False

    @property
    def finite(self) -> bool:
        """Whether it can have a subject of its own."""
        return self.tense not in INFINITE


class Link:
    """What stands between chunks: a conjunction, subordinator, relative or mark."""

    __slots__ = ("first", "kind", "last", "unit", "value")

    def __init__(self, at: int, kind: str, value: str, unit: Unit) -> None:
        self.first = self.last = at
        self.kind = kind
        self.value = value
        self.unit = unit


Chunk = Nominal | VerbGroup | Link


class Chunker:
    """Reads the units of one sentence from left to right."""

    def __init__(self, units: list[Unit], lang: str, grammar: dict[str, object]) -> None:
        self.units = units
        self.lang = lang
        self.be_perfect = tuple(grammar.get("be_perfect", ()))  # type: ignore[call-overload]
        self.at = 0
        self.relation = ""
        self.chunks: list[Chunk] = []

    def run(self) -> list[Chunk]:
        """Return the chunks, with genitives, `of` phrases and coordinations joined."""
        count = len(self.units)
        while self.at < count:
            unit = self.units[self.at]
            if unit.read == FUNCTION:
                self._function(unit)
            elif unit.read == VERB:
                self._verb_group()
            elif unit.read == MARK:
                self._link("mark", unit.low)
            elif unit.read == TIME:
                self.relation = ""
                self.at += 1
            else:
                self._nominal()
        _own(self.chunks)
        return _coordinate(self.chunks)

    # --- function words -----------------------------------------------------------------------------------

    def _function(self, unit: Unit) -> None:
        kind, value = unit.word.function, unit.word.value
        if kind == "prep":
            if self._infinitive_after() and value in ("of", "to", "for", "without", "before", "after"):
                self._verb_group()
                return
            self.relation = value
            self.at += 1
        elif kind in ("aux", "modal", "neg", "clitic", "to"):
            if kind == "neg" and value == "no":
                self._nominal()
            else:
                self._verb_group()
        elif kind in ("det", "poss"):
            self._nominal()
        elif kind == "pron":
            self._pronoun(unit, value)
        elif kind == "adv":
            self.at += 1
        else:
            self._link(kind, value)

    def _infinitive_after(self) -> bool:
        at = self.at + 1
        while at < len(self.units) and self.units[at].word.function in ("neg", "clitic", "adv"):
            at += 1
        return at < len(self.units) and self.units[at].read == VERB and "I" in self.units[at].word.letters

    def _pronoun(self, unit: Unit, value: str) -> None:
        nominal = Nominal(self.at, self.relation)
        nominal.pronoun = value
        nominal.units.append(unit)
        nominal.start, nominal.end, nominal.head = unit.start, unit.end, unit
        self.relation = ""
        self.chunks.append(nominal)
        self.at += 1

    def _link(self, kind: str, value: str) -> None:
        self.chunks.append(Link(self.at, kind, value, self.units[self.at]))
        self.relation = ""
        self.at += 1

    # --- verb groups --------------------------------------------------------------------------------------

    def _verb_group(self) -> None:
        group = VerbGroup(self.at)
        auxiliaries: list[str] = []
        infinitive = False
        at, last = self.at, self.at - 1
        while at < len(self.units):
            unit = self.units[at]
            kind = unit.word.function if unit.read == FUNCTION else ""
            if kind == "aux":
                auxiliaries.append(unit.word.value)
            elif kind == "modal":
                group.modal = group.modal or unit.word.value
            elif kind == "neg":
                group.negation = group.negation or unit
            elif kind == "clitic":
                group.reflexive |= unit.low in ("se", "s'")
            elif kind in ("to", "prep"):
                if not self._verb_at(at + 1) or (at > self.at and not (kind == "to" and group.modal and not auxiliaries)):
                    break
                infinitive = True
            elif kind == "adv":
                at += 1
                continue
            elif unit.read == VERB:
                group.head, last = unit, at
                break
            elif unit.read == ADJECTIVE and unit.word.adjectives and auxiliaries and auxiliaries[-1].startswith("be"):
                group.head, group.adjective, last = unit, True, at
                break
            else:
                break
            last = at
            at += 1
        self._finish(group, auxiliaries, last, infinitive=infinitive)

    def _verb_at(self, at: int) -> bool:
        while at < len(self.units) and self.units[at].word.function in ("neg", "clitic", "adv"):
            at += 1
        return at < len(self.units) and (
            self.units[at].read == VERB or self.units[at].word.function == "aux"
        )

    def _finish(self, group: VerbGroup, auxiliaries: list[str], last: int, *, infinitive: bool) -> None:
        if last < self.at or (group.head is None and not auxiliaries and not group.modal):
            self._particle(group)
            return
        group.last = last
        group.start, group.end = self.units[self.at].start, self.units[last].end
        if group.head is None:
            group.copula = True
            letters = ""
        elif group.adjective:
            letters = ""
            group.concepts = group.head.word.adjectives
        else:
            letters = group.head.word.letters
            group.concepts = tuple(concept for concept, _ in group.head.word.verbs if concept)
        group.tense = self._tense(group, auxiliaries, letters, infinitive=infinitive)
        self.relation = ""
        self.chunks.append(group)
        self.at = last + 1

    def _particle(self, group: VerbGroup) -> None:
        """A lone `to`, `not` or clitic that no verb follows."""
        unit = self.units[self.at]
        if unit.word.function == "to":
            self.relation = "to"
        elif unit.word.function == "neg":
            self.chunks.append(Link(self.at, "neg", "", unit))
        elif unit.word.function == "clitic" and any(category == "det" for category, _ in unit.word.functions):
            self._nominal()
            return
        elif unit.word.function == "prep":
            self.relation = unit.word.value
        self.at += 1

    def _tense(self, group: VerbGroup, auxiliaries: list[str], letters: str, *, infinitive: bool) -> str:
        be = any(aux.startswith(("be", "get")) for aux in auxiliaries)
        have = next((aux for aux in auxiliaries if aux.startswith("have")), "")
        if "N" in letters and be and not self._active_with_be(group) and not ("G" in letters and "N" not in letters):
            group.passive = True
        if group.modal:
            return {"future": "fut", "conditional": "cond", "possible": "poss", "planned": "plan"}.get(group.modal, group.modal)
        if infinitive:
            return "inf"
        if auxiliaries:
            first = auxiliaries[0].partition(":")[2]
            if first in ("F", "C"):
                return "fut" if first == "F" else "cond"
            if first == "G":
                return "ger"
            if have:
                return "plup" if first in ("D", "M") else "perf"
            if be and "G" in letters and not group.passive:
                return "prog"
            if be and self._active_with_be(group) and "N" in letters:
                return "plup" if first == "M" else "perf"
            return "past" if first in ("D", "M") else "pres"
        return self._bare(group, letters)

    def _active_with_be(self, group: VerbGroup) -> bool:
        """French: `s'est entretenu`, `est arrivé` are active."""
        return bool(self.be_perfect) and (group.reflexive or (group.head is not None and group.head.low.startswith(self.be_perfect)))

    def _bare(self, group: VerbGroup, letters: str) -> str:
        for letter, tense in (("C", "cond"), ("F", "fut"), ("D", "past")):
            if letter in letters and not ("P" in letters and letter != "D"):
                if letter == "D" and "N" in letters and self._reduced(group):
                    group.passive = True
                    return "part"
                return tense
        if "N" in letters and "P" not in letters:
            group.passive = True
            return "part"
        if "P" in letters:
            return "pres"
        return {"M": "impf", "G": "ger", "I": "inf"}.get(letters[:1], "pres")

    def _reduced(self, group: VerbGroup) -> bool:
        """`troops killed in the attack were …`: a participle, as the finite verb is still to come."""
        after = self.units[group.first + 1] if group.first + 1 < len(self.units) else None
        if after is not None and after.word.function == "prep" and after.word.value == "by":
            return True
        if after is None or after.word.function != "prep":
            return False
        for unit in self.units[group.first + 1 :]:
            if unit.read == MARK or unit.word.function in ("conj", "sub", "rel", "that"):
                return False
            if unit.word.function == "aux" or (unit.read == VERB and ("D" in unit.word.letters or unit.word.letters == "P")):
                return True
        return False

    # --- nominals -----------------------------------------------------------------------------------------

    def _nominal(self) -> None:
        nominal = Nominal(self.at, self.relation)
        self.relation = ""
        while self.at < len(self.units):
            unit = self.units[self.at]
            kind = unit.word.function if unit.read == FUNCTION else ""
            if kind == "poss" or (unit.low == "'" and nominal.units and self._content_at(self.at + 1)):
                nominal = self._as_genitive(nominal)
            elif kind == "det" or (kind == "clitic" and not nominal.units):
                if nominal.head is not None:
                    break
                nominal.definite |= unit.low in ("the", "le", "la", "les", "l'", "this", "these", "ce", "cette", "ces", "its", "his", "their", "her")
                nominal.units.append(unit)
            elif kind == "neg" and not nominal.units:
                nominal.negated = True
                nominal.units.append(unit)
            elif unit.read in (NAME, NOUN, ROLE, ADJECTIVE, PLAIN, NUMBER):
                _take(nominal, unit)
            elif unit.read == TIME and nominal.units and self._content_at(self.at + 1) and self.lang != "fr":
                pass
            elif kind == "adv" and self._content_at(self.at + 1) and nominal.units:
                pass
            else:
                break
            self.at += 1
        if not nominal.units:
            self.at += 1
            return
        nominal.last = self.at - 1
        nominal.start = nominal.start if nominal.start >= 0 else nominal.units[0].start
        nominal.end = nominal.units[-1].end
        self.chunks.append(nominal)

    def _content_at(self, at: int) -> bool:
        return at < len(self.units) and self.units[at].read in (NAME, NOUN, ROLE, ADJECTIVE, PLAIN, NUMBER)

    def _as_genitive(self, owner: Nominal) -> Nominal:
        owner.last = self.at - 1
        if owner.units:
            owner.start, owner.end = owner.units[0].start, owner.units[-1].end
        owned = Nominal(owner.first, owner.relation)
        owned.genitive = owner
        owned.definite = True
        owned.start = owner.start
        return owned


def _take(nominal: Nominal, unit: Unit) -> None:
    nominal.units.append(unit)
    if unit.read == NAME:
        nominal.uses.append((unit, list(unit.uses)))
        if unit.word.roles:
            nominal.roles.append((unit.word.roles[0], unit))
    elif unit.read == ROLE:
        nominal.roles.extend((role, unit) for role in unit.word.roles)
        nominal.nouns.extend((concept, unit) for concept in unit.word.nouns)
    elif unit.read == NOUN:
        nominal.nouns.extend((concept, unit) for concept in unit.word.nouns)
        nominal.roles.extend((role, unit) for role in unit.word.roles)
    elif unit.read == ADJECTIVE:
        nominal.adjectives.extend(unit.word.adjectives)
    if unit.word.adjectives and unit.read != ADJECTIVE:
        nominal.adjectives.extend(unit.word.adjectives)
    nominal.head = unit


def _own(chunks: list[Chunk]) -> None:
    """Join each `of` phrase to the nominal it follows: forces of X, l'ambassadeur de X."""
    for before, chunk in zip(chunks, chunks[1:], strict=False):
        if isinstance(chunk, Nominal) and chunk.relation == "of" and isinstance(before, Nominal) and not before.pronoun:
            chunk.owner = before
            before.of.append(chunk)


def _coordinate(chunks: list[Chunk]) -> list[Chunk]:
    """Fold `B, C and D` into one nominal with conjuncts."""
    folded: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        folded.append(chunk)
        at += 1
        if isinstance(chunk, Nominal):
            leader = chunk
            while (width := _conjunct(chunks, at, leader, folded)) > 0:
                member = chunks[at + width - 1]
                if isinstance(member, Nominal):
                    leader.conjuncts.append(member)
                at += width
    return folded


def _conjunct(chunks: list[Chunk], at: int, leader: Nominal, before: list[Chunk]) -> int:
    """Return how many chunks from `at` on make one more conjunct of the leader; 0 when none does."""
    link = chunks[at] if at < len(chunks) else None
    if not isinstance(link, Link):
        return 0
    width = 1
    if link.kind == "mark" and link.value == ",":
        follower = chunks[at + 1] if at + 1 < len(chunks) else None
        if isinstance(follower, Link) and follower.kind == "conj" and follower.value == "and":
            width = 2
        elif not _list_goes_on(chunks, at + 1):
            return 0
    elif not (link.kind == "conj" and link.value in ("and", "or")):
        return 0
    member = chunks[at + width] if at + width < len(chunks) else None
    if not isinstance(member, Nominal) or member.relation not in ("", leader.relation):
        return 0
    return width + 1 if _joins(chunks, at + width, member, leader, before) else 0


def _list_goes_on(chunks: list[Chunk], at: int) -> bool:
    """After a comma: is this nominal one of a list that ends in `and`?"""
    hops = 0
    while at + 1 < len(chunks) and isinstance(chunks[at], Nominal) and hops < 8:
        link = chunks[at + 1]
        if not isinstance(link, Link):
            return False
        if link.kind == "conj" and link.value == "and":
            return at + 2 < len(chunks) and isinstance(chunks[at + 2], Nominal)
        if link.value != ",":
            return False
        if at + 2 < len(chunks) and isinstance(chunks[at + 2], Link) and chunks[at + 2].value == "and":  # type: ignore[union-attr]
            return True
        at += 2
        hops += 1
    return False


def _joins(chunks: list[Chunk], at: int, member: Nominal, leader: Nominal, before: list[Chunk]) -> bool:
    """Whether `and X` goes on with the leader rather than opening a clause with the subject X."""
    after = chunks[at + 1] if at + 1 < len(chunks) else None
    opens = isinstance(after, VerbGroup) and after.finite and not member.relation
    if not opens:
        return True
    for chunk in reversed(before[:-1]):
        if isinstance(chunk, Link) and chunk.kind in ("sub", "rel", "that", "conj"):
            return True
        if isinstance(chunk, VerbGroup):
            return False
    return True
