from __future__ import annotations

from collections import defaultdict
from statistics import mean

import pytest

from streams.ingest.pages import Beside, article_of
from tests.ingest.pages.corpus import FETCHED, made
from tests.ingest.pages.scoring import f1

LEAST_MEAN = 0.98  # of all pages; the product promises 0.95
LEAST_OF_A_PAGE = 0.95


def read(page):
    return article_of(
        page.raw,
        url=page.url,
        charset=page.charset,
        fetched_at=FETCHED,
        beside=Beside(last_modified=page.last_modified),
    )


def test_the_corpus_is_at_least_eight_layouts_in_five_languages():
    pages = made()
    assert len({page.layout for page in pages}) >= 8
    assert len({page.lang for page in pages}) >= 5
    assert len(pages) >= 30


@pytest.mark.parametrize("page", made(), ids=str)
def test_the_text_of_a_page_is_read_and_little_else(page):
    assert f1(read(page).body, page.text) >= LEAST_OF_A_PAGE, read(page).body


@pytest.mark.parametrize("page", made(), ids=str)
def test_a_page_is_dated_as_it_should_be_and_flagged(page):
    article = read(page)
    assert (article.published_at, tuple(article.date_flags)) == (page.published, page.flags)


@pytest.mark.parametrize("page", made(), ids=str)
def test_the_title_and_the_language_are_read(page):
    article = read(page)
    assert (article.title, article.lang or page.lang) == (page.title, page.lang)


def test_no_layout_falls_behind_the_pinned_quality():
    by_layout = defaultdict(list)
    for page in made():
        by_layout[page.layout].append(f1(read(page).body, page.text))
    means = {layout: round(mean(scores), 3) for layout, scores in by_layout.items()}
    assert mean(means.values()) >= LEAST_MEAN, means
