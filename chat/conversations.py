"""Conversations: how one comes to be, and reading it afresh or page by page."""

from collections.abc import Iterable, Sequence

from chat.dispatch import fold, query
from chat.visibility import require_reader, visible
from protocol.answers import DeviceCard, Events, Opened, PersonMark, Reach, Row
from protocol.commands import OpenConversation, PageConversation
from protocol.events import ConversationCreated, Logged
from protocol.shapes import PersonCard
from store import Store, View, Who
from store.drafts import Draft, mark_key
from store.durable import LogRow
from store.rows import OPEN_END, Conversation, Person

PAGE = 50  # events of the first page
MAX_MARKED = 20  # members: above, marks are told to nobody but oneself, or they would cost members squared
MAX_ANSWER = 192 * 1024  # bytes of frames in one answer; a frame of ours has at most 256 KiB
MAX_UNREAD = 100  # counted no further; the page shows "99+"


@fold(ConversationCreated)
def created(event: ConversationCreated, draft: Draft) -> None:
    """From its first event on, a conversation has members and a head."""
    members = {person: [Reach(first=1, last=OPEN_END)] for person in event.members}
    draft.conversations.put(Conversation(id=event.conversation, kind=event.kind, members=members))


def born(view: View, conversation: Conversation) -> Sequence[Logged]:
    """What has to be said first when this conversation has no log yet."""
    if view.conversation(conversation.id) is not None:
        return ()
    return (ConversationCreated(conversation=conversation.id, kind="direct", members=sorted(conversation.members)),)


@query(OpenConversation)
async def open_conversation(command: OpenConversation, who: Who, store: Store) -> Opened:
    """The state at the head and the newest page, from one moment: whatever comes true meanwhile is told after it."""
    row = require_reader(store.view(), who, command.conversation)
    people, devices = cards(store, row.members), _devices(store, who) if row.kind == "own" else []
    shown = await list_row(store, who, row)
    page = await page_before(store, who, row, row.head + 1, PAGE)
    return Opened(row=shown, page=page, people=people, devices=devices)


@query(PageConversation)
async def page_conversation(command: PageConversation, who: Who, store: Store) -> Events:
    """The page before a place."""
    row = require_reader(store.view(), who, command.conversation)
    return await page_before(store, who, row, min(command.before, row.head + 1), command.limit)


async def page_before(store: Store, who: Who, row: Conversation, before: int, limit: int) -> Events:
    """The newest `limit` events below `before` that this person may see."""
    reach = visible(store.view(), who.person, row.id)
    rows = newest_fitting(await store.timeline.before(row.id, before, limit)) if reach and before > 1 else []
    return events_answer(row, reach, rows, more=bool(rows) and rows[0].seq > 1 and reach[0].first < rows[0].seq)


def newest_fitting(rows: list[LogRow]) -> list[LogRow]:
    """As many of the newest rows as one frame holds, but always one."""
    size = 0
    for place in range(len(rows) - 1, -1, -1):
        size += len(rows[place].frame)
        if size > MAX_ANSWER and place < len(rows) - 1:
            return rows[place + 1 :]
    return rows


def events_answer(row: Conversation, reach: list[Reach], rows: list[LogRow], *, more: bool) -> Events:
    """Frames as they are stored, less those outside the reach. The range it covers counts the hidden ones too."""
    seen = [one.frame for one in rows if any(span.first <= one.seq <= span.last for span in reach)]
    first, last = (rows[0].seq, rows[-1].seq) if rows else (0, 0)
    return Events(conversation=row.id, head=row.head, first=first, last=last, frames=seen, reach=reach, more=more)


async def list_row(store: Store, who: Who, row: Conversation) -> Row:
    """A conversation as the list shows it to this person, all of it as of the row's head.

    Call it in the moment the row was read: marks are taken before anything is waited for, and what comes true while
    the disk is asked is neither counted nor shown, because the client hears it as an event.
    """
    members = row.present()
    marks = [_mark(store, row, person) for person in (members if len(members) <= MAX_MARKED else [who.person])]
    reach = visible(store.view(), who.person, row.id)
    seen = max(_mark(store, row, who.person).read, reach[-1].first - 1) if reach else row.head
    in_reach = any(one.first <= row.line <= one.last for one in reach)
    line = await store.timeline.row(row.id, row.line) if in_reach else None
    counted = (seen, row.head)
    unread = await store.timeline.unread(row.id, counted, who.person, MAX_UNREAD) if seen < row.head else 0
    return Row(
        conversation=row.id,
        kind=row.kind,
        members=members,
        head=row.head,
        unread=unread,
        marks=marks,
        last=line.frame if line else None,
        call=row.call,
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


def _devices(store: Store, who: Who) -> list[DeviceCard]:
    devices = sorted(store.view().devices_of(who.person), key=lambda one: (one.at, one.id))
    return [DeviceCard(id=one.id, name=one.name, at=one.at) for one in devices]


def _mark(store: Store, row: Conversation, person: str) -> PersonMark:
    marks = store.shelves.marks.get(mark_key(row.id, person))
    return PersonMark(person=person, read=marks.read if marks else 0, delivered=marks.delivered if marks else 0)
