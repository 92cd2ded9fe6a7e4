import re
import subprocess
import sys
from pathlib import Path

from schemas import encode
from schemas.topics import ALERTS
from tests.delivery.alerts import an_alert
from tests.factories import a_story

PAGE = Path(__file__).parents[2] / "docs" / "subscribe.md"


def test_the_consumer_that_the_page_shows_prints_the_alerts(broker, tmp_path):
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    broker.send(
        ALERTS, encode(an_alert(a_story(quote="ils se sont parlé"), summary="They spoke.", severity=3))
    )
    file = tmp_path / "desk.py"
    file.write_text(program.replace("127.0.0.1:9092", broker.settings.bootstrap), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-u", file],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=broker.environment,
    )
    try:
        assert process.stdout.readline().decode() == "3.0 They spoke. ils se sont parlé\n"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
