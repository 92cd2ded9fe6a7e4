import pytest

from streams.ingest.found import NoArticle
from streams.ingest.text import read_text


def test_the_first_line_is_the_title_and_the_rest_the_body():
    assert read_text("Un appel\nIls se sont parlé.\nUne heure.\n".encode()) == {
        "title": "Un appel",
        "body": "Ils se sont parlé.\nUne heure.",
    }


def test_blank_lines_around_the_text_do_not_count():
    assert read_text(b"\n\n  Title  \n\nBody.\n\n") == {"title": "Title", "body": "Body."}


def test_line_ends_of_other_systems_are_line_ends():
    assert read_text(b"Title\r\nOne.\rTwo.") == {"title": "Title", "body": "One.\nTwo."}


def test_a_single_line_is_a_body_without_a_title():
    assert read_text(b"They spoke for an hour.\n") == {"body": "They spoke for an hour."}


def test_a_first_line_too_long_for_a_title_is_a_paragraph():
    paragraph = "word " * 500
    assert read_text(f"{paragraph}\nNext.".encode()) == {"body": f"{paragraph}\nNext."}


def test_a_byte_order_mark_is_no_part_of_the_title():
    assert read_text("\ufeffTitle\nBody".encode())["title"] == "Title"


@pytest.mark.parametrize("empty", [b"", b" \n\t\n", "\ufeff".encode()])
def test_an_empty_text_is_no_article(empty):
    with pytest.raises(NoArticle, match="is empty"):
        read_text(empty)


def test_text_in_another_encoding_is_refused_with_the_byte_and_the_remedy():
    with pytest.raises(NoArticle, match=r"not UTF-8 text \(byte 0xe9 at 6\); convert it, as with iconv"):
        read_text("a parlé".encode("latin-1"))
