"""Arabic sentences in the order of the others, their phrases parted."""

# ruff: noqa: RUF001 (letters that look like others are the point here)

from __future__ import annotations

import pytest

from streams.tagging.particular import in_order, reader
from streams.tagging.tokens import flatten


def ordered(text):
    flat = flatten(text, "ar")
    reading = in_order(reader("ar").read(flat, 0, len(flat)), "ar")
    return " ".join(unit.text or f"<{unit.low}>" for unit in reading.units)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("قصف الجيش الروسي مدينة", "قصف الجيش الروسي <between> مدينة"),
        ("التقى الرئيس الفرنسي نظيره", "التقي الرئيس الفرنسي <خاصته> نظيره"),
        ("وزير الخارجية المصري سامح شكري", "وزير الخارجية المصري سامح شكري"),
        ("نفت روسيا قصف خاركيف", "نفت روسيا <between> قصف <prep> خاركيف"),
        ("كانت روسيا قد غزت جورجيا", "روسيا قد كانت غزت جورجيا"),
        ("صاروخا أطلقه الحوثيون", "صاروخا <rel> الحوثيون اطلق ه"),
    ],
)
def test_phrases_are_parted_and_verbs_stand_with_what_helps_them(text, order):
    assert ordered(text) == order


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("قصف الجيش المدينة", "V"),
        ("نفت روسيا قصف خاركيف", "N"),
        ("عملية قصف", "N"),
        ("إن روسيا قصفت المدينة", "V"),
    ],
)
def test_a_verb_is_told_from_its_noun_by_what_stands_beside_it(text, read):
    flat = flatten(text, "ar")
    reading = in_order(reader("ar").read(flat, 0, len(flat)), "ar")
    assert [
        r for unit, r in zip(reading.units, reading.reads, strict=True) if unit.low.startswith("قصف")
    ] == [read]
