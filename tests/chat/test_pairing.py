"""Pairing: a code that a device shows works once, for two minutes, and not for who guesses."""

import pytest

from chat.pairing import ALPHABET, LIFETIME_MS, MAX_TRIES, NAME_LETTERS, Pairing, read_code
from protocol.commands import RevokeDevice
from protocol.errors import Refusal
from protocol.events import OfferEnded
from tests.neighbours import House, lived, nonce, passes, settles


def refused(doing: object, *given: str) -> str:
    """The code with which it is refused."""
    with pytest.raises(Refusal) as caught:
        doing(*given)  # type: ignore[operator]
    return caught.value.code


def wrong(code: str) -> str:
    """The same but for its last letter."""
    return code[:-1] + next(letter for letter in ALPHABET if letter != code[-1])


@lived
async def test_a_scanned_code_leads_to_whose_device_showed_it_and_only_once(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    assert pairing.take_link(made.secret).person == anna.person
    assert refused(pairing.take_link, made.secret) == "expired"
    assert refused(pairing.take_code, made.code) == "not-found"


@lived
async def test_a_typed_code_works_once_too_however_it_is_spelled(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    spelled = f" {made.code[:4].lower()}-{made.code[4:]} "
    assert pairing.take_code(spelled).device == anna.device
    assert refused(pairing.take_code, made.code) == "not-found"


@lived
async def test_it_is_good_for_two_minutes(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    await passes(LIFETIME_MS / 1000 - 1)
    assert pairing.take_link(made.secret)
    made = pairing.offer(anna.who)
    await passes(LIFETIME_MS / 1000)
    assert refused(pairing.take_link, made.secret) == "expired"
    assert refused(pairing.take_code, made.code) == "not-found"


@lived
async def test_five_wrong_tries_end_it_for_the_right_one_and_for_the_link_too(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    said = [refused(pairing.take_code, wrong(made.code)) for _ in range(MAX_TRIES)]
    assert said == ["not-found"] * (MAX_TRIES - 1) + ["expired"]
    assert refused(pairing.take_code, made.code) == "expired"
    assert refused(pairing.take_link, made.secret) == "expired"
    await settles()
    assert [ended.reason for ended in anna.of(OfferEnded)] == ["wrong"]


@lived
async def test_four_wrong_tries_do_not(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    for _ in range(MAX_TRIES - 1):
        refused(pairing.take_code, wrong(made.code))
    assert pairing.take_code(made.code).person == anna.person
    await settles()
    assert [ended.reason for ended in anna.of(OfferEnded)] == ["used"]


@lived
async def test_wrong_tries_at_one_code_cost_no_other(house: House) -> None:
    anna, ben, pairing = await house.joins("Anna"), await house.joins("Ben"), Pairing(house.store)
    hers, his = pairing.offer(anna.who), pairing.offer(ben.who)
    for _ in range(MAX_TRIES):
        refused(pairing.take_code, wrong(hers.code))
    assert pairing.take_code(his.code).person == ben.person


@lived
async def test_a_new_code_ends_the_one_before_and_so_does_closing_it(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    first, second = pairing.offer(anna.who), pairing.offer(anna.who)
    assert refused(pairing.take_link, first.secret) == "expired"
    pairing.withdraw(anna.who)
    assert refused(pairing.take_link, second.secret) == "expired"


@lived
async def test_a_device_that_is_signed_out_lets_nobody_ask(house: House) -> None:
    anna, pairing = await house.joins("Anna"), Pairing(house.store)
    made = pairing.offer(anna.who)
    await anna.asks(RevokeDevice(nonce=nonce(), device=anna.device))
    assert refused(pairing.take_link, made.secret) == "expired"


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFGÄ", "<script>", "ＡＢＣＤＥＦＧＨ"])
def test_what_is_no_code_is_refused_like_a_wrong_one(typed: str) -> None:
    assert refused(read_code, typed) == "not-found"


def test_no_letter_of_a_code_is_taken_for_another() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert 0 < NAME_LETTERS < 8
