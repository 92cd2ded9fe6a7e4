"""What every test may ask for: a broker of its own, and which broker the pipeline tests run on."""

from __future__ import annotations

pytest_plugins = ["tests.onbroker"]


def pytest_addoption(parser):
    parser.addoption(
        "--broker",
        choices=["embedded", "kafka"],
        default="embedded",
        help="what the pipeline tests run on: the embedded broker, or Apache Kafka (JDK 17, Maven)",
    )
    parser.addoption(
        "--browser",
        action="store_true",
        help="run the tests of the live page in Chromium too, as `make test-browser` does",
    )
