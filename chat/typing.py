"""Typing: said to the others of a conversation, kept nowhere."""

from chat.dispatch import tell
from chat.visibility import require_member
from protocol.answers import Done
from protocol.codec import pack_event
from protocol.commands import SetTyping
from protocol.events import TypingChanged
from store import Store, Who


@tell(SetTyping)
def set_typing(command: SetTyping, who: Who, store: Store) -> Done:
    """Told to the other members who are here."""
    conversation = require_member(store.view(), who, command.conversation)
    changed = TypingChanged(conversation=conversation.id, person=who.person, typing=command.typing)
    store.sockets.tell(pack_event(changed), [person for person in conversation.present() if person != who.person])
    return Done()
