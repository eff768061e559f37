"""One spelling for every host."""

from ipaddress import ip_address

import pytest

from trust import NameRefused
from trust.hosts import distinct, read_host


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("Laptop.LAN.", "laptop.lan"),
        (" parley.local ", "parley.local"),
        ("küche.local", "xn--kche-0ra.local"),
        ("[FD00::1]", ip_address("fd00::1")),
        ("192.168.1.20", ip_address("192.168.1.20")),
    ],
)
def test_a_host_has_one_spelling(typed: str, host: object) -> None:
    assert read_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ".",
        "*.local",
        "a b.local",
        "http://x.local",
        "192.168.1.300",
        "-x.local",
        "x-.local",
        "a..local",
        "x" * 64,
        "evil\r\nHost.local",
        "a/b",
        "a:8443",
        "x." * 200 + "local",
        "\u202elocal.x",
    ],
)
def test_what_is_no_host_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(NameRefused, match=r"kitchen\.local") as refused:
        read_host(typed)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_the_same_host_twice_is_listed_once_where_it_first_stood() -> None:
    assert distinct(["B.local", "a.local", "b.local.", "::1", "0:0:0:0:0:0:0:1"]) == ["b.local", "a.local", "::1"]
