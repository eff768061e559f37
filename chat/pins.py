"""Pins: messages that everybody in a conversation finds again at its top."""

from chat.dispatch import fold, rule
from chat.roles import require_voice
from chat.targets import require_target
from protocol.commands import SetPin
from protocol.errors import Refusal
from protocol.events import Logged, PinChanged
from protocol.records import replaced
from store import View, Who
from store.drafts import Draft

MAX_PINS = 50  # in one conversation: they come with its row


@rule(SetPin)
def set_pin(command: SetPin, who: Who, view: View) -> list[Logged]:
    """Whoever may write there may: a pin stands over all that is said."""
    row, message = require_target(view, who, command)
    require_voice(view, who, row)
    if (message.seq in row.pins) == command.on:
        raise Refusal("stands-already", "That is pinned just so already.", field="on")
    if command.on and len(row.pins) >= MAX_PINS:
        raise Refusal("too-many", f"{MAX_PINS} messages are pinned here; let one of them go first.", field="on")
    return [PinChanged(conversation=row.id, target=message.seq, on=command.on)]


@fold(PinChanged)
def keep_pin(event: PinChanged, draft: Draft) -> None:
    """The latest pin last."""
    row = draft.conversations.get(event.conversation)
    if row:
        others = [seq for seq in row.pins if seq != event.target]
        draft.conversations.put(replaced(row, pins=[*others, event.target] if event.on else others))
