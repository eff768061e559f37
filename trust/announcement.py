"""Announces this Parley on the local network by mDNS, so that phones find it by name: `parley.local`.

A name belongs to whoever had it first. Zeroconf asks the network about the service (`parley._https._tcp`)
before it registers, but not about the host name behind it, so that is asked here too: a printer may be
called `parley.local` and offer no https. On a clash the next free name is taken (`parley-2.local`); the
caller remembers the name first taken and hands it in at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Protocol

from zeroconf import AddressResolver, Error, NonUniqueNameException, ServiceInfo  # type: ignore[attr-defined]
from zeroconf.asyncio import AsyncZeroconf

from trust.hosts import Address

log = logging.getLogger(__name__)

SERVICE = "_https._tcp.local."
FIRST = "parley"
NAMES_TRIED = 20
ASK_MS = 900  # three questions 250 ms apart as RFC 6762 section 8.1 has it, and time to answer


class Responder(Protocol):
    """The network as an announcement needs it; tests give one that is not there."""

    async def holders(self, host: str) -> set[str]:
        """The addresses that answer to a host name now, other than out of our own mouth."""

    async def register(self, info: ServiceInfo) -> None:
        """Announces. Raises NonUniqueNameException when the service's name is taken."""

    async def close(self) -> None:
        """Takes back what was announced."""


class Announcement:
    """One announced name. `name` is what was taken, or None while there is nothing to announce on."""

    def __init__(
        self,
        port: int,
        *,
        remembered: str | None = None,
        responder: Callable[[Sequence[Address]], Responder] | None = None,
    ) -> None:
        """`port` is the secure one; `remembered` the name taken in an earlier life, tried first."""
        self._port = port
        self._remembered = remembered
        self._open = responder or ZeroconfResponder
        self._responder: Responder | None = None
        self._addresses: list[Address] = []
        self._complaint = ""
        self.name: str | None = None

    async def start(self, addresses: Sequence[Address]) -> str | None:
        """Takes a name for these addresses and answers it; None when the network does not let us.

        A Parley that cannot be announced is still reached by address, so nothing is raised.
        """
        await self.stop()
        failure = await self._try(addresses) if addresses else "this machine has no address"
        if failure:
            self._complain(failure)
            await self.stop()
            return None
        self._complaint, self._addresses = "", list(addresses)
        self._remembered = self._remembered or self.name
        log.info("announced as %s", self.name)
        return self.name

    async def follow(self, addresses: Sequence[Address]) -> None:
        """Announces again if these are other addresses, or if there was nothing to announce on before."""
        if self.name is None or set(addresses) != set(self._addresses):
            await self.start(addresses)

    async def stop(self) -> None:
        """Says goodbye to the network, so that others forget the name at once."""
        responder, self._responder, self.name = self._responder, None, None
        if responder is None:
            return
        try:
            await responder.close()
        except (TimeoutError, OSError, Error) as failure:
            log.info("no goodbye was said on the network: %s", failure)

    async def _try(self, addresses: Sequence[Address]) -> str:
        """Takes a name, or answers why there is none."""
        try:
            self._responder = self._open(addresses)
            self.name = await self._take(self._responder, addresses)
        except (TimeoutError, OSError, Error) as failure:
            return str(failure) or type(failure).__name__
        return "" if self.name else f"{NAMES_TRIED} names are all taken"

    def _complain(self, failure: str) -> None:
        """Says the same thing once, however often it is tried."""
        if failure != self._complaint:
            log.warning("not announced on the network (%s); phones use the address", failure)
        self._complaint = failure

    async def _take(self, responder: Responder, addresses: Sequence[Address]) -> str | None:
        own = {str(address) for address in addresses}
        for label in candidates(self._remembered):
            if await responder.holders(f"{label}.local.") - own:
                continue
            try:
                await responder.register(_described(label, self._port, addresses))
            except NonUniqueNameException:
                continue
            return f"{label}.local"
        return None


class ZeroconfResponder:
    """The real network, through one zeroconf instance on the interfaces of these addresses."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Raises OSError when no multicast socket can be opened."""
        interfaces = [str(address) for address in addresses if address.version == 4]
        self._zeroconf = AsyncZeroconf(interfaces=interfaces) if interfaces else AsyncZeroconf()

    async def holders(self, host: str) -> set[str]:
        """Waits the whole time, since silence is the good answer."""
        asked = AddressResolver(host)
        await asked.async_request(self._zeroconf.zeroconf, ASK_MS)
        return set(asked.parsed_addresses())

    async def register(self, info: ServiceInfo) -> None:
        """Probes, then announces; done when the last announcement is out."""
        announced: Awaitable[None] = await self._zeroconf.async_register_service(info)
        await announced

    async def close(self) -> None:
        """Unregisters everything and closes the sockets."""
        await self._zeroconf.async_unregister_all_services()
        await self._zeroconf.async_close()


def candidates(remembered: str | None) -> Iterator[str]:
    """The labels to try in turn: the remembered one, then parley, parley-2, parley-3 …"""
    first = (remembered or f"{FIRST}.local").removesuffix(".local")
    yield first
    for number in range(1, NAMES_TRIED):
        label = FIRST if number == 1 else f"{FIRST}-{number}"
        if label != first:
            yield label


def _described(label: str, port: int, addresses: Sequence[Address]) -> ServiceInfo:
    return ServiceInfo(
        SERVICE,
        f"{label}.{SERVICE}",
        server=f"{label}.local.",
        port=port,
        addresses=[address.packed for address in addresses],
        properties={"path": "/", "app": "parley"},
    )
