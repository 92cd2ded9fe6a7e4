"""Chinese sentences in the order of the others: subject, verb, object, phrases."""

from __future__ import annotations

import pytest

from streams.tagging.particular import in_order, reader
from streams.tagging.tokens import flatten


def ordered(text):
    flat = flatten(text, "zh")
    reading = in_order(reader("zh").read(flat, 0, len(flat)), "zh")
    shown = [unit.text or f"<{unit.low}>" for unit in reading.units]
    return " ".join(word for word in shown if word not in ("<between>", "<closing>"))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("俄罗斯对乌克兰发动袭击", "俄罗斯 发动 袭击 对 乌克兰"),
        ("欧盟取消了对白俄罗斯的制裁", "欧盟 取消 了 制裁 对 白俄罗斯"),
        ("中方拒绝了奥斯汀提出的请求", "中方 拒绝 了 请求 <rel> 奥斯汀 提出"),
        ("加沙遭以军轰炸", "加沙 遭 轰炸 <prep> 以军"),
        ("美国将伊朗公司列入制裁名单", "美国 列入制裁名单 伊朗 公司"),
        ("欧盟将于周一举行会谈", "欧盟 周一 将于 举行会谈"),
        ("俄罗斯否认俄军袭击医院", "俄罗斯 否认 <that> 俄军 袭击 医院"),
    ],
)
def test_phrases_stand_behind_the_verb_and_nothing_is_left_unsaid(text, order):
    assert ordered(text) == order


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("俄军袭击基辅", "V"),
        ("俄军发动袭击", "N"),
        ("基辅的袭击", "N"),
        ("俄军没有袭击基辅", "V"),
        ("袭击造成5人死亡", "N"),
    ],
)
def test_a_verb_is_told_from_the_noun_that_looks_like_it(text, read):
    flat = flatten(text, "zh")
    reading = in_order(reader("zh").read(flat, 0, len(flat)), "zh")
    assert [r for unit, r in zip(reading.units, reading.reads, strict=True) if unit.low == "袭击"] == [read]
