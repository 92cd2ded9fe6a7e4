from pathlib import Path

import pytest

from streams.alerting import RuleErrors, load_rules

SOUND = """\
rules:
  - id: talks
    version: 1
    title: Talks
    description: They spoke.
    match: type == "military_communication" && counts
"""


def write(folder: Path, text: str, name: str = "my.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(path: Path) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        load_rules(path)
    return [str(mistake).replace(f"{path}:", "") for mistake in caught.value.mistakes]


def test_a_file_of_rules_is_read(tmp_path):
    file = write(tmp_path, SOUND)
    [rule] = load_rules(file).rules
    assert (rule.id, rule.version, rule.title, rule.file, rule.line) == ("talks", 1, "Talks", str(file), 2)
    assert rule.condition == 'type == "military_communication" && counts'
    assert rule.reads == ("counts", "type")


def test_words_that_old_yaml_takes_for_booleans_stay_words(tmp_path):
    [rule] = load_rules(write(tmp_path, SOUND.replace("id: talks", "id: no").replace("Talks", "on"))).rules
    assert (rule.id, rule.title) == ("no", "on")


def test_a_folder_is_read_file_by_file_in_alphabetical_order(tmp_path):
    write(tmp_path, SOUND.replace("talks", "second"), "b.yml")
    write(tmp_path, SOUND.replace("talks", "first"), "a.yaml")
    write(tmp_path, "no rules", "notes.txt")
    assert [rule.id for rule in load_rules(tmp_path).rules] == ["first", "second"]


def test_without_a_path_the_starter_set_is_in_force():
    assert "nuclear-signal" in {rule.id for rule in load_rules(None).rules}


def test_every_mistake_is_listed_with_its_line_and_rule(tmp_path):
    file = write(
        tmp_path,
        """\
rules:
  - id: Talks
    version: 0
    titel: Talks
    description: They spoke.
    match: typ == "invasion"
  - version: 1
    title: Two
    title: Again
    description: No id.
    match: |
      counts
      && type == "invasio"
  - just text
ruls: []
""",
    )
    assert mistakes(file) == [
        "2: rule Talks: id 'Talks' must be small letters, digits and hyphens, a letter first",
        "2: rule Talks: the field title is missing",
        "3: rule Talks: version: input should be greater than or equal to 1",
        "4: rule Talks: no field is named titel (did you mean title?)",
        "6: rule Talks: no variable is named typ (did you mean type?)",
        "7: rule number 2: the field id is missing",
        "9: rule number 2: the field title stands twice",
        '13: rule number 2: type is never "invasio" (did you mean "invasion"?)',
        "14: rule number 3: fields are expected here, as in `rules:` or `id: nuclear-signal`",
        "15: no field is named ruls (did you mean rules?)",
    ]


def test_the_error_itself_tells_all_of_them(tmp_path):
    file = write(tmp_path, SOUND.replace("counts", "count"))
    with pytest.raises(
        RuleErrors, match=r"my.yaml:6: rule talks: no variable is named count \(did you mean counts"
    ):
        load_rules(file)


def test_an_id_may_be_taken_once_over_all_files(tmp_path):
    first = write(tmp_path, SOUND, "a.yaml")
    second = write(tmp_path, SOUND, "b.yaml")
    with pytest.raises(RuleErrors) as caught:
        load_rules(tmp_path)
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        f"{second}:2: rule talks: the id is taken by the rule at {first}:2"
    ]


def test_an_id_is_taken_by_a_rule_that_is_not_sound_too(tmp_path):
    file = write(tmp_path, SOUND + SOUND.removeprefix("rules:\n").replace("counts", "count"))
    assert mistakes(file) == [
        "11: rule talks: no variable is named count (did you mean counts?)",
        "7: rule talks: the id is taken by the rule at 2",
    ]


def test_quotes_that_yaml_takes_for_its_own_get_the_advice_that_helps(tmp_path):
    file = write(tmp_path, SOUND.replace('type == "military_communication"', '"USA" in actors'))
    [mistake] = mistakes(file)
    assert mistake.startswith("6: not YAML")
    assert "`match: |`" in mistake


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rules:\n",
        "rules: []\n",
        "- a\n",
        "rules: 5\n",
        "rules: [&a [*a]]\n",
        "\0",
        "!!python/object:os.system x",
    ],
)
def test_a_file_that_holds_no_rules_is_a_mistake(tmp_path, text):
    assert mistakes(write(tmp_path, text))


def test_a_file_that_is_not_there_and_one_that_is_not_text_are_mistakes(tmp_path):
    assert "cannot be read" in mistakes(tmp_path / "none.yaml")[0]
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\xff")
    assert "cannot be read" in mistakes(binary)[0]


def test_a_folder_without_rule_files_is_a_mistake(tmp_path):
    with pytest.raises(RuleErrors, match=r"the folder holds no \.yaml file"):
        load_rules(tmp_path)
