"""The addresses a phone is sent to, from what the system lists."""

from ipaddress import ip_address

import pytest
from ifaddr import IP, Adapter

from trust.hosts import Address
from trust.machine import Machine, label_of, read_machine, routed_address


def adapter(name: str, *addresses: str, nice: str = "") -> Adapter:
    """An adapter as ifaddr lists it: IPv4 as text, IPv6 as text with flow and scope."""
    listed = [IP(one if "." in one else (one, 0, 0), 24, nice or name) for one in addresses]
    return Adapter(name, nice or name, listed)


def machine(*adapters: Adapter, route: str | None = None, hostname: str = "laptop") -> Machine:
    first = ip_address(route) if route else None
    return read_machine(adapters=lambda: adapters, hostname=lambda: hostname, route=lambda: first)


def shown(addresses: tuple[Address, ...]) -> list[str]:
    return [str(address) for address in addresses]


def test_the_address_packets_leave_from_comes_first() -> None:
    found = machine(adapter("eth0", "10.0.0.5", "fd00::5"), adapter("wlan0", "192.168.1.20"), route="192.168.1.20")
    assert shown(found.addresses) == ["192.168.1.20", "10.0.0.5", "fd00::5"]


def test_addresses_nobody_can_type_or_reach_are_left_away() -> None:
    found = machine(adapter("lo", "127.0.0.1", "::1"), adapter("eth0", "fe80::1", "2001:db8::7", "192.168.1.20"))
    assert shown(found.addresses) == ["192.168.1.20"]


@pytest.mark.parametrize(
    ("name", "nice"),
    [("docker0", ""), ("br-12ab", ""), ("virbr0", ""), ("{4D36}", "VirtualBox Host-Only Ethernet Adapter")],
)
def test_a_bridge_to_containers_is_kept_apart(name: str, nice: str) -> None:
    found = machine(adapter(name, "172.17.0.1", nice=nice), adapter("eth0", "192.168.1.20"))
    assert shown(found.addresses) == ["192.168.1.20"]
    assert shown(found.bridges) == ["172.17.0.1"]
    assert "172.17.0.1" in found.hosts()


def test_a_bridge_that_leads_outside_is_the_way_in() -> None:
    found = machine(adapter("{4D36}", "192.168.1.20", nice="Hyper-V Virtual Ethernet Adapter"), route="192.168.1.20")
    assert shown(found.addresses) == ["192.168.1.20"]


def test_without_any_network_there_is_still_this_machine() -> None:
    assert machine().hosts() == ["laptop.local", "laptop", "localhost", "127.0.0.1", "::1"]


def test_the_announced_name_and_those_asked_for_come_first() -> None:
    found = machine(adapter("eth0", "192.168.1.20"))
    assert found.hosts("parley-2.local", ["kitchen.lan"])[:4] == [
        "parley-2.local",
        "kitchen.lan",
        "laptop.local",
        "192.168.1.20",
    ]


@pytest.mark.parametrize(
    ("hostname", "label"),
    [
        ("Laptop", "laptop"),
        ("pc.example.com", "pc"),
        ("Paul's MacBook", "paul-s-macbook"),
        ("", "parley"),
        ("---", "parley"),
        ("1234", "parley"),
        ("x" * 80, "x" * 63),
    ],
)
def test_a_label_is_what_dns_allows(hostname: str, label: str) -> None:
    assert label_of(hostname) == label


def test_the_real_machine_can_be_read() -> None:
    found = read_machine()
    assert found.label
    assert all(not address.is_loopback for address in found.addresses)
    routed = routed_address()
    assert routed is None or routed.is_loopback or routed in found.addresses
