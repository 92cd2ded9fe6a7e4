from __future__ import annotations

import socket

import pytest

from streams.port import PortTaken, free_port


def test_zero_takes_a_free_port():
    assert free_port("127.0.0.1", 0) > 0


def test_a_taken_port_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}.*--web-port"):
            free_port("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_named():
    with pytest.raises(PortTaken, match=r"no-such-host\.invalid"):
        free_port("no-such-host.invalid", 0)
