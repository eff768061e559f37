"""CPU of the server for each delivery over TLS: one message to 500 sockets, beside the plainest loops in the same run.

Server and receivers are processes of their own; what is counted is the server's CPU, from the arrival of the command
to the last byte at the last receiver, the rule, the commit and the acknowledgement included.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from protocol.codec import MAX_SERVER_FRAME, pack_command, pack_event, unpack
from protocol.commands import SendMessage
from protocol.events import MessageSent
from protocol.rooms import AddMembers, CreateRoom
from protocol.shapes import MAX_ADDED
from scripts.bench import prosody
from scripts.bench.baselines import loop_of_send, loop_of_write_message
from scripts.bench.client import Crowd, Place, connected
from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import House, direct, free_port, is_open, nonce, running_house
from scripts.bench.measured import Measured
from scripts.bench.peers import Node, broadcast_of_websockets, in_socket_io, socket_io_event

TEXT = "This is a line of text, as long as most of them."
SENT = MessageSent(conversation="direct.paaaaaaaaaaaaa.pbbbbbbbbbbbbb", seq=7, author="paaaaaaaaaaaaa", text=TEXT)
MARK = b"message.sent"
ALSO = b"mark.changed"  # writing moves one's own mark, and the other is told of it, gathered
BURST = 20  # messages in one frame of the sender
ROUNDS = 3


async def drive(place: Place, frames: list[bytes], done: Callable[[int], bytes]) -> None:
    """Sends them one after another, each when what `done` names has come back for the one before."""
    async with connected(place) as client:
        for number, frame in enumerate(frames):
            client.send(frame)
            await client.receive_until(done(number))


class Server(Protocol):
    """What is measured."""

    def cpu_seconds(self) -> float:
        """What it has taken so far."""
        ...


def measured_run(server: Server, crowd: Crowd, messages: int, run: Callable[[], None]) -> float:
    """The server's CPU seconds for each event that reached a socket, until everybody has heard the last message."""
    before = server.cpu_seconds()
    run()
    delivered = crowd.wait_for(messages)
    return (server.cpu_seconds() - before) / delivered


def plainest(server: Server, place: Place, receivers: int, messages: int, said: bytes) -> float:
    """CPU seconds a delivery of a server that sends to all what one says."""
    with Crowd(place, receivers, MARK) as crowd:
        run = partial(asyncio.run, drive(place, [said] * messages, lambda _: MARK))
        return measured_run(server, crowd, messages, run)


def baseline(house: House, work: Callable[..., None], receivers: int, messages: int, *extra: int) -> float:
    """The same of one of the plain loops, or of a library of others."""
    port = free_port()
    with Measured(work, port, house.certs, *extra) as server:
        server.wait_until(lambda: is_open(port))
        return plainest(server, Place(port, house.authority), receivers, messages, pack_event(SENT))


def node(house: House, receivers: int, messages: int) -> float:
    """The same of `ws` on node."""
    port = free_port()
    with Node(port, house.certs) as server:
        return plainest(server, Place(port, house.authority), receivers, messages, pack_event(SENT))


def socket_io(house: House, receivers: int, messages: int) -> float:
    """The same of Socket.IO on node, in its own JSON."""
    port = free_port()
    said = socket_io_event(MARK.decode(), {"conversation": SENT.conversation, "author": SENT.author, "text": TEXT})
    with Node(port, house.certs, "socket_io.mjs") as server:
        return plainest(server, in_socket_io(port, house.authority), receivers, messages, said)


def to_one(house: House, number: int, receivers: int, messages: int, together: int) -> float:
    """CPU seconds a delivery, of the real server: one person writes, the other has so many sockets open."""
    writer, reader = (house.join(f"{name} {number} {together}") for name in ("Anna", "Ben"))
    readers = [reader.place] * receivers
    return told(house, direct(writer, reader), writer.place, readers, messages, together)


def to_a_room(house: House, number: int, receivers: int, messages: int) -> float:
    """The same where each of so many people in a room has one socket."""
    writer, *readers = house.join_all(f"Person {number} {one}" for one in range(receivers + 1))
    room = asyncio.run(gathered(writer.place, [one.person for one in readers]))
    return told(house, room, writer.place, [one.place for one in readers], messages, 1)


