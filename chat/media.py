"""The forwarding unit of this server: in its process or in one of its own, and begun again when that ends by itself."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from calls.process import UnitProcess
from calls.unit import Unit
from chat.forwarding import hear_unit, join_all
from store import Store
from store.media import NoMedia

AGAIN_SECONDS = 0.2  # before a unit that ended is begun again

log = logging.getLogger("parley.calls")


@dataclass(frozen=True)
class Port:
    """Where it listens, 0 for any port, and where phones are told to find it, asked whenever that may have changed."""

    number: int
    hosts: Sequence[str]
    announced: Callable[[], Sequence[str]]


class ForwardingUnit:
    """Opened once, closed once. In between `store.media` is the unit, or nobody for a moment while it begins again."""

    def __init__(self, store: Store, port: Port, *, apart: bool) -> None:
        self._store = store
        self._port = port
        self._apart = apart
        self._number = port.number
        self._unit: Unit | UnitProcess | None = None
        self._again: asyncio.Future[None] | None = None
        self._closed = False

    async def open(self) -> None:
        """Listen. Raises OSError when the port cannot be had, ValueError when an announced address is none."""
        heard = partial(hear_unit, store=self._store)
        unit = UnitProcess(heard, self._ended) if self._apart else Unit(heard)
        try:
            await unit.open(self._port.announced(), self._number, self._port.hosts)
        except (OSError, ValueError):
            if isinstance(unit, UnitProcess):
                await unit.close()
            raise
        self._number = unit.port  # whoever comes back finds the same one
        self._unit = self._store.media = unit

    async def close(self) -> None:
        """Every call ends."""
        self._closed = True
        if self._again:
            self._again.cancel()
        unit, self._unit = self._unit, None
        self._store.media = NoMedia()
        if isinstance(unit, UnitProcess):
            await unit.close()
        elif unit:
            unit.close()

    def moved(self) -> None:
        """The addresses may be others."""
        if self._unit:
            self._unit.announce(self._port.announced())

    def _ended(self) -> None:
        """The process is gone, and with it everybody's media; the calls themselves stand in the log."""
        self._unit = None
        self._store.media = NoMedia()
        self._store.forwarded.begin_anew()
        if not self._closed:
            log.warning("the process of the forwarding unit ended; another begins")
            self._again = asyncio.ensure_future(self._begin_again())

    async def _begin_again(self) -> None:
        while not self._closed:
            await asyncio.sleep(AGAIN_SECONDS)
            try:
                await self.open()
            except OSError as error:
                log.error("the forwarding unit cannot be begun again: %s", error)
            else:
                join_all(self._store)
                return
