from __future__ import annotations

import pytest

from streams.fetching.addresses import AddressRefused, BadNetwork, Guard

REFUSED = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::192.168.0.1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:53aa:64c:0:7fff:3f57:fefe",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
]
PUBLIC = [
    "1.1.1.1",
    "93.184.216.34",
    "2606:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
    "2002:101:101::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused_in_every_form(address):
    with pytest.raises(AddressRefused, match="no public address"):
        Guard().check(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_asked(address):
    Guard().check(address)


def test_what_is_no_address_is_refused():
    assert not Guard().permits("localhost")
    assert not Guard().permits("")


def test_a_network_that_is_allowed_by_name_is_asked_and_no_other():
    guard = Guard(["10.1.0.0/16", "::1"])
    assert guard.permits("10.1.2.3")
    assert guard.permits("::1")
    assert not guard.permits("10.2.0.1")
    assert not guard.permits("127.0.0.1")


def test_a_network_that_is_none_is_told():
    with pytest.raises(BadNetwork, match="'intranet' is no network; write it as"):
        Guard(["intranet"])
