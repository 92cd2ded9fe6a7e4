from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from schemas.taxonomy import taxonomy
from streams.ingest.gdelt import (
    BadList,
    BadTable,
    Kind,
    addresses_in,
    events_in,
    kind_of,
    read_list,
    rows_of,
    types_of,
)
from tests.ingest.gdelt.gdelt_files import a_document, a_list, a_mention, an_event, packed


def rows(kind, raw):
    return list(rows_of("table", kind, io.BytesIO(raw)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("20220513200000.export.CSV.zip", Kind.EVENTS),
        ("http://data.gdeltproject.org/gdeltv2/20220513200000.translation.mentions.CSV.zip", Kind.MENTIONS),
        ("20220513200000.gkg.csv.zip", Kind.GKG),
        ("notes.txt", None),
    ],
)
def test_the_name_of_a_file_says_what_it_holds(name, kind):
    assert kind_of(name) is kind


@pytest.mark.parametrize("packing", [packed, lambda lines: "".join(lines).encode()], ids=["zip", "plain"])
def test_a_table_is_read_row_by_row_and_a_row_of_other_columns_is_passed_over(packing):
    raw = packing([an_event(), "broken\trow\n", an_event(GlobalEventID="2")])
    assert [row[0] for row in rows(Kind.EVENTS, raw)] == ["1045000000", "2"]


def test_a_file_that_is_cut_off_is_named():
    raw = packed([an_event(GlobalEventID=str(number)) for number in range(50_000)])
    with pytest.raises(BadTable, match="table: is cut off or damaged after row 0"):
        rows(Kind.EVENTS, raw[: len(raw) // 2])


def test_a_table_of_another_kind_is_named():
    with pytest.raises(BadTable, match="no row has the 61 columns of a table of export"):
        rows(Kind.EVENTS, packed([a_mention("https://example.org/1")]))


def test_mentions_name_each_article_of_the_web_once():
    table = [
        a_mention("https://example.org/1"),
        a_mention("https://example.org/1", GlobalEventID="2"),
        a_mention("BBC Monitoring", MentionType="2"),
        a_mention("ftp://example.org/2"),
        a_mention("https://example.org/3"),
    ]
    found = list(addresses_in(Kind.MENTIONS, rows(Kind.MENTIONS, packed(table))))
    assert [address.url for address in found] == ["https://example.org/1", "https://example.org/3"]
    assert found[0].seen_at == datetime(2022, 5, 13, 20, tzinfo=UTC)


def test_the_knowledge_graph_knows_title_and_time_of_publication():
    [address] = addresses_in(Kind.GKG, rows(Kind.GKG, packed([a_document("https://example.org/1")])))
    assert (address.title, address.site) == ("A call & more", "example.org")
    assert address.published_at == datetime(2022, 5, 13, 19, 30, tzinfo=UTC)


def test_an_event_stands_beside_our_types_and_says_that_it_is_gdelts():
    [event] = events_in(rows(Kind.EVENTS, packed([an_event()])))
    assert event["of"] == "gdelt"
    assert event["types"] == ["military_communication", "leader_communication"]
    assert (event["actor"]["country"], event["target"]["country"]) == ("USA", "RUS")
    assert (event["goldstein"], event["mentions"], event["tone"]) == (1.0, 12, -1.25)
    assert event["place"] == {"name": "Moscow, Moskva, Russia", "fips": "RS", "lat": 55.7522, "lon": 37.6156}
    assert event["day"] == "2022-05-13"


@pytest.mark.parametrize(
    ("code", "types"),
    [
        ("043", ("military_communication", "leader_communication")),  # within a range
        ("1951", ("air_missile_strike",)),  # the closest code, not its beginning
        ("1952", ("air_missile_strike",)),
        ("195", ("air_missile_strike", "border_spillover_strike")),
        ("1994", ()),  # nothing of ours is just any fight
        ("072", ("arms_transfer",)),
        ("073", ("aid_given",)),
        ("112", ()),  # left out of condemnations, and too wide for an accusation
        ("1123", ("accusation_aggression",)),
        ("111", ("condemnation",)),
        ("010", ()),
        ("", ()),
    ],
)
def test_a_code_leads_to_the_types_that_share_its_longest_beginning(code, types):
    assert types_of(code) == types


def test_every_type_of_ours_is_reached_from_its_own_code():
    unreached = [type_.name for type_ in taxonomy().types if type_.name not in types_of(type_.codes.cameo)]
    assert unreached == []


def test_a_list_names_files_the_earliest_first_and_lines_that_are_broken_are_passed_over():
    files = {"20220513201500.gkg.csv.zip": b"2", "20220513200000.export.CSV.zip": b"1"}
    listed = read_list("list", a_list("http://127.0.0.1/g", files) + "\nhalf a line\n")
    assert [(one.kind, one.size) for one in listed] == [(Kind.EVENTS, 1), (Kind.GKG, 1)]
    assert listed[0].at == datetime(2022, 5, 13, 20, tzinfo=UTC)


def test_a_text_that_lists_nothing_is_refused():
    with pytest.raises(BadList, match=r"page\.html: lists no file of GDELT"):
        read_list("page.html", "<html>not found</html>")
