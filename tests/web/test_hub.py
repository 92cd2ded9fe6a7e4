from __future__ import annotations

import asyncio

from streams.web.filters import Filter
from streams.web.hub import REMEMBERED, WAITING, Hub
from tests.web.made import kept, told

ALL = Filter()
STORY = kept(actors=["USA"], targets=["RUS"])
OTHER = kept(actors=["IND"], targets=["PAK"])


def hub(**options) -> Hub:
    return Hub("epoch", **options)


def test_a_listener_is_told_what_his_filter_lets_through_and_what_concerns_everybody():
    ours = hub()
    listener = ours.listen(Filter(dyads=frozenset({"RUS-USA"})))
    ours.tell("story", b"{}", OTHER)
    ours.tell("story", b"{}", STORY)
    ours.tell("status", b"{}")
    assert told(listener) == ["story", "status"]


def test_every_event_has_an_id_of_its_own():
    ours = hub()
    listener = ours.listen(ALL)
    ours.tell("story", b'{"a":1}', STORY)
    [word] = listener.waiting()
    assert word.frame == b'id: epoch-1\nevent: story\ndata: {"a":1}\n\n'


def test_a_slow_listener_is_told_to_begin_anew_and_holds_nobody_up():
    resets = []
    ours = hub(on_reset=lambda: resets.append(1))
    slow, quick = ours.listen(ALL), ours.listen(ALL)
    for _ in range(WAITING + 10):
        ours.tell("story", b"{}", STORY)
        assert told(quick) == ["story"]
    assert told(slow) == ["reset"] + ["story"] * 9
    assert len(resets) == 1


def test_who_comes_back_is_told_what_he_missed():
    ours = hub()
    ours.tell("story", b"{}", STORY)
    ours.tell("story", b"{}", OTHER)
    ours.tell("status", b"{}")
    assert told(ours.listen(ALL, "epoch-1")) == ["story", "status"]
    assert told(ours.listen(ALL, "epoch-3")) == []


def test_who_was_away_for_too_long_begins_anew():
    ours = hub()
    for _ in range(REMEMBERED + 5):
        ours.tell("status", b"{}")
    assert told(ours.listen(ALL, "epoch-2")) == ["reset"]


def test_who_comes_from_another_run_of_the_page_begins_anew():
    ours = hub()
    ours.tell("status", b"{}")
    for last in ("before-7", "epoch-x", "7", "epoch-900"):
        assert told(ours.listen(ALL, last)) == ["reset"]


def test_who_left_is_told_no_more():
    ours = hub()
    listener = ours.listen(ALL)
    ours.leave(listener)
    ours.tell("status", b"{}")
    assert told(listener) == []
    assert len(ours) == 0


def test_a_listener_waits_until_there_is_something():
    async def scene():
        ours = hub()
        listener = ours.listen(ALL)
        waiting = asyncio.create_task(listener.next())
        await asyncio.sleep(0)
        assert not waiting.done()
        ours.tell("status", b"{}")
        return await waiting

    assert len(asyncio.run(scene())) == 1
