"""Floods: commands, joins and connections as fast as they go. Limits answer, and a normal user hardly notices."""

import asyncio
import http.client
import json
import ssl
import time
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from chat.visibility import EVERYONE
from protocol.codec import MAX_SERVER_FRAME, pack_command, unpack
from protocol.commands import Ping
from scripts.bench.house import ADDRESS
from scripts.bench.measured import PROCESSES
from scripts.faults.bystander import Bystander
from scripts.faults.phone import LOST, Phone
from scripts.faults.shown import Shown, percentile
from scripts.faults.victim import Victim, victim

MOST_MS = 250
CALM_SECONDS = 3.0
PATIENCE_SECONDS = 150.0  # for a busy machine
JOINS = 45  # half as many again as an address may do at once
FRAMES = 100  # of a line that does not look
EACH = 100  # commands in a frame
PINGS = b"".join(pack_command(ref, Ping()) for ref in range(1, EACH + 1))


def run(*, long: bool) -> list[Shown]:
    """Half a minute from three devices; one line of one in the quick part."""
    return asyncio.run(_flood(30.0, 3) if long else _flood(0.0, 1))


async def _flood(seconds: float, devices: int) -> list[Shown]:
    with victim() as server:
        phone = Phone(server, server.join("Anna"), EVERYONE)
        tokens = [server.join(f"Flooder {number}").token for number in range(devices)]
        async with phone.connected():
            async with Bystander(phone) as calm:
                await asyncio.sleep(CALM_SECONDS)
            async with Bystander(phone) as flooded:
                seen = await asyncio.to_thread(_pour, server, tokens, seconds)
        broke = server.said().count("Traceback")
    fault = f"a flood of {seen['commands']:,} commands and {seen['joins']} joins, from {devices} devices"
    waited, before = percentile(flooded.waited), percentile(calm.waited)
    return [
        Shown(
            fault,
            "limits answer commands, and end the line of who asks on",
            f"{seen['slow-down']} of {seen['commands']} slowed down, {seen['ended']} lines ended",
            seen["slow-down"] > 0 and seen["ended"] > 0,
        ),
        Shown(fault, "limits answer joins", f"{seen[429]} of {seen['joins']} answered 429", seen[429] > 0),
        Shown(
            fault,
            f"a normal user's p99 at most {MOST_MS} ms",
            f"{waited:.0f} ms, before {before:.0f} ms",
            waited <= MOST_MS,
            timed=True,
        ),
        Shown(fault, "no traceback", str(broke), broke == 0),
    ]


def _pour(server: Victim, tokens: list[str], seconds: float) -> Counter[object]:
    """All of it from a process of its own; what was answered."""
    ours, theirs = PROCESSES.Pipe()
    authority = server.folder / "certs" / "authority" / "root.pem"
    child = PROCESSES.Process(target=be_a_flood, args=(theirs, server.port, authority, tokens, seconds), daemon=True)
    child.start()
    seen: Counter[object] = ours.recv() if ours.poll(seconds + PATIENCE_SECONDS) else Counter()
    child.join(10)
    return seen


def be_a_flood(pipe: Connection, port: int, authority: Path, tokens: list[str], seconds: float) -> None:
    """The process."""
    pipe.send(asyncio.run(_pours(port, ssl.create_default_context(cafile=authority), tokens, seconds)))


async def _pours(port: int, context: ssl.SSLContext, tokens: list[str], seconds: float) -> Counter[object]:
    seen = await asyncio.to_thread(_joins, port, context)
    until = time.monotonic() + seconds
    await asyncio.gather(*(_commands(port, context, token, until, seen) for token in tokens))
    return seen


async def _commands(port: int, context: ssl.SSLContext, token: str, until: float, seen: Counter[object]) -> None:
    """Lines one after another, at least one: each first hears what a few hundred are answered, then only sends."""
    while not seen["ended"] or time.monotonic() < until:
        with suppress(*LOST):
            async with connect(
                f"wss://{ADDRESS}:{port}/ws",
                ssl=context,
                additional_headers={"Authorization": f"Bearer {token}"},
                compression=None,
                proxy=None,
                close_timeout=1,
                max_queue=None,  # what is not looked at is taken all the same, so that the end of the line is seen
            ) as line:
                try:
                    await _is_answered(line, seen)
                    for _ in range(FRAMES):
                        await line.send(PINGS)
                        seen["commands"] += EACH
                        await asyncio.sleep(0)
                    while True:
                        await line.recv()
                except WebSocketException:  # with its code, or cut off while more was on the way
                    seen["ended"] += 1


async def _is_answered(line: ClientConnection, seen: Counter[object]) -> None:
    """Some hundred commands at once, and every answer of them."""
    for _ in range(3):
        await line.send(PINGS)
    seen["commands"] += 3 * EACH
    left = 3 * EACH
    while left > 0:
        values = unpack(bytes(await line.recv()), MAX_SERVER_FRAME, None)  # type: ignore[arg-type]
        answers = [(name, body) for ref, name, body in values if ref]
        left -= len(answers)
        seen["slow-down"] += sum(name == "error" and body["code"] == "slow-down" for name, body in answers)


def _joins(port: int, context: ssl.SSLContext) -> Counter[object]:
    """How so many joins, one right after another, were answered."""
    seen: Counter[object] = Counter()
    while seen["joins"] < JOINS:
        link = http.client.HTTPSConnection(ADDRESS, port, context=context, timeout=60)
        with suppress(http.client.HTTPException):
            while seen["joins"] < JOINS:
                seen["joins"] += 1
                body = json.dumps({"username": f"Nobody {seen['joins']}"})
                link.request("POST", "/api/session", body, {"Content-Type": "application/json", "X-Parley": "1"})
                answer = link.getresponse()
                answer.read()
                seen[answer.status] += 1
        link.close()
    return seen
