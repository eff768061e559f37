"""One at a time for each key, and nothing left behind."""

import asyncio

import pytest

from store.turns import Turns


def test_the_same_key_waits_and_another_does_not() -> None:
    async def journey() -> list[str]:
        turns, said = Turns(), list[str]()
        first = asyncio.Event()

        async def hold(key: str, name: str, until: asyncio.Event | None = None) -> None:
            async with turns.of(key):
                said.append(f"{name} begins")
                if until:
                    await until.wait()
                said.append(f"{name} ends")

        all_of_them = asyncio.gather(hold("a", "one", first), hold("a", "two"), hold("b", "three"))
        await asyncio.sleep(0)
        assert said == ["one begins", "three begins", "three ends"]
        first.set()
        await all_of_them
        assert len(turns) == 0
        return said[3:]

    assert asyncio.run(journey()) == ["one ends", "two begins", "two ends"]


def test_a_turn_ends_with_an_error_too() -> None:
    async def journey() -> None:
        turns = Turns()
        with pytest.raises(ValueError, match="no"):
            async with turns.of("a"):
                raise ValueError("no")
        async with turns.of("a"):
            assert len(turns) == 1
        assert len(turns) == 0

    asyncio.run(journey())


def test_who_gives_up_waiting_does_not_hold_up_the_next() -> None:
    async def journey() -> None:
        turns = Turns()

        async def want() -> None:
            async with turns.of("a"):
                pass

        async with turns.of("a"):
            impatient = asyncio.create_task(want())
            await asyncio.sleep(0)
            impatient.cancel()
            await asyncio.gather(impatient, return_exceptions=True)
        await want()
        assert len(turns) == 0

    asyncio.run(journey())
