"""What a client may ask of rooms, and what is told of them; commands.py and events.py bring all together."""

from typing import Annotated

from msgspec import Meta

from protocol.asking import Asks, Inner, Writes
from protocol.shapes import (
    MAX_ADDED,
    MAX_FOUND,
    MAX_QUERY,
    MAX_ROWS,
    ConversationId,
    FileIdOrEmpty,
    History,
    PersonId,
    PersonIdOrEmpty,
    Role,
    RoomIdOrEmpty,
    Title,
    Topic,
)
from protocol.telling import Logged

People = Annotated[list[PersonId], Meta(max_length=MAX_ADDED)]

# -- commands ---------------------------------------------------------------------------------------------------------


class CreateRoom(Writes, frozen=True, kw_only=True):
    """A new room, owned by who asks, with these people in it from the start. The answer names it.

    `history` is how far back those may read who come later: to the start, or to when they joined.
    """

    name = "room.create"
    title: Title
    topic: Topic = ""
    picture: FileIdOrEmpty = ""
    public: bool = False
    announcements: bool = False
    history: History = "start"
    members: People = []


class ChangeRoom(Writes, frozen=True, kw_only=True):
    """Change a room; a field left out (null) stays, an empty `picture` removes it.

    Owner and moderators; `public` and `history` only the owner. `closed` is for the host and the room "Everyone":
    turned off, nobody sees it.
    """

    name = "room.change"
    conversation: ConversationId
    title: Title | None = None
    topic: Topic | None = None
    picture: FileIdOrEmpty | None = None
    public: bool | None = None
    announcements: bool | None = None
    history: History | None = None
    closed: bool | None = None


class JoinRoom(Writes, frozen=True, kw_only=True):
    """Enter a public room. Who was removed from it needs to be added."""

    name = "room.join"
    conversation: ConversationId


class LeaveRoom(Writes, frozen=True, kw_only=True):
    """Go. An owner who goes leaves the room to the first moderator, or to who is there longest."""

    name = "room.leave"
    conversation: ConversationId


class BeginEveryone(Inner, frozen=True, kw_only=True):
    """The room that everybody of the house is in comes to be, once."""

    name = "room.begin"


class AddMembers(Writes, frozen=True, kw_only=True):
    """Bring people into a room, as its owner or a moderator. Who is in it already stays as they are."""

    name = "member.add"
    conversation: ConversationId
    members: People


class RemoveMember(Writes, frozen=True, kw_only=True):
    """Put somebody out of a room: the owner anybody else, a moderator who is neither."""

    name = "member.remove"
    conversation: ConversationId
    person: PersonId


class ChangeMember(Writes, frozen=True, kw_only=True):
    """Give somebody a role, as the owner. Who makes another the owner is a moderator from then on."""

    name = "member.change"
    conversation: ConversationId
    person: PersonId
    role: Role


class FindRooms(Asks, frozen=True, kw_only=True):
    """The public rooms of the house, in order of id after a room; `query` narrows them by name and topic."""

    name = "rooms.find"
    after: RoomIdOrEmpty = ""
    query: Annotated[str, Meta(max_length=MAX_QUERY)] = ""
    limit: Annotated[int, Meta(ge=1, le=MAX_FOUND)] = MAX_FOUND


class LookAtRoom(Asks, frozen=True, kw_only=True):
    """One room: public, or one's own. This is what a shared link opens."""

    name = "room.look"
    conversation: ConversationId


class ListMembers(Asks, frozen=True, kw_only=True):
    """Who is in a room one is in, in order of id after a person."""

    name = "members.list"
    conversation: ConversationId
    after: PersonIdOrEmpty = ""
    limit: Annotated[int, Meta(ge=1, le=MAX_ROWS)] = 200


# -- events -----------------------------------------------------------------------------------------------------------


class ConversationChanged(Logged, frozen=True, kw_only=True):
    """A room is different in what is not null."""

    name = "conversation.changed"
    is_line = True
    title: str | None = None
    topic: str | None = None
    picture: str | None = None
    public: bool | None = None
    announcements: bool | None = None
    history: History | None = None
    closed: bool | None = None


class MemberJoined(Logged, frozen=True, kw_only=True):
    """`person` is in the room from this event on, added by `author` or by themselves.

    They may read from the start, or from here on, as `history` says.

    Said a second time in the person's own conversation, with the `room`.
    """

    name = "member.joined"
    is_line = True
    person: PersonId
    history: History = "start"
    room: str = ""


class MemberLeft(Logged, frozen=True, kw_only=True):
    """`person` left the room, or was removed by `author`; this is the last they hear of it.

    Said a second time in the person's own conversation, with the `room`.
    """

    name = "member.left"
    is_line = True
    person: PersonId
    room: str = ""


class MemberChanged(Logged, frozen=True, kw_only=True):
    """`person` has this role now. A new owner makes the one before a moderator."""

    name = "member.changed"
    is_line = True
    person: PersonId
    role: Role
