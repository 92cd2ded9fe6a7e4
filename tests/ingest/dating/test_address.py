from __future__ import annotations

import pytest

from streams.ingest.dating import day_in


@pytest.mark.parametrize(
    "path",
    [
        "/2022/05/13/a-call",
        "/2022/5/13",
        "/world/2022/may/13/a-call",
        "/news/2022-05-13/a.html",
        "/n/2022-05/13/c_1.htm",
        "/20220513/8f/c.html",
        "/n1/2022/0513/c1.html",
        "/13-05-2022/a",
    ],
)
def test_a_day_is_read_from_whole_segments_of_a_path(path):
    assert f"{day_in('https://a.example' + path).at:%Y-%m-%d}" == "2022-05-13"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/the-coup-of-2022-05-13",
        "https://a.example/1/2022/13/45",
        "https://a.example/?date=2022/05/13",
        "https://a.example/20220513123/",
        "https://[broken",
        None,
    ],
)
def test_other_numbers_of_an_address_are_no_day(url):
    assert day_in(url) is None
