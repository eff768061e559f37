"""The name on the network: first come, first served, and kept."""

import asyncio
import logging
from collections.abc import Sequence
from ipaddress import ip_address

import pytest
from zeroconf import NonUniqueNameException, ServiceInfo

from trust.announcement import Announcement, candidates
from trust.hosts import Address

HERE = [ip_address("192.168.1.20"), ip_address("fd00::20")]


class Network:
    """A local network that is not there: who holds which name, and what was announced."""

    def __init__(self, hosts: dict[str, str] | None = None, services: Sequence[str] = ()) -> None:
        self.hosts = hosts or {}
        self.services = set(services)
        self.announced: list[ServiceInfo] = []
        self.opened = self.closed = 0
        self.down = False

    def open(self, _addresses: Sequence[Address]) -> "Network":
        if self.down:
            raise OSError(19, "No such device")
        self.opened += 1
        return self

    async def holders(self, host: str) -> set[str]:
        return {self.hosts[host]} if host in self.hosts else set()

    async def register(self, info: ServiceInfo) -> None:
        if info.name in self.services:
            raise NonUniqueNameException
        self.announced.append(info)

    async def close(self) -> None:
        self.closed += 1


def taken(network: Network, remembered: str | None = None) -> str | None:
    announcement = Announcement(8443, remembered=remembered, responder=network.open)
    return asyncio.run(announcement.start(HERE))


def test_the_first_on_the_network_is_parley() -> None:
    network = Network()
    assert taken(network) == "parley.local"
    (info,) = network.announced
    assert (info.server, info.port, info.name) == ("parley.local.", 8443, "parley._https._tcp.local.")
    assert sorted(info.parsed_addresses()) == ["192.168.1.20", "fd00::20"]


def test_another_parley_has_the_name_so_the_next_is_taken() -> None:
    assert taken(Network(services=["parley._https._tcp.local.", "parley-2._https._tcp.local."])) == "parley-3.local"


def test_a_printer_of_that_name_is_a_clash_too() -> None:
    assert taken(Network({"parley.local.": "192.168.1.99"})) == "parley-2.local"


def test_our_own_address_under_that_name_is_not_a_clash() -> None:
    assert taken(Network({"parley.local.": "192.168.1.20"})) == "parley.local"


def test_the_remembered_name_is_tried_first() -> None:
    assert taken(Network(), "parley-2.local") == "parley-2.local"


def test_a_remembered_name_that_is_taken_gives_way_for_now() -> None:
    assert taken(Network({"parley-2.local.": "192.168.1.99"}), "parley-2.local") == "parley.local"


def test_the_names_to_try_are_each_tried_once() -> None:
    tried = list(candidates("parley-3.local"))
    assert tried[:4] == ["parley-3", "parley", "parley-2", "parley-4"]
    assert len(tried) == len(set(tried))


def test_when_every_name_is_taken_phones_use_the_address(caplog: pytest.LogCaptureFixture) -> None:
    network = Network(services=[f"{label}._https._tcp.local." for label in candidates(None)])
    with caplog.at_level(logging.WARNING):
        assert taken(network) is None
    assert "phones use the address" in caplog.text
    assert network.closed == 1


def test_without_a_network_it_is_said_and_nothing_breaks(caplog: pytest.LogCaptureFixture) -> None:
    network = Network()
    network.down = True
    with caplog.at_level(logging.WARNING):
        assert taken(network) is None
    assert "not announced on the network" in caplog.text


def test_a_move_to_another_network_keeps_the_name_and_leaves_nothing_behind() -> None:
    network = Network()

    async def move() -> list[str | None]:
        announcement = Announcement(8443, responder=network.open)
        names = [await announcement.start(HERE), await announcement.start([ip_address("10.0.0.7")])]
        await announcement.stop()
        return [*names, announcement.name]

    assert asyncio.run(move()) == ["parley.local", "parley.local", None]
    assert network.announced[-1].parsed_addresses() == ["10.0.0.7"]
    assert network.opened == network.closed == 2


def test_it_follows_the_machine_and_does_not_fidget() -> None:
    network = Network()

    async def follow() -> list[int]:
        announcement = Announcement(8443, responder=network.open)
        opened = []
        for addresses in (HERE, list(reversed(HERE)), [ip_address("10.0.0.7")], [ip_address("10.0.0.7")]):
            await announcement.follow(addresses)
            opened.append(network.opened)
        return opened

    assert asyncio.run(follow()) == [1, 1, 2, 2]
    assert network.closed == 1


def test_a_network_that_comes_later_is_used_and_its_absence_said_once(caplog: pytest.LogCaptureFixture) -> None:
    network = Network()
    network.down = True

    async def come_later() -> str | None:
        announcement = Announcement(8443, responder=network.open)
        for _ in range(3):
            await announcement.follow(HERE)
        network.down = False
        await announcement.follow(HERE)
        return announcement.name

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(come_later()) == "parley.local"
    assert len(caplog.records) == 1


def test_a_machine_without_an_address_announces_nothing() -> None:
    network = Network()
    assert asyncio.run(Announcement(8443, responder=network.open).start([])) is None
    assert network.opened == 0
