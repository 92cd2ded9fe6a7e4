from __future__ import annotations

import asyncio

from streams.restore import PerPartition


class State:
    name = "stories"

    def __init__(self) -> None:
        self.restored_from = None


async def restore(state: State, partition: int) -> None:
    await asyncio.sleep(0)
    state.restored_from = partition


def test_each_partition_has_its_own_state_restored_once():
    async def run():
        states = PerPartition(State, restore)
        return await states(1), await states(2), await states(1)

    one, two, again = asyncio.run(run())
    assert (one.restored_from, two.restored_from) == (1, 2)
    assert again is one is not two


def test_after_the_group_was_dealt_anew_state_is_restored_again():
    async def run():
        states = PerPartition(State, restore)
        before = await states(1)
        states.drop()
        return before, await states(1)

    before, after = asyncio.run(run())
    assert after is not before
    assert after.restored_from == 1


def test_state_restored_while_the_group_was_dealt_anew_is_not_kept():
    async def run():
        states = PerPartition(State, restore)
        restoring = asyncio.ensure_future(states(1))
        await asyncio.sleep(0)
        states.drop()
        return await restoring, await states(1)

    stale, fresh = asyncio.run(run())
    assert fresh is not stale
