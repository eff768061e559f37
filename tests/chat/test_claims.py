"""Claims: "That's me" is asked of the person's own devices, answered once, and never by anybody else."""

import asyncio
from typing import Any

import pytest

from chat.claims import LIFETIME_MS, MAX_OF_PERSON, MAX_REFUSED, MAX_WAITING, make_claim, new_pairing_code, standing
from chat.dispatch import SERVER
from chat.visibility import own
from protocol.answers import Done
from protocol.commands import AllowClaim, RemovePerson
from protocol.errors import Refusal
from protocol.events import ClaimAsked, ClaimSettled
from store.durable.memory import Memory
from store.rows import Claim
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, refusal_of, settles
from tests.store.fates import BLIND, REFUSED, Fated


def claims(house: House, phone: Phone, **given: Any) -> Claim:
    """A device says that it is this person's."""
    made = {
        "id": house.new_id("q"), "person": phone.person, "device": house.new_id("d"), "device_name": "A phone",
        "token": "0" * 64, "code": "1234", "expires_at": house.clock() + LIFETIME_MS,
    }  # fmt: skip
    claim = Claim(**(made | given))
    make_claim(house.store, claim)
    return claim


def allows(claim: Claim, *, yes: bool = True) -> AllowClaim:
    return AllowClaim(claim=claim.id, allow=yes)


def outcome(house: House, claim: Claim) -> tuple[bool | None, bool]:
    """What the claim came to, and whether its device is in."""
    now = house.store.claims.get(claim.id)
    return (now.allowed if now else None), house.store.view().device(claim.device) is not None


