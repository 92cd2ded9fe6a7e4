from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.ingest.dating import Stamp, read_stamp


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-13T22:15:00+02:00",
        "2022-05-13T20:15:00Z",
        "2022-05-13T20:15:00.000Z",
        "20220513T201500Z",
        "Fri, 13 May 2022 20:15:00 GMT",
        "Fri, 13 May 2022 16:15:00 -0400",
        "Fri May 13 2022 22:15:00 GMT+0200",
        "May 13, 2022 4:15 PM EDT",
        "13 May 2022, 21:15 BST",
        "1652472900",
        "1652472900000",
    ],
)
def test_a_date_with_its_zone_is_read_however_it_is_written(text):
    assert read_stamp(text) == Stamp(at(2022, 5, 13, 20, 15))


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-13T20:15:00",
        "13. Mai 2022, 20:15 Uhr",
        "13 mai 2022 à 20h15",
        "13 мая 2022, 20:15",
        "20:15, 13 травня 2022",
        "13 de mayo de 2022 20:15",
        "13 maggio 2022 20:15",
        "13 de maio de 2022, 20:15",
        "13 maja 2022, 20:15",
        "13 Mayıs 2022 20:15",
        "13 مايو 2022 20:15",
        "١٣ أيار ٢٠٢٢ ٢٠:١٥",
        "2022年5月13日 20:15",
        "13.05.2022 20:15",
        "2022/05/13 20:15",
    ],
)
def test_a_date_in_any_of_the_languages_is_read_and_a_missing_zone_noted(text):
    assert read_stamp(text) == Stamp(at(2022, 5, 13, 20, 15), no_zone=True)


@pytest.mark.parametrize(
    "text", ["2022-05-13", "20220513", "13 May 2022", "13.5.2022", "2022.05.13", "5/13/2022"]
)
def test_of_a_day_alone_the_time_is_not_known(text):
    assert read_stamp(text) == Stamp(at(2022, 5, 13), only_day=True)


def test_a_day_that_may_be_two_is_none_unless_the_language_tells():
    assert read_stamp("5/6/2022") is None
    assert read_stamp("5/6/2022", "en-US").at == at(2022, 5, 6)
    assert read_stamp("5/6/2022", "en-GB").at == at(2022, 6, 5)
    assert read_stamp("5/6/2022", "fr").at == at(2022, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "yesterday",
        "31 June 2022",
        "2022-13-45",
        "0001-01-01T00:00:00Z",
        "12345",
        "May 2022",
        "x" * 10_000,
        [],
    ],
)
def test_what_is_no_date_of_news_is_none(text):
    assert read_stamp(text) is None
