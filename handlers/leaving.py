"""Leaving: hear the signal, finish what is being written, tell the sockets, and be gone within 5 s."""

import asyncio
import logging
import signal
from collections.abc import Sequence

from handlers.listening import Listening
from store import Store
from store.sockets import GOING_AWAY

ANSWER_SECONDS = 0.3  # for held POSTs and writes under way; a commit takes milliseconds
CLOSE_SECONDS = 2.0  # for the closing handshakes; the writer has the rest of the 5 s people are promised

log = logging.getLogger("parley")


def hear_goodbye() -> asyncio.Event:
    """What SIGTERM or SIGINT sets; on Windows, where a loop hears no signals, Ctrl+C by the old way.

    To be called before anything is opened: a port that is open while nobody listens to signals is cut off with them.
    """
    leave = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(one, leave.set)
        except NotImplementedError:
            signal.signal(one, lambda *_: loop.call_soon_threadsafe(leave.set))
    return leave


async def drain(store: Store, ports: Sequence[Listening]) -> None:
    """Let nobody in, and tell who is here to come back soon. The store then finishes what is being written."""
    log.info("leaving: %d connections", len(store.sockets))
    for port in ports:
        port.stop()
    store.sockets.close_all(GOING_AWAY, "the server is leaving")
    await asyncio.sleep(ANSWER_SECONDS)  # closing a port cuts off whoever has not been answered
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await asyncio.gather(*(port.close() for port in ports))
    except TimeoutError:
        log.info("some connections did not answer the goodbye")
