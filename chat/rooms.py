"""Rooms: made, changed and found; who is in them is chat/members.py, who may do what chat/roles.py.

One room is there from the start: "Everyone", whose members are simply the people of the house. Nobody joins it, so that
a thousand newcomers are not told to a thousand people; a host can turn it off, and then nobody sees it.
"""

from collections.abc import Sequence

from chat.blocks import require_unblocked
from chat.conversations import begin, room_card
from chat.dispatch import SERVER, after, fold, query, rule
from chat.ids import id_from, new_nonce
from chat.members import is_barred, require_public, require_room_for, seated
from chat.messages import hold, let_go
from chat.names import clean_line, clean_title, folded
from chat.people import require_picture
from chat.reading import raise_mark
from chat.roles import LEADERS, OWNER, require_role
from chat.visibility import EVERYONE, NO_CONVERSATION, is_present, require_person
from protocol.answers import FoundRooms, LookedAt
from protocol.commands import BeginEveryone, ChangeRoom, CreateRoom, FindRooms, LookAtRoom
from protocol.errors import Refusal
from protocol.events import ConversationChanged, ConversationCreated, Logged
from protocol.records import replaced
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Conversation

CARD = ("title", "topic", "picture", "public", "announcements", "history", "closed")
"""What of a room can be changed, as the event and the row both call it."""

# -- rules ------------------------------------------------------------------------------------------------------------


@rule(CreateRoom)
def create_room(command: CreateRoom, who: Who, view: View) -> Sequence[Logged]:
    """Anybody may make one. Its id follows from device and nonce, so nobody can ask for one that is taken."""
    members = sorted({who.person, *command.members})
    for person in members:
        require_room_for(view, person)
    require_unblocked(view, who, members)
    if command.picture:
        require_picture(view, who, command.picture, field="picture")
    return [
        ConversationCreated(
            conversation=room_id(who, command.nonce),
            kind="room",
            members=members,
            title=clean_title(command.title),
            topic=clean_line(command.topic),
            picture=command.picture,
            public=command.public,
            announcements=command.announcements,
            history=command.history,
        )
    ]


@rule(ChangeRoom)
def change_room(command: ChangeRoom, who: Who, view: View) -> Sequence[Logged]:
    """What is said to be different, and is."""
    row = _require_changeable(command, who, view)
    if command.picture:
        require_picture(view, who, command.picture, field="picture")
    asked = {name: getattr(command, name) for name in CARD}
    if command.title is not None:
        asked["title"] = clean_title(command.title)
    if command.topic is not None:
        asked["topic"] = clean_line(command.topic)
    different = {name: value for name, value in asked.items() if value is not None and value != getattr(row, name)}
    if not different:
        raise Refusal("not-allowed", "That is how this room is already.")
    return [ConversationChanged(conversation=row.id, **different)]


def _require_changeable(command: ChangeRoom, who: Who, view: View) -> Conversation:
    if command.conversation == EVERYONE:
        return _require_everyone(command, who, view)
    is_owners = command.public is not None or command.history is not None
    row = require_role(view, who, command.conversation, *(OWNER if is_owners else LEADERS))
    if command.closed is not None:
        raise Refusal("bad-field", "Only the room of the whole house can be turned off.", field="closed")
    return row


def _require_everyone(command: ChangeRoom, who: Who, view: View) -> Conversation:
    """A host finds it also when it is off, to turn it on again."""
    row = view.conversation(EVERYONE)
    is_host = require_person(view, who.person).host
    if row is None or (row.closed and not is_host):
        raise Refusal("not-found", NO_CONVERSATION, field="conversation")
    if not is_host:
        raise Refusal("not-allowed", "Only the host may change the room of the whole house.")
    if command.public is not None or command.history is not None:
        raise Refusal("not-allowed", "Everybody of the house is in this room, and may read all of it.")
    return row


