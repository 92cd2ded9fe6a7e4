"""Arabic phrases told apart that no small word parts, and clauses in the order in which all languages are read.

A verb stands before its subject as often as behind it, and subject and object follow one another with nothing between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.arabic_words import PRONOUNS, THE
from streams.tagging.chunks import TAKES_CLAUSE
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
from streams.tagging.rows import Placed, as_small, between, reading_of, row_of, unsaid

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

_PHRASE: Final = frozenset((NAME, NOUN, ROLE, NUMBER, ADJECTIVE, PLAIN))
_LEADS: Final = frozenset(
    ("neg", "modal", "aux", "that", "rel", "sub", "pron")
)  # before which words a verb stands
_WE_DO: Final = "ن"  # how a verb in the present begins of which `we` are the subject
_WE: Final = "نحن"
_WILL_NOT: Final = "لن"  # denies and tells of the future in one
_LINKS: Final = frozenset(("conj", "sub", "that", "rel"))
_GOING_ON: Final = frozenset(("BEGIN", "CONTINUE"))  # بدأت روسيا تقصف: the second verb is what is begun
_NAMES_OBJECT: Final = frozenset(("to", "on", "against"))


class Orderer:
    """Puts sentences in order, one at a time."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.done_to = frozenset(words.grammar["done_to"])

    def in_order(self, reading: Reading) -> Reading:
        """Return the reading with phrases parted, auxiliaries beside their verbs, and clauses that `و` opens."""
        return reading_of(self._ordered(row_of(reading)))

    def _ordered(self, row: list[Placed]) -> list[Placed]:
        """Return the row told apart, in order and parted."""
        return self._parted(self._clauses(self._whom(self._helped(self._told_apart(row)))))

    # --- verbs and nouns ----------------------------------------------------------------------------------------

    def _told_apart(self, row: list[Placed]) -> list[Placed]:
        told = list(row)
        for at, placed in enumerate(row):
            word = placed.unit.word
            if not word.verbs or placed.read in (MARK, NAME, TIME) or word.function:
                continue
            noun = bool(word.nouns or word.roles or word.adjectives)
            low = placed.unit.low
            with_article = low.startswith(THE) and " " not in low and self.words.word(low) is None
            is_verb = not with_article and (not noun or self._is_verb(told, at))
            read = VERB if is_verb else NOUN if word.nouns else ROLE if word.roles else PLAIN
            told[at] = placed._replace(read=read)
        return told

    def _is_verb(self, row: list[Placed], at: int) -> bool:
        """Tell قصف the verb from قصف the noun: by what leads it, or by a subject behind it that is known."""
        before = row[at - 1] if at else None
        if before is not None and before.read == FUNCTION:
            function = before.unit.function
            if function in ("prep", "det", "poss") or (
                function == "neg" and before.unit.low in ("عدم", "غير")
            ):
                return False
            if function in _LEADS:
                return True
            if function == "conj":
                return self._begins_clause(row, at)
        if before is None or before.read == MARK:
            return self._begins_clause(row, at)
        if before.read == FUNCTION:
            return self._begins_clause(row, at)
        return before.read in (NAME, ROLE) and not self._verb_before(row, at) and self._goes_on(row, at)

    def _begins_clause(self, row: list[Placed], at: int) -> bool:
        """Whether a known subject follows: the army, Russia; behind a noun stands its object: قصف مواقع."""
        after = row[at + 1] if at + 1 < len(row) else None
        if after is None or after.read not in (NAME, ROLE, NOUN, PLAIN):
            return False
        if _is_adjective(after.unit):
            return False
        return (
            after.read == NAME
            or after.unit.low.startswith(THE)
            or (after.read == ROLE and self._named(row, at + 1))
        )

    def _named(self, row: list[Placed], at: int) -> bool:
        """Whether an office is somebody's: وزير الدفاع, رئيس روسيا."""
        if " " in row[at].unit.low:
            return True
        after = row[at + 1] if at + 1 < len(row) else None
        return (
            after is not None
            and after.read in _PHRASE
            and (after.read == NAME or after.unit.low.startswith(THE))
        )

    def _verb_before(self, row: list[Placed], at: int) -> bool:
        """Whether the clause has its verb already."""
        for placed in reversed(row[:at]):
            if placed.read == MARK or placed.unit.function in ("that", "rel", "sub", "conj"):
                return False
            if placed.read == VERB:
                return True
        return False

    def _goes_on(self, row: list[Placed], at: int) -> bool:
        after = row[at + 1] if at + 1 < len(row) else None
        return after is not None and (after.read in _PHRASE or after.unit.function in ("prep", "det", "that"))

    # --- auxiliaries --------------------------------------------------------------------------------------------

    def _helped(self, row: list[Placed]) -> list[Placed]:
        """Put كان beside its verb, tell what قد means by the tense behind it, and what a negation denies."""
        helped = list(row)
        for at in range(len(row) - 1, -1, -1):
            unit = helped[at].unit
            if helped[at].read != FUNCTION:
                continue
            if unit.low == "قد" and at + 1 < len(helped) and "D" in helped[at + 1].unit.word.letters:
                helped[at] = as_small(helped[at], "adv")
            elif unit.function == "aux":
                self._beside(helped, at)
            elif unit.function == "neg" and not self._before_verb(helped, at):
                helped[at] = as_small(helped[at], "neg", "no")
            elif unit.low == _WILL_NOT:
                helped.insert(at + 1, unsaid(helped[at].start + len(unit.text), "modal", "future"))
        return self._with_we(helped)

    def _with_we(self, row: list[Placed]) -> list[Placed]:
        """Say `we` before a verb that holds it: نقصف, سنقصف."""
        for at in range(len(row) - 1, -1, -1):
            unit = row[at].unit
            if row[at].read == VERB and unit.word.letters == "P" and unit.low.startswith(_WE_DO):
                first = self._group(row, at)
                row.insert(first, unsaid(row[first].start, "pron", "other", _WE))
        return row

    def _group(self, row: list[Placed], at: int) -> int:
        """Return where the small words before a verb begin that belong to it."""
        while at and row[at - 1].read == FUNCTION and row[at - 1].unit.function in ("modal", "neg", "adv"):
            at -= 1
        return at

    def _beside(self, row: list[Placed], at: int) -> None:
        verb = next(
            (
                i
                for i in range(at + 1, len(row))
                if row[i].read not in _PHRASE
                and row[i].unit.low != "قد"
                and row[i].unit.function not in ("adv", "det")
            ),
            -1,
        )
        if verb < 0 or row[verb].read != VERB:
            return
        done = "D" in row[verb].unit.word.letters
        past = row[at].unit.value == "be:D"
        helper = (
            as_small(row[at], "aux", "have:D")
            if done and past
            else as_small(row[at], "adv")
            if done
            else row[at]
        )
        row.insert(verb, helper)
        del row[at]

    def _before_verb(self, row: list[Placed], at: int) -> bool:
        after = next(
            (
                p
                for p in row[at + 1 :]
                if p.read != FUNCTION or p.unit.function not in ("adv", "aux", "modal")
            ),
            None,
        )
        return (after is not None and after.read == VERB) or row[at].unit.low.startswith("ليس")

    def _whom(self, row: list[Placed]) -> list[Placed]:
        """Put the subject before a verb whose object is the noun before it: صاروخا أطلقه الحوثيون."""
        turned = list(row)
        for at in range(len(row) - 3, 0, -1):
            verb, pronoun, before = turned[at], turned[at + 1], turned[at - 1]
            attached = pronoun.unit.low in PRONOUNS and pronoun.start == verb.start + len(verb.unit.text)
            if (
                verb.read != VERB
                or not attached
                or not (before.read in _PHRASE or before.unit.function == "rel")
            ):
                continue
            end = at + 2
            while end < len(turned) and turned[end].read in _PHRASE:
                if end > at + 2 and _begins_phrase(turned[at + 2 : end], turned[end]):
                    break
                end += 1
            if end > at + 2:
                opening = [] if before.unit.function == "rel" else [unsaid(verb.start, "rel")]
                turned[at:end] = [*opening, *turned[at + 2 : end], verb, as_small(pronoun, "adv")]
        return turned

    # --- clauses ------------------------------------------------------------------------------------------------

    def _clauses(self, row: list[Placed]) -> list[Placed]:
        """Let `و` and a verb with a subject of its own open a new clause; a verb that nothing leads is a relative."""
        ordered: list[Placed] = []
        verb: Placed | None = None  # of the clause
        for at, placed in enumerate(row):
            small = placed.unit.function if placed.read == FUNCTION else ""
            if small == "conj" and ordered and self._opens_clause(row, at):
                ordered.append(Placed(_FULL_STOP, placed.start, MARK))
            if placed.unit.low == ":" and verb is not None and _tells(verb):
                ordered.append(as_small(placed, "that"))
                verb = None
                continue
            if small in _LINKS or placed.read == MARK:
                verb = None
            elif placed.read == VERB:
                if (
                    verb is not None
                    and _GOING_ON.isdisjoint(verb.unit.word.verb_concepts)
                    and row[at - 1].read in _PHRASE
                    and placed.unit.word.letters != "G"
                ):
                    ordered.append(unsaid(placed.start, "rel"))
                verb = placed
            ordered.append(placed)
        return ordered

    def _opens_clause(self, row: list[Placed], at: int) -> bool:
        verb = next(
            (
                i
                for i in range(at + 1, len(row))
                if row[i].unit.function not in ("neg", "adv", "modal", "aux")
            ),
            -1,
        )
        if verb < 0 or row[verb].read != VERB or verb + 1 >= len(row):
            return False
        subject = row[verb + 1]
        if subject.read == ROLE:
            return subject.unit.low.startswith(THE) or " " in subject.unit.low
        behind = row[verb + 2] if verb + 2 < len(row) else None
        called = behind is not None and behind.unit.value in ("to", "by")  # دعت إيران إلى: is called upon
        return subject.read == NAME and not called and not _is_adjective(subject.unit)

    # --- phrases ------------------------------------------------------------------------------------------------

    def _parted(self, row: list[Placed]) -> list[Placed]:
        """Part phrases that follow one another, and say `of` before whom a deed is done to."""
        parted: list[Placed] = []
        phrase: list[Placed] = []
        for at, each in enumerate(row):
            placed = as_small(each, "prep", "of") if self._of_whom(row, at, phrase) else each
            if placed.read not in _PHRASE:
                phrase = []
            elif phrase and self._done_to(row, at, phrase):
                parted.append(unsaid(placed.start, "prep", "of"))
                phrase = [placed]
            elif phrase and _begins_phrase(phrase, placed):
                parted.append(between(placed.start))
                phrase = [placed]
            else:
                phrase.append(placed)
            parted.append(placed)
        return parted

    def _of_whom(self, row: list[Placed], at: int, phrase: list[Placed]) -> bool:
        """Whether `ل` says whose an office is: الأمين العام للأمم المتحدة."""
        if row[at].unit.low != "ل" or not phrase or at + 1 >= len(row) or row[at + 1].read != NAME:
            return False
        return any(p.read == ROLE for p in phrase) and not any(p.read == NAME for p in phrase)

    def _done_to(self, row: list[Placed], at: int, phrase: list[Placed]) -> bool:
        deed, whom = phrase[-1], row[at]
        if (
            deed.read != NOUN
            or self.done_to.isdisjoint(deed.unit.word.nouns)
            or deed.unit.low.startswith(THE)
        ):
            return False
        if whom.read != NAME or _is_adjective(whom.unit):
            return whom.read in (NOUN, ROLE)
        behind = row[at + 1] if at + 1 < len(row) else None
        return behind is None or behind.unit.value not in _NAMES_OBJECT


