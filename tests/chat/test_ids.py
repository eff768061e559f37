"""Ids: a letter, random base32, and the pattern of the protocol."""

import msgspec

from chat.ids import id_from, new_id, new_nonce, new_token, nonce_from
from protocol import shapes


def test_every_id_is_one_of_the_protocol() -> None:
    for letter, length, kind in (("p", 13, shapes.PersonId), ("d", 13, shapes.DeviceId), ("f", 26, shapes.FileId)):
        assert msgspec.convert(new_id(letter, length), kind)
        assert msgspec.convert(id_from(letter, "secret", length), kind)
    assert msgspec.convert(new_nonce(), shapes.Nonce)
    assert msgspec.convert(nonce_from("secret"), shapes.Nonce)


def test_no_two_are_the_same() -> None:
    assert len({new_id("p") for _ in range(1000)}) == 1000
    assert len({new_token() for _ in range(100)}) == 100


def test_what_is_made_of_a_secret_is_the_same_each_time() -> None:
    assert (id_from("d", "a"), nonce_from("a")) == (id_from("d", "a"), nonce_from("a"))
    assert (id_from("d", "a"), nonce_from("a")) != (id_from("d", "b"), nonce_from("b"))
