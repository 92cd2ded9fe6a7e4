import pytest

from streams.delivery.terminal import escaped, one_line, wrap


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x9b31m",
        "\r",
        "\x00",
        "\x7f",
        "\x08",
        "\n",
        "\u2028",
        "\u202e",
        "\u2066",
        "\ud800",
    ],
)
def test_no_text_can_command_the_terminal(hostile):
    shown = one_line(f"before{hostile}after")
    assert shown.isprintable()
    assert (shown[:6], shown[-5:]) == ("before", "after")


@pytest.mark.parametrize(
    "text",
    ["Сергей Шойгу", "سيرغي شويغو", "谢尔盖·绍伊古", "Choïgou « 84 jours »", "\u200fمرحبا"],  # noqa: RUF001 - no Latin letters
)
def test_every_script_stays_as_it_is(text):
    assert one_line(text) == text


def test_bytes_are_shown_with_what_is_not_visible_escaped():
    assert escaped(b"\x1b[31mred\x00\xff\n") == r"\x1b[31mred\x00\xff\n"
    assert escaped("déjà vu".encode()) == "déjà vu"


def test_lines_are_no_wider_than_asked_and_break_between_words():
    assert wrap("one two three four", width=9) == ["one two", "three", "four"]


def test_a_wide_character_takes_two_columns():
    assert wrap("谢尔盖绍伊古", width=6) == ["谢尔盖", "绍伊古"]


def test_no_text_makes_no_lines():
    assert wrap("", width=80) == []
