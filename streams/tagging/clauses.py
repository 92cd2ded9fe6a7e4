"""Chunks to clauses: each verb group with its subject, objects, phrases, and the clause that governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import TAKES_CLAUSE, TIME_RELATIONS, Chunk, Link, Nominal, VerbGroup

if TYPE_CHECKING:
    from streams.tagging.reading import Reading

# Clauses that say what the governing verb is about.
COMPLEMENTS: Final = frozenset(("that", "inf", "ger", "quote", "whether"))
_FINITE_COMPLEMENTS: Final = frozenset(("that", "quote", "whether"))
REPORTING: Final = frozenset(("SAY", "CLAIM", "REPORT", "WARN", "THREATEN", "ACCUSE", "CONFIRM", "VOW"))
_ADVERBIAL: Final = frozenset(("if", "after", "while", "because", "though", "since", "until", "before"))


_KEEPS_SUBJECT: Final = frozenset(("while", "after", "before", "since", "though"))  # without one of its own
_PRO_DROP: Final = frozenset(
    ("ar", "es", "it", "pt", "zh")
)  # anunció que va a retirar …: the subject is that of the sentence
_SAID_BEFORE: Final = frozenset(("ar", "zh"))  # who warns or threatens stands before what he says
_SPEAKING: Final = frozenset(
    (
        "SAY",
        "CLAIM",
        "REPORT",
        "CONFIRM",
        "ANNOUNCE",
        "WARN",
        "DENY",
        "ACCUSE",
        "DEMAND",
        "CALL_FOR",
        "CONDEMN",
        "THREATEN",
        "REFUSE",
        "COMPLAIN",
    )
)


# What is said of a deed and tells it: `…, regrette Paris`, `…, s'est indigné Kiev`.
_TELLING_ALONG: Final = frozenset(
    ("CONDEMN", "FEAR", "WELCOME", "RETALIATE", "COMPLAIN", "PROMISE", "DENY", "WARN", "ANNOUNCE")
)

# Nouns that a clause says more of: the accusation that …, a report that …
_CONTENT: Final = frozenset(
    ("ACCUSE", "CLAIM", "REPORT", "SAY", "WARN", "THREATEN", "DENY", "FEAR", "PROPOSE", "PROMISE")
)


class Clause:
    """One clause. `begin` and `stop` are chunk indices of itself and of everything that hangs on it."""

    __slots__ = (
        "begin",
        "governor",
        "kind",
        "marker",
        "nominals",
        "objects",
        "parent",
        "report_of",
        "stop",
        "subject",
        "verb",
    )

    def __init__(
        self,
        kind: str,
        begin: int,
        parent: Clause | None,
        governor: VerbGroup | Nominal | None,
        marker: Link | None,
    ) -> None:
        self.kind = kind
        self.begin = begin
        self.stop = begin
        self.parent = parent
        self.governor = governor
        self.marker = marker
        self.subject: Nominal | None = None
        self.verb: VerbGroup | None = None
        self.objects: list[Nominal] = []
        self.nominals: list[Nominal] = []
        self.report_of: Clause | None = None


class Sentence:
    """The chunks of a sentence and how they hang together."""

    __slots__ = ("chunks", "clause_of", "clauses", "index", "office_last", "reading", "verb_final")

    def __init__(
        self,
        reading: Reading,
        chunks: list[Chunk],
        clauses: list[Clause],
        clause_of: list[Clause],
        *,
        verb_final: bool = False,
        office_last: bool = False,
    ) -> None:
        self.reading = reading
        self.verb_final = verb_final
        self.office_last = office_last  # whether what a phrase is about stands last in it: combat brigade
        self.chunks = chunks
        self.clauses = clauses
        self.clause_of = clause_of
        self.index = {id(chunk): at for at, chunk in enumerate(chunks)}

    def span(self, chunk: Chunk) -> tuple[int, int]:
        """Return where a chunk stands in the article's text."""
        if self.reading.apart and isinstance(chunk, VerbGroup) and chunk.head >= 0:
            return self.unit_span(chunk.head)  # hat … gestoppt
        return self.reading.starts[chunk.first], self.reading.end(chunk.last)

    def start(self, chunk: Chunk) -> int:
        """Return where a chunk begins in the article's text."""
        return self.reading.starts[chunk.first]

    def unit_span(self, at: int) -> tuple[int, int]:
        """Return where a unit stands in the article's text."""
        return self.reading.starts[at], self.reading.end(at)


