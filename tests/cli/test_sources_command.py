import json

from click.testing import CliRunner

from streams.cli.sources import command
from streams.sources import Registry, source_file_schema

MINE = "sources:\n  - {id: my-paper, name: My Paper, langs: [uk], country: UKR, kind: newspaper, tier: 2}\n"


def run(*words, **environment):
    return CliRunner().invoke(command, [str(word) for word in words], env=environment)


def listed(*words, **environment):
    result = run("list", "--json", *words, **environment)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.output.splitlines()]


def test_the_sources_that_ship_are_checked_when_no_file_is_given():
    result = run("check")
    assert result.exit_code == 0
    assert result.output == f"{len(Registry.load())} sources, no mistakes\n"


def test_the_sources_of_the_setting_are_checked_when_no_file_is_given(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("sources: []\n")
    assert run("check", TOCSIN_SOURCES=str(mine)).exit_code == 1
    mine.write_text(MINE)
    assert (
        run("check", TOCSIN_SOURCES=str(mine)).output == f"{len(Registry.load()) + 1} sources, no mistakes\n"
    )


def test_every_mistake_is_told_and_the_exit_code_is_1(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE.replace("kind", "knd").replace("tier: 2", "tier: 5"))
    result = run("check", mine)
    assert result.exit_code == 1
    assert f"{mine}:2: source my-paper: no field is named knd (did you mean kind?)" in result.output
    assert result.output.endswith("3 mistakes\n")


def test_a_program_reads_mistakes_as_json(tmp_path):
    sound = json.loads(run("check", "--json").output)
    assert sound == {"ok": True, "sources": len(Registry.load()), "mistakes": []}
    mine = tmp_path / "mine.yaml"
    mine.write_text("sorces: []\n")
    result = run("check", "--json", mine)
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert found["ok"] is False
    assert found["mistakes"][0]["meant"] == "sources"


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    assert run("check", tmp_path / "none.yaml").exit_code == 2


def test_sources_are_listed_by_language_country_and_tier():
    assert len(listed()) == len(Registry.load())
    found = listed("--lang", "uk", "--country", "ukr", "--tier", "2")
    assert "ukrainska-pravda" in {source["id"] for source in found}
    assert {(source["country"], source["tier"]) for source in found} == {("UKR", 2)}
    assert all("uk" in source["langs"] for source in found)


def test_sources_of_ones_own_are_listed_and_what_is_unknown_is_null(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE)
    [found] = [source for source in listed(TOCSIN_SOURCES=str(mine)) if source["id"] == "my-paper"]
    assert (found["owner"], found["state_controlled"], found["expected_interval"]) == (None, None, None)
    assert {source["id"]: source["expected_interval"] for source in listed()}["afp"] == "PT5M"


def test_people_read_a_table():
    output = run("list", "--country", "QAT").output.splitlines()
    assert output[0].split() == ["id", "name", "country", "langs", "kind", "tier", "state", "owner"]
    assert output[1].startswith("al-jazeera  Al Jazeera  QAT")
    assert output[2] == "1 source"
    assert run("list", "--country", "ZZZ").output == "0 sources\n"


def test_the_schema_is_printed_as_it_is_shipped():
    assert run("schema").output == source_file_schema()
