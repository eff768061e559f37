"""How the values of settings are written. What cannot be meant raises ArgumentTypeError with what was expected."""

import argparse
import re
from ipaddress import ip_address

DATABASE = re.compile(r"postgres(ql)?://\S+\Z")
BUS = re.compile(r"(rediss?|unix)://\S+\Z")
CONTACT = re.compile(r"mailto:[^@\s]+@[\w-]+(\.[\w-]+)+|https://[\w-]+(\.[\w-]+)+")  # RFC 8292 section 2.1


def read_address(raw: str) -> str:
    """An address to listen on; "all of them" has a spelling of its own, under which nobody could reach us."""
    return "" if raw in ("0.0.0.0", "::", "[::]") else raw


def is_address(raw: str) -> bool:
    """Whether this is an IP address, and no name."""
    try:
        ip_address(raw)
    except ValueError:
        return False
    return True


def read_contact(raw: str) -> str:
    """Whom push services may write to."""
    if not CONTACT.fullmatch(raw):
        raise argparse.ArgumentTypeError(f"expected mailto:name@host or https://host, got {raw!r}")
    return raw


def read_store(raw: str) -> str:
    """Where messages are kept. What was given is not repeated, for a URL may hold a password."""
    if raw not in ("sqlite", "memory") and not DATABASE.match(raw):
        raise argparse.ArgumentTypeError("expected sqlite, memory or postgresql://user@host/database")
    return raw


def read_bus(raw: str) -> str:
    """Over what servers hear each other. What was given is not repeated, for a URL may hold a password."""
    if raw and not BUS.match(raw):
        raise argparse.ArgumentTypeError("expected redis://host:6379")
    return raw


def read_port(raw: str) -> int:
    """1 to 65535."""
    if not raw.isdecimal() or not 0 < int(raw) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got {raw!r}")
    return int(raw)


def read_port_or_any(raw: str) -> int:
    """A port, or 0 for any that is free, or for none."""
    return 0 if raw == "0" else read_port(raw)


def read_size(raw: str) -> int:
    """`500MB`, `5 G`: in octets. K is 1024."""
    match = re.fullmatch(r"(\d{1,9}) ?([KMGT]?)B?", raw, re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(f"expected a size such as 500MB or 5GB, got {raw!r}")
    return int(match[1]) << 10 * " KMGT".index(match[2].upper() or " ")


def read_number(raw: str) -> int:
    """A whole number, or 0."""
    return 0 if raw == "0" else read_whole(raw)


def read_whole(raw: str) -> int:
    """1 to a million."""
    if not raw.isdecimal() or not 0 < int(raw) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, got {raw!r}")
    return int(raw)
