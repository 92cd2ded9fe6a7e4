from __future__ import annotations

import pytest

from schemas import Article
from streams.ingest.mapping import MappingErrors, load_mapping
from streams.ingest.mapping.written import FIELDS, NEEDED

SOUND = "fields:\n  body: text\n  published_at: date\n"


def mistakes(tmp_path, text):
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(MappingErrors) as caught:
        load_mapping(tmp_path / "map.yaml")
    return [str(mistake).removeprefix(f"{tmp_path}/") for mistake in caught.value.mistakes]


def test_a_sound_mapping_is_loaded(tmp_path):
    (tmp_path / "map.yaml").write_text(SOUND)
    assert [rule.name for rule in load_mapping(tmp_path / "map.yaml").rules] == ["body", "published_at"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("only: a[\n" + SOUND, "map.yaml:1: 'a[' is no JMESPath expression"),
        (SOUND + "onyl: a\n", "map.yaml:4: no field is named onyl (did you mean only?)"),
        (
            SOUND + "  titel: head\n",
            "map.yaml:4: field titel: an article has no field titel (did you mean title?)",
        ),
        (
            SOUND + "  title: upper(head)\n",
            "map.yaml:4: field title: 'upper(head)' calls upper(), which JMESPath",
        ),
        (
            SOUND + "  title: {from: head, as: htm}\n",
            "map.yaml:4: field title: as: input should be 'text' or 'html'",
        ),
        (
            SOUND + "  title: {form: head}\n",
            "map.yaml:4: field title: no field is named form (did you mean from?)",
        ),
        (SOUND + "  lang: {from: a, value: en}\n", "map.yaml:4: field lang: give either `from:` or `value:`"),
        (SOUND + "  lang: 3\n", "map.yaml:4: field lang: must be an expression in quotes, or `from:`"),
        (SOUND + "  body: other\n", "map.yaml:4: field body: the field body stands twice"),
        ("fields:\n  body: text\n", "map.yaml:1: the field published_at is missing"),
        (
            "fields:\n  body: text\n  published_at: {from: date, default: soon}\n",
            "map.yaml:3: field published_at: 'soon' is no date, as 2022-05-13T20:00:00Z",
        ),
        ("- body\n", "map.yaml:1: fields are expected here"),
        ("fields: [\n", "map.yaml:2: not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line_its_field_and_what_was_meant(tmp_path, text, said):
    assert any(mistake.startswith(said) for mistake in mistakes(tmp_path, text)), mistakes(tmp_path, text)


def test_every_mistake_is_told_at_once(tmp_path):
    found = mistakes(tmp_path, "each: 3\nfields:\n  titel: a\n  body: b[\n  lang: {form: c}\n")
    assert [mistake.split(":")[1] for mistake in found] == ["1", "2", "3", "4", "5"]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(MappingErrors, match="the file cannot be read"):
        load_mapping(tmp_path / "none.yaml")


def test_every_field_that_can_be_mapped_is_one_of_an_article():
    assert set(NEEDED) < set(FIELDS) <= set(Article.model_fields)
