"""What the authority may speak for, as a plain question."""

import pytest

from trust import NameRefused
from trust.scope import PRIVATE_NETWORKS, Scope

LAPTOP = Scope.of_machine("laptop")


@pytest.mark.parametrize(
    "host",
    [
        "parley.local",
        "a.b.lan",
        "nas.home.arpa",
        "x.internal",
        "localhost",
        "laptop",
        "PARLEY.LOCAL.",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "127.0.0.1",
        "169.254.9.9",
        "100.127.0.1",
        "fd12::1",
        "fe80::1",
        "::1",
        "[::1]",
    ],
)
def test_local_names_and_private_addresses_are_permitted(host: str) -> None:
    assert LAPTOP.permits(host)


@pytest.mark.parametrize(
    "host",
    ["example.com", "local.example.com", "notlocal", "desktop", "172.32.0.1", "8.8.8.8", "192.0.2.2", "2001:db8::1"],
)
def test_everything_else_is_not(host: str) -> None:
    assert not LAPTOP.permits(host)
    with pytest.raises(NameRefused, match="Use such a name"):
        LAPTOP.require(host)


@pytest.mark.parametrize("label", ["cloud", "box", "dev", "de", "vm", "xn--fiq228c5hs"])
def test_a_machine_named_like_a_top_level_domain_cannot_speak_for_it(label: str) -> None:
    scope = Scope.of_machine(label)
    assert not scope.permits(label)
    assert not scope.permits(f"shop.{label}")
    assert scope.permits(f"{label}.local")


def test_every_listed_network_is_private() -> None:
    assert not [network for network in PRIVATE_NETWORKS if network.is_global]
