from pathlib import Path

import pytest

from streams.sources import Registry, SourceErrors
from streams.sources.loading import SHIPPED, load_sources

SOUND = """\
sources:
  - id: my-paper
    name: My Paper
    domains: [my-paper.example]
    langs: [en]
    kind: newspaper
    tier: 2
"""
KINDS = "wire, newspaper, magazine, broadcaster, online, government, organisation"
BARE = "must be a host in small letters, without https:// and www."


def write(folder: Path, text: str) -> Path:
    file = folder / "my.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(path: Path) -> list[str]:
    with pytest.raises(SourceErrors) as caught:
        load_sources(path)
    return [
        str(mistake).replace(f"{path}:", "").replace(f"{SHIPPED}", "shipped")
        for mistake in caught.value.mistakes
    ]


def test_a_file_adds_sources_to_those_that_ship(tmp_path):
    registry = Registry.load(write(tmp_path, SOUND))
    assert len(registry) == len(Registry.load()) + 1
    assert registry.find("my-paper").name == "My Paper"
    assert registry.find("lemonde")


def test_what_a_file_leaves_out_is_unknown(tmp_path):
    source = Registry.load(write(tmp_path, SOUND)).find("my-paper")
    assert (source.owner, source.country, source.state_controlled, source.expected_interval) == (None,) * 4
    assert (source.feeds, source.names) == ([], [])


def test_an_entry_that_ships_is_changed_by_the_fields_that_differ(tmp_path):
    known = Registry.load().find("tass")
    changed = Registry.load(
        write(tmp_path, "sources:\n  - id: tass\n    tier: 2\n    state_controlled: null\n")
    )
    assert changed.find("tass") == known.model_copy(update={"tier": 2, "state_controlled": None})


@pytest.mark.parametrize(("written", "seconds"), [("PT15M", 900), ("P1D", 86_400), ("600", 600)])
def test_an_interval_is_a_duration_or_seconds(tmp_path, written, seconds):
    registry = Registry.load(write(tmp_path, SOUND + f"    expected_interval: {written}\n"))
    assert registry.find("my-paper").expected_interval.total_seconds() == seconds


def test_every_mistake_is_listed_with_its_line_and_entry(tmp_path):
    file = write(
        tmp_path,
        """\
sources:
  - id: My Paper
    name: My Paper
    langs: [english]
    kind: newspapr
    tier: 4
    contry: GBR
  - name: Nameless
  - id: other
    name: Other
    name: Another
    langs: [en]
    kind: online
    tier: 2
    country: GER
    domains: ["https://www.other.example/news"]
    state_controlled: yes
    expected_interval: 5
    feeds: [feed.xml]
  - id: bare
  - id: bare
  - just text
sorces: []
""",
    )
    assert mistakes(file) == [
        "2: source My Paper: id 'My Paper' must be small letters, digits and hyphens",
        "4: source My Paper: langs: 'english' is no code of a language, as fr",
        f"5: source My Paper: kind 'newspapr' is none of {KINDS} (did you mean newspaper?)",
        "6: source My Paper: tier: input should be less than or equal to 3",
        "7: source My Paper: no field is named contry (did you mean country?)",
        "8: source number 2: the field id is missing",
        "11: source other: the field name stands twice",
        "15: source other: country: 'GER' is no country code of ISO 3166-1 alpha-3",
        f"16: source other: domains: 'https://www.other.example/news' {BARE} (did you mean other.example?)",
        "17: source other: state_controlled: input should be a valid boolean",
        "18: source other: expected_interval: must be between one minute and 31 days",
        "19: source other: feeds: 'feed.xml' is no http or https address",
        "21: source bare: the id is taken by the source at 20",
        "21: source bare: the field name is missing",
        "21: source bare: the field langs is missing",
        "21: source bare: the field kind is missing",
        "21: source bare: the field tier is missing",
        "22: source number 6: fields are expected here, as in `id: lemonde`",
        "23: no field is named sorces (did you mean sources?)",
    ]


def test_how_a_source_is_fetched_is_checked_field_by_field(tmp_path):
    file = write(
        tmp_path,
        """\
sources:
  - id: bbc
    fetching: {full_text: sometimes}
  - id: lemonde
    fetching: {robot: false}
  - id: spiegel
    fetching:
      spacing: 100
      authorization_env: lower
""",
    )
    assert mistakes(file) == [
        "3: source bbc: fetching.full_text: input should be 'auto', 'always' or 'never'",
        "5: source lemonde: no field of fetching is named robot (did you mean robots?)",
        "7: source spiegel: fetching.spacing: input should be less than or equal to 60",
        "7: source spiegel: fetching.authorization_env: string should match pattern '^[A-Z][A-Z0-9_]*$'",
    ]


def test_a_domain_or_a_name_belongs_to_one_source(tmp_path):
    text = SOUND.replace("my-paper.example", "lemonde.fr") + "    names: [afp]\n"
    [domain, name] = mistakes(write(tmp_path, text))
    assert domain.startswith("4: source my-paper: the domain lemonde.fr is taken by lemonde at shipped:")
    assert name.startswith("8: source my-paper: the name afp is taken by afp at shipped:")


def test_the_error_itself_tells_all_of_them(tmp_path):
    file = write(tmp_path, SOUND.replace("kind:", "knd:"))
    with pytest.raises(
        SourceErrors, match=r"my.yaml:6: source my-paper: no field is named knd \(did you mean kind"
    ):
        Registry.load(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sources:\n",
        "sources: []\n",
        "- a\n",
        "sources: 5\n",
        "sources: [&a [*a]]\n",
        "\0",
        "a: !!python/object:os.system x",
    ],
)
def test_a_file_that_holds_no_sources_is_a_mistake(tmp_path, text):
    assert mistakes(write(tmp_path, text))


def test_a_file_that_is_not_there_and_one_that_is_not_text_are_mistakes(tmp_path):
    assert "cannot be read" in mistakes(tmp_path / "none.yaml")[0]
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\xff")
    assert "cannot be read" in mistakes(binary)[0]
