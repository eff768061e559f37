"""Editing and deleting: one's own words said otherwise, or taken back.

What is taken back leaves the disk with the same commit: the writer blanks the message and all its edits. What it said
before an edit stays readable in its history as long as it stands.
"""

from chat.answers import taken_back
from chat.dispatch import fold, query, rule
from chat.mentions import drop_mentions, everyone_named, mentioned
from chat.messages import let_go
from chat.names import is_blank
from chat.roles import LEADERS, require_voice, role_in
from chat.targets import NO_MESSAGE, require_target, standing_of
from chat.visibility import covers, require_member, sees, visible
from protocol.answers import History
from protocol.codec import read_event
from protocol.commands import DeleteMessage, EditMessage, ReadHistory
from protocol.errors import Refusal
from protocol.events import Logged, MessageDeleted, MessageEdited, MessageSent
from protocol.records import replaced
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Conversation

MAX_EDITS = 100  # of one message: all of them are read and blanked when it is deleted


@rule(EditMessage)
def edit_message(command: EditMessage, who: Who, view: View) -> list[Logged]:
    """One's own message only. A message that was all files may gain words, and one of words keeps some.

    Who may not write may not edit either: other words in an old message are words, and may call people.
    """
    row, message = require_target(view, who, command)
    require_voice(view, who, row)
    if message.author != who.person:
        raise Refusal("not-allowed", "Only who wrote a message can edit it.", field="target")
    if message.forwarded or message.poll:
        raise Refusal("not-allowed", "What was forwarded, and a question with votes, stay as they are.", field="target")
    if is_blank(command.text) and not message.files:
        raise Refusal("bad-field", "A message needs some text. To take it back, delete it.", field="text")
    if command.text == message.text:
        raise Refusal("stands-already", "The message says that already.", field="text")
    if len(view.standing(row.id, message.seq).edits) >= MAX_EDITS:
        raise Refusal("too-many", f"A message can be edited {MAX_EDITS} times.", field="target")
    people = mentioned(view, row, command.mentions)
    word = everyone_named(view, row, who.person, command.everyone)
    text = command.text
    return [MessageEdited(conversation=row.id, target=message.seq, text=text, mentions=people, everyone=word)]


@rule(DeleteMessage)
def delete_message(command: DeleteMessage, who: Who, view: View) -> list[Logged]:
    """One's own; in a room also who keeps order there."""
    row, message = require_target(view, who, command)
    if message.author != who.person and not keeps_order(view, row, who.person):
        raise Refusal("not-allowed", "Only who wrote a message can delete it.", field="target")
    return [gone(message)]


def gone(message: MessageSent) -> MessageDeleted:
    """That this message is taken back."""
    conversation, target = message.conversation, message.seq
    return MessageDeleted(conversation=conversation, target=target, person=message.author, thread=message.target)


def keeps_order(view: View, row: Conversation, person: str) -> bool:
    """Whether this person may delete what others said there: who leads a room, and nobody in a direct conversation."""
    return row.kind == "room" and role_in(view, person, row) in LEADERS


@fold(MessageEdited)
def keep_edit(event: MessageEdited, draft: Draft) -> None:
    """The list shows its newest line as it now reads."""
    standing = standing_of(draft, event.conversation, event.target)
    draft.standing.put(replaced(standing, edits=[*standing.edits, event.seq], upto=event.seq))
    row = draft.conversations.get(event.conversation)
    if row and row.line == event.target:
        draft.conversations.put(replaced(row, line_edit=event.seq))


@fold(MessageDeleted)
def take_back(event: MessageDeleted, draft: Draft) -> None:
    """Nothing of it stands: its words, its files, its pin, what was put under it."""
    place = (event.conversation, event.target)
    standing = standing_of(draft, *place)
    draft.standing.put(replaced(standing, edits=[], deleted=True, reactions=[], votes=[], closed=False, upto=event.seq))
    said = draft.recalled.events.get(place)
    message = read_event(said.frame) if said else None
    if isinstance(message, MessageSent):
        for file in message.files:
            let_go(draft, file.id, *place)
        drop_mentions(message, draft)
    if event.thread:
        taken_back(draft, event)
    row = draft.conversations.get(event.conversation)
    if row:
        pins = [seq for seq in row.pins if seq != event.target]
        line_edit = 0 if row.line == event.target else row.line_edit
        draft.conversations.put(replaced(row, pins=pins, line_edit=line_edit))
    draft.blanks.add(place)


@query(ReadHistory)
async def read_history(command: ReadHistory, who: Who, store: Store) -> History:
    """All versions of a message that stands."""
    view = store.view()
    require_member(view, who, command.conversation)
    reach = visible(view, who.person, command.conversation)
    row = await store.timeline.row(command.conversation, command.target) if covers(reach, command.target) else None
    said = read_event(row.frame) if row else None
    if row is None or not isinstance(said, MessageSent) or said.deleted or not sees(reach, row.seq, said.target):
        raise Refusal("not-found", NO_MESSAGE, field="target")
    edits = await store.timeline.aimed_at(command.conversation, [command.target], [MessageEdited.name])
    return History(frames=[row.frame, *(edit.frame for edit in edits)])
