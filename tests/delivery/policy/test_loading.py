from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from streams.delivery.policy import ReceiverErrors, load_receivers
from streams.delivery.policy import plan as plan_module
from streams.delivery.policy.plan import receivers_schema

SOUND = """\
receivers:
  - name: desk
    kind: webhook
    url: {env: DESK_URL}
    secret: {env: DESK_KEY}
    cap: 10
    quiet: {from: '22:00', to: '07:00', zone: Europe/Paris, urgent: 8}
  - name: phones
    kind: ntfy
    topic: {file: /run/secrets/topic}
routes:
  - match: {min_severity: 3, labels: {desk: europe}}
    receivers: [desk]
    group_by: [dyad]
    repeat: 4h
  - match: {type: [nuclear_signal]}
    receivers: [phones]
inhibitions:
  - by: {min_severity: 7}
    equal: [dyad]
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "receivers.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(folder: Path, text: str) -> list[str]:
    file = write(folder, text)
    with pytest.raises(ReceiverErrors) as caught:
        load_receivers(file)
    return [str(mistake).replace(f"{file}:", "") for mistake in caught.value.mistakes]


def test_a_file_of_receivers_is_read(tmp_path):
    plan = load_receivers(write(tmp_path, SOUND))
    assert [receiver.name for receiver in plan.receivers] == ["desk", "phones"]
    assert plan.receivers[0].cap == 10
    assert plan.routes[0].group_by == ["dyad"]


def test_the_published_schema_is_that_of_the_code_and_takes_what_the_code_takes():
    published = Path(plan_module.__file__).with_name("receivers.schema.json").read_text()
    assert published == receivers_schema()
    jsonschema.validate(yaml.safe_load(SOUND), json.loads(published))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("cap: 10", "capp: 10", "6: receiver desk: no field is named capp (did you mean cap?)"),
        (
            "kind: ntfy",
            "kind: ntfi",
            "8: receiver phones: kind is none of webhook, slack, teams, matrix, email, ntfy, alertmanager (",
        ),
        ("receivers: [phones]", "receivers: [phone]", "17: route number 2: no receiver is named phone (did"),
        ("repeat: 4h", "repeat: 4", "15: route number 1: repeat: must be a number and a unit: 30s, 15m"),
        ("Europe/Paris", "Paris/Europe", "'Paris/Europe' is no time zone, as Europe/Paris"),
        (
            "nuclear_signal",
            "nuclear_sign",
            "route number 2: no type is named nuclear_sign (did you mean nuclear_s",
        ),
        ("{env: DESK_KEY}", "s3cr3t-key", "5: receiver desk: secret must be {env: VARIABLE} or {file: PATH}"),
        ("name: phones", "name: desk", "8: receiver desk: the name is taken"),
        ("    receivers: [phones]\n", "    receivers: [desk]\n", "receiver phones: no route leads to it"),
        ("min_severity: 7", "severity: 7", "no field is named severity (did you mean min_severity?)"),
        ("receivers:\n  - name: desk", "receiver:\n  - name: desk", "no field is named receiver (did you m"),
        ("cap: 10", "cap: 10\n    cap: 20", "7: receiver desk: the field cap stands twice"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_probably_meant(tmp_path, right, wrong, said):
    assert right in SOUND
    told = mistakes(tmp_path, SOUND.replace(right, wrong, 1))
    assert said in "\n".join(told)


def test_a_secret_written_into_the_file_is_refused_and_not_repeated(tmp_path):
    for field in ("url: {env: DESK_URL}", "secret: {env: DESK_KEY}"):
        name = field.partition(":")[0]
        told = "\n".join(mistakes(tmp_path, SOUND.replace(field, f"{name}: hunter2-token")))
        assert "must be {env: VARIABLE}" in told
        assert "hunter2" not in told
    with_password = SOUND.replace("{env: DESK_URL}", "https://user:hunter2@hooks.example")
    told = "\n".join(mistakes(tmp_path, with_password))
    assert "holds a password" in told
    assert "hunter2" not in told
