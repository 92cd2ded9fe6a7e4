from __future__ import annotations

import pytest
from yarl import URL

from streams.fetching.address import BadAddress, parted, read_address, shown


@pytest.mark.parametrize(
    "word",
    ["file:///etc/passwd", "ftp://a.test/", "gopher://a.test", "javascript:alert(1)", "a.test/feed", ""],
)
def test_only_http_and_https_are_asked(word):
    with pytest.raises(BadAddress, match="only http and https"):
        read_address(word)


@pytest.mark.parametrize(
    "word", ["http://", "http:///x", "http://[::1", "http://a.test:99999/", "http://" + "a" * 5000]
)
def test_what_is_no_address_is_refused(word):
    with pytest.raises(BadAddress):
        read_address(word)


def test_an_address_is_read_beside_the_one_it_stands_on():
    assert str(read_address("../b?x=1#top", URL("https://a.test/feeds/a"))) == "https://a.test/b?x=1"


def test_what_is_shown_of_an_address_has_neither_password_nor_key():
    said = shown("https://user:secret@a.test/feed?key=secret#secret")
    assert said == "https://a.test/feed?…"


def test_user_and_password_of_an_address_go_into_a_header():
    url, header = parted(URL("https://us%40er:pass@a.test/feed"))
    assert (str(url), header) == ("https://a.test/feed", "Basic dXNAZXI6cGFzcw==")
