from __future__ import annotations

import pytest

from tests.tension.contributions import watched


@pytest.fixture
def watch(tmp_path):
    """The watch list of these tests: RUS-USA, RUS-WEST and RUS-UKR."""
    return watched(tmp_path)
