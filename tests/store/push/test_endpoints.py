"""Endpoints: an address that a client named is called only on the public internet, exactly where it was checked."""

import asyncio
import socket

import pytest

from store.push import endpoints
from store.push.endpoints import Endpoint, Forbidden, addresses_of, is_public, read_endpoint


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("https://push.example.org/send/a?b=c", Endpoint("push.example.org", 443, "/send/a?b=c")),
        ("https://push.example.org:8443", Endpoint("push.example.org", 8443, "/")),
        ("https://[2606:4700::1]/x", Endpoint("2606:4700::1", 443, "/x")),
    ],
)
def test_an_https_address_is_read(address: str, parts: Endpoint) -> None:
    assert read_endpoint(address) == parts


@pytest.mark.parametrize(
    "address",
    [
        "http://push.example.org/a",
        "ftp://push.example.org/a",
        "https:///a",
        "https://user:secret@push.example.org/a",
        "https://push.example.org@127.0.0.1/a",
        "https://push.example.org/a#b",
        "https://push.example.org\\@127.0.0.1/",
        "https://push.example.org/a b",
        "https://push.example.org/a\r\nHost: other",
        "https://push.example.org:99999/a",
        "https://püsh.example.org/a",
        "https://[::1/a",
        "javascript:alert(1)",
        "",
    ],
)
def test_any_other_address_is_not_called(address: str) -> None:
    with pytest.raises(Forbidden):
        read_endpoint(address)


@pytest.mark.parametrize(
    ("port", "origin"), [(443, "https://push.example.org"), (8443, "https://push.example.org:8443")]
)
def test_an_origin_names_a_port_only_where_it_is_not_the_usual(port: int, origin: str) -> None:
    assert Endpoint("push.example.org", port, "/").origin == origin
    assert Endpoint("2606:4700::1", 443, "/").origin == "https://[2606:4700::1]"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1",
    ],
)  # fmt: skip
def test_a_private_address_is_none_of_the_internet_in_any_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "142.250.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_is(address: str) -> None:
    assert is_public(address)


def led_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(endpoints.socket, "getaddrinfo", lambda *_, **__: answers)


PUSH = Endpoint("push.example.org", 443, "/")


def test_a_name_that_leads_to_the_internet_is_called_there(monkeypatch: pytest.MonkeyPatch) -> None:
    led_to(monkeypatch, "8.8.8.8", "8.8.8.8", "8.8.4.4")
    assert asyncio.run(addresses_of(PUSH)) == ["8.8.8.8", "8.8.4.4"]


def test_a_name_that_leads_into_the_house_is_not_even_if_it_leads_elsewhere_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    led_to(monkeypatch, "8.8.8.8", "192.168.1.1")
    with pytest.raises(Forbidden):
        asyncio.run(addresses_of(PUSH))


@pytest.mark.parametrize("allowed", ["push.example.org", "push.example.org:443"])
def test_a_host_that_was_allowed_may_be_private(monkeypatch: pytest.MonkeyPatch, allowed: str) -> None:
    led_to(monkeypatch, "192.168.1.1")
    assert asyncio.run(addresses_of(PUSH, [allowed])) == ["192.168.1.1"]
    with pytest.raises(Forbidden):
        asyncio.run(addresses_of(PUSH, ["push.example.org:8443", "other.example.org"]))


def test_a_name_that_leads_nowhere_is_an_error_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(endpoints.socket, "getaddrinfo", fail)
    with pytest.raises(OSError, match="not known"):
        asyncio.run(addresses_of(PUSH))
