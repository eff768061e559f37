"""A room with a call in it, for the tests of calls in rooms: who does what, in few words."""

from typing import Any

from protocol.commands import ChangeMember, Command
from protocol.group_calls import ChangeCall, CloseCall, GrantCall, JoinCall, LeaveCall, OpenCall, RemoveAttendee
from store.rows import Gathering
from tests.neighbours import House, Phone, nonce


class Meeting:
    """Anna owns a room, Ben is its moderator, Cleo and Dora are members. Nobody is in a call yet."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.call = house.new_id("c")

    async def begin(self) -> "Meeting":
        self.anna, self.ben, self.cleo, self.dora = [
            await self.house.joins(name) for name in ("Anna", "Ben", "Cleo", "Dora")
        ]
        self.room = await self.anna.makes_room("Class", self.ben, self.cleo, self.dora)
        helps = ChangeMember(nonce=nonce(), conversation=self.room, person=self.ben.person, role="moderator")
        await self.anna.asks(helps)
        return self

    @property
    def on(self) -> Gathering | None:
        """The call that goes on."""
        return self.house.store.view().gathering(self.room)

    @property
    def there(self) -> list[str]:
        """The devices in it."""
        return [one.device for one in self.on.call.attendees] if self.on else []

    def asks(self, kind: type[Command], **given: Any) -> Any:
        """A command about this call."""
        if "nonce" in kind.__struct_fields__:
            given["nonce"] = nonce()
        return kind(conversation=self.room, call=self.call, **given)

    async def opens(self, phone: Phone, **given: Any) -> None:
        await phone.asks(self.asks(OpenCall, **({"video": True} | given)))

    async def comes(self, phone: Phone) -> None:
        await phone.asks(self.asks(JoinCall))

    async def goes(self, phone: Phone) -> None:
        await phone.asks(self.asks(LeaveCall))

    async def closes(self, phone: Phone) -> None:
        await phone.asks(self.asks(CloseCall))

    async def changes(self, phone: Phone, **given: Any) -> None:
        await phone.asks(self.asks(ChangeCall, **given))

    async def grants(self, phone: Phone, to: Phone, **given: Any) -> None:
        await phone.asks(self.asks(GrantCall, person=to.person, **given))

    async def puts_out(self, phone: Phone, other: Phone) -> None:
        await phone.asks(self.asks(RemoveAttendee, person=other.person))
