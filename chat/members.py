"""Members of rooms: added, removed, joining, leaving, and their roles.

Who joined or left is said in the room, and in the same transaction in the person's own conversation, for their devices.
Who left keeps their row with the ranges they saw: closed, it opens nothing until they are back.
"""

from collections.abc import Sequence

from chat.blocks import require_unblocked
from chat.conversations import card
from chat.dispatch import fold, query, rule
from chat.group_calls import out_of_room
from chat.pages import MAX_ANSWER
from chat.roles import LEADERS, OWNER, heir, may_outrank, require_role, role_in
from chat.visibility import EVERYONE, NO_CONVERSATION, is_present, own, present, require_member, require_person
from protocol.answers import MemberCard, Members, Reach
from protocol.codec import packed_size
from protocol.commands import AddMembers, ChangeMember, JoinRoom, LeaveRoom, ListMembers, RemoveMember
from protocol.errors import Refusal
from protocol.events import Logged, MemberChanged, MemberJoined, MemberLeft
from protocol.records import replaced
from protocol.shapes import PersonCard
from store import Store, View, Who
from store.drafts import Draft, member_key
from store.rows import OPEN_END, Conversation, Member

MAX_MEMBERS = 1000  # of one room; "Everyone" has no limit
MAX_ROOMS = 500  # that one person is in
MAX_MODERATORS = 50  # of one room
MAX_RANGES = 50  # of seq that somebody who comes and goes may see, the newest

HOUSE_STAYS = "Everybody of the house is in this room. Mute it if it is too much."


# -- rules ------------------------------------------------------------------------------------------------------------


@rule(AddMembers)
def add_members(command: AddMembers, who: Who, view: View) -> Sequence[Logged]:
    """Owner and moderators bring in people of the house."""
    row = require_role(view, who, command.conversation, *LEADERS)
    new = [person for person in dict.fromkeys(command.members) if not is_present(view, person, row)]
    for person in new:
        require_room_for(view, person)
    require_unblocked(view, who, new)
    if not new:
        raise Refusal("not-allowed", "They are in this room already.", field="members")
    if row.size + len(new) > MAX_MEMBERS:
        raise Refusal("too-many", f"A room holds {MAX_MEMBERS} people.", field="members")
    return _said_twice([MemberJoined(conversation=row.id, person=one, history=row.history) for one in new])


@rule(JoinRoom)
def join_room(command: JoinRoom, who: Who, view: View) -> Sequence[Logged]:
    """Into a public room, by oneself."""
    row = require_public(view, command.conversation)
    if is_present(view, who.person, row):
        raise Refusal("not-allowed", "You are in this room already.")
    if is_barred(view, who.person, row):
        raise Refusal("not-allowed", "You were removed from this room. Ask its owner to add you again.")
    require_room_for(view, who.person)
    if row.size >= MAX_MEMBERS:
        raise Refusal("too-many", f"This room is full: it holds {MAX_MEMBERS} people.")
    return _said_twice([MemberJoined(conversation=row.id, person=who.person, history=row.history)])


@rule(LeaveRoom)
def leave_room(command: LeaveRoom, who: Who, view: View) -> Sequence[Logged]:
    """Anybody may go at any time."""
    row = require_room(view, who, command.conversation)
    return _said_twice(departed(view, row, who.person))


@rule(RemoveMember)
def remove_member(command: RemoveMember, who: Who, view: View) -> Sequence[Logged]:
    """Whoever stands above them may put them out."""
    row = require_role(view, who, require_room(view, who, command.conversation).id, *LEADERS)
    if not is_present(view, command.person, row):
        raise Refusal("not-found", "They are not in this room.", field="person")
    if not may_outrank(view, who.person, command.person, row):
        raise Refusal("not-allowed", "Only the owner may remove a moderator, and nobody the owner.", field="person")
    return _said_twice(departed(view, row, command.person))


@rule(ChangeMember)
def change_member(command: ChangeMember, who: Who, view: View) -> Sequence[Logged]:
    """The owner says who helps, or who owns the room from now on."""
    row = require_role(view, who, require_room(view, who, command.conversation).id, *OWNER)
    if not is_present(view, command.person, row):
        raise Refusal("not-found", "They are not in this room.", field="person")
    if command.person == who.person or command.role == role_in(view, command.person, row):
        raise Refusal("not-allowed", "They have that role already.", field="role")
    if command.role == "moderator" and len(row.moderators) >= MAX_MODERATORS:
        raise Refusal("too-many", f"A room has at most {MAX_MODERATORS} moderators.", field="role")
    return [MemberChanged(conversation=row.id, person=command.person, role=command.role)]


def departed(view: View, row: Conversation, person: str) -> list[Logged]:
    """What follows in the room when somebody goes, however that comes about."""
    left = [*out_of_room(view, row.id, person), MemberLeft(conversation=row.id, person=person)]
    if person != row.owner or not (owner := heir(view, row, person)):
        return left
    return [*left, MemberChanged(conversation=row.id, person=owner, role="owner")]