@lived
async def test_all_of_the_person_s_devices_are_asked_and_nobody_else(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    tablet = await house.adds_device(anna)
    claim = claims(house, anna)
    await settles()
    asked = ClaimAsked(claim=claim.id, device_name="A phone", code="1234", expires_at=claim.expires_at)
    assert [phone.of(ClaimAsked) for phone in (anna, tablet, ben)] == [[asked], [asked], []]


@lived
async def test_a_device_that_connects_later_is_asked_too(house: House) -> None:
    anna = await house.joins("Anna")
    anna.disconnect()
    claim = claims(house, anna)
    anna.connect()
    await settles()
    assert [asked.claim for asked in anna.of(ClaimAsked)] == [claim.id]


@lived
async def test_a_yes_lets_the_device_in_and_a_no_does_not(house: House) -> None:
    anna = await house.joins("Anna")
    tablet = await house.adds_device(anna)
    first, second = claims(house, anna), claims(house, anna)
    await anna.asks(allows(first), Done)
    await anna.asks(allows(second, yes=False), Done)
    await settles()
    assert [outcome(house, first), outcome(house, second)] == [(True, True), (False, False)]
    assert [settled.claim for settled in tablet.of(ClaimSettled)] == [first.id, second.id]
    assert house.store.view().device(first.device).person == anna.person  # type: ignore[union-attr]


@lived
async def test_nobody_else_answers_not_even_the_host_from_their_page(house: House) -> None:
    host, anna = await house.joins("Host"), await house.joins("Anna")
    claim = claims(house, anna)
    assert await refusal_of(host.asks(allows(claim))) == "not-found"
    assert await refusal_of(host.asks(allows(claim, yes=False))) == "not-found"
    assert outcome(house, claim) == (None, False)


@lived
async def test_the_command_line_may_answer(house: House) -> None:
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    await house.does(allows(claim), SERVER)
    assert outcome(house, claim) == (True, True)


@pytest.mark.parametrize("late_answer", [True, False])
@lived
async def test_the_first_answer_counts_however_close_the_second_is(late_answer: bool, house: House) -> None:
    anna = await house.joins("Anna")
    tablet = await house.adds_device(anna)
    claim = claims(house, anna)
    answers = [anna.sends(allows(claim)), tablet.sends(allows(claim, yes=late_answer))]
    await asyncio.gather(*answers)
    await settles()
    assert outcome(house, claim) == (True, True)
    assert len(house.store.view().devices_of(anna.person)) == 3


@lived
async def test_a_no_that_came_first_is_not_undone_by_a_yes(house: House) -> None:
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    await anna.asks(allows(claim, yes=False))
    await anna.asks(allows(claim))
    assert outcome(house, claim) == (False, False)


@lived
async def test_an_answer_that_comes_too_late_is_refused(house: House) -> None:
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    await passes(LIFETIME_MS / 1000 + 1)
    assert await refusal_of(anna.asks(allows(claim))) == "not-found"
    assert outcome(house, claim)[1] is False


@lived
async def test_who_was_let_in_at_the_last_moment_has_time_to_come(house: House) -> None:
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    await passes(LIFETIME_MS / 1000 - 1)
    await anna.asks(allows(claim))
    await passes(60)
    standing(house.store)
    assert outcome(house, claim) == (True, True)


@lived
async def test_a_yes_that_could_not_be_saved_can_be_said_again() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    disk.fates.append(REFUSED)
    assert await refusal_of(anna.asks(allows(claim))) == "not-saved"
    assert outcome(house, claim) == (None, False)
    await anna.asks(allows(claim))
    assert outcome(house, claim) == (True, True)
    await house.close()


@lived
async def test_a_yes_that_was_saved_unseen_and_is_said_again_adds_one_device() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    disk.fates.append(BLIND)
    assert await refusal_of(anna.asks(allows(claim))) == "not-saved"
    await anna.asks(allows(claim))
    assert outcome(house, claim) == (True, True)
    log = await pull_all(anna, own(anna.person))
    assert [getattr(event, "device", "") for event in log].count(claim.device) == 1
    await house.close()


@lived
async def test_a_yes_counts_even_when_who_said_it_is_gone(house: House) -> None:
    anna = await house.joins("Anna")
    claim = claims(house, anna)
    anna.sends(allows(claim))
    await asyncio.sleep(0)
    anna.disconnect()
    await settles()
    assert outcome(house, claim) == (True, True)


@lived
async def test_nobody_s_screen_is_flooded_and_the_house_s_memory_neither(house: House) -> None:
    people = [await house.joins(f"Person {number}") for number in range(MAX_WAITING // MAX_OF_PERSON + 2)]
    for phone in people[: MAX_WAITING // MAX_OF_PERSON]:
        for _ in range(MAX_OF_PERSON):
            claims(house, phone)
        with pytest.raises(Refusal, match="ten minutes"):
            claims(house, phone)
    for _ in range(MAX_WAITING - len(standing(house.store))):
        claims(house, people[-1])
    with pytest.raises(Refusal) as caught:
        claims(house, people[-2])
    assert caught.value.code == "too-many"
    await passes(LIFETIME_MS / 1000 + 1)
    claims(house, people[-2])
    assert len(house.store.claims) == 1, "what has expired is forgotten"


@lived
async def test_asking_again_from_the_same_address_takes_the_place_of_the_claim_before(house: House) -> None:
    anna = await house.joins("Anna")
    asked = [claims(house, anna, address="192.0.2.7") for _ in range(MAX_OF_PERSON + 2)]
    await settles()
    assert [claim.id for claim in standing(house.store)] == [asked[-1].id]
    assert [settled.claim for settled in anna.of(ClaimSettled)] == [claim.id for claim in asked[:-1]]
    claims(house, anna, address="192.0.2.8")
    assert len(standing(house.store)) == 2, "somebody else's claim waits beside it"


@lived
async def test_after_a_second_no_the_same_address_is_not_heard_again_for_ten_minutes(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for _ in range(MAX_REFUSED):
        await anna.asks(allows(claims(house, anna, address="192.0.2.7"), yes=False))
    with pytest.raises(Refusal) as caught:
        claims(house, anna, address="192.0.2.7")
    assert caught.value.code == "not-allowed"
    claims(house, anna, address="192.0.2.8")
    claims(house, ben, address="192.0.2.7")
    await settles()
    assert (len(anna.of(ClaimAsked)), len(ben.of(ClaimAsked))) == (MAX_REFUSED + 1, 1)
    await passes(LIFETIME_MS / 1000 + 1)
    claims(house, anna, address="192.0.2.7")


@lived
async def test_the_claim_of_somebody_who_is_removed_lets_nobody_in(house: House) -> None:
    host, anna = await house.joins("Host"), await house.joins("Anna")
    claim = claims(house, anna)
    await host.asks(RemovePerson(nonce=nonce(), person=anna.person))
    assert await refusal_of(house.does(allows(claim), SERVER)) == "not-found"
    assert outcome(house, claim) == (None, False)


def test_a_pairing_code_is_four_digits() -> None:
    assert all(len(code) == 4 and code.isdecimal() for code in (new_pairing_code() for _ in range(200)))


@lived
async def test_who_brought_a_code_is_let_ask_however_many_others_do(house: House) -> None:
    anna = await house.joins("Anna")
    for number in range(MAX_OF_PERSON):
        claims(house, anna, address=f"192.0.2.{number}")
    by_code = claims(house, anna, address="192.0.2.99", by="code")
    await settles()
    assert [asked.by for asked in anna.of(ClaimAsked)] == ["name"] * MAX_OF_PERSON + ["code"]
    await anna.asks(allows(by_code), Done)
    assert outcome(house, by_code) == (True, True)
    with pytest.raises(Refusal):
        claims(house, anna, address="192.0.2.98")
