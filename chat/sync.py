"""Following along: "I have N" is how a phone reconnects, catches up and meets a restarted server."""

from chat.conversations import MAX_ANSWER, cards, events_answer, list_row
from chat.dispatch import query
from chat.visibility import DIRECTORY, NO_CONVERSATION, require_member, visible
from protocol.answers import Done, Events, Row, Rows
from protocol.commands import ListConversations, Ping, Pull, Resume
from protocol.errors import Refusal
from protocol.shapes import MAX_ROWS
from store import Store, Who
from store.rows import Conversation


@query(Ping)
async def ping(command: Ping, who: Who, store: Store) -> Done:
    """Yes."""
    return Done()


@query(Resume)
async def resume(command: Resume, who: Who, store: Store) -> Rows:
    """One row for each conversation that the client must know of: those it has not, and those whose head moved.

    Those whose head stands still are told too when they are among the newest, because their marks may have moved.
    """
    return await _rows(store, who, fresh=command.epoch != store.epoch)


@query(ListConversations)
async def list_conversations(command: ListConversations, who: Who, store: Store) -> Rows:
    """The rows after the cursor."""
    return await _rows(store, who, before=command.before)


@query(Pull)
async def pull(command: Pull, who: Who, store: Store) -> Events:
    """What came after `after`, as much as fits."""
    view = store.view()
    if command.conversation == DIRECTORY:
        row = view.conversation(DIRECTORY)
        if row is None:
            raise Refusal("not-found", NO_CONVERSATION, field="conversation")
    else:
        row = require_member(view, who, command.conversation)
    reach = visible(view, who.person, row.id)
    rows = await store.timeline.after(row.id, command.after)
    last = rows[-1].seq if rows else command.after
    return events_answer(row, reach, rows, more=last < row.head)


async def _rows(store: Store, who: Who, before: str = "", *, fresh: bool = False) -> Rows:
    theirs = store.shelves.conversations.where("member", who.person)
    present = sorted((row for row in theirs if who.person in row.present()), key=_cursor, reverse=True)
    if before:
        present = [row for row in present if _cursor(row) < before]
    rows: list[Row] = []
    size = 0
    for row in present[:MAX_ROWS]:
        rows.append(await list_row(store, who, row))
        size += len(rows[-1].last or b"")
        if size > MAX_ANSWER:
            break
    page = present[: len(rows)]
    return Rows(
        epoch=store.epoch,
        fresh=fresh,
        rows=rows,
        people=cards(store, (person for row in page for person in row.members)),
        before=_cursor(page[-1]) if len(present) > len(page) else "",
    )


def _cursor(row: Conversation) -> str:
    """The place in the list: time of the newest line, then the id; compares as text."""
    return f"{row.line_at:016d} {row.id}"
