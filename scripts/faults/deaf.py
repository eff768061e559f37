"""A client that never reads, while everybody talks: it is closed, it costs little memory, and nobody waits for it."""

import asyncio
import socket
import ssl
import time
from contextlib import closing

from chat.visibility import EVERYONE
from scripts.bench.client import Place
from scripts.bench.house import ADDRESS
from scripts.faults.bystander import Bystander
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown, percentile
from scripts.faults.victim import UNLIMITED, Guest, Victim, victim

LISTENERS = 5
LINE = "x" * 3900
MOST_MB = 5.0
PATIENCE_SECONDS = 120.0


def run(*, long: bool) -> list[Shown]:
    """Twelve megabytes are said past the deaf one; three in the quick part."""
    return asyncio.run(_talk_past(3000 if long else 800, deaf=10 if long else 1))


async def _talk_past(messages: int, deaf: int) -> list[Shown]:
    with victim(*UNLIMITED) as server:
        talker, bystander = (Phone(server, server.join(name), EVERYONE) for name in ("Talker", "Bystander"))
        listeners = [Phone(server, server.join(f"Listener {number}"), EVERYONE) for number in range(LISTENERS)]
        async with talker.connected(), bystander.connected():
            lines = [listener.connected() for listener in listeners]
            for line in lines:
                await line.__aenter__()
            alone, before = await _says(server, talker, bystander, messages)  # the most of memory, then and now
            before = max(before, server.resident_mb())
            guests = [server.join(f"Deaf {number}") for number in range(deaf)]
            ears = [await asyncio.to_thread(never_reads, server, guest) for guest in guests]
            beside, most = await _says(server, talker, bystander, messages)
            closed = await _until_gone(server, LISTENERS + 2)
            for ear in ears:
                ear.close()
            for line in lines:
                await line.__aexit__(None, None, None)
    fault = f"{deaf} who never read, while {messages * len(LINE) >> 20} MB are said"
    return [
        Shown(fault, "each is closed", f"after {closed:.1f} s more" if closed >= 0 else "not closed", closed >= 0),
        Shown(
            fault,
            f"memory grows by at most {MOST_MB:g} MB for each",
            f"{(most - before) / deaf:.1f} MB",
            most - before <= MOST_MB * deaf,
        ),
        Shown(
            fault,
            "others' p99 as without them (at most half as much again)",
            f"{beside:.0f} ms, without {alone:.0f} ms",
            beside <= 1.5 * alone + 5,
            timed=True,
        ),
    ]


async def _says(server: Victim, talker: Phone, bystander: Phone, messages: int) -> tuple[float, float]:
    """The bystander's p99 in ms while so much is said, and the most memory in MB that the server held meanwhile."""
    most = 0.0
    async with Bystander(bystander) as beside:
        for number in range(messages):
            talker.writes(LINE)
            await talker.sends()
            if number % 20 == 0:
                most = max(most, server.resident_mb())
    return percentile(beside.waited), most


def never_reads(server: Victim, guest: Guest) -> ssl.SSLSocket:
    """A line that was opened and is not read from again; what waits in the system's buffers is little."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.connect((ADDRESS, server.port))
    line = server.context().wrap_socket(plain, server_hostname=ADDRESS)
    line.sendall(Place(server.port, server.folder, guest.token).handshake())
    if b" 101 " not in line.recv(1024):
        raise RuntimeError("expected 101 Switching Protocols")
    return line


async def _until_gone(server: Victim, left: int) -> float:
    """Seconds until only so many are connected; below 0 if that takes far too long."""
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE_SECONDS:
        told = await asyncio.to_thread(server.health)
        if told is not None and told["connections"] <= left:
            return time.monotonic() - began
        await asyncio.sleep(0.1)
    return -1.0


def half_open(server: Victim, guest: Guest) -> float:
    """Seconds until a line is freed whose other side has gone silent, and answers no ping; below 0 if it is not."""
    with closing(never_reads(server, guest)):
        return asyncio.run(_until_gone(server, 0))


def run_half_open(*, long: bool) -> list[Shown]:
    """One line that goes silent: it takes as long in either part."""
    del long
    with victim() as server:
        seconds = half_open(server, server.join("Anna"))
    fault, was = "a connection that is half open", f"{seconds:.1f} s"
    return [
        Shown(fault, "freed", was, seconds >= 0),
        Shown(fault, "within 45 s", was, 0 <= seconds <= 45, timed=True),
    ]
