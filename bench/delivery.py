"""`python -m bench.delivery`: a burst of ten times the cap; a receiver down for minutes, delivery killed twice."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

import yaml

from schemas import Delivery, decode, encode
from schemas.topics import ALERTS, DELIVERIES
from streams import children
from streams.embedded import embedded_broker
from streams.port import free_port
from tests.delivery.alerts import an_alert
from tests.delivery.hook import Hook
from tests.delivery.now import now
from tests.onbroker import OnBroker
from tests.pipeline.waiting import wait_for

CAP = 30


def main() -> None:
    """Print both figures as they are made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long the receiver is down")
    parser.add_argument("--alerts", type=int, default=200, help="raised while it is down")
    arguments = parser.parse_args()
    for measure in (burst, lambda line: outage(line, arguments.minutes, arguments.alerts)):
        with tempfile.TemporaryDirectory(prefix="tocsin-bench-delivery-") as name:
            folder = Path(name)
            (folder / "broker").mkdir()
            with embedded_broker(folder / "broker") as embedded:
                line = Line(OnBroker(embedded), folder)
                try:
                    measure(line)
                finally:
                    line.close()


class Line:
    """A broker, a receiver, and the delivery process between them."""

    def __init__(self, broker: OnBroker, folder: Path) -> None:
        broker.provision()
        self.broker, self.folder, self.hook = broker, folder, Hook()
        self.port = free_port("127.0.0.1")
        self._process = None

    def start(self, *, cap: int) -> None:
        """Start the process, wait until it is ready."""
        receiver = {"name": "desk", "kind": "webhook", "url": self.hook.url, "secret": {"env": "KEY"}}
        plan = {"receivers": [receiver | {"cap": cap}], "routes": [{"receivers": ["desk"]}]}
        file = self.folder / "receivers.yaml"
        file.write_text(yaml.safe_dump(plan))
        said = {"TOCSIN_RECEIVERS": str(file), "TOCSIN_DELIVER_PORT": str(self.port), "KEY": "a-key"}
        command = [sys.executable, "-m", "streams.cli", "deliver"]
        environment = os.environ | self.broker.environment | said
        self._process = children.start(command, log=self.folder / "log", env=environment)
        wait_for(self._is_ready, "delivery to be ready")

    def _is_ready(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End the process as a power cut would."""
        self._process.kill()
        self._process.wait()

    def raise_alerts(self, first: int, count: int) -> list[str]:
        """Put alerts on their topic; each is of a story of its own."""
        ids = [f"alert-{number}" for number in range(first, first + count)]
        for number, id_ in enumerate(ids):
            alert = an_alert(id=id_, dedup_key=f"talks:{id_}", raised_at=now())
            self.broker.send(ALERTS, encode(alert), key=id_.encode(), partition=number % 2)
        return ids

    def outcomes(self) -> Counter:
        """Return the outcome of each delivery."""
        read = [decode(Delivery, record.value) for record in self.broker.records(DELIVERIES)]
        return Counter(one.outcome.value for one in {one.id: one for one in read}.values())

    def told(self) -> Counter:
        """Return how often the receiver said 2xx to each id."""
        return Counter(json.loads(one.body)["id"] for one in self.hook.accepted)

    def close(self) -> None:
        """End everything."""
        children.end(self._process)
        self.hook.stop()


def burst(line: Line) -> None:
    """Raise ten times the cap at once."""
    line.hook.start()
    line.start(cap=CAP)
    line.raise_alerts(0, 10 * CAP)
    wait_for(lambda: line.outcomes()["delivered"] == CAP and line.outcomes().total() == 10 * CAP, "decisions")
    print(
        f"{10 * CAP} alerts at once, cap {CAP}: {len(line.hook.accepted)} sent, {dict(line.outcomes())}",
        flush=True,
    )


def outage(line: Line, minutes: float, count: int) -> None:
    """Keep the receiver down for so long, and kill delivery twice meanwhile."""
    line.start(cap=1000)
    ids: list[str] = []
    for is_last in (False, False, True):
        ids += line.raise_alerts(len(ids), count // 3)
        time.sleep(minutes * 60 / 3)
        if not is_last:
            line.kill()
            line.start(cap=1000)
    line.hook.start()
    back = time.monotonic()
    wait_for(lambda: len(line.told()) == len(ids), "every alert", within=300)
    took = time.monotonic() - back
    wait_for(lambda: line.outcomes()["delivered"] == len(ids), "every delivery to be written down")
    told = line.told()
    print(
        f"{minutes:g} minutes down, delivery killed twice: {len(told)} of {len(ids)} alerts delivered "
        f"within {took:.0f} s, {sum(told.values()) - len(told)} twice",
        flush=True,
    )


if __name__ == "__main__":
    main()
