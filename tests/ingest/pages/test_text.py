from __future__ import annotations

import pytest
from resiliparse.parse.html import HTMLTree

from streams.ingest.pages import read_page
from streams.ingest.pages.layout import layout

ONE = "The ministers spoke for about an hour and agreed on nothing but the date of the next call."
TWO = "Both capitals had recalled their envoys in March, after the clash on the northern ridge."
THREE = "The line will be tested twice a day by officers on duty, beginning on Monday."
ARTICLE = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
TEXT = f"{ONE}\n\n{TWO}\n\n{THREE}"


def body_of(markup):
    return read_page(f"<html><body>{markup}</body></html>".encode()).fields["body"]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a>World</a> <a>Sport</a></nav>",
        '<div class="Cookie-Banner"><p>We and our partners use cookies.</p></div>',
        '<div id="onetrust-consent"><p>You may accept all.</p></div>',
        '<ul class="share-bar"><li>Share on X</li></ul>',
        "<figure><img><figcaption>Soldiers on the ridge. Photo: A. Reed</figcaption></figure>",
        '<div class="related-posts"><h3>Related</h3><p>Fishing fleet returns after nine weeks at sea.</p></div>',
        '<p><a href="#">Fishing fleet returns after nine weeks at sea</a></p>',
        "<div><a>World</a> | <a>Sport</a> | <a>Culture</a></div>",
        "<p>Read more: <b>Fishing fleet returns</b></p>",
        "<p>Lire aussi : La flotte rentre au port</p>",
        '<div class="byline">By A. Reed</div>',
        "<div>13 May 2022, 21:40</div>",
        '<div hidden><p>Not shown.</p></div><p style="display: none">Nor this.</p>',
        "<form><p>Your address</p><button>Send</button></form>",
        "<script>var x = '<p>code</p>'</script><style>p{}</style><template><p>later</p></template>",
    ],
)
@pytest.mark.parametrize("place", ["before", "within", "after"])
def test_furniture_is_no_part_of_the_text_wherever_it_stands(furniture, place):
    pages = {
        "before": f"{furniture}<article>{ARTICLE}</article>",
        "within": f"<article><p>{ONE}</p>{furniture}<p>{TWO}</p><p>{THREE}</p></article>",
        "after": f"<div>{ARTICLE}</div>{furniture}",
    }
    assert body_of(pages[place]) == TEXT


def test_comments_are_left_out_when_they_are_longer_than_the_article():
    comments = "<p>I will believe it when the telephone rings, and not a minute earlier.</p>" * 50
    assert body_of(f'<div>{ARTICLE}</div><section id="comments">{comments}</section>') == TEXT


@pytest.mark.parametrize(
    "name", ["sponsored-content", "card", "content has-sidebar", "article-promo", "share-page"]
)
def test_what_is_called_like_furniture_and_holds_the_article_is_the_article(name):
    paragraphs = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{ONE}</p>"
    assert body_of(f'<div class="{name}">{paragraphs}</div>').startswith(TEXT)
    assert body_of(f'<div class="{name}"><h1>A call</h1>{ARTICLE}</div>').endswith(TEXT)


def test_how_a_paragraph_is_styled_does_not_make_it_furniture():
    large = f'<p class="has-medium-font-size has-text-align-left">{ONE}</p>'
    dateline = f'<p class="article-dateline">{TWO}</p>'
    assert body_of(f"<article>{large}{dateline}<p>{THREE}</p></article>") == TEXT


def test_a_link_within_a_sentence_stays():
    assert body_of(f'<p>The <a href="#">ministers</a> spoke.</p>{ARTICLE}').startswith("The ministers spoke.")


def test_a_summary_that_stands_apart_comes_first():
    lead = "They spoke for the first time in 84 days, officials said."
    page = f'<header><h1>A call</h1><p class="standfirst">{lead}</p></header><div class="article-body">{ARTICLE}</div>'
    assert body_of(page) == f"{lead}\n\n{TEXT}"


def test_paragraphs_are_parted_and_blanks_are_one():
    assert (
        body_of("<p>They&nbsp; spoke\n for an\u200b hour.</p><p>No more.</p>")
        == "They spoke for an hour.\n\nNo more."
    )


def test_every_selector_of_the_layouts_is_one_that_the_parser_knows():
    known, tree = layout(), HTMLTree.parse("<p>x</p>")
    for selector in (*known.containers, known.any_container, known.leads, known.comments, known.furniture):
        assert len(tree.body.query_selector_all(selector)) == 0
