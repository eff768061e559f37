"""Marks: how far each person has come in each conversation.

Marks are never logged: a hundred readers must not write a hundred rows of history. A mark only grows; it is answered at
once, told gathered, and on disk within a second, so a client says its own again when it resumes.
"""

from chat.conversations import MAX_MARKED
from chat.dispatch import tell
from chat.marks import arrival, raise_thread_mark
from chat.visibility import covers, present, size, visible
from protocol.answers import Marked
from protocol.codec import pack_event
from protocol.commands import SetMarks
from protocol.events import MarkChanged
from protocol.records import replaced
from protocol.shapes import Mark
from store import Store, Who
from store.drafts import mark_key
from store.rows import Marks

GATHER_SECONDS = 0.25  # before others are told


@tell(SetMarks)
def set_marks(command: SetMarks, who: Who, store: Store) -> Marked:
    """Take note of how far this person has come; a conversation they cannot see is passed over."""
    view = store.view()
    stand: list[Mark] = []
    for mark in command.marks:
        reach = visible(view, who.person, mark.conversation)
        if mark.thread and covers(reach, mark.thread):
            read = raise_thread_mark(store, who.person, mark.conversation, mark.thread, read=mark.read)
            stand.append(replaced(mark, read=read, delivered=read))
        elif reach and not mark.thread:
            end = reach[-1].last
            row = raise_mark(
                store, who.person, mark.conversation, read=min(mark.read, end), delivered=min(mark.delivered, end)
            )
            stand.append(Mark(conversation=row.conversation, read=row.read, delivered=row.delivered))
    return Marked(marks=stand)


def raise_mark(
    store: Store, person: str, conversation: str, *, read: int = 0, delivered: int = 0, passed: int = 0
) -> Marks:
    """The marks as they now stand: only upwards, and what is read was delivered. `passed` was said before they came."""
    shelf = store.shelves.marks
    old = shelf.get(mark_key(conversation, person)) or Marks(conversation=conversation, person=person)
    reached = max(old.delivered, delivered, read, passed)
    row = replaced(old, read=max(old.read, read), delivered=reached, passed=max(old.passed, passed))
    if row == old:
        return old
    store.keep_soon("marks", row)
    key = f"marks {conversation}"
    store.timers.gather(key, person, GATHER_SECONDS, lambda people: _tell(store, conversation, people))
    return row


def _tell(store: Store, conversation: str, people: set[str]) -> None:
    row = store.shelves.conversations.get(conversation)
    told = present(store, row) if row and size(store.view(), row) <= MAX_MARKED else []
    for person in sorted(people):
        marks = store.shelves.marks.get(mark_key(conversation, person))
        if marks and visible(store.view(), person, conversation):
            store.sockets.tell(pack_event(_changed(store, marks)), told or [person])


def _changed(store: Store, marks: Marks) -> MarkChanged:
    since = arrival(store, marks.person, marks.conversation)
    read, delivered = max(marks.read, since), max(marks.delivered, since)
    return MarkChanged(
        conversation=marks.conversation, person=marks.person, read=read, delivered=delivered, since=since
    )
