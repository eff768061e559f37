"""A rush into a call: as many come at once as it holds and more, by socket, log and unit, and media flows."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from calls.call import Offered
from calls.unit import Unit
from chat.attending import follow_attendees
from chat.floor import follow_floors
from chat.forwarding import follow_media
from chat.group_calls import MAX_ATTENDEES
from chat.media import ForwardingUnit, Port
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE
from protocol.codec import pack_command
from protocol.commands import Command, SendMessage
from protocol.group_calls import AnswerMedia, JoinCall, MediaOffered, OpenCall
from store.durable.sqlite import Sqlite
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Desk
from tests.calls.halls import of
from tests.calls.waiting import on_loop, until
from tests.handlers.house import Guest, House, Wire

COMING = 100
VOICE = 101  # ssrc of who speaks
CALL = "crushaaaaaaaaa"

Said = tuple[str, Any]


class Seat:
    """Somebody's socket, read all the time, and their media, which answers by the socket what the unit offers by it."""

    def __init__(self, guest: Guest, wire: Wire, sending: dict[str, Sending]) -> None:
        self.guest = guest
        self.wire = wire
        self._answers: dict[int, asyncio.Future[Said]] = {}
        self._telling: list[asyncio.Future[Said]] = []
        unit = SimpleNamespace(answer=self._answer)
        self.media = Client(cast(Unit, unit), Desk(), guest.device, sending)
        self.reading = asyncio.ensure_future(self._read())

    async def asks(self, command: Command) -> Said:
        """Its answer: "ok" or "error", and the body."""
        assert not self.reading.done(), "nobody reads this socket any more"
        self.wire.ref += 1
        answer = self._answers[self.wire.ref] = asyncio.get_running_loop().create_future()
        await self.wire.socket.write_message(pack_command(self.wire.ref, command), binary=True)
        return await answer

    async def comes(self) -> Said:
        return await self.asks(JoinCall(nonce=nonce(), conversation=EVERYONE, call=CALL))

    async def says(self, text: str) -> Said:
        return await self.asks(SendMessage(nonce=nonce(), conversation=EVERYONE, text=text))

    async def goes(self) -> list[Said]:
        """Answers what became of its answers to offers."""
        self.media.vanish()
        said = await asyncio.gather(*self._telling)
        self.reading.cancel()
        return said

    async def _read(self) -> None:
        """Whoever waits for an answer learns why there is none."""
        try:
            await self._read_on()
        except Exception as error:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(error)
            raise

    async def _read_on(self) -> None:
        while True:
            ref, name, body = await self.wire.next()
            if ref:
                if not (answer := self._answers.pop(ref)).done():
                    answer.set_result((name, body))
            elif name == MediaOffered.name:
                tracks = {mid: (one["device"], one["source"]) for mid, one in body["tracks"].items()}
                self.media.offered(Offered(CALL, self.guest.device, body["version"], body["sdp"], tracks))

    def _answer(self, call: str, _device: str, version: int, sdp: str) -> None:
        answer = AnswerMedia(conversation=EVERYONE, call=call, version=version, sdp=sdp)
        self._telling.append(asyncio.ensure_future(self.asks(answer)))


def nonce() -> str:
    return secrets.token_urlsafe(16)


@asynccontextmanager
async def crowded(folder: Path) -> AsyncIterator[tuple[House, list[Seat], Seat]]:
    """A house on disk with a unit, all who are about to come into a call, and one who is not."""
    house = House(folder, durable=Sqlite(folder / "house.db", lambda: time.time_ns() // 1_000_000))
    await house.start()
    await ensure_everyone(house.store)
    follow_attendees(house.store)
    follow_floors(house.store)
    follow_media(house.store)
    unit = ForwardingUnit(house.store, Port(0, ["127.0.0.1"], lambda: ["127.0.0.1"]), apart=False)
    await unit.open()
    seats: list[Seat] = []
    try:
        guests = await asyncio.gather(*(house.join(f"Guest {number}") for number in range(COMING + 1)))
        for guest in guests:
            sending = {} if seats else {"0": Sending(VOICE)}
            seats.append(Seat(guest, await house.connect(guest), sending))
        yield house, seats[:-1], seats[-1]
    finally:
        for seat in seats:
            await seat.goes()
        await unit.close()
        await house.stop()


@asynccontextmanager
async def meanwhile(doing: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """It goes on for as long as this lasts. What it raised is raised here."""
    task = asyncio.ensure_future(doing)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def speaks(seat: Seat) -> None:
    """20 ms of voice after the other."""
    seq = 0
    while True:
        seat.media.send(packets.voice(VOICE, seq))
        seq += 1
        await asyncio.sleep(0.02)


async def chats(seat: Seat, said: list[Said]) -> None:
    """One message after the other."""
    while True:
        said.append(await seat.says("I am not in the call"))


@on_loop
async def test_a_rush_fills_the_call_all_in_it_hear_who_speaks_and_who_is_not_in_it_chats_on(tmp_path: Path) -> None:
    async with crowded(tmp_path) as (house, seats, zoe):
        ann, *others = seats
        opened = await ann.asks(OpenCall(nonce=nonce(), conversation=EVERYONE, call=CALL, video=False))
        assert opened[0] == "ok"
        chat: list[Said] = []
        async with meanwhile(chats(zoe, chat)):
            said = await asyncio.gather(*(seat.comes() for seat in others))
            inside = [ann, *(seat for seat, (name, _) in zip(others, said, strict=True) if name == "ok")]
            assert len(inside) == MAX_ATTENDEES
            assert Counter(body["message"] for name, body in said if name != "ok") == {
                f"This call is full: it holds {MAX_ATTENDEES} people.": COMING - MAX_ATTENDEES
            }
            await until(lambda: all(seat.media.states for seat in inside))
            async with meanwhile(speaks(ann)):
                await until(lambda: all(of(seat.media, VOICE) for seat in inside[1:]))
            outside = [seat for seat in others if seat not in inside]
            assert {name for name, _ in await asyncio.gather(*(seat.says("Next time") for seat in outside))} == {"ok"}
        assert {seat.media.states[-1] for seat in inside} == {"connected"}
        assert {name for name, _ in chat} == {"ok"}
        on = house.store.view().gathering(EVERYONE)
        assert on
        assert {one.device for one in on.call.attendees} == {seat.guest.device for seat in inside}
        for seat in inside:
            assert {name for name, _ in await seat.goes()} == {"ok"}, "each offer was answered in time"
