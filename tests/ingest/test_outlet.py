"""Nothing that an agent put is lost or doubled, whatever the brokers do."""

import asyncio
import time

import pytest

from schemas import Article, Reason, decode
from schemas.deadletter import DeadLetter
from schemas.topics import ARTICLES, DEADLETTERS
from streams import broker as broker_module
from streams.deadletters import Kept, NotReplayable, Place, again
from streams.ingest.outlet import NotAcknowledged, Outcome, OutletEnded
from streams.ingest.sending import Refused
from streams.ingest.spool import SpoolFull, SpoolInUse
from streams.topics import TopicsMissing
from tests.ingest.outlets import Outlets, an_article


@pytest.fixture
def outlets(broker, tmp_path):
    opened = Outlets(broker, tmp_path / "spool")
    yield opened
    opened.thaw()


async def put_all(outlet, articles, **how):
    return await asyncio.gather(*(outlet.put(article, **how) for article in articles))


async def until(fact, within=20):
    end = time.monotonic() + within
    while not fact():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.02)


def test_an_article_is_on_the_topic_when_it_is_said_to_be_published(outlets):
    async def scene():
        async with outlets.open() as outlet:
            return await outlet.put(an_article(1))

    assert asyncio.run(scene()) is Outcome.PUBLISHED
    [record] = outlets.broker.records(ARTICLES)
    assert decode(Article, record.value).title == "Report 1"
    headers = dict(record.headers)
    assert headers["ce_source"] == b"/tocsin/ingest/feeds"
    assert headers["ce_id"] == record.key == b"article-00001"
    assert outlets.counted("published") == 1


def test_the_same_article_is_published_once_and_a_changed_one_again(outlets):
    async def scene():
        async with outlets.open() as outlet:
            first = await put_all(outlet, [an_article(1), an_article(1)])
            return [
                *first,
                await outlet.put(an_article(1)),
                await outlet.put(an_article(1, title="Corrected")),
                await outlet.put(an_article(1)),
            ]

    assert asyncio.run(scene()) == ["published", "duplicate", "duplicate", "published", "published"]
    assert len(outlets.on_topic()) == 3


def test_an_article_from_an_archive_is_published_again_as_news_but_not_the_reverse(outlets):
    async def scene():
        async with outlets.open() as outlet:
            archived = an_article(1, backfill=True)
            return [await outlet.put(one) for one in (archived, an_article(1), archived, an_article(1))]

    assert asyncio.run(scene()) == ["published", "published", "duplicate", "duplicate"]


def test_what_a_former_process_published_is_known_to_the_next(outlets):
    async def scene():
        async with outlets.open() as outlet:
            return await outlet.put(an_article(1))

    assert [asyncio.run(scene()), asyncio.run(scene())] == ["published", "duplicate"]
    assert outlets.on_topic() == ["article-00001"]


def test_while_the_brokers_are_silent_articles_are_spooled_and_sent_once_in_order_when_they_are_back(outlets):
    async def scene():
        async with outlets.open() as outlet:
            with outlets.frozen():
                assert await put_all(outlet, map(an_article, range(50))) == ["spooled"] * 50
                assert await put_all(outlet, map(an_article, range(50, 80))) == ["spooled"] * 30
                assert await outlet.put(an_article(60)) == "duplicate"
                assert outlet.spooled == 80
            await until(lambda: not outlet.spooled)
            assert await outlet.put(an_article(80)) == "published"

    asyncio.run(scene())
    sent = outlets.on_topic()
    assert sorted(sent) == [f"article-{number:05}" for number in range(81)]
    by_partition = [
        [record.key for record in outlets.broker.records(ARTICLES) if record.partition == n] for n in (0, 1)
    ]
    assert by_partition == [sorted(keys) for keys in by_partition]
    assert outlets.counted("spooled") == 80


def test_a_later_version_does_not_overtake_the_one_on_the_spool(outlets):
    async def scene():
        async with outlets.open() as outlet:
            with outlets.frozen():
                await put_all(outlet, map(an_article, range(200)))
            await until(lambda: not outlet.is_silent)
            await put_all(outlet, [an_article(number, title="Corrected") for number in range(200)])
            await until(lambda: not outlet.spooled)

    asyncio.run(scene())
    titles = {}
    for record in outlets.broker.records(ARTICLES):
        titles.setdefault(record.key, []).append(decode(Article, record.value).title == "Corrected")
    assert len(titles) == 200
    assert all(versions == [False, True] for versions in titles.values())


def test_what_was_spooled_by_a_process_that_ended_is_sent_once_by_the_next(outlets):
    async def first():
        async with outlets.open() as outlet:
            await outlet.put(an_article(0))
            outlets.freeze()
            await put_all(outlet, map(an_article, range(1, 30)))  # sent, and never answered to this process

    async def second():
        async with outlets.open() as outlet:
            assert outlet.spooled == 29
            await until(lambda: not outlet.spooled)

    asyncio.run(first())
    outlets.thaw()
    time.sleep(1)  # the broker takes what the first process had sent it
    asyncio.run(second())
    assert sorted(outlets.on_topic()) == [f"article-{number:05}" for number in range(30)]


def test_a_producer_that_gives_up_is_replaced_and_what_it_had_written_is_not_written_again(outlets):
    async def scene():
        async with outlets.open() as outlet:
            with outlets.frozen():
                assert (
                    await put_all(outlet, map(an_article, range(40))) == ["spooled"] * 40
                )  # all sent, unanswered
                await asyncio.to_thread(outlet._sending.close)
            await until(lambda: not outlet.spooled)
            assert await outlet.put(an_article(40)) == "published"

    asyncio.run(scene())
    assert sorted(outlets.on_topic()) == [f"article-{number:05}" for number in range(41)]


