"""Articles in, the state of dyads out; and whatever dies, the same state."""

from __future__ import annotations

from schemas.topics import CONTRIBUTIONS, DYADS
from streams.tension import load_watched
from tests.pipeline.articles import an_article, dyads_by_core
from tests.pipeline.waiting import wait_for

MANY = 100


def test_articles_become_the_state_of_every_watched_dyad(line):
    articles = [an_article(number) for number in range(20)]
    line.start_worker()
    line.publish(*articles)
    line.drain()
    dyads = line.dyads()
    assert dyads == dyads_by_core(articles)
    assert list(dyads) == [dyad.id for dyad in load_watched()]
    us = dyads["RUS-USA"]
    assert us.tension.value < 0, "they spoke, and called for a ceasefire"
    assert [contact.channel for contact in us.contacts] == ["military"]
    assert us.lines_open == 0, "a line that they agreed to open is not open yet"
    assert dyads["CHN-TWN"].contacts == []
    for topic in (CONTRIBUTIONS, DYADS):
        assert {record.partition for record in line.records(topic)} == {0}, topic.name


def test_the_same_articles_twice_change_no_dyad(line):
    articles = [an_article(number) for number in range(20)]
    line.start_worker()
    line.publish(*articles)
    line.drain()
    once, told = line.dyads(), line.count(DYADS)
    line.publish(*articles)
    line.drain()
    assert (line.dyads(), line.count(DYADS)) == (once, told)


def test_a_worker_killed_again_and_again_leaves_the_same_dyads(line):
    articles = [an_article(number) for number in range(MANY)]
    worker = line.start_worker("w1")
    line.publish(*articles)
    for share in (12, 4, 2):
        wait_for(
            lambda share=share: line.count(CONTRIBUTIONS) > MANY // share, "some contributions", every=0.05
        )
        worker.kill()
        worker = line.start_worker("w1")
    line.drain()
    assert line.dyads() == dyads_by_core(articles)
