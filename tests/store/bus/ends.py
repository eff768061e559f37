"""One node's end of a bus, and what came out of it."""

import asyncio

from store.bus import Bus


class End:
    """`back` is set each time it works again."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.back = asyncio.Event()

    async def hears(self, message: bytes) -> None:
        """Waits until this one comes, whatever comes before."""
        while await self.heard.get() != message:
            pass


async def turn() -> None:
    """Everybody else on the loop has had a turn."""
    loop = asyncio.get_running_loop()
    had = loop.create_future()
    loop.call_soon(had.set_result, None)
    await had