def test_without_the_spool_an_article_that_is_not_acknowledged_is_named_and_published_once_when_sent_again(
    outlets,
):
    async def scene():
        async with outlets.open() as outlet:
            with outlets.frozen():
                with pytest.raises(NotAcknowledged):
                    await outlet.put(an_article(1), spool=False)
                with pytest.raises(NotAcknowledged):
                    await outlet.put(an_article(1), spool=False)
            await until(lambda: not outlet.is_silent)
            assert await outlet.put(an_article(1), spool=False) == "duplicate"
            assert outlet.spooled == 0

    asyncio.run(scene())
    assert outlets.on_topic() == ["article-00001"]


def test_a_full_spool_is_said_and_what_it_holds_is_kept(outlets):
    async def scene():
        async with outlets.open(spool_limit=5_000) as outlet:
            with outlets.frozen():
                outcomes = []
                for number in range(20):
                    try:
                        outcomes.append(await outlet.put(an_article(number)))
                    except SpoolFull:
                        outcomes.append("full")
            await until(lambda: not outlet.spooled)
            return outcomes

    outcomes = asyncio.run(scene())
    assert set(outcomes) == {"spooled", "full"}
    safe = {f"article-{number:05}" for number, outcome in enumerate(outcomes) if outcome == "spooled"}
    assert safe <= set(outlets.on_topic())
    assert len(outlets.on_topic()) == len(set(outlets.on_topic()))


def test_an_item_that_is_no_article_is_a_dead_letter_with_its_bytes_and_cannot_be_replayed(outlets):
    raw = b'{"title": "\xff broken'

    async def scene():
        async with outlets.open() as outlet:
            buried = {
                "where": "https://example.org/feed item 3",
                "why": "is no JSON",
                "reason": Reason.NOT_JSON,
            }
            return [await outlet.bury(raw, **buried), await outlet.bury(raw, **buried)]

    assert asyncio.run(scene()) == ["published", "duplicate"]
    [record] = outlets.broker.records(DEADLETTERS)
    letter = DeadLetter.from_wire(record.key, record.value, dict(record.headers))
    assert letter.value == raw
    assert (letter.stage, letter.reason) == ("ingest", Reason.NOT_JSON)
    assert letter.message == "https://example.org/feed item 3: is no JSON"
    with pytest.raises(NotReplayable, match="ingest/feeds"):
        again(Kept(Place(0, 0), letter))


def test_an_article_too_large_for_the_topic_is_refused_and_counted(outlets):
    async def scene():
        async with outlets.open() as outlet:
            with pytest.raises(Refused, match="limit is 2,000,000"):
                await outlet.put(an_article(1, body="中中\n" * 300_000))

    asyncio.run(scene())
    assert outlets.counted("refused") == 1


def test_an_agent_that_starts_without_brokers_spools_and_sends_when_they_come(outlets, monkeypatch):
    monkeypatch.setattr(broker_module, "BOOTSTRAP_MS", 300)

    async def scene():
        outlets.freeze()
        async with outlets.open() as outlet:
            assert await put_all(outlet, map(an_article, range(5))) == ["spooled"] * 5
            outlets.thaw()
            await until(lambda: not outlet.spooled)

    asyncio.run(scene())
    assert sorted(outlets.on_topic()) == [f"article-{number:05}" for number in range(5)]


def test_what_the_brokers_refuse_from_the_spool_is_a_dead_letter(outlets, monkeypatch):
    async def scene():
        async with outlets.open() as outlet:
            with outlets.frozen():
                await outlet.put(an_article(0))  # now they are known to be silent, and nothing more is sent
                await put_all(outlet, map(an_article, range(1, 4)))
                monkeypatch.setattr(outlet._sending, "send", refusing("article-00002", outlet._sending.send))
            await until(lambda: not outlet.spooled)

    asyncio.run(scene())
    assert sorted(outlets.on_topic()) == ["article-00000", "article-00001", "article-00003"]
    [record] = outlets.broker.records(DEADLETTERS)
    assert decode(Article, record.value).id == "article-00002"
    assert dict(record.headers)["tocsin.dlq.reason"] == b"refused"


def refusing(id_, send):
    def instead(record):
        if record.id != id_:
            return send(record)
        refused = asyncio.get_running_loop().create_future()
        refused.set_exception(Refused("the brokers refuse it: too large"))
        return refused

    return instead


def test_a_mistake_of_ours_behind_the_outlet_is_told_to_whoever_puts_next(outlets, monkeypatch):
    async def fail():
        raise ValueError("a mistake")

    async def scene():
        async with outlets.open() as outlet:
            monkeypatch.setattr(outlet, "_drain_next", fail)
            with outlets.frozen():
                await outlet.put(an_article(1))
                await until(lambda: outlet.failed)
                with pytest.raises(OutletEnded, match="ended by ValueError: a mistake"):
                    await outlet.put(an_article(2))

    asyncio.run(scene())


def test_a_second_process_does_not_get_the_spool_of_an_agent(outlets):
    async def scene():
        async with outlets.open():
            with pytest.raises(SpoolInUse):
                await outlets.open().__aenter__()

    asyncio.run(scene())


def test_brokers_without_the_topic_are_told_at_once(bare_broker, tmp_path):
    async def scene():
        async with Outlets(bare_broker, tmp_path / "spool").open():
            pass

    with pytest.raises(TopicsMissing, match="tocsin topics ensure"):
        asyncio.run(scene())
