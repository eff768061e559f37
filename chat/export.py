"""Export: what a person may take along of their conversations, page by page, as it stands now.

Everything passes through `visible`, asked anew for each page: who is removed from a room meanwhile gets no more of it.
What was deleted is not there to take. A newcomer's first mistake is to hold a whole conversation; nothing here does.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from chat.messages import SPOKEN_IN
from chat.pages import about
from chat.visibility import pair, sees, theirs, visible
from protocol.answers import About
from protocol.codec import read_event
from protocol.events import CallEnded, Logged, MessageEdited, MessageSent
from protocol.records import replaced
from store import Store, Who
from store.durable import LogRow
from store.rows import Conversation


@dataclass(frozen=True)
class Line:
    """One thing that was said, in its latest words, or another event of the conversation, and what stands of it."""

    event: Logged
    edited: bool = False
    reactions: list[tuple[str, int]] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)


def exported(store: Store, person: str) -> list[Conversation]:
    """The conversations of which this person may see anything, the newest line first."""
    view = store.view()
    seen = [row for row in theirs(store, person) if row.kind in SPOKEN_IN and visible(view, person, row.id)]
    return sorted(seen, key=lambda row: (-row.line_at, row.id))


def title_of(store: Store, row: Conversation, person: str) -> str:
    """What this person calls the conversation: the other's name, or the room's; "" for a room that has none."""
    people = pair(row.id)
    if people:
        return name_of(store, people[1] if people[0] == person else people[0])
    return row.title


def name_of(store: Store, person: str) -> str:
    """Somebody's name as it is now; "" for somebody unknown."""
    row = store.shelves.people.get(person)
    return row.name if row else ""


async def lines(store: Store, who: Who, row: Conversation) -> AsyncIterator[list[Line]]:
    """All of it up to the head of this moment, oldest first, in pages of at most 200 events or 48 KiB."""
    after = 0
    while after < row.head:
        reach = visible(store.view(), who.person, row.id)
        found = [one for one in await store.timeline.after(row.id, after) if one.seq <= row.head]
        if not found or not reach:
            return
        after = found[-1].seq
        shown = [one for one in found if sees(reach, one.seq, one.target)]
        page = await _page(store, who, [one for one in shown if _is_line(one)])
        if page:
            yield page


async def _page(store: Store, who: Who, rows: list[LogRow]) -> list[Line]:
    standing = {one.seq: one for one in await about(store, who, rows)}
    read = [(read_event(row.frame), standing.get(row.seq)) for row in rows]
    return [_line(event, one) for event, one in read if isinstance(event, Logged)]


def _is_line(row: LogRow) -> bool:
    """What was said, calls that are over, and what is about nothing earlier."""
    return row.target is None or row.name in (MessageSent.name, CallEnded.name)


def _line(event: Logged, standing: About | None) -> Line:
    if standing is None:
        return Line(event)
    edit = read_event(standing.edit) if standing.edit else None
    if isinstance(event, MessageSent) and isinstance(edit, MessageEdited):
        event = replaced(event, text=edit.text)
    return Line(
        event,
        edited=edit is not None,
        reactions=[(one.emoji, one.tally.count) for one in standing.reactions],
        votes=[one.count for one in standing.votes],
    )
