"""What a command is about: the earlier message in its `target`, as a rule may see it.

A message outside what somebody may see, one that was taken back, and one that never was are refused alike.
"""

from chat.blocks import require_unblocked
from chat.visibility import require_member, within
from protocol.codec import read_event
from protocol.commands import DeleteMessage, Targets
from protocol.errors import Refusal
from protocol.events import MessageEdited, MessageSent
from protocol.records import replaced
from store import View, Who
from store.drafts import Draft
from store.rows import Conversation, Standing

NO_MESSAGE = "That message is not there any more."


def standing_message(view: View, conversation: str, seq: int) -> MessageSent | None:
    """A message that stands, as it was first said; None where nothing does."""
    row = view.event(conversation, seq)
    event = read_event(row.frame) if row and row.name == MessageSent.name else None
    if not isinstance(event, MessageSent) or event.deleted or view.standing(conversation, seq).deleted:
        return None
    return event


def require_message(view: View, who: Who, conversation: str, seq: int, *, field: str = "target") -> MessageSent:
    """A message that stands and that this person may see, in its latest words. Raises Refusal `not-found`."""
    event = standing_message(view, conversation, seq)
    if event is None or not within(view, who.person, conversation, seq, event.target):
        raise Refusal("not-found", NO_MESSAGE, field=field)
    edits = view.edits(conversation, seq)
    last = read_event(edits[-1].frame) if edits else None
    if isinstance(last, MessageEdited):
        return replaced(event, text=last.text, mentions=last.mentions, everyone=last.everyone)
    return event


def require_target(view: View, who: Who, command: Targets) -> tuple[Conversation, MessageSent]:
    """The conversation of a command, which this person is in, and the message it is about. Raises Refusal.

    Between two of whom one blocked the other, words can be taken back and nothing else.
    """
    row = require_member(view, who, command.conversation)
    if row.kind == "direct" and not isinstance(command, DeleteMessage):
        require_unblocked(view, who, [one for one in row.members if one != who.person])
    return row, require_message(view, who, command.conversation, command.target)


def standing_of(draft: Draft, conversation: str, seq: int) -> Standing:
    """What stands of a message while an event about it is folded."""
    key = draft.standing.key(Standing(conversation=conversation, seq=seq))
    return draft.standing.get(key) or Standing(conversation=conversation, seq=seq)
