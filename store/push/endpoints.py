"""Endpoints: whether this server may call an address that a client named.

Only https, only addresses of the public internet, checked on what the name leads to at that moment, and connected to
exactly there: between checking and calling, a name may come to lead elsewhere. Else anybody with an account could have
this server knock on doors of the house it stands in (OWASP: server-side request forgery).
"""

import asyncio
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

HTTPS = 443
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class Forbidden(Exception):
    """This endpoint is not called."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An https address in its parts; `target` is path and query."""

    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """As RFC 6454 writes it: what a token of RFC 8292 is good for."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{name}" if self.port == HTTPS else f"https://{name}:{self.port}"


def read_endpoint(address: str) -> Endpoint:
    """Its parts. Raises Forbidden for all but plain https addresses without a name or password in them."""
    try:
        parts = urlsplit(address)
        port = parts.port or HTTPS
    except ValueError:
        raise Forbidden("it cannot be read") from None
    if parts.scheme != "https" or not parts.hostname or parts.username is not None or parts.fragment:
        raise Forbidden("it is not a plain https address")
    if not address.isascii() or any(mark <= " " or mark == "\\" for mark in address):
        raise Forbidden("it has marks that no address has")
    target = parts.path or "/"
    return Endpoint(parts.hostname, port, f"{target}?{parts.query}" if parts.query else target)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also in the disguise of another kind of address."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


async def addresses_of(endpoint: Endpoint, allowed: Sequence[str] = ()) -> list[str]:
    """Where it leads now. Raises Forbidden unless all of it is public or the host is allowed; OSError if nowhere."""
    found = await _look_up(endpoint.host, endpoint.port)
    if not _is_allowed(endpoint, allowed) and not all(map(is_public, found)):
        raise Forbidden("it leads into a private network")
    return found


def _is_allowed(endpoint: Endpoint, allowed: Sequence[str]) -> bool:
    return endpoint.host in allowed or f"{endpoint.host}:{endpoint.port}" in allowed


async def _look_up(host: str, port: int) -> list[str]:
    """In a thread that nobody waits for at the end: a name server that does not answer must not hold up leaving."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def settle(error: OSError | None, addresses: list[str]) -> None:
        if not found.done():
            found.set_exception(error) if error else found.set_result(addresses)

    def look() -> None:
        error, addresses = None, list[str]()
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as reason:
            error = reason if isinstance(reason, OSError) else OSError(str(reason))
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, error, addresses)

    threading.Thread(target=look, name="push name", daemon=True).start()
    return await found
