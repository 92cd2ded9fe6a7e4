"""The table of words: what is looked up is what was written."""

from __future__ import annotations

import pytest

from streams.tagging.table import Row, Table, written

ROWS = [
    Row("air", "strike", "n STRIKE"),
    Row("air", "", "n AIR"),
    Row("airs", "", "n AIR"),
    Row("удар", "", "n STRIKE"),
    Row("удар", "по", "v STRIKE P"),
    Row("russian*", "", "e 0 adj 1"),
    Row("a", "", "f det "),
]


@pytest.fixture
def table():
    return Table(written(ROWS))


def test_a_token_leads_to_its_own_entries_and_no_others(table):
    assert set(table.rows("air")) == {Row("air", "strike", "n STRIKE"), Row("air", "", "n AIR")}
    assert table.rows("a") == [Row("a", "", "f det ")]
    assert len(table.rows("удар")) == 2


@pytest.mark.parametrize("token", ["", "ai", "aira", "zz", "я", "удары"])
def test_a_token_that_is_not_written_has_no_entries(table, token):
    assert table.rows(token) == []


def test_all_that_was_written_is_there(table):
    assert sorted(table) == sorted(ROWS)


def test_an_empty_table_has_no_entries():
    assert Table(b"").rows("air") == []
