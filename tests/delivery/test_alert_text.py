import re
from datetime import date

import pytest
from rich.cells import cell_len

from schemas import Place
from streams.delivery.text import render
from tests.delivery.alerts import an_alert
from tests.factories import a_date, a_party, a_story

QUOTE = (
    "Le premier appel en 84 jours a duré environ une heure et était à la demande du secrétaire américain. "
)


def shown(alert=None, **kind):
    return render(alert or an_alert(a_story(**kind)), colour=False)


def line_of(label, text):
    """Return the text under a label, its lines joined."""
    lines = text.splitlines()
    [at] = [number for number, line in enumerate(lines) if line.startswith(f"  {label} ")]
    more = lines[at + 1 :]
    until = next((number for number, line in enumerate(more) if line[2] != " "), len(more))
    return " ".join(line[14:] for line in [lines[at], *more[:until]])


def test_the_first_line_is_one_sentence_with_severity_and_polarity():
    alert = an_alert(summary="Lloyd Austin spoke with Sergei Shoigu.", severity=3.5, polarity="deescalatory")
    first = shown(alert).splitlines()[0]
    assert first == "UNCONFIRMED [3.5/10 de-escalatory] Lloyd Austin spoke with Sergei Shoigu."


def test_a_story_of_two_origins_is_not_called_unconfirmed():
    story = a_story().model_copy(update={"origins": 2, "mentions": 5, "sources": ["lemonde", "kommersant"]})
    text = shown(an_alert(story))
    assert "UNCONFIRMED" not in text
    assert line_of("known from", text).startswith(
        "2 origins, 2 sources (lemonde, kommersant), 5 mentions; first "
    )


@pytest.mark.parametrize("change", ["Update", "Cancel"])
def test_what_changes_an_earlier_alert_says_so_first(change):
    assert shown(an_alert(msg_type=change)).startswith(f"{change.upper()} UNCONFIRMED [")


def test_the_roles_say_who_toward_whom():
    austin = a_party("USA", person="Lloyd Austin", role="defence")
    text = shown(actors=[austin], targets=["RUS"], third_party=[a_party("POL")])
    assert line_of("who", text) == "USA (Lloyd Austin, defence) → RUS; also POL"


def test_an_actor_that_nobody_names_is_called_so():
    assert line_of("who", shown(actors=(), targets=["SWE"])) == "unnamed → SWE"


def test_what_has_not_happened_is_not_told_as_if_it_had():
    assert line_of("what", shown()) == "military_communication, occurred"
    assert (
        line_of("what", shown(status="planned")) == "military_communication, PLANNED, it has not happened yet"
    )
    assert line_of("what", shown(status="denied")).endswith("DENIED, it is said not to have happened")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (a_date(date(2022, 5, 13)), "2022-05-13 (known to the day)"),
        (a_date(date(2022, 5, 9), date(2022, 5, 15), "week"), "2022-05-09 to 2022-05-15 (known to the week)"),
        (
            a_date(date(2022, 1, 1), date(2022, 12, 31), "unknown"),
            "on an unknown date, between 2022-01-01 and 2022-12-31",
        ),
    ],
)
def test_the_date_says_how_precisely_it_is_known(when, told):
    assert line_of("when", shown(an_alert(a_story().model_copy(update={"event_date": when})))) == told


def test_the_place_is_told_if_there_is_one():
    assert "  where" not in shown()
    place = Place(name="Lviv", country="UKR", role="near")
    story = a_story().model_copy(update={"place": place})
    assert line_of("where", shown(an_alert(story))) == "near Lviv, UKR (known to the city)"


def test_the_quote_stands_in_its_own_language_with_its_source():
    text = shown(quote=QUOTE.strip(), source="lemonde", lang="fr")
    assert line_of("quote", text) == f"“{QUOTE.strip()}” — lemonde, in fr"


def test_it_says_why_it_fired_and_gives_the_ids():
    alert = an_alert()
    text = shown(alert)
    assert line_of("why", text) == (
        'Military leaders spoke (rule talks, version 3) type == "military_communication" '
        "type is military_communication"
    )
    for id_ in (alert.id, alert.story.id, alert.story.lead.id, alert.story.lead.article.id):
        assert id_ in line_of("ids", text)


@pytest.mark.parametrize("quote", [QUOTE * 3, "谢尔盖·绍伊古" * 30, "x" * 500])
def test_no_line_is_wider_than_80_columns(quote):
    text = shown(quote=quote, source="a-source-with-a-long-name" * 4)
    assert max(map(cell_len, text.splitlines())) <= 80


def test_a_quote_of_a_whole_page_is_cut():
    assert "[…]”" in shown(quote="word " * 500)


def test_colour_changes_no_letter():
    plain, coloured = (render(an_alert(), colour=colour) for colour in (False, True))
    assert coloured != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def test_a_hostile_article_cannot_command_the_terminal():
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31mtext\r\u202e"
    story = a_story(quote=evil, source=evil, actors=[a_party("USA", person=evil)], article=evil)
    story = story.model_copy(update={"place": Place(name=evil), "headline": evil, "object": evil})
    lines = render(an_alert(story), colour=False).split("\n")
    assert all(line.isprintable() for line in lines)


def test_an_update_says_what_changed_and_what_it_supersedes():
    change = {"field": "status", "before": "planned", "after": "denied"}
    text = shown(an_alert(msg_type="Update", changes=[change], supersedes="alert-0", revision=2))
    assert line_of("changed", text) == "status was planned, is denied"
    assert "supersedes alert-0" in line_of("ids", text)


def test_what_did_not_count_is_told():
    kinds = [{"what": "denied", "number": 2}, {"what": "unknown_sources", "number": 1}]
    text = shown(an_alert(not_counted=kinds))
    assert line_of("not counted", text) == "2 denials, 1 source of unknown owner"


def test_an_alert_on_several_stories_lists_them_with_the_time_looked_at():
    counted = {"revision": 1, "at": "2022-05-13T12:00:00Z", "headline": "RUS struck UKR", "origins": 1}
    alert = an_alert(
        story=a_story(),
        stories=[counted | {"story": f"s{number}"} for number in range(7)],
        group={"dyad": "RUS-UKR"},
        period={"start": "2022-05-10T00:00:00Z", "end": "2022-05-17T00:00:00Z"},
    )
    text = shown(alert.model_copy(update={"story": None, "confidence": None}))
    assert line_of("group", text) == "dyad RUS-UKR"
    assert line_of("period", text) == "2022-05-10 00:00 to 2022-05-17 00:00 UTC"
    assert line_of("counted", text).startswith("2022-05-13 RUS struck UKR (1 origin) ")
    assert line_of("counted", text).endswith("and 2 more")


def test_how_sure_it_is_stands_in_the_first_line():
    assert "confidence 80%]" in shown(an_alert(confidence=0.8)).splitlines()[0]
