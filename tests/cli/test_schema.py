from __future__ import annotations

import json

from click.testing import CliRunner

from schemas.compatibility import breaks
from schemas.contracts import CONTRACTS
from schemas.export import generated
from streams.cli import schema
from streams.cli.schema import BreakingChange, SchemasOutOfStep, command


def run(*args):
    return CliRunner().invoke(command, [str(arg) for arg in args])


def test_export_writes_what_check_accepts(tmp_path):
    assert run("export", "--dir", tmp_path).exit_code == 0
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.json")} == generated().keys()
    assert run("check", "--dir", tmp_path).exit_code == 0


def test_the_files_of_the_project_pass_the_check():
    result = run("check")
    assert result.exit_code == 0, result.output


def test_check_shows_how_a_file_differs_from_the_models(tmp_path):
    run("export", "--dir", tmp_path)
    event = tmp_path / "json" / "event.json"
    event.write_text(event.read_text().replace('"occurred"', '"happened"'))
    result = run("check", "--dir", tmp_path)
    assert isinstance(result.exception, SchemasOutOfStep)
    assert "json/event.json" in str(result.exception)
    assert '-        "happened",' in result.output
    assert '+        "occurred",' in result.output


def test_check_misses_a_file_that_is_not_there(tmp_path):
    run("export", "--dir", tmp_path)
    (tmp_path / "asyncapi.json").unlink()
    assert "asyncapi.json" in str(run("check", "--dir", tmp_path).exception)


def test_every_message_is_compatible_with_its_last_release():
    pairs = schema.released()
    assert {then["$id"] for then, _ in pairs} <= {contract.schema_id for contract in CONTRACTS.values()}
    assert len(pairs) >= 4, "a message that was released is gone"
    assert [line for then, now in pairs for line in breaks(then, now)] == []


def test_check_refuses_a_change_that_breaks_readers_of_the_last_release(tmp_path, monkeypatch):
    then = json.loads((schema.RELEASED / "v1" / "article.json").read_text())
    then["properties"]["byline"] = {"type": "string"}
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "article.json").write_text(json.dumps(then))
    monkeypatch.setattr(schema, "RELEASED", tmp_path)
    result = run("check")
    assert isinstance(result.exception, BreakingChange)
    assert "message.byline: removed" in str(result.exception)
