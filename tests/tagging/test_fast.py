from __future__ import annotations

from pathlib import Path

import pytest

TAGGING = Path(__file__).parents[2] / "streams" / "tagging"
COMPILED = [path for path in sorted(TAGGING.glob("*.so")) if "__mypyc" not in path.name]


@pytest.mark.skipif(not COMPILED, reason="the tagger is not compiled; `make fast` does it")
def test_the_compiled_tagger_is_that_of_the_source():
    stale = [
        path.name
        for path in COMPILED
        if path.stat().st_mtime < path.with_name(path.name.split(".")[0] + ".py").stat().st_mtime
    ]
    assert stale == [], "make fast, or make slow"
