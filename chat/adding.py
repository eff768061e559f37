"""Taking more people into a call between two: it goes on as the call of a room, and nobody hangs up.

The call keeps its id, so a page that is in it knows where it goes on, whatever it hears first. The room is one in which
exactly these people are, so that those who often talk to each other have one chat and not one for each call.
"""

from collections.abc import Sequence

from chat.blocks import CANNOT_REACH, require_unblocked, stands_between
from chat.calls import ended_as, require_answered, talking
from chat.dispatch import rule
from chat.members import require_room_for
from chat.names import clean_title
from chat.roles import LEADERS, role_in
from chat.rooms import room_id
from chat.visibility import is_present, pair, require_member
from protocol.calls import AddToCall
from protocol.errors import Refusal
from protocol.events import ConversationCreated, Logged
from protocol.group_calls import CallJoined, CallOpened
from store import View, Who
from store.rows import Conversation


@rule(AddToCall)
def add_to_call(command: AddToCall, who: Who, view: View) -> Sequence[Logged]:
    """Whoever is in it may take in whom they could make a room with, and who is in no other call."""
    row = require_member(view, who, command.conversation)
    call = require_answered(row, command.call)
    if who.device not in talking(call):
        raise Refusal("call-over", "This device is not in that call.")
    two = pair(row.id) or ()
    added = sorted(set(command.people))
    for person in added:
        _require_free(view, who, person, two)
    people = sorted({*two, *added})
    standing = _room_of(view, who, people)
    made = [] if standing else [_new_room(view, who, people, command)]
    room = standing or room_id(who, command.nonce)
    others = {call.device: call.caller, call.picked_up_by: next(one for one in two if one != call.caller)}
    return [
        *made,
        CallOpened(conversation=room, call=call.call, video=call.video, ring=True),
        *(
            CallJoined(conversation=room, author=person, call=call.call, device=device)
            for device, person in others.items()
        ),
        ended_as(row.id, call, "continued", until=view.now),
    ]


def _require_free(view: View, who: Who, person: str, two: Sequence[str]) -> None:
    if person in two:
        raise Refusal("stands-already", "They are in this call already.", field="people")
    require_unblocked(view, who, [person])
    if any(stands_between(view, person, one) for one in two):  # the other one is asked by nobody, and would be heard
        raise Refusal("not-allowed", CANNOT_REACH, field="people")
    require_room_for(view, person)
    if view.call_of(person) or view.gathering_of(person):
        raise Refusal("in-a-call", "They are in another call. Try again later.", field="people")


def _new_room(view: View, who: Who, people: list[str], command: AddToCall) -> Logged:
    for person in people:
        require_room_for(view, person)
    return ConversationCreated(
        conversation=room_id(who, command.nonce), kind="room", members=people, title=clean_title(command.title)
    )


def _room_of(view: View, who: Who, people: list[str]) -> str:
    """The room of exactly these people that was used last, if there is one in which a call may begin; else ""."""
    rooms = [row for one in view.rooms_of(who.person) if (row := view.conversation(one.conversation))]
    found = [row for row in rooms if _is_theirs(view, who, row, people)]
    return max(found, key=lambda row: (row.line_at, row.id)).id if found else ""


def _is_theirs(view: View, who: Who, row: Conversation, people: list[str]) -> bool:
    if row.size != len(people) or row.public or view.gathering(row.id):
        return False
    if row.announcements and role_in(view, who.person, row) not in LEADERS:
        return False
    return all(is_present(view, person, row) for person in people)
