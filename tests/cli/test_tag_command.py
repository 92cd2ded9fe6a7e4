from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
GOOD = {
    "title": "Appel entre ministres",
    "body": "Lloyd Austin a appelé Sergueï Choïgou à un cessez-le-feu immédiat en Ukraine.",
    "published_at": "2022-05-13T20:00:00Z",
    "lang": "fr",
}


def tocsin(*words, stdin: bytes = b""):
    command = [sys.executable, "-m", "streams.cli", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def lines(*articles) -> bytes:
    return "".join(json.dumps(article) + "\n" for article in articles).encode()


def test_events_come_out_as_json_lines():
    done = tocsin("tag", SEEDS / "austin-choigou.fr.txt")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert "military_communication" in {event["type"] for event in events}
    assert {event["article"]["published_at"] for event in events} == {"2022-05-13T20:00:00Z"}


def test_the_same_article_twice_gives_the_same_ids():
    once, again = (
        [json.loads(line)["id"] for line in tocsin("tag", "-", stdin=lines(GOOD)).stdout.splitlines()]
        for _ in range(2)
    )
    assert once == again != []


def test_what_is_no_article_is_named_the_rest_flows_on_and_the_exit_code_is_1():
    done = tocsin(
        "tag", "-", stdin=lines(GOOD) + b"{nope\n" + lines(GOOD | {"body": GOOD["body"] + " Encore."})
    )
    assert done.returncode == 1
    assert b"stdin:2: not an article" in done.stderr
    assert len({json.loads(line)["article"]["id"] for line in done.stdout.splitlines()}) == 2


def test_the_words_of_the_call_stand_in_for_what_a_text_does_not_say(tmp_path):
    (tmp_path / "a.txt").write_text(f"{GOOD['title']}\n{GOOD['body']}", encoding="utf-8")
    done = tocsin("tag", tmp_path / "a.txt", "--published-at", "2001-02-03T00:00:00Z", "--source", "afp")
    refs = [json.loads(line)["article"] for line in done.stdout.splitlines()]
    assert {(ref["source"], ref["published_at"]) for ref in refs} == {("afp", "2001-02-03T00:00:00Z")}


def test_a_wrong_word_of_the_call_is_named_and_the_exit_code_is_2():
    done = tocsin("tag", "-", "--published-at", "yesterday")
    assert done.returncode == 2
    assert b"--published-at" in done.stderr


def test_tagging_loads_no_kafka_client_and_no_faust():
    code = (
        "import sys; from streams.cli import cli; cli.get_command(None, 'tag');"
        "print(sorted({'faust', 'kafka', 'aiokafka', 'aiohttp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_that_has_enough_is_no_error():
    command = f"{sys.executable} -m streams.cli tag - | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        input=lines(*(GOOD | {"title": str(number)} for number in range(2000))),
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
