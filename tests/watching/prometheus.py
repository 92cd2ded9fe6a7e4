"""A real Prometheus with the rules of the project, scraping the processes of a test."""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import yaml

from streams import children
from streams.port import free_port
from tests.pipeline.waiting import wait_for

DEPLOYED = Path(__file__).parents[2] / "deploy" / "prometheus"


class Prometheus:
    """A Prometheus process. `jobs` are what to scrape, by the job it has in deploy/: ports, or a folder that tells."""

    def __init__(self, folder: Path, jobs: dict[str, list[int] | Path]) -> None:
        program = shutil.which("prometheus")
        if program is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("prometheus is not installed")
        self._url = f"http://127.0.0.1:{free_port('127.0.0.1')}"
        config, self._log = folder / "prometheus.yml", folder / "prometheus.log"
        config.write_text(yaml.safe_dump(_config(jobs, _quick_rules(folder))))
        self._process = children.start(
            [
                program,
                f"--config.file={config}",
                f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address={self._url.removeprefix('http://')}",
            ],
            log=self._log,
        )
        wait_for(self._is_ready, "Prometheus to be ready")

    def ask(self, path: str, **words: str | float) -> object:
        """Return the data of an answer of its API. Raises AssertionError telling what it said of an error."""
        query = urllib.parse.urlencode(words, doseq=True)
        try:
            with urllib.request.urlopen(f"{self._url}/api/v1/{path}?{query}", timeout=30) as got:
                return json.load(got)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{words}: {json.load(error)['error']}") from error

    def stop(self) -> None:
        children.end(self._process)

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, f"Prometheus ended: {self._log.read_text()}"
        try:
            with urllib.request.urlopen(f"{self._url}/-/ready", timeout=5) as got:
                return got.status == 200
        except OSError:
            return False


def _config(jobs: dict[str, list[int] | Path], rules: Path) -> dict:
    """Return a configuration that looks every second, and at these processes."""
    return {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [f"{rules}/*.yml"],
        "scrape_configs": [{"job_name": job} | _found(where) for job, where in jobs.items()],
    }


def _found(where: list[int] | Path) -> dict:
    """Return how Prometheus finds the processes of a job."""
    if isinstance(where, Path):
        return {"file_sd_configs": [{"files": [f"{where}/tocsin-*.json"], "refresh_interval": "1s"}]}
    return {"static_configs": [{"targets": [f"127.0.0.1:{port}" for port in where]}]}


def _quick_rules(folder: Path) -> Path:
    """Write the rules of the project at the pace of the test; return the folder."""
    quick = folder / "rules"
    quick.mkdir()
    [deployed] = yaml.safe_load((DEPLOYED / "prometheus.yml").read_text())["rule_files"]
    for path in DEPLOYED.glob(deployed):
        rules = yaml.safe_load(path.read_text())
        for group in rules["groups"]:
            group.pop("interval", None)
        (quick / path.name).write_text(yaml.safe_dump(rules))
    return quick
