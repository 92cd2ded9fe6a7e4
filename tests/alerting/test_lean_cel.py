from __future__ import annotations

import subprocess
import sys


def test_the_rules_come_without_the_command_line_of_their_engine():
    program = "import streams.alerting, sys; print({'prompt_toolkit', 'typer', 'rich'} & sys.modules.keys())"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
