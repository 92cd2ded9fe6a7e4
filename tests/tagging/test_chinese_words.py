"""Chinese words cut out of unbroken text."""

# ruff: noqa: RUF001 (marks of full width are the point here)

from __future__ import annotations

from datetime import date

import pytest

from streams.tagging.chinese_words import Cutter
from streams.tagging.dates import date_grammar
from streams.tagging.lexicon import lexicon
from streams.tagging.particular import reader
from streams.tagging.tokens import flatten


def cut(text):
    return Cutter(lexicon("zh")).cut(flatten(text, "zh"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("俄罗斯对乌克兰发动袭击", "俄罗斯 对 乌克兰 发动 袭击"),
        ("对手面对和平", "对手 面对 和平"),
        ("弗拉基米尔·普京表示", "弗拉基米尔·普京 表示"),
        ("土耳其国防部长居莱尔", "土耳其 国防部长 居莱尔"),
        ("NATO和F-16战机", "NATO 和 F-16 战机"),
    ],
)
def test_the_longest_word_that_the_lists_hold_is_read(text, words):
    assert " ".join(token.text for token in cut(text)) == words


def test_traditional_characters_are_read_as_simplified_ones():
    assert [token.entry for token in cut("俄羅斯對烏克蘭發動襲擊")] == [
        "俄罗斯",
        "对",
        "乌克兰",
        "发动",
        "袭击",
    ]


def test_one_character_stands_for_a_state_before_an_office_and_beside_another_state():
    assert [(token.text, token.entry) for token in cut("美总统")] == [("美", "美国"), ("总统", "总统")]
    assert [token.entry for token in cut("美俄关系")][:2] == ["美国", "俄罗斯"]
    assert cut("美丽的俄式建筑")[0].entry == "美丽"


@pytest.mark.parametrize(
    ("text", "value"),
    [("43架", "43"), ("两千名", "2000"), ("1.2万名", "12000"), ("三百枚", "300"), ("十人", "10")],
)
def test_a_number_takes_with_it_what_it_counts(text, value):
    assert [token.low for token in cut(text)] == [value]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年3月24日", date(2024, 3, 24)),
        ("3月24日", date(2024, 3, 24)),
        ("14日", date(2024, 5, 14)),
        ("周一", date(2024, 5, 13)),
        ("上周五", date(2024, 5, 10)),
        ("昨天", date(2024, 5, 14)),
        ("三天前", date(2024, 5, 12)),
    ],
)
def test_dates_stand_in_the_middle_of_a_text(text, day):
    flat = f"俄军{text}袭击基辅"
    found = date_grammar("zh").find(flat, reader("zh").read(flat, 0, len(flat)), date(2024, 5, 15))
    assert [(flat[f.start : f.end], f.first) for f in found] == [(text, day)]


def test_who_sends_a_text_is_no_party():
    text = "新华社莫斯科5月15日电(记者张三)俄军发动袭击"
    assert [token.entry for token in cut(text)][1:] == ["俄军", "发动", "袭击"]


def test_every_word_keeps_its_place_in_the_text():
    text = "美国总统拜登4日同俄罗斯总统弗拉基米尔·普京通电话，讨论3枚导弹。"
    flat = flatten(text, "zh")
    reading = reader("zh").read(flat, 0, len(flat))
    assert "".join(unit.text for unit in reading.units) == flat