async def gathered(place: Place, people: list[str]) -> str:
    """A room with all of them, by its id."""
    async with connected(place) as client:
        client.send(pack_command(1, CreateRoom(title="Everybody", nonce=nonce())))
        answer = await client.receive_until(pack_ref(1))
        room: str = next(body["conversation"] for ref, _, body in unpack(answer, MAX_SERVER_FRAME, None) if ref == 1)
        for ref, first in enumerate(range(0, len(people), MAX_ADDED), 2):
            members = people[first : first + MAX_ADDED]
            client.send(pack_command(ref, AddMembers(conversation=room, members=members, nonce=nonce())))
            await client.receive_until(pack_ref(ref))
    return room


def told(house: House, conversation: str, writer: Place, readers: list[Place], messages: int, together: int) -> float:
    """CPU seconds a delivery of what is said there, so many messages at a time."""
    commands = [
        pack_command(ref, SendMessage(conversation=conversation, text=TEXT, nonce=nonce()))
        for ref in range(1, messages + 1)
    ]
    frames = [b"".join(commands[start : start + together]) for start in range(0, messages, together)]

    def answered(number: int) -> bytes:
        return pack_ref(min((number + 1) * together, messages))

    with Crowd(readers, len(readers), MARK, ALSO) as crowd:
        run = partial(asyncio.run, drive(writer, frames, answered))
        return measured_run(house.measured, crowd, messages, run)


def pack_ref(ref: int) -> bytes:
    """How the answer to a command begins: `[ref, "ok", …`."""
    number = bytes([ref]) if ref < 128 else b"\xcc%c" % ref if ref < 256 else b"\xcd" + ref.to_bytes(2, "big")
    return b"\x93" + number + b"\xa2ok"


def measure(receivers: int, messages: int, rounds: int, *, peers: bool = False) -> list[Figure]:
    """All figures in microseconds, each the middle of the rounds; in a round all take their turn."""
    taken: dict[str, list[float]] = {}
    with running_house() as house:
        for number in range(rounds):
            taken.setdefault("plain", []).append(baseline(house, loop_of_write_message, receivers, messages))
            taken.setdefault("bare", []).append(baseline(house, loop_of_send, receivers, messages, receivers))
            if peers:
                taken.setdefault("websockets", []).append(baseline(house, broadcast_of_websockets, receivers, messages))
                taken.setdefault("ws", []).append(node(house, receivers, messages))
                taken.setdefault("socket.io", []).append(socket_io(house, receivers, messages))
                if prosody.is_here():
                    taken.setdefault("prosody", []).append(prosody.cost(house.certs, receivers, messages, TEXT))
            for together in (1, BURST):
                seconds = to_one(house, number, receivers, messages, together)
                taken.setdefault(f"parley {together}", []).append(seconds)
            taken.setdefault("room", []).append(to_a_room(house, number, receivers, messages))
    micro = {name: middle(seconds) * 1e6 for name, seconds in taken.items()}
    plain = Figure("tornado's write_message in a loop", micro["plain"], "µs")
    others = [
        ("websockets", "`broadcast` of websockets (Python)"),
        ("ws", "a loop of `send` of ws (node)"),
        ("socket.io", "`emit` of Socket.IO (node)"),
        ("prosody", "Prosody, a room of XMPP"),
    ]
    return [
        plain,
        Figure("SSLSocket.send in a loop, nothing else", micro["bare"], "µs", plain),
        *(Figure(what, micro[name], "µs", plain) for name, what in others if name in micro),
        Figure("Parley, a message at a time", micro["parley 1"], "µs", plain),
        Figure(f"Parley, {BURST} messages at a time", micro[f"parley {BURST}"], "µs", plain),
        Figure(f"Parley, a message at a time in a room of {receivers}", micro["room"], "µs", plain),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="CPU of the server for each delivery over TLS.")
    parser.add_argument("--receivers", type=int, default=500, help="sockets that hear each message (default 500)")
    parser.add_argument("--messages", type=int, default=200, help="messages in each round (default 200)")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"rounds, the middle of which counts (default {ROUNDS})"
    )
    parser.add_argument(
        "--peers", action="store_true", help="servers of others too; asks for `npm ci`, and Prosody if it is here"
    )
    asked = parser.parse_args(arguments)
    title = f"fanout, CPU a delivery, TLS, {asked.receivers} receivers"
    show(title, measure(asked.receivers, asked.messages, asked.rounds, peers=asked.peers))


if __name__ == "__main__":
    main()
