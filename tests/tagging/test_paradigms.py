"""Inflection against tables known from grammars, a sample of every paradigm."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from lookups.inflect import Inflector, NoParadigm  # noqa: E402
from lookups.paradigms import Paradigms  # noqa: E402
from lookups.source import Source  # noqa: E402


def inflector(language):
    path = ROOT / "streams/tagging/data/languages" / language / "paradigms.yaml"
    return Inflector(Source.read(path, path.name).parse(Paradigms))


EN = inflector("en")
FR = inflector("fr")


def by_letter(forms, letter):
    return {form for form, letters in forms.items() if letter in letters}


@pytest.mark.parametrize(
    ("lemma", "present", "past", "participle", "gerund"),
    [
        ("bomb", "bombs", "bombed", "bombed", "bombing"),
        ("threaten", "threatens", "threatened", "threatened", "threatening"),
        ("invade", "invades", "invaded", "invaded", "invading"),
        ("agree", "agrees", "agreed", "agreed", "agreeing"),
        ("die", "dies", "died", "died", "dying"),
        ("deny", "denies", "denied", "denied", "denying"),
        ("deploy", "deploys", "deployed", "deployed", "deploying"),
        ("attack", "attacks", "attacked", "attacked", "attacking"),
        ("clash", "clashes", "clashed", "clashed", "clashing"),
        ("press", "presses", "pressed", "pressed", "pressing"),
        ("ban", "bans", "banned", "banned", "banning"),
        ("expel", "expels", "expelled", "expelled", "expelling"),
        ("veto", "vetoes", "vetoed", "vetoed", "vetoing"),
        ("panic", "panics", "panicked", "panicked", "panicking"),
        ("strike", "strikes", "struck", "struck", "striking"),
        ("hit", "hits", "hit", "hit", "hitting"),
        ("fight", "fights", "fought", "fought", "fighting"),
        ("shoot", "shoots", "shot", "shot", "shooting"),
        ("send", "sends", "sent", "sent", "sending"),
        ("speak", "speaks", "spoke", "spoken", "speaking"),
        ("say", "says", "said", "said", "saying"),
        ("withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"),
        ("overthrow", "overthrows", "overthrew", "overthrown", "overthrowing"),
        ("undertake", "undertakes", "undertook", "undertaken", "undertaking"),
        ("understand", "understands", "understood", "understood", "understanding"),
        ("forbid", "forbids", "forbade", "forbidden", "forbidding"),
        ("rebuild", "rebuilds", "rebuilt", "rebuilt", "rebuilding"),
        ("relay", "relays", "relayed", "relayed", "relaying"),
        ("release", "releases", "released", "released", "releasing"),
        ("flee", "flees", "fled", "fled", "fleeing"),
        ("begin", "begins", "began", "begun", "beginning"),
        ("swear", "swears", "swore", "sworn", "swearing"),
        ("go", "goes", "went", "gone", "going"),
        ("do", "does", "did", "done", "doing"),
        ("have", "has", "had", "had", "having"),
        ("lie", "lies", "lay", "lain", "lying"),
        ("bring", "brings", "brought", "brought", "bringing"),
        ("visit", "visits", "visited", "visited", "visiting"),
        ("offer", "offers", "offered", "offered", "offering"),
        ("target", "targets", "targeted", "targeted", "targeting"),
    ],
)
def test_an_english_verb_takes_its_four_forms(lemma, present, past, participle, gerund):
    forms = EN.verb(lemma)
    assert "I" in forms[lemma]
    assert by_letter(forms, "P") == {lemma, present}
    assert past in by_letter(forms, "D")
    assert participle in by_letter(forms, "N")
    assert by_letter(forms, "G") == {gerund}


def test_a_form_that_is_several_at_once_carries_all_its_letters():
    assert EN.verb("hit")["hit"] == "IPDN"
    assert EN.verb("strike")["struck"] == "DN"
    assert FR.verb("dire")["dit"] == "PDN"
    assert FR.verb("finir")["finit"] == "PD"


def test_to_be_and_its_many_forms():
    forms = EN.verb("be")
    assert by_letter(forms, "P") == {"am", "is", "are"}
    assert by_letter(forms, "D") == {"was", "were"}
    assert by_letter(forms, "N") == {"been"}


def test_travelled_and_traveled_are_both_english():
    assert {"cancelled", "canceled"} <= by_letter(EN.verb("cancel"), "D")


def test_a_word_of_britain_is_found_in_its_american_spelling_and_the_other_way_round():
    assert "mobilized" in EN.verb("mobilise")
    assert "mobilised" in EN.verb("mobilize")
    assert "defense minister" in EN.noun("defence minister")
    assert "armoured vehicles" in EN.noun("armored vehicle")
    assert not [form for form in EN.verb("promise") if "z" in form]
    assert not [form for form in EN.verb("raise") if "z" in form]


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("air strike", "air strikes"),
        ("embassy", "embassies"),
        ("attaché", "attachés"),
        ("convoy", "convoys"),
        ("crisis", "crises"),
        ("clash", "clashes"),
        ("spokesman", "spokesmen"),
        ("gunwoman", "gunwomen"),
        ("German", "Germans"),
        ("chief of staff", "chiefs of staff"),
        ("prisoner of war", "prisoners of war"),
        ("attorney general", "attorneys general"),
        ("embargo", "embargoes"),
        ("missile", "missiles"),
        ("child", "children"),
        ("secretary-general", "secretaries-general"),
    ],
)
def test_an_english_noun_takes_its_plural(singular, plural):
    forms = EN.noun(singular)
    assert {singular, plural} <= set(forms)


@pytest.mark.parametrize("word", ["aircraft", "headquarters", "troops", "talks", "sanctions", "police"])
def test_an_english_noun_that_has_no_other_number_stays(word):
    assert EN.noun(word) == [word]


# Third persons, singular and plural: present, imperfect, future, passé simple; then participle and gerund.
FRENCH = """
menacer | menace menacent | menaçait menaçaient | menacera | menaça menacèrent | menacé | menaçant
engager | engage engagent | engageait engageaient | engagera | engagea engagèrent | engagé | engageant
bombarder | bombarde bombardent | bombardait | bombardera | bombarda bombardèrent | bombardé | bombardant
appeler | appelle appellent | appelait | appellera | appela appelèrent | appelé | appelant
rejeter | rejette rejettent | rejetait | rejettera | rejeta | rejeté | rejetant
acheter | achète achètent | achetait | achètera | acheta | acheté | achetant
démanteler | démantèle démantèlent | démantelait | démantèlera | démantela | démantelé | démantelant
lever | lève lèvent | levait | lèvera | leva | levé | levant
libérer | libère libèrent | libérait | libérera libèrera | libéra | libéré | libérant
protéger | protège protègent | protégeait | protégera | protégea | protégé | protégeant
déployer | déploie déploient | déployait | déploiera | déploya | déployé | déployant
envoyer | envoie envoient | envoyait | enverra | envoya | envoyé | envoyant
payer | paie paye paient payent | payait | paiera payera | paya | payé | payant
créer | crée créent | créait | créera | créa | créé | créant
envahir | envahit envahissent | envahissait | envahira | envahit envahirent | envahi | envahissant
répartir | répartit répartissent | répartissait | répartira | répartit | réparti | répartissant
partir | part partent | partait | partira | partit partirent | parti | partant
sortir | sort sortent | sortait | sortira | sortit | sorti | sortant
servir | sert servent | servait | servira | servit | servi | servant
venir | vient viennent | venait | viendra | vint vinrent | venu | venant
entretenir | entretient entretiennent | entretenait | entretiendra | entretint | entretenu | entretenant
ouvrir | ouvre ouvrent | ouvrait | ouvrira | ouvrit | ouvert | ouvrant
offrir | offre offrent | offrait | offrira | offrit | offert | offrant
recourir | recourt recourent | recourait | recourra | recourut | recouru | recourant
mourir | meurt meurent | mourait | mourra | mourut moururent | mort | mourant
acquérir | acquiert acquièrent | acquérait | acquerra | acquit acquirent | acquis | acquérant
accueillir | accueille accueillent | accueillait | accueillera | accueillit | accueilli | accueillant
fuir | fuit fuient | fuyait | fuira | fuit fuirent | fui | fuyant
recevoir | reçoit reçoivent | recevait | recevra | reçut reçurent | reçu | recevant
voir | voit voient | voyait | verra | vit virent | vu | voyant
prévoir | prévoit prévoient | prévoyait | prévoira | prévit | prévu | prévoyant
pouvoir | peut peuvent | pouvait | pourra | put purent | pu | pouvant
vouloir | veut veulent | voulait | voudra | voulut | voulu | voulant
devoir | doit doivent | devait | devra | dut | dû | devant
savoir | sait savent | savait | saura | sut | su | sachant
promouvoir | promeut promeuvent | promouvait | promouvra | promut | promu | promouvant
prendre | prend prennent | prenait | prendra | prit prirent | pris | prenant
suspendre | suspend suspendent | suspendait | suspendra | suspendit | suspendu | suspendant
répondre | répond répondent | répondait | répondra | répondit | répondu | répondant
craindre | craint craignent | craignait | craindra | craignit | craint | craignant
atteindre | atteint atteignent | atteignait | atteindra | atteignit | atteint | atteignant
rejoindre | rejoint rejoignent | rejoignait | rejoindra | rejoignit | rejoint | rejoignant
enfreindre | enfreint enfreignent | enfreignait | enfreindra | enfreignit | enfreint | enfreignant
promettre | promet promettent | promettait | promettra | promit promirent | promis | promettant
abattre | abat abattent | abattait | abattra | abattit | abattu | abattant
rompre | rompt rompent | rompait | rompra | rompit | rompu | rompant
convaincre | convainc convainquent | convainquait | convaincra | convainquit | convaincu | convainquant
vivre | vit vivent | vivait | vivra | vécut vécurent | vécu | vivant
poursuivre | poursuit poursuivent | poursuivait | poursuivra | poursuivit | poursuivi | poursuivant
conclure | conclut concluent | concluait | conclura | conclut conclurent | conclu | concluant
exclure | exclut excluent | excluait | exclura | exclut | exclu | excluant
accroître | accroît accroissent | accroissait | accroîtra | accrut | accru | accroissant
reconnaître | reconnaît reconnaissent | reconnaissait | reconnaîtra | reconnut | reconnu | reconnaissant
faire | fait font | faisait | fera | fit firent | fait | faisant
interdire | interdit interdisent | interdisait | interdira | interdit interdirent | interdit | interdisant
élire | élit élisent | élisait | élira | élut | élu | élisant
souscrire | souscrit souscrivent | souscrivait | souscrira | souscrivit | souscrit | souscrivant
détruire | détruit détruisent | détruisait | détruira | détruisit | détruit | détruisant
conduire | conduit conduisent | conduisait | conduira | conduisit | conduit | conduisant
résoudre | résout résolvent | résolvait | résoudra | résolut | résolu | résolvant
être | est sont | était étaient | sera | fut furent | été | étant
avoir | a ont | avait avaient | aura | eut eurent | eu | ayant
aller | va vont | allait allaient | ira | alla allèrent | allé | allant
"""


@pytest.mark.parametrize("row", FRENCH.strip().splitlines())
def test_a_french_verb_takes_the_forms_of_its_paradigm(row):
    lemma, *table = row.split(" | ")
    forms = FR.verb(lemma)
    for letter, expected in zip("PMFDNG", table, strict=True):
        assert set(expected.split()) <= by_letter(forms, letter), letter
    assert lemma in by_letter(forms, "I")


@pytest.mark.parametrize(
    ("lemma", "subjunctive", "conditional"),
    [
        ("cesser", "cesse", "cesserait"),
        ("retirer", "retirent", "retireraient"),
        ("prendre", "prenne", "prendrait"),
        ("venir", "vienne", "viendrait"),
        ("faire", "fasse", "ferait"),
        ("mettre", "mette", "mettrait"),
        ("recevoir", "reçoive", "recevrait"),
        ("agir", "agisse", "agirait"),
        ("pouvoir", "puisse", "pourrait"),
        ("être", "soit", "serait"),
    ],
)
def test_a_french_verb_takes_its_subjunctive_and_conditional(lemma, subjunctive, conditional):
    forms = FR.verb(lemma)
    assert subjunctive in by_letter(forms, "S")
    assert conditional in by_letter(forms, "C")


@pytest.mark.parametrize(
    ("lemma", "participles"),
    [
        ("bombarder", "bombardé bombardée bombardés bombardées"),
        ("prendre", "pris prise prises"),
        ("devoir", "dû due dus dues"),
        ("ouvrir", "ouvert ouverte ouverts ouvertes"),
        ("détruire", "détruit détruite détruits détruites"),
        ("nuire", "nui"),
    ],
)
def test_a_french_participle_agrees(lemma, participles):
    assert by_letter(FR.verb(lemma), "N") == set(participles.split())


def test_only_the_verb_of_an_expression_is_inflected():
    assert "carried out air strike" in EN.verb("carry out air strike")
    assert "menaçait de représailles" in FR.verb("menacer de représailles")
    assert "en décousait" in FR.verb("en découdre")


def test_a_reflexive_verb_counts_only_with_its_pronoun():
    assert FR.verb("s'entretenir")["entretenu"] == "NR"
    assert FR.verb("se retirer de")["retire de"] == "PSR"
    assert FR.verb("s'en prendre à")["en prend à"] == "PR"
    assert FR.verb("s'en prendre à")["pris à"] == "NR"


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("frappe aérienne", "frappe aérienne|frappes aériennes"),
        ("chef d'état-major", "chef d'état-major|chefs d'état-major"),
        ("tir de missile", "tir de missile|tirs de missile"),
        ("arsenal", "arsenal|arsenaux"),
        ("festival", "festival|festivals"),
        ("exercice naval", "exercice naval|exercices navals"),
        ("bureau", "bureau|bureaux"),
        ("pays", "pays"),
        ("cessez-le-feu", "cessez-le-feu"),
        ("porte-parole", "porte-parole"),
        ("premier ministre", "premier ministre|premiers ministres|première ministre|premières ministres"),
        ("président", "président|présidents|présidente|présidentes"),
        ("ambassadeur", "ambassadeur|ambassadeurs|ambassadrice|ambassadrices"),
        ("mandat d'arrêt", "mandat d'arrêt|mandats d'arrêt"),
    ],
)
def test_a_french_noun_takes_its_plural_and_people_their_feminine(lemma, forms):
    assert set(FR.noun(lemma)) == set(forms.split("|"))


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("militaire", "militaire militaires"),
        ("aérien", "aérien aériens aérienne aériennes"),
        ("nucléaire", "nucléaire nucléaires"),
        ("naval", "naval navals navale navales"),
        ("national", "national nationaux nationale nationales"),
        ("offensif", "offensif offensifs offensive offensives"),
        ("premier", "premier premiers première premières"),
        ("français", "français française françaises"),
        ("public", "public publics publique publiques"),
        ("secret", "secret secrets secrète secrètes"),
        ("dangereux", "dangereux dangereuse dangereuses"),
        ("prêt", "prêt prêts prête prêtes"),
        ("armé", "armé armés armée armées"),
        ("officiel", "officiel officiels officielle officielles"),
        ("supérieur", "supérieur supérieurs supérieure supérieures"),
        ("provocateur", "provocateur provocateurs provocatrice provocatrices"),
        ("unilatéralement", "unilatéralement"),
    ],
)
def test_a_french_adjective_agrees(lemma, forms):
    assert set(FR.adjective(lemma)) == set(forms.split())


def test_an_adjective_keeps_its_complement():
    assert set(FR.adjective("prêt à")) == {"prêt à", "prêts à", "prête à", "prêtes à"}


def test_forms_that_are_written_out_stay_as_they_are():
    assert FR.noun("combat | combats") == ["combat", "combats"]
    assert EN.verb("shall | should/D") == {"shall": "", "should": "D"}


def test_what_no_rule_inflects_is_refused():
    with pytest.raises(NoParadigm, match="'mise en place'"):
        FR.verb("mise en place")
