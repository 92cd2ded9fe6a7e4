import pytest

from streams.alerting.conditions import FUNCTIONS, compile_condition, variables_read


def told(condition):
    _, faults = compile_condition(condition)
    return [(fault.line, fault.problem, fault.meant) for fault in faults]


@pytest.mark.parametrize(
    "condition",
    [
        'type == "ceasefire_call" && counts',
        '"RUS-USA" in dyads && severity >= 5',
        'parties.exists(p, p in ["RUS", "BLR"]) && origins >= 2.0',
        "has(attributes.gap_days) && attributes.gap_days > 30",
        'attributes.stage == "ratified" || attributes["stage"] == "signed"',
        'type.startsWith("communication_") && !(place_country == "UKR")',
        'status in ["occurred", "ongoing"] // what happened\n&& size(sources) > 1',
        "\"occurred\" == status && 'fr' in langs",
        'actors[0] == "RUS"',
    ],
)
def test_a_sound_condition_has_no_fault(condition):
    program, faults = compile_condition(condition)
    assert faults == []
    assert program is not None


def test_a_wrong_variable_is_named_with_the_one_that_was_meant():
    assert told('typ == "ceasefire_call"') == [(0, "no variable is named typ", "type")]


def test_a_wrong_name_is_found_where_cel_would_never_read_it():
    assert told("true || severty > 5.0") == [(0, "no variable is named severty", "severity")]


def test_a_wrong_function_is_named_with_the_one_that_was_meant():
    assert told('type.startWith("cease")') == [(0, "no function is named startWith", "startsWith")]


def test_a_type_that_is_not_in_the_taxonomy_is_found():
    meant = [(0, 'type is never "ceasefir_call"', '"ceasefire_call"')]
    assert told('type == "ceasefir_call"') == meant
    assert told('"ceasefir_call" == type') == meant
    assert told('type in ["invasion", "ceasefir_call"]') == meant


def test_a_word_near_to_none_gets_the_list_of_them():
    [(_, problem, meant)] = told('polarity == "bad"')
    assert problem == 'polarity is never "bad"; it is one of escalatory, deescalatory, neutral'
    assert meant is None


def test_a_dyad_in_the_wrong_order_is_found():
    assert told('"USA-RUS" in dyads') == [
        (0, 'dyads are in alphabetical order, never "USA-RUS"', '"RUS-USA"')
    ]


def test_a_list_compared_with_a_text_is_found():
    assert told('actors == "USA"') == [(0, 'actors is a list and never "USA"', '"USA" in actors')]


@pytest.mark.parametrize("condition", ['severity == "high"', 'counts == "yes"', "type == 5"])
def test_a_value_of_another_kind_is_found(condition):
    [(_, problem, _)] = told(condition)
    assert "and never" in problem


def test_a_fault_has_the_line_it_stands_on():
    assert told('counts\n&& "USA-RUS" in dyads\n&& novelt == "first"') == [
        (2, "no variable is named novelt", "novelty"),
        (1, 'dyads are in alphabetical order, never "USA-RUS"', '"RUS-USA"'),
    ]


def test_a_condition_that_cannot_be_parsed_says_where():
    assert told("counts &&\n(severity > 5") == [
        (1, "syntax, at character 14 of `(severity > 5`: the condition ends where more must follow", None)
    ]


def test_kinds_that_do_not_go_together_are_found_behind_the_type_they_wait_for():
    [(_, problem, _)] = told('type == "ceasefire_call" && status == "denied" && severity + 1 > 3.0')
    assert problem.startswith("the condition cannot be computed")
    assert "severity is a number" in problem


def test_a_condition_must_give_true_or_false():
    assert told("severity")[0][1].endswith("it must give true or false")


def test_names_within_strings_and_comments_are_not_read():
    assert told('counts && object != "typ == 5" // typ == "x"') == []


def test_what_a_condition_reads_is_known_without_the_names_of_its_macros():
    program, _ = compile_condition('parties.exists(p, p == "RUS") && counts')
    assert variables_read(program) == ("counts", "parties")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_that_is_offered_is_there(function):
    condition = {
        "contains": 'object.contains("a")',
        "endsWith": 'object.endsWith("a")',
        "startsWith": 'object.startsWith("a")',
        "matches": 'object.matches("a.*")',
        "size": "size(parties) > 1",
        "string": 'string(severity) != ""',
        "int": "int(severity) > 1",
        "double": "double(severity) > 1.0",
        "has": "has(attributes.stage)",
        "exists": 'parties.exists(p, p == "RUS")',
        "exists_one": 'parties.exists_one(p, p == "RUS")',
        "all": 'parties.all(p, p == "RUS")',
        "map": 'parties.map(p, p + "!").size() > 0',
        "filter": 'parties.filter(p, p == "RUS").size() > 0',
    }[function]
    assert told(condition) == []
