"""CPU for each packet when packets are handed straight to the unit, beside the least that Python can do with them.

Nothing else runs meanwhile, nobody reads what is sent, and how busy the machine is matters least.
"""

import asyncio
import time

from pylibsrtp import Policy

from calls import peer as one_peer
from calls.unit import Unit
from scripts.bench.crowd import FRAME_PACKETS
from scripts.bench.forwarders import bound, session
from scripts.bench.house import ADDRESS
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Desk
from tests.calls.waiting import until

BYTES = 1100  # of a packet of video


async def measure_straight(people: int, count: int) -> tuple[float, float]:
    """CPU seconds for each packet of the plainest loop and of the unit."""
    desk = Desk()
    unit = Unit(desk)
    await unit.open([ADDRESS], hosts=[ADDRESS])
    sending = {"1": Sending(1001, 5001)}
    everybody = [Client(unit, desk, f"p{one}", sending if one == 0 else {}) for one in range(people)]
    await asyncio.gather(*(one.join() for one in everybody))
    peers = unit._calls["call"].peers  # noqa: SLF001 - what is measured begins there
    everybody[0].send(picture(1001, 1))
    await until(lambda: all(down.layer for one in list(peers.values())[1:] for down in one.downs.values() or [Absent]))
    came = [everybody[0].secure.protect(picture(1001, seq)) for seq in range(2, count + 2)]
    one_peer.MAX_DATAGRAMS = count + 1  # more than may come in a second, all in one moment
    begun = time.process_time()
    for place, data in enumerate(came):
        peers["p0"].take(data)
        if (place + 1) % FRAME_PACKETS == 0:  # of a picture all come together
            unit._pass_on.flush()  # noqa: SLF001
    unit._pass_on.flush()  # noqa: SLF001
    used = time.process_time() - begun
    plain = straight_loop(people, count)
    for one in everybody:
        one.vanish()
    unit.close()
    return plain / count / (people - 1), used / count / (people - 1)


class Absent:
    """A track that is not there yet."""

    layer = None


def straight_loop(people: int, count: int) -> float:
    """CPU seconds to open so many packets and send each to all the others."""
    opening, sealing = session(Policy.SSRC_ANY_INBOUND), session(Policy.SSRC_ANY_OUTBOUND)
    came = [sealing.protect(picture(1001, seq)) for seq in range(1, count + 1)]
    door, *sockets = (bound(ADDRESS) for _ in range(people))
    receivers = [(session(Policy.SSRC_ANY_OUTBOUND), one.getsockname()) for one in sockets]
    begun = time.process_time()
    for data in came:
        packet = opening.unprotect(data)
        for each, address in receivers:
            door.sendto(each.protect(packet), address)
    used = time.process_time() - begun
    for one in (door, *sockets):
        one.close()
    return used


def picture(ssrc: int, seq: int) -> bytes:
    """A packet of video of the usual size."""
    return packets.picture(ssrc, seq, key=seq == 1, size=BYTES - 60)
