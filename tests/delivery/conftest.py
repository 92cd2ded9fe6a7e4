"""What delivery tests share: a receiver behind HTTP."""

from __future__ import annotations

import pytest

from tests.delivery.hook import Hook


@pytest.fixture
def hook():
    """A receiver behind HTTP that is up."""
    made = Hook().start()
    yield made
    made.open.set()
    made.stop()
