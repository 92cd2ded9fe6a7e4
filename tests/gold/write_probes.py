"""Write probes.jsonl: the clauses of clauses.yaml, said in sentences in which they have not happened.

And in one in which they have: whoever sees nothing at all is silent for the wrong reason.

Run it after changing either file: python tests/gold/write_probes.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from schemas import taxonomy, yaml12

HERE = Path(__file__).parent
PUBLISHED = "2024-05-15T12:00:00Z"

# What stands in braces is a form of the clause; {one|many} goes by the number of the actor; (not) is said
# only of what is escalatory: nobody is urged to shell a village.
SENTENCES = {
    "en": {
        "negated": [
            "{A} did not {inf} {rest}, diplomats said.",
            "{A} {has|have} not {pp} {rest}.",
            "{A} {has|have} yet to {inf} {rest}.",
            "It is not true that {a} {past} {rest}, officials said.",
        ],
        "denied": [
            "{A} denied {ger} {rest}.",
            "{A} denied that {it|they} had {pp} {rest}.",
            "{A} rejected reports that {it|they} had {pp} {rest}.",
            "{A} dismissed as false a claim that {it|they} had {pp} {rest}.",
        ],
        "conditional": [
            "{A} could {inf} {rest} if the summit fails, analysts say.",
            "If the vote goes ahead, {a} would {inf} {rest}.",
            "{A} might {inf} {rest}, a diplomat said.",
            "{A} would {inf} {rest} only if parliament agreed.",
        ],
        "planned": [
            "{A} will {inf} {rest} next week, officials said.",
            "{A} {plans|plan} to {inf} {rest} in June.",
            "{A} {is|are} due to {inf} {rest} on Friday.",
            "{A} announced that {it|they} would {inf} {rest} next month.",
        ],
        "requested": [
            "Norway urged {a} (not) to {inf} {rest}.",
            "The UN secretary-general called on {a} (not) to {inf} {rest}.",
            "Uruguay asked {a} (not) to {inf} {rest}.",
            "Iceland's prime minister wants {a} (not) to {inf} {rest}.",
        ],
        "historical": [
            "In 1995 {a} {past} {rest}.",
            "Twenty years ago {a} {past} {rest}.",
            "{A} had {pp} {rest} in 1995, an exhibition recalls.",
            "{A} last {past} {rest} in the 1990s.",
        ],
        "occurred": [
            "{A} {past} {rest} on Tuesday.",
            "{A} {has|have} {pp} {rest}.",
        ],
    },
    "fr": {
        "negated": [
            "{A} {neaux} pas {pp} {rest}, selon des diplomates.",
            "{A} {neaux} jamais {pp} {rest}.",
            "{A} {neaux} toujours pas {pp} {rest}.",
            "Contrairement à ce qui a été dit, {a} {neaux} pas {pp} {rest}.",
        ],
        "denied": [
            "{A} {dément|démentent} {auxinf} {pp} {rest}.",
            "{A} {a|ont} nié {auxinf} {pp} {rest}.",
            "{A} {assure|assurent} ne pas {auxinf} {pp} {rest}.",
            "{A} {juge|jugent} fausse l'information selon laquelle {pron} {auxcond} {pp} {rest}.",
        ],
        "conditional": [
            "{A} {cond} {rest} si le sommet échouait.",
            "Si le vote avait lieu, {a} {cond} {rest}.",
            "{A} {pourrait|pourraient} {inf} {rest}, selon des analystes.",
            "En cas d'échec du sommet, {a} {pourrait|pourraient} {inf} {rest}.",
        ],
        "planned": [
            "{A} {fut} {rest} la semaine prochaine.",
            "{A} {va|vont} {inf} {rest} dans les prochains jours.",
            "{A} {prévoit|prévoient} {de} {inf} {rest} en juin.",
            "{A} {s'apprête|s'apprêtent} à {inf} {rest}.",
        ],
        "requested": [
            "La Norvège a exhorté {a} à (ne pas) {inf} {rest}.",
            "Le secrétaire général de l'ONU a appelé {a} à (ne pas) {inf} {rest}.",
            "L'Uruguay a prié {a} {de} (ne pas) {inf} {rest}.",
            "L'Islande presse {a} {de} (ne pas) {inf} {rest}.",
        ],
        "historical": [
            "En 1995, {a} {aux} {pp} {rest}.",
            "Il y a vingt ans, {a} {aux} {pp} {rest}.",
            "{A} {auxpast} {pp} {rest} en 1995, rappelle une exposition.",
            "C'est en 1995 que {a} {aux} {pp} {rest}.",
        ],
        "occurred": [
            "{A} {aux} {pp} {rest} mardi.",
            "Mardi, {a} {aux} {pp} {rest}.",
        ],
    },
}
STATUS = {
    "negated": "denied",
    "requested": None,
}  # the right status, where the probe's name is not it
AUXILIARIES = {  # after ne, infinitive, conditional, past
    "a": ("n'a", "avoir", "aurait", "avait"),
    "ont": ("n'ont", "avoir", "auraient", "avaient"),
    "s'est": ("ne s'est", "s'être", "se serait", "s'était"),
}


def forms(lang: str, clause: list[str]) -> dict[str, str]:
    """Return the forms that stand in braces in the sentences of this language."""
    if lang == "en":
        actor, inf, past, pp, ger, rest = clause
        return {"A": actor, "inf": inf, "past": past, "pp": pp, "ger": ger, "rest": rest}
    actor, aux, pp, inf, fut, cond, rest, pron = clause
    neaux, auxinf, auxcond, auxpast = AUXILIARIES[aux]
    return {
        "A": actor, "aux": aux, "neaux": neaux, "auxinf": auxinf, "auxcond": auxcond, "auxpast": auxpast,
        "pp": pp, "inf": inf, "fut": fut, "cond": cond, "rest": rest, "pron": pron,
    }  # fmt: skip


def sentence(pattern: str, lang: str, clause: list[str], *, escalatory: bool) -> str:
    """Return the sentence that says the clause in this pattern."""
    said = forms(lang, clause)
    actor = said["A"]
    many = actor.startswith("Les ") or actor in ("Thai soldiers", "Belgian farmers")
    article = re.match(r"(The|Le|La|Les) |L'", actor)
    said["a"] = actor[0].lower() + actor[1:] if article else actor
    text = re.sub(r"\((.+?)\) ", r"\1 " if escalatory else "", pattern)
    text = re.sub(r"\{([^{}|]+)\|([^{}|]+)\}", lambda pair: pair[1 + many], text)
    before_vowel = said["inf"][0] in "aeéèêiou" and "ne pas" not in text
    text = text.replace("{de} ", "d'" if before_vowel else "de ")
    return text.format_map(said)


def probes() -> list[dict[str, object]]:
    """Return every probe, in the order of the clauses."""
    rows: list[dict[str, object]] = []
    clauses = yaml12.load((HERE / "clauses.yaml").read_text(encoding="utf-8"))
    for number, (type_, clause) in enumerate(clauses.items()):
        escalatory = taxonomy()[type_].polarity == "escalatory"
        for side, (lang, kinds) in enumerate(SENTENCES.items()):
            for turn, (kind, patterns) in enumerate(kinds.items()):
                if kind in clause.get("not", ()):
                    continue
                pattern = patterns[(number + turn) % len(patterns)]
                rows.append(
                    {
                        "id": f"p-{lang}-{type_}-{kind}",
                        "lang": lang,
                        "published_at": PUBLISHED,
                        "body": sentence(pattern, lang, clause[lang], escalatory=escalatory),
                        "probe": kind,
                        "type": type_,
                        "actor": clause["id"][side] if "id" in clause else None,
                        "status": STATUS.get(kind, kind),
                    }
                )
    return rows


def text() -> str:
    """Return what probes.jsonl must hold."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in probes())


if __name__ == "__main__":
    (HERE / "probes.jsonl").write_text(text(), encoding="utf-8")
