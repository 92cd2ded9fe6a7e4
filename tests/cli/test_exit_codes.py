from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sources", "check", "bad.yaml"), 1),
        (("rules", "check", "bad.yaml"), 1),
        (("ingest", "kafka", "--check", "bad.yaml"), 1),
        (("sources", "list"), 0),
        (("--version",), 0),
        (("sources", "check", "none.yaml"), 2),
        (("sources", "chek"), 2),
        ((), 2),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else None,
)
def test_the_program_exits_as_its_help_says(tmp_path, words, code):
    (tmp_path / "bad.yaml").write_text("nothing: known\n")
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", *words], capture_output=True, cwd=tmp_path, check=False
    )
    assert done.returncode == code, done.stderr
