"""Receipts: how far one's message has come, where the conversation is too large for everybody's marks."""

from chat.conversations import cards
from chat.dispatch import query
from chat.marks import arrival, thread_read
from chat.targets import NO_MESSAGE
from chat.visibility import present, require_member, within
from protocol.answers import Receipts
from protocol.commands import ListReceipts
from protocol.errors import Refusal
from protocol.events import MessageSent
from protocol.shapes import Tally
from store import Store, Who
from store.drafts import mark_key
from store.durable import LogRow
from store.rows import Marks

MAX_SHOWN = 100  # names of each; the rest is a number


@query(ListReceipts)
async def list_receipts(command: ListReceipts, who: Who, store: Store) -> Receipts:
    """For its author."""
    view = store.view()
    row = require_member(view, who, command.conversation)
    seen = within(view, who.person, row.id, command.target)
    said = await store.timeline.row(row.id, command.target) if seen else None
    if said is None or said.name != MessageSent.name:
        raise Refusal("not-found", NO_MESSAGE, field="target")
    if said.author != who.person:
        raise Refusal("not-allowed", "Only who wrote a message can ask who has read it.", field="target")
    read, delivered = list[str](), list[str]()
    for person in present(store, row):
        if person == who.person or arrival(store, person, row.id) >= said.seq:
            continue  # who came later has read none of it, wherever their mark stands
        marks = store.shelves.marks.get(mark_key(row.id, person)) or Marks(conversation=row.id, person=person)
        if _read_by(store, said, marks) >= said.seq:
            read.append(person)
        elif marks.delivered >= said.seq:
            delivered.append(person)
    return Receipts(
        read=Tally(count=len(read), people=read[:MAX_SHOWN]),
        delivered=Tally(count=len(delivered), people=delivered[:MAX_SHOWN]),
        people=cards(store, [*read[:MAX_SHOWN], *delivered[:MAX_SHOWN]]),
    )


def _read_by(store: Store, said: LogRow, marks: Marks) -> int:
    """How far they have read where it was said: a thread has a mark of its own; it is delivered with all else there."""
    return thread_read(store, marks.person, said.conversation, said.target) if said.target else marks.read
