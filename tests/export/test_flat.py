from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas import Event
from streams.export.flat import COLUMNS, write_csv
from tests.factories import a_party, an_event

pq = pytest.importorskip("pyarrow.parquet")

from streams.export.parquet import write_parquet  # noqa: E402

DOCS = Path(__file__).parents[2] / "docs" / "export.md"


def as_csv(*events):
    table = io.StringIO(newline="")
    write_csv(events, table)
    return list(csv.DictReader(io.StringIO(table.getvalue(), newline="")))


def as_parquet(*events):
    table = io.BytesIO()
    write_parquet(events, table)
    return pq.read_table(io.BytesIO(table.getvalue()))


def test_an_event_is_one_line_under_a_header():
    (line,) = as_csv(an_event(attributes={"gap_days": 84}))
    assert list(line) == [column.name for column in COLUMNS]
    assert (line["type"], line["status"], line["actors"], line["targets"]) == (
        "military_communication",
        "occurred",
        "USA",
        "RUS",
    )
    assert json.loads(line["attributes"]) == {"gap_days": 84}
    assert line["published_at"] == "2022-05-13T12:00:00Z"
    assert line["place"] == ""


def test_lists_are_joined_and_keep_step_with_each_other():
    (line,) = as_csv(an_event(actors=("USA", a_party("GBR", role="head", person="A; B"), "FRA")))
    assert line["actors"] == "USA;GBR;FRA"
    assert line["actor_roles"] == ";head;"
    assert line["actor_persons"] == ";A, B;"


def test_a_quote_with_commas_quotes_and_lines_comes_back_as_it_was():
    quote = 'He said: "No, never",\nand left.'
    (line,) = as_csv(an_event(quote=quote))
    assert line["quote"] == quote


def test_parquet_holds_the_same_with_types():
    (line,) = as_parquet(an_event(actors=("USA", "GBR"))).to_pylist()
    assert line["actors"] == ["USA", "GBR"]
    assert line["date_start"] == date(2022, 5, 13)
    assert line["tagged_at"] == datetime(2022, 5, 13, 12, tzinfo=UTC)
    assert line["confidence"] == pytest.approx(0.8)
    assert line["place_lat"] is None


def test_a_table_of_no_events_has_its_columns():
    assert as_csv() == []
    assert as_parquet().column_names == [column.name for column in COLUMNS]


def test_every_field_of_an_event_is_in_the_table():
    shown = {column.name for column in COLUMNS}
    # what one column stands for where the name of the field is another
    parts = {
        "actors": {"actors"}, "targets": {"targets"}, "rival": {"rivals"}, "third_party": {"third_parties"},
        "event_date": {"date_start", "date_end"}, "evidence": {"quote", "trigger", "cue"},
        "codes": {"cameo", "goldstein", "plover", "quadclass"}, "article": {"article", "url", "source"},
    }  # fmt: skip
    missing = [name for name in Event.model_fields if not parts.get(name, {name}) <= shown]
    assert missing == []


def test_every_column_is_described():
    page = DOCS.read_text("utf-8")
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in page] == []
