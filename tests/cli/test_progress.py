from __future__ import annotations

import io
import re

from streams.cli import progress
from streams.cli.progress import Meter
from tests.pipeline.waiting import wait_for


def test_where_no_terminal_is_lines_say_how_much_is_done_how_fast_and_how_long_the_rest_takes(
    capsys, monkeypatch
):
    monkeypatch.setattr(progress, "EVERY", 0.05)
    said = ""
    with Meter("published", total=400) as meter:
        first, second = (meter.watch(io.BytesIO(b"x" * 200)), io.BytesIO(b"y" * 200))
        first.read(100)
        meter.add()

        def says(wanted):
            nonlocal said
            said += capsys.readouterr().err
            return re.search(wanted, said)

        wait_for(lambda: says(r"published 1 \([\d,]+/s\), 25%, \d:\d\d:\d\d left"), "a quarter")
        first.read()
        first.close()
        meter.watch(second).read(100)
        wait_for(lambda: says(r", 75%, "), "three quarters, over two files")


def test_where_the_work_is_not_known_in_bytes_the_rest_is_not_guessed(capsys, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0.05)
    said = ""
    with Meter("published", total=None) as meter:
        meter.watch(io.BytesIO(b"x"))
        meter.add()

        def says():
            nonlocal said
            said += capsys.readouterr().err
            return said

        wait_for(says, "a line")
    assert re.fullmatch(r"published [01] \([\d,]+/s\)", said.splitlines()[0])
