from __future__ import annotations

from streams.metrics import OTHER, Label


def test_a_value_seen_in_time_keeps_its_own_count():
    label = Label("source", 1)
    assert [label("a"), label("b"), label("a")] == ["a", OTHER, "a"]
    assert label.most == 2


def test_a_closed_set_names_no_value_of_others():
    label = Label("novelty", values=("first", "update"))
    assert [label("first"), label("never heard of")] == ["first", OTHER]
    assert label.most == 3


def test_a_label_told_what_to_name_counts_all_else_as_other():
    label = Label("source", 2)
    label.name_only(["b", "c", "a"])
    assert [label("a"), label("b"), label("c"), label("d")] == ["a", "b", OTHER, OTHER]
