"""Following along: "I have N" is how a phone reconnects, catches up and meets a restarted server."""

from chat.blocks import blocked_people
from chat.conversations import cards, list_row, named_with
from chat.dispatch import query
from chat.pages import MAX_ANSWER, hide
from chat.visibility import require_reader, theirs, visible
from protocol.answers import Done, Events, Row, Rows
from protocol.codec import packed_size
from protocol.commands import ListConversations, Ping, Pull, Resume
from protocol.records import replaced
from protocol.shapes import MAX_ROWS, PersonCard
from store import Store, Who
from store.rows import Conversation


@query(Ping)
async def ping(command: Ping, who: Who, store: Store) -> Done:
    """Yes."""
    return Done()


@query(Resume)
async def resume(command: Resume, who: Who, store: Store) -> Rows:
    """The newest rows, moved or not: marks, unread counts and calls move without a head.

    So the client's heads decide nothing here; it compares them with the rows, and pulls what it lacks.
    """
    fresh, view = command.epoch != store.epoch, store.view()
    gone = [one for one in command.heads if one.startswith("room.") and not visible(view, who.person, one)]
    rows = await _rows(store, who, fresh=fresh)
    return replaced(rows, blocked=blocked_people(store, who.person), gone=[] if fresh else gone)


@query(ListConversations)
async def list_conversations(command: ListConversations, who: Who, store: Store) -> Rows:
    """The rows after the cursor."""
    return await _rows(store, who, before=command.before)


@query(Pull)
async def pull(command: Pull, who: Who, store: Store) -> Events:
    """What came after `after`, as much as fits, up to the head of the moment when it was asked."""
    view = store.view()
    row = require_reader(view, who, command.conversation)
    reach = visible(view, who.person, row.id)
    rows = [one for one in await store.timeline.after(row.id, command.after) if one.seq <= row.head]
    first, last = (rows[0].seq, rows[-1].seq) if rows else (0, 0)
    return Events(
        conversation=row.id,
        head=row.head,
        first=first,
        last=last,
        frames=hide(rows, reach),
        reach=reach,
        more=max(last, command.after) < row.head,
    )


async def _rows(store: Store, who: Who, before: str = "", *, fresh: bool = False) -> Rows:
    present = sorted(theirs(store, who.person), key=_cursor, reverse=True)
    if before:
        present = [row for row in present if _cursor(row) < before]
    rows, people, size = list[Row](), dict[str, PersonCard](), 0
    for place in present[:MAX_ROWS]:
        now = store.shelves.conversations.get(place.id) or place
        unnamed = [card for card in cards(store, named_with(store, now)) if card.id not in people]
        row = await list_row(store, who, now)
        size += packed_size(row) + sum(map(packed_size, unnamed))
        if rows and size > MAX_ANSWER:
            break
        rows.append(row)
        people.update((card.id, card) for card in unnamed)
    return Rows(
        epoch=store.epoch,
        fresh=fresh,
        rows=rows,
        people=list(people.values()),
        before=_cursor(present[len(rows) - 1]) if len(present) > len(rows) else "",
    )


def _cursor(row: Conversation) -> str:
    """The place in the list: time of the newest line, then the id; compares as text."""
    return f"{row.line_at:016d} {row.id}"
