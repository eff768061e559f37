"""This machine as the phones around it see it: its label and the addresses they can reach.

Addresses come from `ifaddr` (pure Python, it comes with zeroconf), so Linux, macOS and Windows
read alike. Container and virtual-machine bridges are kept apart: the certificate lists them, but
a phone is never sent to one.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

import ifaddr

from trust.hosts import Address, distinct

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
BRIDGES = re.compile(
    r"docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|cali|kube|bridge100"
    r"|.*(virtualbox|vmware|hyper-v|vethernet|\(wsl)",
    re.IGNORECASE,
)
UNIQUE_LOCAL = ip_network("fc00::/7")  # RFC 4193
ELSEWHERE = ("198.51.100.1", 9)  # TEST-NET-2 (RFC 5737): asks for the route, sends nothing


@dataclass(frozen=True, slots=True)
class Machine:
    """The label, the addresses phones can reach (likeliest first) and those of bridges."""

    label: str
    addresses: tuple[Address, ...]
    bridges: tuple[Address, ...] = ()

    def shown(self, name: str | None = None, asked: Iterable[str] = ()) -> list[str]:
        """What people are told, best first: the announced name, names they added, this machine's, addresses."""
        names = [*([name] if name else []), *asked, f"{self.label}.local"]
        return distinct([*names, *map(str, self.addresses)])

    def hosts(self, name: str | None = None, asked: Iterable[str] = ()) -> list[str]:
        """Everything this machine answers to, what a phone should try first at the front.

        `name` is the mDNS name it took (`parley.local`); `asked` are names a person added.
        """
        return distinct([*self.shown(name, asked), self.label, *map(str, self.bridges), *LOOPBACK_HOSTS])


def read_machine(
    *,
    adapters: Callable[[], Iterable[ifaddr.Adapter]] = ifaddr.get_adapters,
    hostname: Callable[[], str] = socket.gethostname,
    route: Callable[[], Address | None] | None = None,
) -> Machine:
    """What this machine is called and where it can be reached now; never raises for no network."""
    first = (route or routed_address)()
    reachable: list[Address] = []
    bridges: list[Address] = []
    for adapter in adapters():
        for address in _usable(adapter):
            inner = BRIDGES.match(adapter.name) or BRIDGES.match(adapter.nice_name)
            (bridges if inner and address != first else reachable).append(address)
    ordered = sorted(dict.fromkeys(reachable), key=lambda one: (one != first, one.version))
    return Machine(label_of(hostname()), tuple(ordered), tuple(dict.fromkeys(bridges)))


def label_of(hostname: str) -> str:
    """The first label of a host name in letters DNS allows; `parley` when nothing is left."""
    first = hostname.strip().split(".")[0].lower()
    label = re.sub(r"[^a-z0-9-]+", "-", first).strip("-")[:63].strip("-")
    return label if label and not label.isdigit() else "parley"


def routed_address() -> Address | None:
    """The address packets to elsewhere leave from, which is the one on the Wi-Fi or cable."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return ip_address(probe.getsockname()[0])
        except OSError:  # no network at all: every address is as good
            return None


def _usable(adapter: ifaddr.Adapter) -> Iterable[Address]:
    """An adapter's addresses that a person could type into another device.

    Not fe80::, which needs an interface number no browser accepts, and not global IPv6: it lies
    outside the authority's scope, changes daily and reaches past the household.
    """
    for found in adapter.ips:
        address = ip_address(found.ip if isinstance(found.ip, str) else found.ip[0])
        if address.is_loopback or address.is_unspecified or address.is_multicast:
            continue
        if address.version == 4 or address in UNIQUE_LOCAL:
            yield address