def gone_from_house(view: View, person: str) -> list[Logged]:
    """Who is removed from the house is removed from every room. Their devices are signed out and need no word of it."""
    rows = [view.conversation(one.conversation) for one in view.rooms_of(person)]
    return [event for row in rows if row for event in departed(view, row, person)]


def require_room(view: View, who: Who, conversation: str) -> Conversation:
    """A room this person is in, and people come and go. Raises Refusal `not-found`, or `not-allowed` for "Everyone"."""
    row = require_member(view, who, conversation)
    if row.kind != "room":
        raise Refusal("not-allowed", "That is not a room.", field="conversation")
    if row.id == EVERYONE:
        raise Refusal("not-allowed", HOUSE_STAYS, field="conversation")
    return row


def require_public(view: View, conversation: str) -> Conversation:
    """A room that everybody may find. Raises Refusal `not-found`: a private one is no different from none."""
    row = view.conversation(conversation)
    if row is None or not row.public or not row.size:
        raise Refusal("not-found", NO_CONVERSATION, field="conversation")
    return row


def require_room_for(view: View, person: str) -> None:
    """Somebody who is here and may be in one room more. Raises Refusal `not-found`, `too-many`."""
    known = require_person(view, person)
    if len(view.rooms_of(person)) >= MAX_ROOMS:
        raise Refusal("too-many", f"{known.name} is in {MAX_ROOMS} rooms already.", field="members")


def is_barred(view: View, person: str, row: Conversation) -> bool:
    """Whether somebody was removed from this room, so that joining is not theirs to decide."""
    member = view.member(row.id, person)
    return member is not None and member.removed and not member.present


def _said_twice(events: Sequence[Logged]) -> list[Logged]:
    """In the room, and to those who came or went in their own conversation."""
    own_words = [
        replaced(event, conversation=own(event.person), room=event.conversation)
        for event in events
        if isinstance(event, MemberJoined | MemberLeft)
    ]
    return [*events, *own_words]


# -- folds ------------------------------------------------------------------------------------------------------------


@fold(MemberJoined)
def joined(event: MemberJoined, draft: Draft) -> None:
    """They see the room from its start, or from this event on and what they saw when they were here before."""
    row = None if event.room else draft.conversations.get(event.conversation)
    if row:
        known = draft.members.get(member_key(row.id, event.person))
        draft.members.put(seated(row.id, event.person, event.seq, event.history, known))
        draft.conversations.put(replaced(row, size=row.size + 1))


def seated(room: str, person: str, seq: int, history: str, known: Member | None = None) -> Member:
    """The row of somebody who is in a room from this seq on."""
    before = known.reach[-MAX_RANGES + 1 :] if known and history == "joining" else []
    first = 1 if history == "start" else seq
    reach = [*before, Reach(first=first, last=OPEN_END)]
    return Member(conversation=room, person=person, reach=reach, joined=seq, seq=seq)


@fold(MemberLeft)
def left(event: MemberLeft, draft: Draft) -> None:
    """This event is the last they see. The room has no owner until the next event says who that is."""
    row = None if event.room else draft.conversations.get(event.conversation)
    member = draft.members.get(member_key(event.conversation, event.person))
    if not row or not member or not member.present:
        return
    *before, now = member.reach
    reach = [*before, Reach(first=now.first, last=event.seq)]
    draft.members.put(replaced(member, reach=reach, removed=event.author != event.person, seq=event.seq))
    moderators = [one for one in row.moderators if one != event.person]
    owner = "" if row.owner == event.person else row.owner
    draft.conversations.put(replaced(row, size=row.size - 1, moderators=moderators, owner=owner))


@fold(MemberChanged)
def changed(event: MemberChanged, draft: Draft) -> None:
    """Roles stand in the room's row. An owner who hands it over stays as a moderator."""
    row = draft.conversations.get(event.conversation)
    if row is None:
        return
    moderators = [one for one in row.moderators if one != event.person]
    if event.role == "owner":
        moderators += [row.owner] if row.owner else []
        draft.conversations.put(replaced(row, owner=event.person, moderators=moderators))
    else:
        added = [event.person] if event.role == "moderator" else []
        draft.conversations.put(replaced(row, moderators=[*moderators, *added]))


# -- queries ----------------------------------------------------------------------------------------------------------


@query(ListMembers)
async def list_members(command: ListMembers, who: Who, store: Store) -> Members:
    """Page by page, whatever the room's size."""
    view = store.view()
    row = require_member(view, who, command.conversation)
    left = sorted(person for person in present(store, row) if person > command.after)
    members, people, size = list[MemberCard](), list[PersonCard](), 0
    for person in left[: command.limit]:
        known = view.person(person)
        if known is None:
            continue
        people.append(card(known))
        members.append(MemberCard(person=person, role=role_in(view, person, row)))
        size += packed_size(people[-1]) + packed_size(members[-1])
        if size > MAX_ANSWER:
            break
    after = members[-1].person if members and len(members) < len(left) else ""
    return Members(members=members, people=people, after=after)
