"""The door: which Host and Origin are ours, who a token belongs to, and how often an address may knock.

Cookies are not kept apart by port, and a rebinding page brings our own address with a foreign name, so both headers are
compared with exact lists. No Tornado here: a door is asked with plain strings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

from chat.invitations import digest
from chat.limits import Buckets, Rate
from protocol.errors import Refusal
from store import Store, Who

LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Rates:
    """`commands` a second of one device, by socket and REST; `joins` a minute of one address, with failed ones.

    `sockets` is how many connections one device may have at a time; each may keep a megabyte of ours waiting.
    """

    commands: float = 50
    joins: float = 12
    sockets: int = 32

    def of_commands(self) -> Rate:
        """Four seconds' worth at once: an outbox that has waited all day."""
        return Rate(burst=4 * self.commands, per_second=self.commands)

    def of_joins(self) -> Rate:
        """A class that joins together sits behind one address, or a few: two minutes' worth at once, 30 at least."""
        return Rate(burst=max(30, 2 * self.joins), per_second=self.joins / 60)


@dataclass(frozen=True)
class Names:
    """The names and addresses people reach us by, asked anew each time because addresses change."""

    current: Callable[[], Iterable[str]]
    port: int
    asked: tuple[str, ...] = ()

    def hosts(self) -> frozenset[str]:
        """Every name a Host header may carry, without port."""
        return _all_plain((*self.current(), *self.asked, *LOCAL))

    def has(self, host: str) -> bool:
        """Whether a Host header names us, whatever its port (a proxy or a mapped port may stand before us)."""
        return _name_of(host) in self.hosts()

    def is_origin(self, origin: str) -> bool:
        """Whether a page of this origin is ours: https, one of our names, our port (or 443 for a name asked for)."""
        scheme, _, host = origin.partition("://")
        name, port = _name_of(host), _port_of(host)
        if scheme != "https" or name not in self.hosts():
            return False
        return port == self.port or (port == 443 and name in {_plain(one) for one in self.asked})


class Door:
    """What every handler asks before it does anything."""

    def __init__(
        self,
        store: Store,
        names: Names,
        rates: Rates,
        allow_origin: tuple[str, ...] = (),
        proxies: tuple[str, ...] = (),
    ) -> None:
        self.names = names
        self.commands = Buckets(rates.of_commands(), store.clock)
        self.most_sockets = rates.sockets
        self._store = store
        self._allow_origin = frozenset(allow_origin)
        self._proxies = frozenset(map(_plain, proxies))
        self._knocks = Buckets(rates.of_joins(), store.clock)

    def require_host(self, host: str) -> None:
        """Raises Refusal `bad-host` for a name that is not ours: a rebinding page, or a name to add with --host."""
        if not self.names.has(host):
            raise Refusal("bad-host", f"This server is not called {host[:80]!r}. Start it with --host to add a name.")

    def require_origin(self, origin: str | None) -> None:
        """Raises Refusal `bad-origin` unless the page that asks is ours or was allowed."""
        if origin is None or not (self.names.is_origin(origin) or origin in self._allow_origin):
            raise Refusal("bad-origin", "That page may not use this server. Open the server's own address instead.")

    def is_foreign_but_allowed(self, origin: str | None) -> bool:
        """Whether CORS headers are due: only origins the host listed."""
        return origin in self._allow_origin

    def who(self, token: str | None) -> Who | None:
        """Whose token this is, or None."""
        if not token:
            return None
        device = next(iter(self._store.shelves.devices.where("token", digest(token))), None)
        return Who(device.person, device.id) if device else None

    def address(self, peer: str, forwarded_for: str) -> str:
        """Who really asks: the peer, or, when that is a proxy of ours, the last one before it in X-Forwarded-For."""
        told = [*(_plain(one) for one in forwarded_for.split(",") if one.strip()), _plain(peer)]
        return next((one for one in reversed(told) if one not in self._proxies), told[0])

    def knock(self, address: str) -> None:
        """Joining and failing are counted by address. Raises Refusal `slow-down`."""
        self._knocks.take(_network_of(address), "Joining")


@lru_cache(maxsize=4)
def _all_plain(names: tuple[str, ...]) -> frozenset[str]:
    """These in their plain spelling, remembered: each request asks. Only for names of ours."""
    return frozenset(map(_plain, names))


def _plain(name: str) -> str:
    """Lower case, no brackets, no dot at the end, IPv6 in its shortest form."""
    bare = name.strip().lower().rstrip(".").removeprefix("[").removesuffix("]").partition("%")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare


def _name_of(host: str) -> str:
    if host.startswith("["):
        return _plain(host.partition("]")[0])
    name, colon, port = host.rpartition(":")
    return _plain(name if colon and port.isdigit() else host)


def _port_of(host: str) -> int:
    tail = host.rpartition("]")[2] if host.startswith("[") else host
    _, colon, port = tail.rpartition(":")
    return int(port) if colon and port.isdigit() and len(port) < 6 else 443


def _network_of(address: str) -> str:
    """One household is one knocker: IPv6 addresses count by their /64."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return ":".join(parsed.exploded.split(":")[:4]) if parsed.version == 6 else str(parsed)
