"""REST beside the socket: the same rules behind plain JSON, for scripts and other programs."""

from http import HTTPStatus

from chat.conversations import list_row
from chat.dispatch import perform
from chat.ids import new_nonce
from chat.visibility import direct, require_member
from handlers.base import Base
from handlers.session import text_of
from protocol.answers import Events, People
from protocol.codec import read_command, read_event
from protocol.commands import ListPeople, PageConversation
from protocol.errors import Refusal
from protocol.records import as_json

BEYOND = 10**15 - 1  # above every seq, in the digits that `whole` takes


class Users(Base):
    """`GET /api/users?after=&limit=`."""

    async def get(self) -> None:
        """Everyone, with online and last seen, in order of id."""
        who = self.require_who()
        self.door.commands.take(who.device)
        command = read_command(
            ListPeople.name,
            {"after": self.get_query_argument("after", ""), "limit": whole(self.get_query_argument("limit", "100"))},
        )
        people = await perform(command, who, self.store)
        assert isinstance(people, People)
        presence = {one.person: one for one in people.presence}
        users = [
            {**as_json(one), "online": presence[one.id].online, "last_seen": presence[one.id].last_seen}
            for one in people.people
            if not one.removed
        ]
        self.answer({"users": users, "after": people.after})


class Messages(Base):
    """`/api/messages/{user_id}`: the conversation with that person; or, with a room's id, that room."""

    async def get(self, person: str) -> None:
        """The newest page, oldest first within it; `before` goes further back, `limit` is 50 if left out."""
        who = self.require_who()
        self.door.commands.take(who.device)
        conversation = self._conversation(person)
        asked = {
            "conversation": conversation,
            "before": whole(self.get_query_argument("before", str(BEYOND))),
            "limit": whole(self.get_query_argument("limit", "50")),
        }
        page = await perform(read_command(PageConversation.name, asked), who, self.store)
        assert isinstance(page, Events)
        row = await list_row(self.store, who, require_member(self.store.view(), who, conversation))
        events = [read_event(frame) for frame in page.frames]
        self.answer(
            {
                "conversation": conversation,
                "head": page.head,
                "unread": row.unread,
                "marks": [as_json(mark) for mark in row.marks],
                "events": [{"name": event.name, **as_json(event)} for event in events],
                "more": page.more,
            }
        )

    async def post(self, person: str) -> None:
        """Say something: `{"text": "…", "files": […], "nonce": "…"}`."""
        who = self.require_who()
        self.door.commands.take(who.device, "That")
        body = self.body_json()
        asked = {
            "conversation": self._conversation(person),
            "text": text_of(body, "text", most=4000),
            "files": body.get("files", []),
            "nonce": body.get("nonce") or new_nonce(),
        }
        answer = await perform(read_command("message.send", asked), who, self.store)
        self.answer(as_json(answer), HTTPStatus.CREATED)

    def _conversation(self, person: str) -> str:
        return person if person.startswith("room.") else direct(self.require_who().person, person)


def whole(raw: str) -> int:
    """A whole number of a query. Raises Refusal `bad-field`."""
    if not raw.isdecimal() or len(raw) > 15:
        raise Refusal("bad-field", f"Expected a whole number, got {raw[:20]!r}.")
    return int(raw)
