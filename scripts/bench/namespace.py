"""A network of its own for what is measured: a namespace, and a pair of virtual cables to it (Linux, as root).

Loopback is taken for no network by Janus and Firefox. Where a namespace cannot be had, all is measured on loopback. A
newcomer's first mistake is to open sockets first: only what is opened after entering lies in the namespace.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NET = "10.213"  # a private network that hardly anybody has; each process that measures takes four addresses of it
CLONE_NEWNET = 0x40000000  # sched.h


@dataclass(frozen=True, slots=True)
class Network:
    """Where what is measured listens, and where who measures is. `name` is empty on loopback."""

    name: str = ""
    address: str = "127.0.0.1"
    own: str = "127.0.0.1"

    @property
    def prefix(self) -> list[str]:
        """What stands before a command that is to run there."""
        return ["ip", "netns", "exec", self.name] if self.name else []

    def enter(self) -> None:
        """The thread that asks is there from now on. Raises OSError."""
        if not self.name:
            return
        kernel = ctypes.CDLL(None, use_errno=True)
        place = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
        try:
            if kernel.setns(place, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "expected to enter the namespace")
        finally:
            os.close(place)


@contextmanager
def network() -> Iterator[Network]:
    """A namespace for as long as the `with` lasts, or loopback where none can be made."""
    name, place = f"parley-{os.getpid()}", f"{NET}.{os.getpid() // 64 % 256}.{{}}"
    fourth = os.getpid() % 64 * 4
    wanted = Network(name, place.format(fourth + 2), place.format(fourth + 1))
    if shutil.which("ip") is None or os.geteuid() != 0:
        yield Network()
        return
    try:
        with _ended_in_order():
            yield wanted if _make(wanted) else Network()
    finally:
        _ip("netns", "delete", name)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Who is asked to end leaves no network behind: each is one more way that every browser of this machine tries."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _make(wanted: Network) -> bool:
    """Whether it could be made."""
    name = wanted.name
    inside = ("-n", name)
    steps = (
        ("netns", "add", name),
        ("link", "add", name, "type", "veth", "peer", "name", name, "netns", name),
        ("address", "add", f"{wanted.own}/30", "dev", name),
        ("link", "set", name, "up"),
        (*inside, "address", "add", f"{wanted.address}/30", "dev", name),
        (*inside, "link", "set", name, "up"),
        (*inside, "link", "set", "lo", "up"),
    )
    return all(_ip(*step) for step in steps)


def _ip(*words: str) -> bool:
    return subprocess.run(["ip", *words], check=False, capture_output=True).returncode == 0
