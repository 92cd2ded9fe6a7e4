"""The list of people: whom each stands for, on which day, under which spellings."""

import sys
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.article import Article
from streams.tagging import Tagger
from streams.tagging.lexicon import entities, lexicon
from streams.tagging.parties import office_on

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from lookups.actors import LATIN, ActorFile  # noqa: E402
from lookups.source import Source  # noqa: E402

FILE = ROOT / "streams/tagging/data/actors/people.yaml"
PEOPLE = Source.read(FILE, FILE.name).parse(ActorFile).entities
OFFICES = [(person, office) for person in PEOPLE for office in person.offices]


@pytest.fixture(scope="module")
def listed():
    return {entity.id: entity for entity in entities()}


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def forms(names, language):
    """Return every form that a language writes, with its cases; names marked as ambiguous are left out."""
    keys = ("latin", language) if language in LATIN else (language,)
    texts = [item for key in keys for item in names.get(key, ()) if isinstance(item, str)]
    return [form.strip().partition("/")[::2] for text in texts for form in text.split("|")]


def called(name, language):
    """Return the ids of those whom a name stands for."""
    return {
        person.id
        for person in PEOPLE
        for names in (person.names, person.alone)
        if name in (form for form, _ in forms(names, language))
    }


def people_in(tagger, text, lang, day):
    """Return (party, role, person) of everybody in the events of a text published on a day."""
    when = datetime.fromisoformat(day).replace(hour=20, tzinfo=UTC)
    tagged = tagger.tag(Article(id="a", body=text, lang=lang, published_at=when), now=when)
    parties = [party for event in tagged.events for party in (*event.actors, *event.targets)]
    return {(party.id, party.role, party.person) for party in parties}


def test_it_holds_the_people_of_forty_years_all_over_the_world():
    assert len(PEOPLE) > 1000
    assert len({person.party for person in PEOPLE}) > 150


def test_everybody_acts_for_a_party_that_stands_for_itself(listed):
    parties = {person.party for person in PEOPLE} | {office.party for _, office in OFFICES if office.party}
    assert [party for party in sorted(parties) if listed[party].party != party] == []


def test_everybody_has_held_an_office():
    assert [person.id for person in PEOPLE if not person.offices] == []


def test_offices_stand_in_the_order_of_time_and_end_after_they_begin():
    began = {person.id: [office.since or "" for office in person.offices] for person in PEOPLE}
    assert [who for who, days in began.items() if days != sorted(days)] == []
    assert [who.id for who, office in OFFICES if (office.since or "") > (office.until or "9999")] == []


def test_the_days_of_offices_are_days_of_the_calendar():
    days = [day for _, office in OFFICES for day in (office.since, office.until) if day]
    assert all(1940 < date.fromisoformat(day).year < 2027 for day in days)


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ru", "uk"])
def test_a_surname_alone_leads_to_one_party(language):
    parties = defaultdict(set)
    for person in PEOPLE:
        for surname, _ in forms(person.alone, language):
            parties[surname].add(person.party)
    assert {surname: found for surname, found in parties.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_surname_alone_is_no_word_that_reports_an_event(language):
    words = lexicon(language)
    taken = {
        surname
        for person in PEOPLE
        for surname, _ in forms(person.alone, language)
        if (word := words.word(surname.lower())) and (word.verb_concepts or word.nouns or word.roles)
    }
    assert taken == set()


@pytest.mark.parametrize(
    ("who", "spellings"),
    [
        ("sergei-shoigu", "en:Shoigu en:Shoygu fr:Choïgou fr:Choigou de:Schoigu ru:Шойгу uk:Шойгу"),
        ("vladimir-putin", "en:Putin fr:Poutine de:Putin ru:Путин ru:Путиным uk:Путіна"),
        ("volodymyr-zelensky", "en:Zelenskyy fr:Zelensky de:Selenskyj ru:Зеленского uk:Зеленському"),
        ("valery-gerasimov", "en:Gerasimov fr:Guerassimov de:Gerassimow ru:Герасимова uk:Герасимов"),
        ("muammar-gaddafi", "en:Gaddafi en:Gadhafi en:Qaddafi fr:Kadhafi es:Gadafi ru:Каддафи"),
        ("bashar-al-assad", "en:Assad fr:al-Assad de:Assad es:Asad ru:Асаду"),
        ("viktor-orban", "en:Orbán en:Orban fr:Orban ru:Орбаном"),
        ("ali-khamenei", "en:Khamenei de:Chamenei es:Jamenei ru:Хаменеи"),
        ("alexander-lukashenko", "en:Lukashenko fr:Loukachenko de:Lukaschenko ru:Лукашенко uk:Лукашенком"),
    ],
)
def test_a_name_is_found_as_each_language_spells_it(who, spellings):
    for spelling in spellings.split():
        language, _, name = spelling.partition(":")
        assert who in called(name, language), spelling


@pytest.mark.parametrize(
    ("who", "language", "expected"),
    [
        ("vladimir-putin", "ru", "Путин/n Путина/ga Путину/d Путиным/i Путине/l"),
        ("emmanuel-macron", "ru", "Макрон/n Макрона/ga Макрону/d Макроном/i Макроне/l"),
        ("maria-zakharova", "ru", "Захарова/n Захаровой/gdil Захарову/a"),
        ("angela-merkel", "ru", "Меркель/"),
        ("dmytro-kuleba", "uk", "Кулеба/n Кулеби/g Кулебі/dl Кулебу/a Кулебою/i"),
        ("sergei-shoigu", "uk", "Шойгу/"),
    ],
)
def test_slavic_surnames_are_declined(who, language, expected):
    person = next(person for person in PEOPLE if person.id == who)
    assert " ".join("/".join(form) for form in forms(person.alone, language)) == expected


@pytest.mark.parametrize(
    ("who", "day", "role", "party"),
    [
        ("sergei-shoigu", "2022-05-13", "defence", None),
        ("sergei-shoigu", "2024-06-25", "government", None),
        ("dmitry-medvedev", "2009-04-01", "head", None),
        ("ahmed-al-sharaa", "2022-01-01", "rebels", "HTS"),
        ("ahmed-al-sharaa", "2025-05-14", "head", None),
        ("kaja-kallas", "2022-03-01", "head", "EST"),
        ("kaja-kallas", "2025-03-01", "foreign", None),
        ("john-garang", "1999-01-01", "rebels", None),
    ],
)
def test_role_and_party_are_those_of_the_office_held_on_the_day(listed, who, day, role, party):
    office = office_on(listed[who], day)
    assert (office["role"], office.get("party")) == (role, party)


def test_ministers_named_by_their_surnames_speak_for_their_states(tagger):
    found = people_in(tagger, "Blinken spoke to Lavrov by phone on Friday.", "en", "2022-05-13")
    assert found == {("USA", "foreign", "Antony Blinken"), ("RUS", "foreign", "Sergei Lavrov")}


def test_a_name_in_french_spelling_is_the_same_person(tagger):
    text = "Lloyd Austin s'est entretenu vendredi avec Sergueï Choïgou."
    found = people_in(tagger, text, "fr", "2022-05-13")
    assert found == {("USA", "defence", "Lloyd Austin"), ("RUS", "defence", "Sergei Shoigu")}
