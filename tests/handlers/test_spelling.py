"""How values are written on the command line: what is meant is read, and what cannot be meant is named."""

from argparse import ArgumentTypeError
from collections.abc import Callable

import pytest

from handlers.spelling import (
    is_address,
    read_address,
    read_contact,
    read_number,
    read_port,
    read_port_or_any,
    read_size,
    read_store,
    read_whole,
)


@pytest.mark.parametrize(
    ("said", "size"), [("0", 0), ("5GB", 5 << 30), ("500mb", 500 << 20), ("1 T", 1 << 40), ("7B", 7)]
)
def test_a_size_may_be_said_with_its_unit(said: str, size: int) -> None:
    assert read_size(said) == size


@pytest.mark.parametrize("said", ["sqlite", "memory", "postgresql://anna@db.lan:5433/house", "postgres:///house"])
def test_a_store_is_a_name_or_the_url_of_a_database(said: str) -> None:
    assert read_store(said) == said


@pytest.mark.parametrize("said", ["", "paper", "mysql://anna:swordfish@db/house", "postgresql:anna:swordfish@db"])
def test_what_is_no_store_is_refused_without_its_password(said: str) -> None:
    with pytest.raises(ArgumentTypeError, match="expected sqlite, memory or postgresql://") as told:
        read_store(said)
    assert "swordfish" not in str(told.value)


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::", "[::]"])
def test_to_listen_everywhere_has_several_spellings(everywhere: str) -> None:
    assert read_address(everywhere) == ""


def test_an_address_is_no_name() -> None:
    assert [is_address(one) for one in ("127.0.0.1", "fe80::1", "laptop", "")] == [True, True, False, False]


@pytest.mark.parametrize("contact", ["mailto:anna@example.org", "https://example.org"])
def test_push_services_may_write_to_a_contact(contact: str) -> None:
    assert read_contact(contact) == contact


def test_a_port_and_a_number_may_be_none_where_that_is_meant() -> None:
    assert (read_port("8443"), read_port_or_any("0"), read_number("0"), read_whole("12")) == (8443, 0, 0, 12)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (read_contact, "anna@example.org"),
        (read_contact, "mailto:anna"),
        (read_contact, "http://example.org"),
        (read_contact, "https://localhost"),
        (read_contact, ""),
        (read_size, "much"),
        (read_size, "-5GB"),
        (read_port, "0"),
        (read_port, "65536"),
        (read_port_or_any, "-1"),
        (read_whole, "0"),
        (read_number, "1000001"),
    ],
)
def test_what_cannot_be_meant_says_what_was_expected(read: Callable[[str], object], said: str) -> None:
    with pytest.raises(ArgumentTypeError, match="expected"):
        read(said)
