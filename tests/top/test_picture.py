"""Two looks at workers, and the latest alerts → one picture, drawn for any terminal."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from streams.sources import Standing
from streams.top.drawing import Drawing
from streams.top.picture import Look, Worker, paint
from streams.top.samples import read
from tests.delivery.alerts import an_alert

NOW = datetime(2024, 5, 13, 12, tzinfo=UTC)
UP = Worker("http://127.0.0.1:6066/metrics", None, partitions=24, memory=210e6)
DOWN = Worker("http://127.0.0.1:6076/metrics", "does not answer (ClientConnectorError)")
T = NOW.timestamp()
EARLIER = """\
# TYPE tocsin_stage_duration_seconds histogram
tocsin_stage_duration_seconds_count{stage="tag"} 100
tocsin_stage_duration_seconds_sum{stage="tag"} 1
"""
PAGE = f"""\
# TYPE tocsin_stage_duration_seconds histogram
tocsin_stage_duration_seconds_count{{stage="tag"}} 120
tocsin_stage_duration_seconds_sum{{stage="tag"}} 1.1
# TYPE tocsin_records_failed_total counter
tocsin_records_failed_total{{stage="tag",reason="bug"}} 2
# TYPE tocsin_consumer_lag_messages gauge
tocsin_consumer_lag_messages{{topic="tocsin.articles",partition="0"}} 7
tocsin_consumer_lag_messages{{topic="tocsin.articles",partition="1"}} 5
# TYPE tocsin_source_last_article_timestamp_seconds gauge
tocsin_source_last_article_timestamp_seconds{{source="afp"}} {T - 60}
tocsin_source_last_article_timestamp_seconds{{source="ap"}} {T - 700}
tocsin_source_last_article_timestamp_seconds{{source="bbc"}} {T - 90_000}
tocsin_source_last_article_timestamp_seconds{{source="dpa"}} {T}
# TYPE tocsin_source_expected_interval_seconds gauge
tocsin_source_expected_interval_seconds{{source="afp"}} 300
tocsin_source_expected_interval_seconds{{source="ap"}} 300
tocsin_source_expected_interval_seconds{{source="bbc"}} 300
# TYPE tocsin_dyad_tension gauge
tocsin_dyad_tension{{dyad="CHN-USA"}} 9
tocsin_dyad_tension{{dyad="RUS-USA"}} 4
tocsin_dyad_tension{{dyad="RUS>USA"}} 6
# TYPE tocsin_dyad_tension_z gauge
tocsin_dyad_tension_z{{dyad="RUS-USA"}} 2.5
# TYPE tocsin_dyad_last_contact_timestamp_seconds gauge
tocsin_dyad_last_contact_timestamp_seconds{{dyad="RUS-USA",channel="talks"}} {T - 9.5 * 86_400}
tocsin_dyad_last_contact_timestamp_seconds{{dyad="RUS-USA",channel="military"}} {T - 3.5 * 86_400}
"""


def look(page=PAGE, at=NOW, workers=(UP,)):
    return Look(at, tuple(workers), read([page]))


def painted(*alerts, no_alerts=None, workers=(UP,), page=PAGE):
    before = look(EARLIER, NOW - timedelta(seconds=2))
    return paint(before, look(page, workers=workers), alerts, no_alerts)


def drawn(picture, width=120, lines=None):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(Drawing(picture, lines=lines))
    return console.file.getvalue()


def test_rates_are_those_between_two_looks():
    [tag] = painted().stages
    assert (tag.name, tag.per_second, tag.dead) == ("tag", 10, 2)
    assert tag.work == pytest.approx(0.005)


def test_a_worker_that_began_anew_makes_no_rate_below_nothing():
    [tag] = painted(page=PAGE.replace('"tag"} 120', '"tag"} 30')).stages
    assert tag.per_second == 15


def test_what_waits_is_told_by_topic():
    assert painted().waiting == {"articles": 12}


def test_sources_are_counted_by_where_they_stand_and_the_silent_are_named_worst_first():
    picture = painted()
    assert picture.sources == {
        Standing.ALIVE: 1,
        Standing.LATE: 1,
        Standing.DEAD: 1,
        Standing.UNKNOWN: 1,
    }
    assert [source.id for source in picture.silent] == ["bbc", "ap"]


def test_dyads_are_shown_both_ways_the_most_unusual_first_with_their_latest_contact():
    rus, chn = painted().dyads
    assert (rus.id, rus.z, rus.days_since_contact) == ("RUS-USA", 2.5, 3)
    assert (chn.id, chn.z, chn.days_since_contact) == ("CHN-USA", None, None)


def test_the_latest_alert_comes_first():
    early, late = an_alert(raised_at=NOW - timedelta(hours=1)), an_alert(raised_at=NOW)
    assert [told.at for told in painted(early, late).alerts] == [late.raised_at, early.raised_at]


def test_the_drawing_says_all_of_it():
    said = drawn(painted(an_alert()))
    for words in (
        "1 of 1 worker up",
        "24 partitions, 210 MB",
        "5.0 ms",
        "1 alive  1 late  1 dead  1 unknown",
        "bbc (dead)",
        "RUS-USA",
        "+2.5",
        "▼",
    ):
        assert words in said, words


def test_a_worker_that_does_not_answer_is_named():
    said = drawn(painted(workers=(UP, DOWN)))
    assert "1 of 2 workers up" in said
    assert f"{DOWN.url}: {DOWN.why}" in said


def test_alerts_that_cannot_be_read_do_not_hide_the_rest():
    said = drawn(painted(no_alerts="no Kafka broker answers at 127.0.0.1:9092"))
    assert "alerts: no Kafka broker answers" in said
    assert "RUS-USA" in said


@pytest.mark.parametrize("width", [1, 5, 20, 40, 59, 60, 80, 99, 100, 200])
def test_no_terminal_is_too_narrow(width):
    lines = drawn(painted(an_alert(), workers=(UP, DOWN)), width).splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize(("width", "lines"), [(80, 24), (80, 40), (120, 24), (200, 45)])
def test_alerts_are_seen_on_a_low_terminal_and_fill_a_high_one(width, lines):
    alerts = [an_alert(summary=f"They spoke: {number}.") for number in range(40)]
    said = drawn(painted(*alerts), width, lines)
    assert said.count("They spoke") >= 3
    assert len(said.splitlines()) <= max(lines, 30)
    assert len(said.splitlines()) == lines or lines < 30


def test_a_line_that_has_seen_nothing_yet_can_be_drawn():
    empty = look("", workers=(UP,))
    assert "no alerts yet" in drawn(paint(empty, empty, []))


def test_words_of_an_article_cannot_command_the_terminal_nor_the_drawing():
    said = drawn(painted(an_alert(summary="\x1b[2J [red]Tanks[/red] move\nin")))
    assert "\x1b" not in said
    assert "[red]Tanks[/red] move in" in said
