from pathlib import Path

import pytest
import yaml

from schemas import yaml12
from streams.sources import Registry, named_wire
from streams.sources.wires import HEAD

CASES = yaml.safe_load(Path(__file__).with_name("wire_cases.yaml").read_text(encoding="utf-8"))
SHIPPED = Registry.load()
PATTERNS = Path(__file__).parents[2] / "streams" / "sources" / "wires.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lang']}: {case['text'][-50:]!r}")
def test_a_text_names_the_wire_that_it_comes_from(case):
    assert named_wire(case["text"], case["lang"], SHIPPED) == case.get("wire")


def test_every_language_has_texts_that_name_a_wire_and_texts_that_tell_of_one():
    for lang in ("en", "fr", "ru", "uk", "de", "es", "it", "pt", "pl", "tr", "ar", "zh"):
        assert {"wire" in case for case in CASES if case["lang"] == lang} == {True, False}, lang


def test_a_credit_holds_in_the_first_and_last_lines_only():
    filler = "The ministers talked about the border for an hour. " * 20
    assert named_wire(f"{filler}(AFP) {filler}", "en", SHIPPED) is None
    assert named_wire(f"(AFP) {filler}", "en", SHIPPED) == "afp"
    assert named_wire(f"{filler}(AFP)", "en", SHIPPED) == "afp"


def test_a_report_holds_wherever_it_stands():
    filler = "The ministers talked about the border for an hour. " * 20
    assert len(filler) > HEAD
    assert named_wire(f"{filler}A road was closed, Interfax reported. {filler}", "en", SHIPPED) == "interfax"


def test_a_credit_goes_before_a_report_and_the_first_report_before_the_next():
    report = "A road was closed, TASS reported, and opened, Interfax reported."
    assert named_wire(report, "en", SHIPPED) == "tass"
    assert named_wire(f"{report} (AFP)", "en", SHIPPED) == "afp"


def test_a_wire_of_ones_own_is_known_by_its_names(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "sources:\n  - {id: baltic-wire, name: Baltic Wire, langs: [en], kind: wire, tier: 2, names: [BLTW]}\n"
    )
    registry = Registry.load(mine)
    text = "A road was closed, BLTW reported."
    assert named_wire(text, "en", registry) == "baltic-wire"
    assert named_wire(text, "en", SHIPPED) is None


def test_a_newspaper_is_no_wire():
    assert named_wire("A road was closed, Le Monde reported.", "en", SHIPPED) is None


def test_every_pattern_of_a_report_can_be_met_by_a_name():
    written = yaml12.load(PATTERNS.read_text(encoding="utf-8"))
    patterns = [*written["credits"], *written["about"]]
    patterns += [
        pattern for words in written["languages"].values() for pattern in (*words["reports"], *words["about"])
    ]
    assert [pattern for pattern in patterns if pattern.count("{wire}") != 1] == []
