"""Conversations: how one comes to be, and how the list shows it."""

from collections.abc import Iterable, Sequence

from chat.marks import arrival, new_threads
from chat.mentions import unread_mentions
from chat.visibility import EVERYONE, covers, present, size, visible
from protocol.answers import PersonMark, Reach, Row
from protocol.events import ConversationCreated, Logged
from protocol.shapes import PersonCard, RoomCard
from store import Store, View, Who
from store.drafts import Draft, mark_key
from store.rows import OPEN_END, Conversation, Person

MAX_MARKED = 20  # members: above, marks are told to nobody but oneself, or they would cost members squared
MAX_NAMED = 50  # members: above, the list names nobody, and who wants to know asks `members.list`
MAX_UNREAD = 100  # counted no further; the page shows "99+"


def begin(event: ConversationCreated, draft: Draft) -> None:
    """From its first event on, a conversation has members and a head. Rooms are furnished in chat/rooms.py."""
    members = {person: [Reach(first=1, last=OPEN_END)] for person in event.members}
    draft.conversations.put(Conversation(id=event.conversation, kind=event.kind, members=members))


def born(view: View, conversation: Conversation) -> Sequence[Logged]:
    """What has to be said first when this conversation has no log yet."""
    if view.conversation(conversation.id) is not None:
        return ()
    return (ConversationCreated(conversation=conversation.id, kind="direct", members=sorted(conversation.members)),)


async def list_row(store: Store, who: Who, row: Conversation) -> Row:
    """A conversation as the list shows it to this person, all of it as of the row's head.

    Call it in the moment the row was read: marks are taken before anything is waited for, and what comes true while
    the disk is asked is neither counted nor shown, because the client hears it as an event.
    """
    is_small = size(store.view(), row) <= MAX_MARKED
    marks = [_mark(store, row, person) for person in (present(store, row) if is_small else [who.person])]
    preference = store.view().preference(who.person, row.id)
    gathering = store.view().gathering(row.id)
    reach = visible(store.view(), who.person, row.id)
    threads = new_threads(store, who.person, row.id, reach)
    seen = max(_mark(store, row, who.person).read, reach[-1].first - 1) if reach else row.head
    mentions = unread_mentions(store.view(), who.person, row, reach, seen)
    in_reach = covers(reach, row.line)
    lines = await store.timeline.rows(row.id, [row.line, row.line_edit]) if in_reach else {}
    line, edit = lines.get(row.line), lines.get(row.line_edit)
    counted = (seen, row.head)
    unread = await store.timeline.unread(row.id, counted, who.person, MAX_UNREAD) if seen < row.head else 0
    return Row(
        conversation=row.id,
        kind=row.kind,
        members=named(store, row),
        head=row.head,
        unread=unread,
        marks=marks,
        last=line.frame if line else None,
        edit=edit.frame if edit else None,
        call=row.call,
        group_call=gathering.call if gathering else None,
        preference=preference,
        mentions=mentions,
        pins=[seq for seq in row.pins if covers(reach, seq)],
        threads=threads,
        room=room_card(store, row) if row.kind == "room" else None,
    )


def named(store: Store, row: Conversation) -> list[str]:
    """The members as the list names them: all, or none where they are too many or simply everybody."""
    return [] if row.id == EVERYONE or size(store.view(), row) > MAX_NAMED else present(store, row)


def named_with(store: Store, row: Conversation) -> list[str]:
    """Everybody whose card has to come with the row: the members it names, and who is in the room's call."""
    on = store.view().gathering(row.id)
    return [*named(store, row), *(one.person for one in on.call.attendees)] if on else named(store, row)


def room_card(store: Store, row: Conversation) -> RoomCard:
    """A room as those see it who may know of it."""
    return RoomCard(
        conversation=row.id,
        title=row.title,
        topic=row.topic,
        picture=row.picture,
        public=row.public,
        announcements=row.announcements,
        history=row.history,
        owner=row.owner,
        moderators=row.moderators,
        size=size(store.view(), row),
    )


def card(person: Person) -> PersonCard:
    """A person as others see them."""
    return PersonCard(
        id=person.id,
        name=person.name,
        about=person.about,
        avatar=person.avatar,
        host=person.host,
        removed=person.removed,
    )


def cards(store: Store, people: Iterable[str]) -> list[PersonCard]:
    """The cards of these people, of those who exist."""
    return [card(found) for person in dict.fromkeys(people) if (found := store.shelves.people.get(person))]


def _mark(store: Store, row: Conversation, person: str) -> PersonMark:
    """What was said before somebody came is not waiting for them."""
    marks = store.shelves.marks.get(mark_key(row.id, person))
    since = arrival(store, person, row.id)
    read, delivered = (marks.read, marks.delivered) if marks else (0, 0)
    return PersonMark(person=person, read=max(read, since), delivered=max(delivered, since), since=since)
