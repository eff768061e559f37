"""The phone of the suite keeps its log without gaps and its outbox until it is answered."""

import asyncio
from collections.abc import Iterator

import pytest

from chat.visibility import EVERYONE
from scripts.faults.phone import Phone, Refused
from scripts.faults.victim import UNLIMITED, Victim, victim


@pytest.fixture(scope="module")
def server() -> Iterator[Victim]:
    with victim(*UNLIMITED) as one:
        yield one


def test_it_hears_catches_up_and_sends_what_waited(server: Victim) -> None:
    async def live() -> None:
        anna, ben = (Phone(server, server.join(name), EVERYONE) for name in ("Anna", "Ben"))
        anna.writes("written without a line")
        async with anna.connected():
            await anna.sends()
        assert anna.outbox == []
        async with anna.connected(), ben.connected():
            await ben.catches_up()
            anna.writes("said live")
            await anna.sends()
            await ben.catches_up()
        assert ben.texts()[-2:] == ["written without a line", "said live"]
        assert ben.heard["message.sent"] == 1, "what it asked for did not come by itself"
        assert len(anna.acked) == 2

    asyncio.run(asyncio.wait_for(live(), 60))


def test_a_refusal_is_told_and_what_was_refused_stays(server: Victim) -> None:
    async def live() -> None:
        phone = Phone(server, server.join("Cleo"), "room.raaaaaaaaaaaaa")
        async with phone.connected():
            phone.writes("to nobody's room")
            with pytest.raises(Refused, match="not-found"):
                await phone.sends()
        assert len(phone.outbox) == 1
        with pytest.raises(ConnectionError):
            await phone.sends()

    asyncio.run(asyncio.wait_for(live(), 60))


def test_what_lies_above_a_gap_is_not_taken(server: Victim) -> None:
    phone = Phone(server, server.join("Dora"), EVERYONE)
    for seq in (1, 3, 2, 2):
        phone._take("message.sent", {"conversation": EVERYONE, "seq": seq, "text": str(seq)})
    phone._take("message.sent", {"conversation": "room.other", "seq": 3, "text": "elsewhere"})
    assert phone.texts() == ["1", "2"]
