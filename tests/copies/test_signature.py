import pytest

from streams.copies import signature
from streams.copies.signature import POSITIONS, VERSION, positions
from tests.copies.measure import reports

TEXTS = reports()
PINNED = (
    "1bRFjDX9Qv/vhw+WjPH7fWrP2v9a9AUZHDbEqJhVHTCEtGqxw7f6wtP2epfouSyj6"
    "U5zkhaCt201WhvncN6knQRCUk8LJJk1vzo+j+ptXdDC9Wv/U8GlR7kSD5JYeogF4"
)


def test_a_signature_is_short_and_of_a_known_version():
    found = signature(TEXTS[0])
    assert found.startswith(VERSION)
    assert len(found) == 129
    assert len(positions(found)) == POSITIONS


def test_the_same_text_always_has_the_same_signature():
    # Pinned: signatures lie on topics for weeks. Should a new version of a library change this, raise VERSION.
    pinned = signature(
        "The foreign ministers of the two countries spoke by telephone on Friday about the border."
    )
    assert pinned == PINNED


@pytest.mark.parametrize("text", ["", " \n", "Explosions heard in Kyiv.", "?!… — «»", "一二三"])
def test_a_text_too_short_to_be_told_from_others_has_none(text):
    assert signature(text) is None


def test_marks_blanks_and_capitals_do_not_count():
    text = TEXTS[0]
    marked = text.upper().replace('"', "»").replace(",", " —").replace("\n", "\n\n  ")
    assert signature(marked) == signature(text)


def test_a_text_without_spaces_is_read_by_its_characters():
    [chinese] = [text for text in TEXTS if "香格里拉" in text]
    assert signature(chinese) != signature(chinese[20:]) is not None


@pytest.mark.parametrize("text", ["\ud800 " * 20, "\0 " * 40, "a\u0301 " * 40, "\U0001d54f " * 40])
def test_no_text_is_refused(text):
    signature(text)


@pytest.mark.parametrize(
    "written", ["", "1", "2" + "A" * 128, "1" + "A" * 127, "1" + "é" * 128, "1" + "A" * 132, "no"]
)
def test_what_is_no_signature_of_this_version_has_no_positions(written):
    assert positions(written) is None
