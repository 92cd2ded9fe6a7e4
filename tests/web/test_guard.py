from __future__ import annotations

from types import SimpleNamespace

import pytest

from streams.settings import Settings
from streams.web.guard import Guard, NoToken, Refused, read_token
from streams.web.limits import Limit

TOKEN = "a-token-that-nobody-guesses"


def a_request(host="localhost:6068", remote="10.0.0.1", **headers):
    return SimpleNamespace(host=host, remote=remote, headers=headers)


@pytest.fixture
def guard():
    return Guard.of(Settings(web_token=TOKEN, web_names="page.example, web", web_rate=1.0))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:6068",
        "127.0.0.1:6068",
        "[::1]:6068",
        "192.168.1.7",
        "page.example",
        "WEB:6068",
    ],
)
def test_the_page_answers_to_its_names_and_to_addresses(guard, host):
    guard.check_host(a_request(host))


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:6068", "", "[", "127.0.0.1.evil.example"]
)
def test_another_name_is_refused(guard, host):
    with pytest.raises(Refused) as refused:
        guard.check_host(a_request(host))
    assert refused.value.status == 421


def test_who_has_the_token_may_change_something(guard):
    guard.check_token(a_request(Authorization=f"Bearer {TOKEN}"))


@pytest.mark.parametrize("said", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}", "Bearer ключ"])
def test_who_has_not_may_not(guard, said):
    with pytest.raises(Refused) as refused:
        guard.check_token(a_request(Authorization=said))
    assert refused.value.status == 401


def test_without_a_token_nobody_may():
    with pytest.raises(Refused) as refused:
        Guard.of(Settings()).check_token(a_request(Authorization="Bearer "))
    assert refused.value.code == "read_only"


def test_the_token_may_lie_in_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_token(Settings(web_token_file=file)) == TOKEN


@pytest.mark.parametrize("written", [None, "short"])
def test_a_token_that_is_none_is_refused_at_the_start(tmp_path, written):
    file = tmp_path / "token"
    if written:
        file.write_text(written)
    with pytest.raises(NoToken):
        read_token(Settings(web_token_file=file))


def test_an_address_that_asks_too_often_is_told_when_to_ask_again(guard):
    for _ in range(4):
        guard.check_rate(a_request())
    with pytest.raises(Refused) as refused:
        guard.check_rate(a_request())
    assert refused.value.status == 429
    assert int(refused.value.headers["Retry-After"]) >= 1
    guard.check_rate(a_request(remote="10.0.0.2"))


def test_a_bucket_fills_with_time_and_no_further_than_its_rim():
    limit = Limit(per_second=2, burst=3)
    assert [limit.wait("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert limit.wait("a", 0.0) == 0.5
    assert limit.wait("a", 0.6) == 0
    assert [limit.wait("a", 100.0) for _ in range(3)] == [0, 0, 0]
    assert limit.wait("a", 100.0) > 0
