"""Invitations: one for the house works until it is replaced or too old, one for a person works once."""

from asyncio import gather
from typing import Literal

from chat.invitations import LIFETIME_MS, REMEMBERED_MS, digest, new_code, require_standing
from chat.visibility import HOUSE
from protocol.commands import MakeInvitation, RemovePerson
from tests.neighbours import House, lived, nonce, passes, pull_all, refusal_of


async def invite(house: House, kind: Literal["many", "one"] = "many", lives_ms: int = LIFETIME_MS) -> str:
    """The digest of a fresh code."""
    made = digest(new_code())
    expires_at = house.clock() + lives_ms
    await house.does(MakeInvitation(nonce=nonce(), invitation=made, kind=kind, expires_at=expires_at))
    return made


@lived
async def test_the_house_s_invitation_works_many_times(house: House) -> None:
    code = await invite(house)
    for name in ("Anna", "Ben", "Cleo"):
        await house.joins(name, invitation=code)


@lived
async def test_a_new_one_for_the_house_ends_the_one_before_and_no_personal_one(house: House) -> None:
    old, personal = await invite(house), await invite(house, "one")
    new = await invite(house)
    assert await refusal_of(house.joins("Anna", invitation=old)) == "invitation-expired"
    await house.joins("Anna", invitation=personal)
    await house.joins("Ben", invitation=new)


@lived
async def test_one_made_for_a_person_works_once(house: House) -> None:
    code = await invite(house, "one")
    await house.joins("Anna", invitation=code)
    assert await refusal_of(house.joins("Ben", invitation=code)) == "invitation-spent"
    assert house.store.view().people("=ben") == []


@lived
async def test_two_at_once_cannot_spend_the_same_one(house: House) -> None:
    code = await invite(house, "one")
    joined = await gather(*(house.joins(name, invitation=code) for name in ("Anna", "Ben")), return_exceptions=True)
    assert [getattr(one, "code", "joined") for one in joined] == ["joined", "invitation-spent"]


@lived
async def test_a_refused_name_spends_nothing(house: House) -> None:
    await house.joins("Anna")
    code = await invite(house, "one")
    assert await refusal_of(house.joins("Anna", invitation=code)) == "name-taken"
    await house.joins("Ben", invitation=code)


@lived
async def test_one_that_is_too_old_says_so_and_one_that_is_not_works(house: House) -> None:
    code = await invite(house, lives_ms=10_000)
    await passes(9)
    await house.joins("Anna", invitation=code)
    await passes(2)
    assert await refusal_of(house.joins("Ben", invitation=code)) == "invitation-expired"


@lived
async def test_a_code_of_another_house_is_none_of_this_one(house: House) -> None:
    await invite(house)
    assert await refusal_of(house.joins("Anna", invitation=digest("made up"))) == "invitation-needed"


@lived
async def test_what_nobody_could_use_for_a_month_is_forgotten(house: House) -> None:
    old, spent = await invite(house), await invite(house, "one")
    await house.joins("Anna", invitation=spent)
    await passes((LIFETIME_MS + REMEMBERED_MS) / 1000 - 60)
    late = await invite(house)
    assert {row.id for row in house.store.shelves.invitations} == {old, spent, late}
    await passes(61)
    new = await invite(house)
    assert {row.id for row in house.store.shelves.invitations} == {late, new}
    assert require_standing(new, house.store.view()).kind == "many"


@lived
async def test_nobody_reads_the_house_s_log(house: House) -> None:
    await invite(house)
    host = await house.joins("Anna")
    assert await refusal_of(pull_all(host, HOUSE)) == "not-found"
    assert HOUSE not in {row.conversation for row in (await host.resumes()).rows}


def test_a_code_is_128_random_bits_and_only_its_hash_is_kept() -> None:
    assert len(new_code()) == 22
    assert new_code() != new_code()
    assert len(digest("x")) == 64


@lived
async def test_who_was_removed_does_not_come_back_by_the_house_s_invitation(house: House) -> None:
    code, personal = await invite(house), await invite(house, "one")
    host, ben = await house.joins("Host", invitation=code), await house.joins("Ben", invitation=code)
    await host.asks(RemovePerson(nonce=nonce(), person=ben.person))
    assert await refusal_of(house.joins("Ben again", invitation=code)) == "invitation-expired"
    await house.joins("Cleo", invitation=personal)
    await house.joins("Dora", invitation=await invite(house))
