"""Calling people by name into the call of a room that goes on: their devices ring, and strangers to the room join it.

Who was called stands in the call until it is over, so that a page which is opened meanwhile rings, too, and the end of
the call says who missed it. A newcomer's first mistake is to end the ring here: it ends by itself, by the clock, on
every device.
"""

from collections.abc import Sequence

from chat.blocks import require_unblocked
from chat.dispatch import fold, rule
from chat.group_calls import MAX_NAMED, MAX_RINGING, require_attending, require_place, ringing
from chat.members import add_members
from chat.roles import LEADERS, require_voice, role_in
from chat.visibility import is_present, require_member
from protocol.commands import AddMembers
from protocol.errors import Refusal
from protocol.events import Logged
from protocol.group_calls import CallGranted, PeopleSummoned, SummonPeople
from protocol.records import replaced
from protocol.shapes import Called, GroupCall
from store import View, Who
from store.drafts import Draft
from store.rows import Conversation


@rule(SummonPeople)
def summon_people(command: SummonPeople, who: Who, view: View) -> Sequence[Logged]:
    """Whoever is in it and may write may call those of the room; who leads it may bring in others, past the lobby."""
    on = require_attending(view, who, command.conversation, command.call)
    row = require_member(view, who, on.conversation)
    require_voice(view, who, row)
    leads = role_in(view, who.person, row) in LEADERS
    people = sorted(set(command.people))
    require_unblocked(view, who, people)
    mine = sum(one.by == who.person for one in ringing(on.call, view.now))
    if mine + len(people) > MAX_RINGING:  # the guard counts what became true, and many may be asked in one moment
        raise Refusal("too-many", "You are calling many people already. Wait until they answer.", field="people")
    for person in people:
        _require_callable(view, on.call, person, leads=leads)
    return [
        *_into_the_room(view, who, row, people, command.nonce),
        *(_let_in(row, on.call, person) for person in people if leads and _is_kept_out(on.call, person)),
        PeopleSummoned(conversation=row.id, call=on.call.call, people=people),
    ]


def _require_callable(view: View, call: GroupCall, person: str, *, leads: bool) -> None:
    if any(one.person == person for one in call.attendees):
        raise Refusal("stands-already", "They are in this call already.", field="people")
    if any(one.person == person for one in ringing(call, view.now)):
        raise Refusal("stands-already", "They are being called already.", field="people")
    if view.call_of(person) or view.gathering_of(person):
        raise Refusal("in-a-call", "They are in another call. Try again later.", field="people")
    if not leads and (person in call.barred or (call.locked and person not in call.admitted)):
        raise Refusal("call-closed", "Who leads this call has to let them in.", field="people")
    if leads and _is_kept_out(call, person):
        require_place(call, person)


def _into_the_room(view: View, who: Who, row: Conversation, people: list[str], key: str) -> Sequence[Logged]:
    strangers = [person for person in people if not is_present(view, person, row)]
    if not strangers:
        return []
    return add_members(AddMembers(nonce=key, conversation=row.id, members=strangers), who, view)


def _is_kept_out(call: GroupCall, person: str) -> bool:
    return person in call.barred or ((call.locked or call.lobby) and person not in call.admitted)


def _let_in(row: Conversation, call: GroupCall, person: str) -> Logged:
    return CallGranted(conversation=row.id, call=call.call, person=person, rights=call.granted.get(person, []))


@fold(PeopleSummoned)
def summoned(event: PeopleSummoned, draft: Draft) -> None:
    """They ring from now on. Those who were called first are forgotten where too many stand there."""
    on = draft.gatherings.get(event.conversation)
    if on is None or on.call.call != event.call:
        return
    others = [one for one in on.call.called if one.person not in event.people]
    called = [*others, *(Called(person=person, by=event.author, at=event.at) for person in event.people)]
    draft.gatherings.put(replaced(on, call=replaced(on.call, called=called[-MAX_NAMED:])))