class ClauseBuilder:
    """Reads chunks from left to right and keeps the clause that is open."""

    def __init__(
        self,
        reading: Reading,
        chunks: list[Chunk],
        object_control: frozenset[str],
        lang: str,
        *,
        free_order: bool,
        verb_final: bool = False,
    ) -> None:
        self.reading = reading
        self.chunks = chunks
        self.object_control = object_control
        self.lang = lang
        self.free_order = free_order
        self.verb_final = verb_final
        self.clauses: list[Clause] = []
        self.clause_of: list[Clause] = []
        self.clause = self._open("main", 0, None, None, None)
        self.fresh: Nominal | None = None  # a bare nominal since the last verb: object, or the next subject
        self.topic: Nominal | None = None  # `Near East: Washington urges …`: what a title is about
        self.carried: Nominal | None = None  # `…, but was refusing`: the subject from before `but`
        self.coordinated = False  # `and` stands since the last verb
        self.comma = False
        self.last_verb: VerbGroup | None = None
        self.reporting = False

    def run(self) -> Sentence:
        """Return the sentence with all its clauses."""
        for at, chunk in enumerate(self.chunks):
            if isinstance(chunk, Link):
                self._link(at, chunk)
            elif isinstance(chunk, VerbGroup):
                self._verb(at, chunk)
            else:
                self._nominal(at, chunk)
            self.clause_of.append(self.clause)
        self._close(len(self.chunks))
        if self.free_order:
            self._houses_speak()
            self._cities_suffer()
        return Sentence(
            self.reading,
            self.chunks,
            self.clauses,
            self.clause_of,
            verb_final=self.verb_final,
            office_last=self.lang == "en",
        )

    def _houses_speak(self) -> None:
        """`заявили в Кремле`: a verb of saying without a subject has whoever it is said at."""
        for clause in self.clauses:
            if (
                clause.subject is None
                and clause.verb is not None
                and _SPEAKING.intersection(clause.verb.concepts)
            ):
                at_home = (
                    n
                    for n in clause.nominals
                    if n.relation == "in" and any(a.how in ("name", "capital") or a.role for a in n.actors)
                )
                clause.subject = next(at_home, None)

    def _cities_suffer(self) -> None:
        """`Харьков обстреляли войска`: of a city and of forces beside one verb, the forces act, however they stand."""
        for clause in self.clauses:
            subject, verb = clause.subject, clause.verb
            if subject is None or verb is None or verb.passive or not _is_place(subject):
                continue
            acting = next((n for n in clause.objects if n.roles and (not n.case or "n" in n.case)), None)
            if acting is not None and acting.first > verb.last:
                clause.subject = acting
                clause.objects = [subject if n is acting else n for n in clause.objects]

    def _open(
        self,
        kind: str,
        at: int,
        parent: Clause | None,
        governor: VerbGroup | Nominal | None,
        marker: Link | None,
    ) -> Clause:
        clause = Clause(kind, at, parent, governor, marker)
        self.clauses.append(clause)
        return clause

    def _close(self, end: int) -> None:
        """Let every clause reach to where its subtree ends."""
        for clause in self.clauses:
            clause.stop = end
        for at in range(len(self.clause_of)):
            if at and self.clause_of[at] is not self.clause_of[at - 1]:
                now = self.clause_of[at]
                left: Clause | None = self.clause_of[at - 1]
                while left is not None and left is not now and not within(now, left):
                    left.stop = min(left.stop, at)
                    left = left.parent

    # --- links ----------------------------------------------------------------------------------------------

    def _link(self, at: int, link: Link) -> None:
        kind = link.kind
        if kind == "sub":
            self._enter("whether" if link.value == "whether" else link.value, at, link)
        elif kind == "that":
            before = self.chunks[at - 1] if at else None
            if isinstance(before, Nominal) and link.value != "told" and not self._takes_that(before):
                self._enter("rel", at, link, antecedent=before)
            else:
                self._enter("that", at, link)
        elif kind == "rel":
            before = self._antecedent(at)
            self._enter("rel", at, link, antecedent=before)
        elif kind == "conj":
            self.coordinated = True
            self.fresh = None
            if link.value == "but":
                self._back_to_top()
        elif kind == "mark":
            self._mark(link.value)

    def _takes_that(self, before: Nominal) -> bool:
        """`told reporters that`, `the fact that`: the clause belongs to the verb, not to the noun."""
        verb, subject = self.clause.verb, self.clause.subject
        if verb is not None and verb.copula and subject is not None and subject.pronoun == "sg":
            return True  # `it is not true that …`
        if self._says_more_of(before):
            return True
        if self.lang == "ar":
            return verb is not None  # a relative clause has a word of its own: الذي
        if self.lang in ("fr", "es"):
            return verb is not None and before.relation != ""
        return verb is not None and (
            "SAY" in verb.concepts or "WARN" in verb.concepts or "ACCUSE" in verb.concepts
        )

    def _says_more_of(self, before: Nominal) -> bool:
        """`rejected charges by X that …`: the clause is what the object of the verb says."""
        told = [before, *self.clause.objects] if before.relation in ("by", "from", "of") else [before]
        return self.clause.verb is not None and any(
            not _CONTENT.isdisjoint(nominal.concepts)
            for nominal in told
            if nominal is not self.clause.subject
        )

    def _antecedent(self, at: int) -> Nominal | None:
        for chunk in reversed(self.chunks[:at]):
            if isinstance(chunk, Nominal):
                return chunk
            if isinstance(chunk, VerbGroup):
                return None
        return None

    def _enter(self, kind: str, at: int, link: Link | None, antecedent: Nominal | None = None) -> None:
        parent = self.clause
        if (
            kind not in COMPLEMENTS
            and kind != "rel"
            and parent.kind in ("rel", "ger", "part")
            and self.comma
            and parent.verb
        ):
            parent = parent.parent or parent
        governor = (
            antecedent
            if kind == "rel"
            else self.last_verb
            if self.last_verb and parent.verb is self.last_verb
            else parent.verb
        )
        self.clause = self._open(kind, at, parent, governor, link)
        if kind == "rel":
            self.clause.subject = antecedent
        self.fresh = None
        self.comma = self.coordinated = False

    def _mark(self, mark: str) -> None:
        if mark == ",":
            self.comma = True
            self.fresh = None
            if (
                self.clause.kind in _ADVERBIAL
                and self.clause.verb
                and self.clause.parent
                and not self.clause.parent.verb
            ):
                self._leave(self.clause.parent)
        elif mark in (";", ":", "\u2014", "(", ")", "?", "!", "."):
            if mark == ":" and self.clause.verb is not None and "SAY" in self.clause.verb.concepts:
                return
            if mark == ":" and self.clause.verb is None:
                self.topic = self.clause.subject
            self._top()

    def _top(self) -> None:
        if self.clause.verb is not None or self.clause.kind != "main":
            self.clause = self._open("main", len(self.clause_of), None, None, None)
            self.fresh = None
            self.coordinated = self.comma = False

    def _back_to_top(self) -> None:
        """After `but` nothing governs any more what comes."""
        if self.clause.verb is None:
            return
        told = self.clause
        while told.parent is not None:
            told = told.parent
        self.clause = self._open("main", len(self.clause_of), None, None, None)
        self.carried = None if self.free_order or told.kind != "main" else told.subject
        self.fresh = None

    def _leave(self, clause: Clause) -> None:
        self.clause = clause
        self.fresh = None

    # --- nominals -------------------------------------------------------------------------------------------

    def _nominal(self, at: int, nominal: Nominal) -> None:
        self._enter_when(at, nominal)
        clause = self.clause
        if (
            nominal.relation == ""
            and clause.kind in ("rel", "ger", "part")
            and self.comma
            and clause.verb
            and self._verb_follows(at)
        ):
            clause = self.clause = self._unfinished(clause)
        clause.nominals.append(nominal)
        if self.lang == "es" and nominal.relation == "to" and at and self.chunks[at - 1] is clause.verb:
            clause.objects.append(nominal)  # recibió a Maduro: of persons and peoples the object has `a`
        if nominal.relation:
            return
        if clause.kind == "report" and clause.subject is None:
            clause.subject = nominal  # `…, said the minister`
            return
        if clause.verb is None and nominal.case and "n" not in nominal.case:
            clause.objects.append(nominal)  # Киев обстреляла Россия: the object stands first
            return
        if clause.verb is None:
            if clause.kind == "rel" and clause.marker is not None and clause.subject is clause.governor:
                clause.subject = nominal  # `whom A met`, `que A a rencontré`: the antecedent is the object
                if isinstance(clause.governor, Nominal):
                    clause.objects.append(clause.governor)
            elif (
                clause.subject is None
                or clause.kind in ("inf", "ger")
                or not self._names(clause.subject)
                or (clause.subject is self.topic and self._names(nominal))
            ):
                clause.subject = nominal
            elif self.free_order:
                clause.objects.append(nominal)  # the verb is still to come
        elif self.free_order and clause.subject is None and (not nominal.case or "n" in nominal.case):
            if clause.kind == "that" and clause.parent is not None and clause.parent.subject is not None:
                clause.subject = clause.parent.subject  # заявила, что атаковала эсминец: who speaks, acts
                clause.objects.append(nominal)
                self.fresh = nominal
                return
            clause.subject = nominal  # the subject stands behind its verb
        elif self.last_verb is not None and not self._interrupted(at):
            clause.objects.append(nominal)
        self.fresh = nominal

    def _enter_when(self, at: int, nominal: Nominal) -> None:
        """Enter a clause that a preposition opens: `after Russia vetoed it`, `as Russia vetoed it` are no phrases."""
        if nominal.relation in TIME_RELATIONS and self.lang != "fr" and self._verb_follows(at):
            self._enter(nominal.relation, at, None)
            nominal.relation = ""
        elif nominal.relation == "as" and self.lang == "en" and self._begins_clause(at):
            self._enter("while", at, None)
            nominal.relation = ""

    def _names(self, nominal: Nominal) -> bool:
        return bool(nominal.names or nominal.roles or nominal.pronoun)

    def _interrupted(self, at: int) -> bool:
        """Whether a comma or conjunction parts this nominal from the verb."""
        before = self.chunks[at - 1]
        return isinstance(before, Link) and (before.kind == "conj" or before.value == ",")

    def _verb_follows(self, at: int) -> bool:
        after = self.chunks[at + 1] if at + 1 < len(self.chunks) else None
        return isinstance(after, VerbGroup) and after.finite

    def _begins_clause(self, at: int) -> bool:
        """Whether a verb comes behind this phrase and what it owns: `as troops from the north crossed`."""
        if self.clause.verb is None and self.clause.subject is not None:
            return False
        after = at + 1
        while (
            after < len(self.chunks)
            and isinstance(chunk := self.chunks[after], Nominal)
            and chunk.relation in ("of", "from", "in")
            and not chunk.pronoun
        ):
            after += 1
        return self._verb_follows(after - 1)

    def _unfinished(self, clause: Clause) -> Clause:
        parent = clause.parent
        while parent is not None and parent.verb is not None and parent.parent is not None:
            parent = parent.parent
        return parent or clause

    # --- verbs ----------------------------------------------------------------------------------------------

    def _verb(self, at: int, verb: VerbGroup) -> None:
        clause = self.clause
        if self._goes_on_bare(verb):
            verb.set_tense("inf")
            self.coordinated = True
        if self.verb_final and self._closes(clause, verb):
            self._govern(at, clause, verb)
        elif self.verb_final and clause.verb is None:
            clause.verb = verb  # what stands before a verbal noun is its own
        elif not verb.finite:
            self._infinite(at, verb)
        elif clause.verb is None:
            clause.verb = verb
            if clause.subject is None:
                clause.subject = self._subject_left(clause)
            elif clause.subject is self.topic and self.fresh is not None:
                clause.subject = self.fresh  # `Sudan: the talks collapse`
        elif self.fresh is not None and not self._follows_verb(at):
            self._own_subject(at, verb)
        elif self.coordinated:
            self._shared_subject(at, verb)
        else:
            self._pop(at, verb)
        self.last_verb = verb
        self.fresh = None
        self.coordinated = self.comma = False

    def _goes_on_bare(self, verb: VerbGroup) -> bool:
        """`to allow the ship to dock and allow the crew to land`: the second `to` is left out."""
        if self.lang != "en" or self.fresh is not None or not (self.coordinated or self.comma):
            return False
        if verb.first != verb.last or verb.tense != "pres" or verb.head < 0:
            return False
        if "I" not in self.reading.units[verb.head].word.letters:
            return False
        open_ = self.clause
        while open_.kind in ("rel", "part", "that") and open_.parent is not None:
            open_ = open_.parent
        if open_.kind != "inf":
            return False
        self.clause = open_
        return True

    def _closes(self, clause: Clause, verb: VerbGroup) -> bool:
        """Turkish: `vurduğunu yalanladı`: a verbal noun, then the verb that it belongs to."""
        inner = clause.verb
        if inner is None or not verb.finite or inner.head < 0 or inner is not self.last_verb:
            return False
        return not {"S", "I"}.isdisjoint(self.reading.units[inner.head].word.letters)

    def _govern(self, at: int, inner: Clause, verb: VerbGroup) -> None:
        outer = self._open("main", at, None, None, None)
        outer.subject, outer.verb = inner.subject, verb
        inner.kind = "that" if inner.verb and inner.verb.finite else "inf"
        inner.governor, inner.parent = verb, outer
        own = next((n.genitive for n in inner.nominals if n.genitive is not None), None)
        inner.subject = own or inner.subject
        self.clause = outer

    def _follows_verb(self, at: int) -> bool:
        before = self.chunks[at - 1] if at else None
        return isinstance(before, VerbGroup)

    def _infinite(self, at: int, verb: VerbGroup) -> None:
        clause = self.clause
        governor: VerbGroup | Nominal | None = self.last_verb if clause.verb is not None else None
        before = self.chunks[at - 1] if at else None
        kind = verb.tense
        last = self.last_verb
        if (
            kind == "part"
            and self.coordinated
            and last is not None
            and last.tense in ("perf", "plup", "past", "pres")
            and not isinstance(before, Nominal)
        ):
            verb.set_tense(last.tense)  # `a rappelé … et bombardé`: the auxiliary serves both
            verb.passive = last.passive
            self._shared_subject(at, verb)
            return
        if kind == "part":
            if clause.verb is None and not isinstance(before, Nominal):
                clause.verb = verb
                return
            governor = before if isinstance(before, Nominal) else governor
            parent, self_subject = clause, before if isinstance(before, Nominal) else clause.subject
            self.clause = self._open("part", at, parent, governor, None)
            self.clause.subject = self_subject
            self.clause.verb = verb
            return
        if clause.verb is None and clause.kind in ("inf", "ger") and clause.begin == at:
            clause.verb = verb
            return
        if self.coordinated and clause.kind == kind and clause.verb is not None:
            sibling = self._open(kind, at, clause.parent, clause.governor, None)
            sibling.subject = clause.subject
            self.clause = sibling
        else:
            noun = (
                before
                if isinstance(before, Nominal) and before.nouns and not (governor and self._control(governor))
                else None
            )
            child = self._open(kind, at, clause, noun or governor, None)
            child.subject = self._controlled(clause, governor)
            self.clause = child
        self.clause.verb = verb

    def _control(self, governor: VerbGroup | Nominal) -> bool:
        return isinstance(governor, VerbGroup) and any(
            concept in self.object_control for concept in governor.concepts
        )

    def _controlled(self, clause: Clause, governor: VerbGroup | Nominal | None) -> Nominal | None:
        """Who does what an infinitive says: the object of `urge X to`, else the subject."""
        if isinstance(governor, VerbGroup) and self._control(governor):
            for nominal in clause.objects or [
                n for n in clause.nominals if n.relation in ("on", "to", "for", "of", "against")
            ]:
                if nominal is not clause.subject:
                    return nominal
        return clause.subject

    def _subject_left(self, clause: Clause) -> Nominal | None:
        if clause.kind == "main":
            carried, self.carried = self.carried, None
            return carried
        kept = clause.kind in _KEEPS_SUBJECT or (clause.kind == "that" and self.lang in _PRO_DROP)
        return clause.parent.subject if kept and clause.parent else None

    def _own_subject(self, at: int, verb: VerbGroup) -> None:
        """`A struck B, C said`; `A struck B and C answered`: a new clause with a subject of its own."""
        subject = self.fresh
        old = self.clause
        report = (
            self._reports(verb) and not self.coordinated and (self.comma_before(at) or "SAY" in verb.concepts)
        )
        unfinished = self._ancestor_without_verb(old)
        if (
            unfinished is not None
            and unfinished.subject is not None
            and not report
            and self.chunks[at - 1] is subject
        ):
            unfinished.verb = (
                verb  # `the support … to join NATO was …`: the nominal before is an object below
            )
            self.clause = unfinished
            return
        direct = at > 0 and self.chunks[at - 1] is subject and not self.coordinated
        if direct and not report and self._told_without_that(at):
            clause = self._open("that", at, old, old.verb, None)
            self._settle(subject, old, clause, verb)
            clause.subject = subject
            return
        if subject is not None and direct and subject in old.objects and old.verb is not None and not report:
            if (
                not TAKES_CLAUSE.intersection(old.verb.concepts)
                and old.verb.concepts
                and self._can_be_participle(verb)
            ):
                self._reduced_relative(at, verb, subject)
                return
            clause = self._open("that", at, old, old.verb, None)
            clause.subject = subject
            self._settle(subject, old, clause, verb)
            return
        if unfinished is not None and not report:
            clause = unfinished
            if subject is not None:
                clause.subject = clause.subject or subject
        elif report:
            clause = self._open("report", at, None, None, None)
            clause.report_of = old
            clause.subject = subject
        else:
            keeps = self.coordinated and not self.comma and old.kind in _FINITE_COMPLEMENTS
            clause = self._open(
                old.kind if keeps else "main",
                at,
                old.parent if keeps else None,
                old.governor if keeps else None,
                None,
            )
            clause.subject = subject
        self._settle(subject, old, clause, verb)

    def _reports(self, verb: VerbGroup) -> bool:
        """Whether the verb can stand behind what it tells of."""
        if self.lang in _SAID_BEFORE:
            return "SAY" in verb.concepts
        return not REPORTING.isdisjoint(verb.concepts)

    def _told_without_that(self, at: int) -> bool:
        """`rejected accusations his government had …`: the noun before the subject is what is told."""
        before = self.chunks[at - 2] if at > 1 else None
        return (
            self.lang == "en"
            and isinstance(before, Nominal)
            and self.clause_of[at - 2] is self.clause
            and self._says_more_of(before)
        )

    def _settle(self, subject: Nominal | None, old: Clause, clause: Clause, verb: VerbGroup) -> None:
        """Move a subject from the clause it seemed to belong to into its own."""
        if subject is not None:
            if subject in old.objects:
                old.objects.remove(subject)
            if subject in old.nominals and clause is not old:
                old.nominals.remove(subject)
                clause.nominals.append(subject)
                self._move(subject, clause)
        clause.verb = verb
        self.clause = clause

    def _can_be_participle(self, verb: VerbGroup) -> bool:
        return (
            verb.first == verb.last and verb.head >= 0 and "N" in self.reading.units[verb.head].word.letters
        )

    def _reduced_relative(self, at: int, verb: VerbGroup, noun: Nominal) -> None:
        """`lifted the curfew imposed in May`: the second verb says something of the object."""
        verb.passive = True
        verb.set_tense("part")
        clause = self._open("part", at, self.clause, noun, None)
        clause.subject, clause.verb = noun, verb
        self.clause = clause

    def _move(self, nominal: Nominal, clause: Clause) -> None:
        for at in range(len(self.clause_of) - 1, -1, -1):
            if self.chunks[at] is nominal:
                clause.begin = min(clause.begin, at)
                for index in range(at, len(self.clause_of)):
                    self.clause_of[index] = clause
                return

    def _shared_subject(self, at: int, verb: VerbGroup) -> None:
        """`A condemned B and recalled C`: a sibling that shares the subject."""
        old = self.clause
        while (
            old.kind in ("inf", "ger", "part", "rel")
            and old.parent is not None
            and old.verb is not None
            and verb.finite
            and (old.kind != "rel" or self.comma)
        ):
            old = old.parent
        if (
            old.kind == "that"
            and old.parent is not None
            and old.parent.verb is not None
            and _past(old.parent.verb)
            and _past(verb)
            and self.comma
        ):
            old = old.parent
        sibling = self._open(old.kind, at, old.parent, old.governor, None)
        sibling.subject = old.subject
        self.clause = sibling
        sibling.verb = verb

    def _pop(self, at: int, verb: VerbGroup) -> None:
        """A second finite verb with nothing before it: it ends a clause that an embedded one interrupted."""
        target = self._ancestor_without_verb(self.clause)
        if target is not None:
            self.clause = target
            target.verb = verb
            return
        if self._after_quote(at) and (self._reports(verb) or self._tells_inverted(at, verb)):
            report = self._open("report", at, None, None, None)
            report.report_of, report.verb = self.clause, verb
            self.clause = report
            return
        fresh = self._open("main", at, None, None, None)
        fresh.subject = self.fresh or self.clause.subject
        fresh.verb = verb
        self.clause = fresh

    def _tells_inverted(self, at: int, verb: VerbGroup) -> bool:
        """French: `…, a dénoncé Kiev`: who stands behind the verb says what stands before it."""
        if self.lang != "fr" or _TELLING_ALONG.isdisjoint(verb.concepts):
            return False
        after = self.chunks[at + 1] if at + 1 < len(self.chunks) else None
        if not (
            isinstance(after, Nominal)
            and not after.relation
            and (after.actors or after.roles or after.capital)
        ):
            return False
        more = next((c for c in self.chunks[at + 2 :] if not isinstance(c, Nominal)), None)
        return not (isinstance(more, Link) and more.kind == "conj")

    def comma_before(self, at: int) -> bool:
        """Whether a comma or a quotation mark stands before the subject of the verb at `at`."""
        return any(isinstance(c, Link) and c.value in (",", '"') for c in self.chunks[max(at - 3, 0) : at])

    def _after_quote(self, at: int) -> bool:
        before = self.chunks[at - 1] if at else None
        return isinstance(before, Link) and before.value in (",", '"')

    def _ancestor_without_verb(self, clause: Clause) -> Clause | None:
        above = clause.parent
        while above is not None:
            if above.verb is None:
                return above
            above = above.parent
        return None


def _past(verb: VerbGroup) -> bool:
    return verb.tense in ("past", "perf")


def within(inner: Clause, outer: Clause) -> bool:
    """Whether a clause is another or hangs on it, over however many between."""
    clause: Clause | None = inner
    while clause is not None:
        if clause is outer:
            return True
        clause = clause.parent
    return False


def _is_place(nominal: Nominal) -> bool:
    """Whether the phrase is the bare name of a place that stands for no government."""
    return (
        bool(nominal.actors)
        and not (nominal.nouns or nominal.roles)
        and all(actor.how == "place" for actor in nominal.actors)
    )
