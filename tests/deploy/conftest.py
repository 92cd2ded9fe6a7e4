from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prometheus_client import CollectorRegistry

from tools.write_docs import MEASURED

if TYPE_CHECKING:
    from prometheus_client import Metric

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def check_with():
    """Run a checker of Debian's; where it is not installed the test is skipped, in CI it fails."""

    def run(
        tool: str, *args: object, given: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        if shutil.which(tool) is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{tool} is not installed")
        return subprocess.run(
            [tool, *map(str, args)],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
            cwd=ROOT,
            env=os.environ | environment,
        )

    return run


class Exported:
    """What our processes export: the names of its samples, and their labels."""

    def __init__(self) -> None:
        self.names, self.labels = {"up"}, {"le", "job", "instance", "alertname", "alertstate"}
        for of in MEASURED.values():
            registry = CollectorRegistry()
            self.labels |= {label for one in of(registry).make.made for label in one.labels}
            self.names |= {name for family in registry.collect() for name in _samples(family)}

    def problems(self, query: str) -> list[str]:
        """Return what a query asks for that none of them exports."""
        names = re.findall(r"\b(?:tocsin|process|python)_\w+", query)
        labels = re.findall(r"[{,]\s*(\w+)\s*[=!]", query)
        for group in re.findall(r"\bby \(([^)]*)\)", query):
            labels += re.split(r",\s*", group)
        return [f"no metric {name}" for name in names if name not in self.names] + [
            f"no label {label}" for label in sorted({*labels} - self.labels)
        ]


def _samples(family: Metric) -> list[str]:
    endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "info": ["_info"]}
    return [family.name + ending for ending in endings.get(family.type, [""])]


@pytest.fixture(scope="session")
def exported() -> Exported:
    return Exported()
