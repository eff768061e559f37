"""A host: a DNS name or an IP address, in the one spelling that everything here compares.

A certificate lists hosts, the `Host` header names one, and a person types one. Each spells them
its own way (`Laptop.LAN.`, `[fd00::1]`), so each passes through `read_host` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from cryptography import x509

from trust.errors import NameRefused

Address = IPv4Address | IPv6Address

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
LONGEST_NAME = 253  # characters, RFC 1035 section 2.3.4


def read_host(text: str) -> str | Address:
    """The name in lower case without a last dot, or the address.

    Raises NameRefused for what is neither; a wildcard is neither, because a name constraint on
    `local` makes every client refuse `*.local` (seen in Chromium and OpenSSL).
    """
    bare = text.strip().removeprefix("[").removesuffix("]")
    try:
        return ip_address(bare)
    except ValueError:
        pass
    name = _ascii(bare.lower().removesuffix("."))
    if not name or len(name) > LONGEST_NAME or _looks_numeric(name):
        raise NameRefused(_refusal(text))
    if not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise NameRefused(_refusal(text))
    return name


def distinct(hosts: Iterable[str]) -> list[str]:
    """The same hosts in their one spelling, in the same order, each once."""
    return list(_distinct(tuple(hosts)))


@lru_cache(maxsize=16)
def _distinct(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """The same, remembered: each request compares. Only for names of ours, for it would keep a stranger's."""
    return tuple(dict.fromkeys(str(read_host(host)) for host in hosts))


def general_name(host: str) -> x509.GeneralName:
    """The host as a certificate lists it."""
    known = read_host(host)
    return x509.DNSName(known) if isinstance(known, str) else x509.IPAddress(known)


def listed_hosts(certificate: x509.Certificate) -> list[str]:
    """The hosts a certificate is for, in its own order; none when it has no such list."""
    try:
        listed = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    names = listed.get_values_for_type(x509.DNSName)
    return [*names, *(str(address) for address in listed.get_values_for_type(x509.IPAddress))]


def _ascii(name: str) -> str:
    """A name in the letters DNS knows (`küche.local` -> `xn--kche-0ra.local`), or nothing."""
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _looks_numeric(name: str) -> bool:
    """A last label of digits is an address gone wrong (`192.168.1.300`), never a name."""
    return name.rpartition(".")[2].isdigit()


def _refusal(text: str) -> str:
    shown = text if text.isprintable() and len(text) <= 60 else f"{text[:60]!r}"
    return (
        f"“{shown}” is not a name or an address a certificate can hold. Use one such as kitchen.local or 192.168.1.20."
    )
