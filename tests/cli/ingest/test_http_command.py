"""`tocsin ingest http` does not start where anybody could post."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from streams.cli import cli
from streams.ingest.http.token import NoToken, read_token, shows
from streams.settings import Settings

TOKEN = "a-token-of-16-or-more"


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        ([], {}, "who may post articles?"),
        (["--open", "--web-host", "0.0.0.0"], {}, "who may post articles?"),
        ([], {"TOCSIN_INGEST_TOKEN": "short"}, "5 characters, it needs 16"),
        ([], {"TOCSIN_INGEST_TOKEN_FILE": "/no/such/file"}, "/no/such/file cannot be read"),
        (["--open"], {"TOCSIN_BOOTSTRAP": "127.0.0.1:1", "TOCSIN_WEB_HOST": "example.org"}, "who may post"),
    ],
)
def test_without_a_token_that_protects_it_does_not_start(words, environment, said):
    result = CliRunner().invoke(cli, ["ingest", "http", *words], env=environment)
    assert isinstance(result.exception, NoToken)
    assert said in str(result.exception)


def test_the_token_may_stand_in_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_token(Settings(ingest_token_file=file)) == TOKEN


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_this_machine_alone_it_may_be_open(host):
    assert read_token(Settings(web_host=host, ingest_open=True)) is None


@pytest.mark.parametrize(
    ("header", "is_right"),
    [
        (f"Bearer {TOKEN}", True),
        (f"bearer  {TOKEN} ", True),
        (f"Basic {TOKEN}", False),
        (TOKEN, False),
        ("Bearer", False),
        ("Bearer \udcff", False),
        (None, False),
    ],
)
def test_only_the_token_itself_is_the_token(header, is_right):
    assert shows(header, TOKEN) is is_right
