"""Two people who have said something, for the tests of what may be said about it."""

from typing import Any

from chat.visibility import direct
from protocol.answers import About, Events
from protocol.codec import read_event
from protocol.commands import (
    DeleteMessage,
    EditMessage,
    PageConversation,
    SendMessage,
    SetPin,
    SetReaction,
    Targets,
    Vote,
)
from protocol.shapes import Poll
from tests.neighbours import House, Phone, nonce

POLL = Poll(options=["At eight", "At nine"])


class Said:
    """Anna said something to Ben, whose seq is `seq`; Eve is of the house and of none of it."""

    async def begin(self, house: House, text: str = "Hello", **given: Any) -> "Said":
        self.house = house
        self.anna, self.ben, self.eve = [await house.joins(name) for name in ("Anna", "Ben", "Eve")]
        self.place = direct(self.anna.person, self.ben.person)
        self.seq = await self.says(self.anna, text, **given)
        return self

    async def says(self, phone: Phone, text: str, **given: Any) -> int:
        """Say something here."""
        command = SendMessage(nonce=nonce(), conversation=self.place, text=text, **given)
        answer: Any = await phone.asks(command)
        return int(answer["seq"])

    async def asks(self, phone: Phone, kind: type[Targets], **given: Any) -> Any:
        """A command about what was said."""
        asked = {"nonce": nonce(), "conversation": self.place, "target": self.seq} | given
        return await phone.asks(kind(**asked))

    async def reacts(self, phone: Phone, emoji: str = "👍", on: bool = True, **given: Any) -> Any:
        """Put an emoji under it, or take it away."""
        return await self.asks(phone, SetReaction, emoji=emoji, on=on, **given)

    async def edits(self, phone: Phone, text: str, **given: Any) -> Any:
        """Say it otherwise."""
        return await self.asks(phone, EditMessage, text=text, **given)

    async def deletes(self, phone: Phone, **given: Any) -> Any:
        """Take it back."""
        return await self.asks(phone, DeleteMessage, **given)

    async def pins(self, phone: Phone, on: bool = True, **given: Any) -> Any:
        """Pin it, or let it go."""
        return await self.asks(phone, SetPin, on=on, **given)

    async def votes(self, phone: Phone, *choices: int, **given: Any) -> Any:
        """Choose."""
        return await self.asks(phone, Vote, choices=list(choices), **given)

    async def page(self, phone: Phone, **given: Any) -> Events:
        """A page as this person sees it."""
        return await phone.asks(PageConversation(conversation=self.place, **given), Events)

    async def about(self, phone: Phone, seq: int = 0) -> About:
        """What stands of it for this person."""
        page = await self.page(phone)
        known = {one.seq: one for one in page.about}
        return known.get(seq or self.seq) or About(seq=seq or self.seq, upto=0)


def seqs(page: Events) -> list[int]:
    """The places of a page's frames."""
    return [read_event(frame).seq for frame in page.frames]  # type: ignore[attr-defined]
