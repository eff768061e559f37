"""A call between two that goes through the forwarding unit, because the two devices do not reach each other.

The log says that it does (`call.relayed`), so a page that is loaded again and a server that is begun again know it too.
What the unit and the devices say to each other then is chat/forwarding.py, as in the call of a room.
"""

import asyncio
from collections.abc import Sequence

from chat.calls import require_answered, talking
from chat.dispatch import SERVER, tell
from chat.group_calls import devices, require_attending
from chat.ids import new_nonce
from chat.visibility import require_member
from protocol.answers import Answer, Done, Written
from protocol.calls import MoveCall, RelayCall
from protocol.errors import Refusal
from store import Store, View, Who
from store.media import NoMedia


@tell(MoveCall)
def move_call(command: MoveCall, who: Who, store: Store) -> Answer:
    """Either of the two devices may say so; that it is done is heard as `call.relayed`."""
    row = require_member(store.view(), who, command.conversation)
    call = require_answered(row, command.call)
    if who.device not in talking(call):
        raise Refusal("not-allowed", "Only the two devices of the call move it.")
    if isinstance(store.media, NoMedia):
        raise Refusal("not-connected", "This server has nothing that could carry the call right now.")
    if not call.relayed:
        relay = RelayCall(nonce=new_nonce(), conversation=row.id, call=call.call)
        store.write(relay, SERVER).add_done_callback(_written)
    return Done()


def _written(outcome: "asyncio.Future[Written]") -> None:
    """One that is over meanwhile, or could not be saved, is asked for again by who needs it."""
    if not outcome.cancelled():
        outcome.exception()


# -- whose media goes through the unit --------------------------------------------------------------------------------


def through(view: View, conversation: str, call: str) -> Sequence[str]:
    """The devices whose media goes through the unit in this call; none if it is over, or goes from device to device."""
    on = view.gathering(conversation)
    if on and on.call.call == call:
        return devices(on)
    row = view.conversation(conversation)
    if row and row.call and row.call.call == call and row.call.relayed:
        return talking(row.call)
    return ()


def require_through(view: View, who: Who, conversation: str, call: str) -> Sequence[str]:
    """These devices, this one among them. Raises Refusal `not-found`, `call-over`."""
    require_member(view, who, conversation)
    there = through(view, conversation, call)
    return there if who.device in there else devices(require_attending(view, who, conversation, call))
