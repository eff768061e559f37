"""What one may do in a call of a room: everybody, somebody by name, and those who lead."""

from functools import partial
from typing import get_args

from chat.group_calls import MAX_NAMED
from chat.roles import may
from protocol.commands import EditMessage
from protocol.records import replaced
from protocol.shapes import Right
from tests.chat.meeting import Meeting
from tests.neighbours import House, lived, nonce, refusal_of


@lived
async def test_rights_are_for_all_or_for_one_by_name_and_always_for_leaders(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.changes(meeting.anna, rights=["show"])
    await meeting.grants(meeting.ben, meeting.cleo, rights=["share", "speak"])
    view, row = house.store.view(), house.store.view().conversation(meeting.room)
    assert meeting.on is not None
    assert row is not None
    call = meeting.on.call
    assert call.granted == {meeting.cleo.person: ["speak", "share"]}
    able = {
        phone.person: [right for right in get_args(Right) if may(view, row, call, phone.person, right)]
        for phone in (meeting.anna, meeting.ben, meeting.cleo, meeting.dora)
    }
    everything = ["speak", "show", "share", "write"]
    assert able == {
        meeting.anna.person: everything,
        meeting.ben.person: everything,
        meeting.cleo.person: ["speak", "show", "share"],
        meeting.dora.person: ["show"],
    }
    await meeting.grants(meeting.ben, meeting.cleo, rights=[])
    assert meeting.on.call.granted == {}


@lived
async def test_while_a_call_forbids_it_only_those_write_who_may(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.changes(meeting.anna, rights=["speak"])
    for phone in (meeting.cleo, meeting.dora):
        assert await refusal_of(phone.says_in(meeting.room, "psst")) == "not-allowed"
    await meeting.ben.says_in(meeting.room, "page 12")
    await meeting.grants(meeting.ben, meeting.cleo, rights=["write"])
    await meeting.cleo.says_in(meeting.room, "done")
    assert await refusal_of(meeting.dora.says_in(meeting.room, "psst")) == "not-allowed"
    await meeting.closes(meeting.anna)
    await meeting.dora.says_in(meeting.room, "at last")


@lived
async def test_who_may_not_write_does_not_write_into_an_older_message(house: House) -> None:
    meeting = await Meeting(house).begin()
    said = (await meeting.dora.says_in(meeting.room, "Hello")).seq
    await meeting.opens(meeting.anna)
    await meeting.changes(meeting.anna, rights=["speak"])
    edit = partial(EditMessage, conversation=meeting.room, target=said, text="psst")
    assert await refusal_of(meeting.dora.asks(edit(nonce=nonce()))) == "not-allowed"
    await meeting.grants(meeting.ben, meeting.dora, rights=["write"])
    await meeting.dora.asks(edit(nonce=nonce()))


@lived
async def test_so_many_are_named_in_a_call_and_no_more(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.grants(meeting.anna, meeting.cleo)
    on = meeting.on
    assert on is not None
    crowd = [house.new_id("p") for _ in range(MAX_NAMED - 1)]
    call = replaced(on.call, admitted=[*on.call.admitted, *crowd[:9]], barred=crowd[9:])
    house.store.shelves.gatherings.put(replaced(on, call=call))
    assert await refusal_of(meeting.grants(meeting.anna, meeting.dora)) == "too-many"
    assert await refusal_of(meeting.puts_out(meeting.anna, meeting.dora)) == "too-many"
    await meeting.grants(meeting.anna, meeting.cleo, rights=["speak"])
    await meeting.grants(meeting.anna, meeting.cleo, admitted=False)
    await meeting.grants(meeting.anna, meeting.dora)
