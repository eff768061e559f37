"""Roles: who may do what in a room, who stands above whom, and who owns it when its owner goes."""

import pytest

from chat.roles import LEADERS, OWNER, heir, may_outrank, require_role, require_voice, role_in
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE, direct
from protocol.commands import ChangeMember, ChangeRoom, RemovePerson
from protocol.errors import Refusal
from protocol.shapes import Role
from store.rows import Conversation
from tests.neighbours import House, Phone, lived, nonce


class Garden:
    """Anna owns a room, Ben is its moderator, Cleo and Dora are members."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def begin(self) -> "Garden":
        self.anna, self.ben, self.cleo, self.dora = [
            await self.house.joins(name) for name in ("Anna", "Ben", "Cleo", "Dora")
        ]
        self.room = await self.anna.makes_room("Garden", self.ben, self.cleo, self.dora)
        await self.anna.asks(
            ChangeMember(nonce=nonce(), conversation=self.room, person=self.ben.person, role="moderator")
        )
        return self

    @property
    def row(self) -> Conversation:
        row = self.house.store.view().conversation(self.room)
        assert row is not None
        return row


@lived
async def test_everybody_in_a_room_has_one_role(house: House) -> None:
    garden = await Garden(house).begin()
    view = house.store.view()
    roles = [role_in(view, phone.person, garden.row) for phone in (garden.anna, garden.ben, garden.cleo)]
    assert roles == ["owner", "moderator", "member"]


@lived
async def test_only_who_has_the_role_may(house: House) -> None:
    garden = await Garden(house).begin()
    view = house.store.view()

    def may(phone: Phone, roles: tuple[Role, ...]) -> bool:
        try:
            return require_role(view, phone.who, garden.room, *roles) == garden.row
        except Refusal:
            return False

    people = (garden.anna, garden.ben, garden.cleo)
    assert [may(phone, LEADERS) for phone in people] == [True, True, False]
    assert [may(phone, OWNER) for phone in people] == [True, False, False]


@lived
async def test_a_direct_conversation_has_no_owner(house: House) -> None:
    garden = await Garden(house).begin()
    await garden.anna.says("Hello", garden.ben)
    place = direct(garden.anna.person, garden.ben.person)
    with pytest.raises(Refusal):
        require_role(house.store.view(), garden.anna.who, place, *LEADERS)


@lived
async def test_in_a_room_of_announcements_only_its_leaders_have_a_voice(house: House) -> None:
    garden = await Garden(house).begin()
    for phone in (garden.anna, garden.ben, garden.cleo):
        require_voice(house.store.view(), phone.who, garden.row)
    await garden.anna.asks(ChangeRoom(nonce=nonce(), conversation=garden.room, announcements=True))
    for phone in (garden.anna, garden.ben):
        require_voice(house.store.view(), phone.who, garden.row)
    with pytest.raises(Refusal):
        require_voice(house.store.view(), garden.cleo.who, garden.row)


@lived
async def test_one_outranks_those_below_and_nobody_beside(house: House) -> None:
    garden = await Garden(house).begin()
    view, row = house.store.view(), garden.row
    people = [garden.anna.person, garden.ben.person, garden.cleo.person, garden.dora.person]
    above = {
        (people.index(one), people.index(other))
        for one in people
        for other in people
        if may_outrank(view, one, other, row)
    }
    assert above == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)}


@lived
async def test_a_room_is_left_to_the_first_moderator_or_to_who_is_there_longest(house: House) -> None:
    garden = await Garden(house).begin()
    view = house.store.view()
    assert heir(view, garden.row, garden.anna.person) == garden.ben.person
    await garden.anna.asks(
        ChangeMember(nonce=nonce(), conversation=garden.room, person=garden.ben.person, role="member")
    )
    oldest = min(garden.ben.person, garden.cleo.person, garden.dora.person)
    assert heir(view, garden.row, garden.anna.person) == oldest


@lived
async def test_nobody_who_is_no_longer_of_the_house_inherits(house: House) -> None:
    garden = await Garden(house).begin()
    await garden.anna.asks(RemovePerson(nonce=nonce(), person=garden.ben.person))
    assert heir(house.store.view(), garden.row, garden.anna.person) == garden.cleo.person
    alone = await garden.anna.makes_room("Alone")
    row = house.store.view().conversation(alone)
    assert row is not None
    assert heir(house.store.view(), row, garden.anna.person) == ""


@lived
async def test_in_everyone_each_host_is_an_owner(house: House) -> None:
    host, ben, second = await house.joins("Host"), await house.joins("Ben"), await house.joins("Second", host=True)
    await ensure_everyone(house.store)
    view = house.store.view()
    row = view.conversation(EVERYONE)
    assert row is not None
    assert [role_in(view, phone.person, row) for phone in (host, ben, second)] == ["owner", "member", "owner"]
