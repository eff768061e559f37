"""Conversations: how one comes to be, and reading it afresh or page by page."""

from collections.abc import Iterable, Sequence

from chat.dispatch import fold, query
from chat.visibility import DIRECTORY, require_member, visible
from protocol.answers import DeviceCard, Events, Opened, PersonMark, Reach, Row
from protocol.commands import OpenConversation, PageConversation
from protocol.errors import Refusal
from protocol.events import ConversationCreated, Logged
from protocol.shapes import PersonCard
from store import Store, View, Who
from store.drafts import Draft, mark_key
from store.durable import LogRow
from store.rows import OPEN_END, Conversation, Marks, Person

PAGE = 50  # events of the first page
MAX_MARKED = 20  # members: above, marks are told to nobody but oneself (docs/architecture.md)
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
    """The state at the head and the newest page, from one moment."""
    view = store.view()
    row = _readable(view, who, command.conversation)
    page = await page_before(store, who, row, row.head + 1, PAGE)
    shown = row if row.id != DIRECTORY else Conversation(id=row.id, kind=row.kind, head=row.head)
    return Opened(
        row=await list_row(store, who, shown),
        page=page,
        people=cards(store, row.members),
        devices=[
            DeviceCard(id=one.id, name=one.name, at=one.at)
            for one in sorted(view.devices_of(who.person), key=lambda one: one.at)
        ]
        if row.kind == "own"
        else [],
    )


@query(PageConversation)
async def page_conversation(command: PageConversation, who: Who, store: Store) -> Events:
    """The page before a place."""
    row = _readable(store.view(), who, command.conversation)
    return await page_before(store, who, row, min(command.before, row.head + 1), command.limit)


async def page_before(store: Store, who: Who, row: Conversation, before: int, limit: int) -> Events:
    """The newest `limit` events below `before` that this person may see."""
    reach = visible(store.view(), who.person, row.id)
    rows = newest_fitting(await store.timeline.before(row.id, before, limit)) if reach else []
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
    """A conversation as the list shows it to this person."""
    mine = store.shelves.marks.get(mark_key(row.id, who.person)) or Marks(conversation=row.id, person=who.person)
    line = await store.timeline.row(row.id, row.line) if row.line else None
    unread = await store.timeline.unread(row.id, mine.read, who.person, MAX_UNREAD) if row.head > mine.read else 0
    return Row(
        conversation=row.id,
        kind=row.kind,
        members=list(row.members),
        head=row.head,
        unread=unread,
        marks=[_mark(store, row, person) for person in _marked(row, who)],
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


def _readable(view: View, who: Who, conversation: str) -> Conversation:
    """What may be opened and paged: one's conversations, and the directory, which everybody reads."""
    if conversation == DIRECTORY and (directory := view.conversation(DIRECTORY)):
        return directory
    if conversation == DIRECTORY:
        raise Refusal("not-found", "Nobody has joined yet.", field="conversation")
    return require_member(view, who, conversation)


def _marked(row: Conversation, who: Who) -> list[str]:
    return list(row.members) if len(row.members) <= MAX_MARKED else [who.person]


def _mark(store: Store, row: Conversation, person: str) -> PersonMark:
    marks = store.shelves.marks.get(mark_key(row.id, person))
    return PersonMark(person=person, read=marks.read if marks else 0, delivered=marks.delivered if marks else 0)
