"""Attendance: who was in a call of a room, from when to when, and for how long in all.

The table of a call that is over is made from the log, between the events that opened and closed it. Who came and went
is seen by everybody in the room as it happens; the table is for those who lead it, and is sent to nobody else.
"""

import asyncio

from chat.conversations import cards
from chat.dispatch import query
from chat.roles import LEADERS, require_role
from chat.visibility import within
from protocol.answers import Attendance
from protocol.codec import read_event
from protocol.errors import Refusal
from protocol.group_calls import CallClosed, CallJoined, CallLeft, ReadAttendance
from protocol.records import replaced
from protocol.shapes import Attended, Attendee
from store import Store, Who
from store.rows import Gathering

COMES_AND_GOES = (CallJoined.name, CallLeft.name)
_ONE_AT_A_TIME = asyncio.Semaphore(1)
NO_CALL = "There is no such call, or it is not yours to see."


@query(ReadAttendance)
async def read_attendance(command: ReadAttendance, who: Who, store: Store) -> Attendance:
    """Of the call that goes on as of now, of one that is over as its end says it."""
    view = store.view()
    row = require_role(view, who, command.conversation, *LEADERS)
    if not command.seq:
        on = view.gathering(row.id)
        if on is None or on.call.call != command.call:
            raise Refusal("call-over", "That call is over.")
        now = store.clock()
        present = [one.person for one in on.call.attendees]
        return _table(store, attended_by(on, now), on.call.at, now, present)
    seen = within(view, who.person, row.id, command.seq)
    said = await store.timeline.row(row.id, command.seq) if seen else None
    closed = read_event(said.frame) if said else None
    if not isinstance(closed, CallClosed) or closed.call != command.call or not closed.opened:
        raise Refusal("not-found", NO_CALL, field="seq")
    async with _ONE_AT_A_TIME:  # a long call may have a long log
        attended = await _from_log(store, closed)
    return _table(store, attended, closed.at - closed.seconds * 1000, closed.at, [])


async def _from_log(store: Store, closed: CallClosed) -> list[Attended]:
    """Everybody's times, from who came and went while it was on."""
    attended: list[Attended] = []
    inside: dict[str, Attendee] = {}
    seq = closed.opened
    while seq < closed.seq:
        rows = await store.timeline.after(closed.conversation, seq)
        for row in rows:
            event = read_event(row.frame) if row.seq < closed.seq and row.name in COMES_AND_GOES else None
            if isinstance(event, CallJoined):
                inside.setdefault(event.author, Attendee(person=event.author, device=event.device, at=event.at))
            elif isinstance(event, CallLeft) and (one := inside.pop(event.person, None)):
                attended = with_stay(attended, one, event.at)
        seq = rows[-1].seq if rows else closed.seq
    for one in inside.values():
        attended = with_stay(attended, one, closed.at)
    return sorted(attended, key=lambda one: one.first)


def _table(store: Store, attended: list[Attended], at: int, until: int, present: list[str]) -> Attendance:
    return Attendance(
        at=at,
        seconds=max(0, until - at) // 1000,
        attended=attended,
        present=present,
        people=cards(store, [one.person for one in attended]),
    )


def attended_by(on: Gathering, now: int) -> list[Attended]:
    """Everybody's times as of now, with the stays of those who are still in it, in order of coming."""
    attended = on.attended
    for one in on.call.attendees:
        attended = with_stay(attended, one, now)
    return sorted(attended, key=lambda one: one.first)


def with_stay(attended: list[Attended], one: Attendee, until: int) -> list[Attended]:
    """With one stay more. The clock may have been set back meanwhile, so none is shorter than nothing."""
    until = max(one.at, until)
    seconds = (until - one.at) // 1000
    known = next((was for was in attended if was.person == one.person), None)
    if known is None:
        return [*attended, Attended(person=one.person, first=one.at, last=until, seconds=seconds)]
    longer = replaced(known, last=until, seconds=known.seconds + seconds)
    return [longer if was is known else was for was in attended]
