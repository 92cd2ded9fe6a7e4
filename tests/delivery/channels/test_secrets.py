from __future__ import annotations

import pytest

from streams.delivery.channels.secrets import NoSecret, Secrets
from streams.delivery.policy.receivers import Secret

URL = "https://hooks.example/services/T0001/B0001/abcdefghijkl"


def test_a_secret_is_read_from_the_environment_or_from_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    secrets = Secrets("desk", {"KEY": "from the environment"})
    assert secrets.read(Secret(env="KEY")) == "from the environment"
    assert secrets.read(Secret(file=str(file))) == "from the file"


def test_a_secret_that_is_not_there_is_named_by_its_place():
    with pytest.raises(NoSecret, match="receiver desk: the environment variable KEY is missing or empty"):
        Secrets("desk", {}).read(Secret(env="KEY"))
    with pytest.raises(NoSecret, match="the file /nowhere cannot be read"):
        Secrets("desk", {}).read(Secret(file="/nowhere"))


def test_an_address_that_is_none_is_not_repeated():
    with pytest.raises(NoSecret) as caught:
        Secrets("desk", {"URL": "hunter2"}).read_url(Secret(env="URL"))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "said", [URL, "/services/T0001/B0001/abcdefghijkl", "no host for abcdefghijkl", f"<{URL}>"]
)
def test_no_part_of_an_address_stays_in_what_is_said(said):
    secrets = Secrets("desk", {"URL": URL})
    secrets.read_url(Secret(env="URL"))
    assert "abcdefghijkl" not in secrets.hidden.out_of(said)
