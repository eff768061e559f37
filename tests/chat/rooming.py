"""What tests of rooms say: people, and the commands of coming and going in few words."""

from protocol.commands import (
    AddMembers,
    ChangeMember,
    JoinRoom,
    LeaveRoom,
    RemoveMember,
)
from protocol.events import (
    Event,
    MessageSent,
)
from protocol.shapes import Role
from store.rows import Conversation
from tests.neighbours import House, Phone, nonce, pull_all


async def people(house: House, *names: str) -> list[Phone]:
    return [await house.joins(name) for name in names]


def adds(room: str, *phones: Phone) -> AddMembers:
    return AddMembers(nonce=nonce(), conversation=room, members=[phone.person for phone in phones])


def removes(room: str, phone: Phone) -> RemoveMember:
    return RemoveMember(nonce=nonce(), conversation=room, person=phone.person)


def leaves(room: str) -> LeaveRoom:
    return LeaveRoom(nonce=nonce(), conversation=room)


def joins(room: str) -> JoinRoom:
    return JoinRoom(nonce=nonce(), conversation=room)


def makes(room: str, phone: Phone, role: Role) -> ChangeMember:
    return ChangeMember(nonce=nonce(), conversation=room, person=phone.person, role=role)


def row_of(house: House, room: str) -> Conversation:
    row = house.store.view().conversation(room)
    assert row is not None
    return row


def heard_of(phone: Phone, room: str) -> list[Event]:
    return [event for event in phone.heard if getattr(event, "conversation", "") == room]


async def texts(phone: Phone, room: str) -> list[str]:
    return [event.text for event in await pull_all(phone, room) if isinstance(event, MessageSent)]
