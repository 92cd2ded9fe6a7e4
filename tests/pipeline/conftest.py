"""One broker for all pipeline tests; a clean line for each."""

from __future__ import annotations

import pytest

from tests.pipeline.brokers import Embedded, Kafka
from tests.pipeline.line import Line


@pytest.fixture(scope="session")
def broker(request, tmp_path_factory):
    kind = Kafka if request.config.getoption("--broker") == "kafka" else Embedded
    running = kind(tmp_path_factory.mktemp("broker"))
    yield running
    running.stop()


@pytest.fixture
def line(broker, tmp_path):
    opened = Line(broker.clean(), tmp_path)
    yield opened
    opened.close()
