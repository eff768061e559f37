"""Typing: said to the others of a conversation, kept nowhere."""

from chat.blocks import stands_between
from chat.dispatch import tell
from chat.visibility import present, require_member, size
from protocol.answers import Done
from protocol.codec import pack_event
from protocol.commands import SetTyping
from protocol.events import TypingChanged
from store import Store, Who

MAX_TYPED = 50  # members: in a larger room nobody is told who writes, or it would cost members squared


@tell(SetTyping)
def set_typing(command: SetTyping, who: Who, store: Store) -> Done:
    """Told to the other members who are here, but not between people of whom one blocked the other."""
    view = store.view()
    conversation = require_member(view, who, command.conversation)
    if size(view, conversation) > MAX_TYPED:
        return Done()
    changed = TypingChanged(conversation=conversation.id, person=who.person, typing=command.typing)
    others = [person for person in present(store, conversation) if person != who.person]
    store.sockets.tell(pack_event(changed), [one for one in others if not stands_between(view, one, who.person)])
    return Done()