@rule(BeginEveryone)
def begin_everyone(command: BeginEveryone, who: Who, view: View) -> Sequence[Logged]:
    """Once."""
    if view.conversation(EVERYONE):
        raise Refusal("not-allowed", "It is there already.")
    return [ConversationCreated(conversation=EVERYONE, kind="room")]


async def ensure_everyone(store: Store) -> None:
    """The room of the whole house is there, also in a house from before there were rooms. Called once, at start.

    Another server that starts at the same moment may have been first. Raises Refusal `not-saved`.
    """
    if store.view().conversation(EVERYONE) is None:
        try:
            await store.write(BeginEveryone(nonce=new_nonce()), SERVER)
        except Refusal:
            if store.view().conversation(EVERYONE) is None:
                raise


def room_id(who: Who, nonce: str) -> str:
    """The id of the room that this command makes, the same each time it is sent."""
    return f"room.{id_from('r', f'{who.device} {nonce}')}"


# -- folds ------------------------------------------------------------------------------------------------------------


@fold(ConversationCreated)
def created(event: ConversationCreated, draft: Draft) -> None:
    """A room is in the list from the start, before anybody has said something; any other conversation just begins."""
    if event.kind != "room":
        begin(event, draft)
        return
    for person in event.members:
        draft.members.put(seated(event.conversation, person, event.seq, "start"))
    row = Conversation(
        id=event.conversation,
        kind=event.kind,
        line=event.seq,
        line_at=event.at,
        owner=event.author if event.members else "",
        size=len(event.members),
        pictured=event.seq,
        **{name: getattr(event, name) for name in CARD if name != "closed"},
    )
    draft.conversations.put(row)
    if event.picture:
        hold(draft, event.picture, event.conversation, event.seq)


@fold(ConversationChanged)
def keep_change(event: ConversationChanged, draft: Draft) -> None:
    """The room as it now is."""
    row = draft.conversations.get(event.conversation)
    if row is None:
        return
    changes = {name: value for name in CARD if (value := getattr(event, name)) is not None}
    if event.picture is not None:
        changes["pictured"] = event.seq
        if row.picture:
            let_go(draft, row.picture, row.id, row.pictured)
        if event.picture:
            hold(draft, event.picture, row.id, event.seq)
    draft.conversations.put(replaced(row, **changes))


@after(ConversationCreated, once=True)
def newcomers_have_read_everyone(event: ConversationCreated, store: Store) -> None:
    """Who comes into the house finds what "Everyone" said before, and none of it counts as unread."""
    row = store.view().conversation(EVERYONE)
    if event.kind == "own" and row:
        raise_mark(store, event.author, EVERYONE, passed=row.head)


# -- queries ----------------------------------------------------------------------------------------------------------


@query(FindRooms)
async def find_rooms(command: FindRooms, who: Who, store: Store) -> FoundRooms:
    """Public rooms, but those one was removed from."""
    view, wanted = store.view(), folded(command.query)
    everyone = view.conversation(EVERYONE)
    rooms = [
        row
        for row in view.public_rooms()
        if row.id > command.after
        and wanted in folded(f"{row.title} {row.topic}")
        and not is_barred(view, who.person, row)
    ]
    page = sorted(rooms, key=lambda row: row.id)[: command.limit]
    return FoundRooms(
        rooms=[room_card(store, row) for row in page],
        after=page[-1].id if len(page) < len(rooms) else "",
        everyone=everyone is not None and not everyone.closed,
    )


@query(LookAtRoom)
async def look_at_room(command: LookAtRoom, who: Who, store: Store) -> LookedAt:
    """A room one is in, or may join."""
    view = store.view()
    row = view.conversation(command.conversation)
    if row is None or not is_present(view, who.person, row):
        row = require_public(view, command.conversation)
    member = is_present(view, who.person, row)
    return LookedAt(room=room_card(store, row), member=member, barred=is_barred(view, who.person, row))
