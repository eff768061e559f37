"""Networks as people have them: slow, out of order, without UDP; and crowds that come at once."""

import asyncio
from collections.abc import Sequence
from typing import Any

from calls import rtcp, rtp
from calls.call import MAX_PEERS, Full, Left, Offered
from calls.rtcp import Report, SenderReport
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Transport
from tests.calls.halls import Hall, hall, of
from tests.calls.waiting import on_loop, until


class Faraway(Client):
    """Every datagram takes `late` seconds each way; each `every`th that is sent is overtaken by those behind it."""

    late = 0.05
    every = 0
    _sent = 0

    def send_datagram(self, data: bytes) -> None:
        """Later; the one to be overtaken later still."""
        self._sent += 1
        overtaken = self.every and self._sent % self.every == 0
        asyncio.get_running_loop().call_later(self.late + 0.02 * bool(overtaken), self._goes, data)

    def datagram_received(self, data: bytes) -> None:
        """Later."""
        asyncio.get_running_loop().call_later(self.late, self._comes, data)

    def _goes(self, data: bytes) -> None:
        if not self.closed:
            super().send_datagram(data)

    def _comes(self, data: bytes) -> None:
        if not self.closed:
            super().datagram_received(data)


async def from_afar(here: Hall, number: int, every: int = 0) -> Faraway:
    """Somebody behind a slow line, as `Hall.joined`."""
    sending = {"0": Sending(100 + number), "1": Sending(200 + number, 300 + number)}
    client = Faraway(here.unit, here.desk, f"p{number}", sending)
    client.every = every
    await client.join()
    return client


def numbers(packets_of_one: Sequence[bytes]) -> list[int]:
    return [rtp.Header(one).seq for one in packets_of_one]


@on_loop
async def test_a_call_over_a_slow_line_connects_and_its_length_is_known() -> None:
    async with hall() as here:
        ann, bob = await from_afar(here, 1), await from_afar(here, 2)
        await here.talk(ann, bob)
        ann.send(packets.voice(101, 1))
        await until(lambda: 1 in numbers(of(bob, 101)))
        said = SenderReport(201, 0x1234_5678_9ABC_DEF0, 90_000, 5, 500)
        ann.tell(rtcp.sender_report(said))
        await until(lambda: bob.heard(SenderReport))
        bob.tell(rtcp.receiver_reports(7, [Report(201, 0, 0, 5, 9, said.middle, 0)]))
        await until(lambda: here.peer(bob).round_trip())
        assert here.peer(bob).round_trip() >= 2 * Faraway.late


@on_loop
async def test_what_is_overtaken_on_the_way_arrives_and_is_not_taken_for_lost() -> None:
    async with hall() as here:
        ann, bob = await from_afar(here, 1), await here.joined(2)
        await here.talk(ann, bob)
        ann.every = 3
        for seq in range(1, 61):
            asyncio.get_running_loop().call_later(0.01 * seq, ann.send, packets.picture(201, seq))
        await until(lambda: set(range(1, 61)) <= set(numbers(of(bob, 201))))
        came = numbers(of(bob, 201))
        assert came != sorted(came), "the link did put some behind others"
        assert len(came) == len(set(came))
        assert here.peer(ann).ups["1"].layers[0].reception.lost == 0


@on_loop
async def test_who_has_no_udp_is_in_the_call_with_those_who_have() -> None:
    async with hall() as here:
        ways: list[Transport] = ["udp", "tcp", "udp"]
        ann, bob, cleo = [await here.joined(number, way) for number, way in enumerate(ways, 1)]
        await here.talk(ann, bob, cleo)
        for client in (ann, bob, cleo):
            client.packets.clear()
            client.send(packets.voice(client.sending["0"].ssrc, 5))
        for client, others in ((ann, (102, 103)), (bob, (101, 103)), (cleo, (101, 102))):
            await until(lambda client=client, others=others: all(of(client, one) for one in others))


@on_loop
async def test_who_sends_nothing_gets_everything_and_stays() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        mute = Client(here.unit, here.desk, "mute", {})
        await mute.join()
        ann.send(packets.voice(101, 0))
        ann.send(packets.picture(201, 0, key=True))
        await until(lambda: here.open_downs(mute) == 2)
        ann.send(packets.voice(101, 1))
        await until(lambda: of(mute, 101))
        for _ in range(3):
            here.clock.ahead += 20
            heard = [here.peer(one).agent.heard_at for one in (ann, mute)]
            ann.check()
            mute.check()
            await until(
                lambda heard=heard: all(
                    here.peer(one).agent.heard_at > at for one, at in zip((ann, mute), heard, strict=True)
                )
            )
        assert here.unit.peers("call") == ["p1", "mute"]
        assert [event for event in here.desk.events if isinstance(event, Left)] == []


@on_loop
async def test_a_hundred_who_come_at_once_fill_the_call_and_hold_up_nobody() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        before = sum(1 for one in here.desk.events if isinstance(one, Offered) and one.peer == "p1")
        refused = 0
        for number in range(100):
            try:
                here.unit.join("call", f"crowd{number}")
            except Full:
                refused += 1
        assert refused == 100 - (MAX_PEERS - 1)
        here.unit.leave("call", "crowd0")
        bob = await here.joined(2)
        await here.talk(ann, bob)
        bob.packets.clear()
        ann.send(packets.voice(101, 9))
        await until(lambda: of(bob, 101))
        offers = sum(1 for one in here.desk.events if isinstance(one, Offered) and one.peer == "p1")
        assert offers - before <= 4, "who is there is told of tracks, and the crowd sends none"


@on_loop
async def test_a_hundred_comings_and_goings_of_one_leave_nothing_behind() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        for _ in range(100):
            here.unit.join("call", "restless")
        here.unit.leave("call", "restless")
        bob = await here.joined(2)
        await here.talk(ann, bob)
        call: Any = here.unit._calls["call"]
        assert list(call.peers) == ["p1", "p2"]
        assert {peer.name for peer in call._claims.values()} == {"p1", "p2"}
        assert len(here.unit._mux._agents) == 2


@on_loop
async def test_hellos_of_others_from_ones_own_address_do_not_stop_the_call() -> None:
    """Who can forge an address says hello in the caller's name, before the caller does."""

    class Flooded(Client):
        flooded = False

        def datagram_received(self, data: bytes) -> None:
            if data[0] < 4 and not self.flooded:
                self.flooded = True
                for _ in range(500):
                    self.send_datagram(b"\x16\xfe\xff" + bytes(60))
                    self.send_datagram(b"\x16\xfe\xfd\x00\x00\x00\x00\x00\x00\x00\x01\x00\x10\x01" + bytes(15))
            super().datagram_received(data)

    async with hall() as here:
        ann = Flooded(here.unit, here.desk, "p1", {"0": Sending(101)})
        await ann.join()
        assert ann.states == ["connected"]