_FULL_STOP: Final = Unit("", ";", None, read=MARK)


def _is_adjective(unit: Unit) -> bool:
    return bool(unit.uses) and all(use.how == "adj" for use in unit.uses)


def _tells(verb: Placed) -> bool:
    """Whether what comes behind a colon is what the verb says."""
    return not TAKES_CLAUSE.isdisjoint(verb.unit.word.verb_concepts)


def _is_person(unit: Unit) -> bool:
    return any(use.entity.kind == "person" for use in unit.uses)


def _begins_phrase(phrase: list[Placed], placed: Placed) -> bool:
    """Whether a noun or name cannot belong to the phrase before it."""
    last, unit = phrase[-1], placed.unit
    definite = unit.low.startswith(THE)
    if _is_adjective(unit) or (placed.read == PLAIN and definite):
        return False
    if placed.read == ROLE and unit.word.roles == ("counterpart",):
        return True
    titled = any(p.read == ROLE for p in phrase)
    if _is_adjective(last.unit):  # الجيش الروسي | مدينة, الرئيس الروسي فلاديمير بوتين
        return not (titled and (placed.read == PLAIN or _is_person(unit)))
    if placed.read == NAME and last.read == NAME:
        return not (_is_person(unit) and (titled or _is_person(last.unit)))
    if last.read == NAME:
        if placed.read == PLAIN:
            return not (titled or _is_person(last.unit))
        return True
    if last.unit.low.startswith(THE) and not definite:
        return not (titled and (placed.read == PLAIN or _is_person(unit)))
    return placed.read == NUMBER and last.read in (PLAIN, NOUN)
