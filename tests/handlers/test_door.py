"""The door: Host, Origin, addresses."""

import pytest

from chat.dispatch import Registry, tell_event
from handlers.door import Door, Names, Rates
from protocol.errors import Refusal
from store import Store
from store.durable.memory import Memory


def names() -> Names:
    """A server called parley.local, at two addresses, also asked for as chat.example.org."""
    return Names(lambda: ["parley.local", "192.168.1.5", "fd00::5"], 8443, ("chat.example.org",))


@pytest.fixture
def door() -> Door:
    """A door with one proxy and one foreign page allowed."""
    store = Store(Memory(), Registry(), tell_event, lambda: 0)
    return Door(store, names(), Rates(), ("https://localhost:5173",), ("10.0.0.1",))


@pytest.mark.parametrize(
    "host",
    [
        "parley.local",
        "PARLEY.local.:8443",
        "192.168.1.5:8443",
        "[fd00::5]:8443",
        "[FD00:0::5]",
        "localhost",
        "chat.example.org",
    ],
)
def test_our_names_are_ours(host: str) -> None:
    assert names().has(host)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "parley.local.evil.example", "192.168.1.6", "[fd00::6]", "a b", "[::"]
)
def test_other_names_are_not(host: str) -> None:
    assert not names().has(host)


@pytest.mark.parametrize(
    "origin",
    ["https://parley.local:8443", "https://192.168.1.5:8443", "https://[fd00::5]:8443", "https://chat.example.org"],
)
def test_our_pages_are_ours(origin: str) -> None:
    assert names().is_origin(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://parley.local:8443",
        "https://parley.local",
        "https://parley.local:8444",
        "https://parley.local:84430000000000",
        "https://evil.example:8443",
        "https://parley.local:8443.evil.example",
        "https://evil.example#https://parley.local:8443",
        "file://",
    ],
)
def test_other_pages_are_not(origin: str) -> None:
    assert not names().is_origin(origin)


def test_an_absent_origin_is_nobodys(door: Door) -> None:
    with pytest.raises(Refusal) as refused:
        door.require_origin(None)
    assert refused.value.code == "bad-origin"


def test_a_listed_origin_may_ask_and_another_may_not(door: Door) -> None:
    door.require_origin("https://localhost:5173")
    with pytest.raises(Refusal):
        door.require_origin("https://localhost:5174")


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("192.168.1.9", "", "192.168.1.9"),
        ("192.168.1.9", "1.2.3.4", "192.168.1.9"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_a_proxy_of_ours_is_believed(door: Door, peer: str, told: str, address: str) -> None:
    assert door.address(peer, told) == address


def test_an_address_that_knocks_too_often_waits_and_its_neighbour_does_not(door: Door) -> None:
    for _ in range(30):
        door.knock("192.168.1.9")
    with pytest.raises(Refusal) as refused:
        door.knock("192.168.1.9")
    assert refused.value.code == "slow-down"
    door.knock("192.168.1.10")


def test_addresses_of_one_ipv6_network_knock_together(door: Door) -> None:
    for place in range(30):
        door.knock(f"2001:db8::{place:x}")
    with pytest.raises(Refusal):
        door.knock("2001:db8::ffff")
    door.knock("2001:db8:0:1::1")


def test_a_token_nobody_has_is_nobodys(door: Door) -> None:
    assert door.who("guess") is None
    assert door.who(None) is None
