"""A line: hello first, every command answered, and only what cannot be parsed ends it."""

import asyncio
from typing import Any

import msgpack
import pytest

from chat.connection import BAD_FRAME, MAX_TOO_OFTEN, MAX_UNDER_WAY, TOO_MANY, Greeting, Line
from chat.dispatch import QUERIES, TELLS
from chat.limits import Buckets, Rate
from chat.visibility import direct
from protocol.answers import Written
from protocol.codec import MAX_CLIENT_FRAME, MAX_VALUES, pack_command, unpack
from protocol.commands import OpenConversation, Ping, SendMessage, SetTyping
from protocol.events import Hello
from protocol.group_calls import RenewMedia
from store.durable import NotRead
from tests.neighbours import House, Phone, Wire, lived, nonce, refusal_of, settles


def packed(*values: Any) -> bytes:
    return b"".join(msgpack.packb(value) for value in values)


def values(phone: Phone) -> list[tuple[int, str, Any]]:
    """All that came, in order."""
    return unpack(phone.recording, 10**7, max_values=None)


async def raw(phone: Phone, *frames: bytes) -> list[tuple[int, str, Any]]:
    """Sends bytes as they are; what came back."""
    phone.wire.on_frame = lambda _: None
    await settles()
    before = len(values(phone))
    for frame in frames:
        phone.line.receive(frame)
    await settles()
    return values(phone)[before:]


@lived
async def test_the_first_thing_it_hears_is_hello(house: House) -> None:
    anna = await house.joins("Anna")
    await settles()
    ref, name, body = values(anna)[0]
    assert (ref, name, body["person"], body["device"]) == (0, "hello", anna.person, anna.device)
    (hello,) = anna.of(Hello)
    assert (hello.protocol, hello.epoch, hello.page, hello.at) == (1, house.store.epoch, "page", hello.at)


@lived
async def test_a_line_hears_what_was_said_after_hello_and_nothing_before(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.says("before", ben)
    late = await house.adds_device(ben)
    await anna.says("after", ben)
    assert late.texts() == ["after"]


@lived
async def test_every_command_gets_its_own_answer(house: House) -> None:
    anna = await house.joins("Anna")
    frame = b"".join(pack_command(ref, Ping()) for ref in (5, 9, 5))
    assert sorted(ref for ref, _, _ in await raw(anna, frame)) == [5, 5, 9]


@lived
async def test_a_command_that_cannot_be_done_keeps_the_line_open(house: House) -> None:
    anna = await house.joins("Anna")
    wrong = packed([1, "no.such", {}], [2, "mark.set", {"marks": 5}], [3, "typing.set", {}], [4, "sync.ping", {}])
    answers = {ref: (name, body.get("code"), body.get("field")) for ref, name, body in await raw(anna, wrong)}
    assert answers == {
        1: ("error", "unknown-command", "name"),
        2: ("error", "bad-field", "marks"),
        3: ("error", "bad-field", "conversation"),
        4: ("ok", None, None),
    }
    assert anna.wire.code == 0


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\xc1",
        packed([1, "sync.ping"]),
        packed([1, "sync.ping", {}])[:-1],
        b"\x91" * 60_000,
        b"\x80" * (MAX_CLIENT_FRAME + 1),
        packed([1, "sync.ping", {}]) * (MAX_VALUES + 1),
    ],
)
@lived
async def test_what_cannot_be_parsed_ends_this_line_and_no_other(frame: bytes, house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    assert await raw(anna, frame) == []
    assert (anna.wire.code, ben.wire.code) == (BAD_FRAME, 0)
    assert not house.store.sockets.is_online(anna.person)
    late = SendMessage(nonce=nonce(), conversation=direct(anna.person, ben.person), text="late")
    assert await raw(anna, pack_command(1, late)) == []
    assert house.store.view().conversation(late.conversation) is None, "what still comes is not looked at"
    await ben.asks(Ping())


@lived
async def test_nothing_of_a_bad_frame_is_done(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    said = packed([1, "message.send", {"nonce": nonce(), "conversation": place, "text": "half"}])
    await raw(anna, said + b"\xc1")
    assert house.store.view().conversation(place) is None


@lived
async def test_one_who_asks_too_often_is_told_to_slow_down_and_another_is_not(house: House) -> None:
    house.limits = Buckets(Rate(burst=5, per_second=1), house.clock)
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    answers = await raw(anna, b"".join(pack_command(ref, Ping()) for ref in range(1, 9)))
    codes = {ref: body.get("code", "ok") for ref, _, body in answers}
    assert codes == {ref: "ok" if ref <= 5 else "slow-down" for ref in range(1, 9)}
    await ben.asks(Ping())
    assert anna.wire.code == 0


@lived
async def test_what_costs_the_server_more_may_be_asked_less_often(house: House) -> None:
    house.limits = Buckets(Rate(burst=25, per_second=1), house.clock)
    anna = await house.joins("Anna")
    place = direct(anna.person, "p" + 13 * "a")
    renew = RenewMedia(conversation=place, call="c" + 13 * "a", anew=True)
    answers = await raw(anna, b"".join(pack_command(ref, renew) for ref in (1, 2, 3)))
    codes = {ref: body["code"] for ref, _, body in answers}
    assert codes == {1: "not-found", 2: "not-found", 3: "slow-down"}
    assert (await raw(anna, pack_command(4, Ping())))[0][1] == "ok"


@lived
async def test_one_who_goes_on_and_on_is_cut_off(house: House) -> None:
    house.limits = Buckets(Rate(burst=5, per_second=1), house.clock)
    anna = await house.joins("Anna")
    frame = pack_command(1, Ping()) * MAX_VALUES
    for _ in range(MAX_TOO_OFTEN // MAX_VALUES):
        await raw(anna, frame)
    assert anna.wire.code == 0
    await raw(anna, frame)
    assert anna.wire.code == TOO_MANY


@lived
async def test_so_many_commands_may_be_under_way_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await house.joins("Anna")
    gate = asyncio.Event()

    async def waits(command: Ping, who: object, store: object) -> object:
        await gate.wait()
        return Written(conversation="", seq=1, at=1)

    monkeypatch.setitem(QUERIES, Ping, waits)
    answers = [anna.sends(Ping()) for _ in range(MAX_UNDER_WAY + 1)]
    assert await refusal_of(answers[-1]) == "too-many"
    gate.set()
    await answers[0]
    await settles()
    await anna.asks(Ping())


@lived
async def test_a_query_that_takes_long_holds_up_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    gate = asyncio.Event()

    async def waits(*_: object) -> object:
        await gate.wait()
        return Written(conversation="", seq=1, at=1)

    monkeypatch.setitem(QUERIES, OpenConversation, waits)
    slow = anna.sends(OpenConversation(conversation="directory"))
    await anna.says("meanwhile", ben)
    assert not slow.done()
    gate.set()
    await slow


@lived
async def test_a_query_nobody_hears_any_more_is_dropped_and_a_write_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    dropped = list[bool]()

    async def waits(*_: object) -> object:
        try:
            await asyncio.Event().wait()
        finally:
            dropped.append(True)
        return None

    monkeypatch.setitem(QUERIES, Ping, waits)
    anna.sends(Ping())
    await settles()
    saying = asyncio.ensure_future(anna.says("last words", ben))
    await asyncio.sleep(0)
    anna.disconnect()
    await settles()
    assert (dropped, ben.texts()) == ([True], ["last words"])
    saying.cancel()


@pytest.mark.parametrize(("table", "command"), [(QUERIES, Ping), (TELLS, SetTyping)])
@lived
async def test_a_bug_is_told_under_an_id_and_the_line_goes_on(
    table: dict[Any, Any], command: Any, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await house.joins("Anna")

    def breaks(*_: object) -> object:
        raise ZeroDivisionError

    async def breaks_later(*_: object) -> object:
        return breaks()

    monkeypatch.setitem(table, command, breaks_later if table is QUERIES else breaks)
    body = {} if command is Ping else {"conversation": "directory", "typing": True}
    ((_, name, said),) = await raw(anna, packed([1, command.name, body]))
    assert (name, said["code"]) == ("error", "internal")
    assert said["message"].split("id ")[1][:8] in caplog.text
    assert anna.wire.code == 0


@lived
async def test_a_disk_that_does_not_answer_is_no_bug(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await house.joins("Anna")

    async def is_away(*_: object) -> object:
        raise NotRead("The database is away.")

    monkeypatch.setitem(QUERIES, Ping, is_away)
    ((_, name, said),) = await raw(anna, packed([1, Ping.name, {}]))
    assert (name, said["code"]) == ("error", "not-read")
    assert "The database is away." in caplog.text
    assert "Traceback" not in caplog.text


@lived
async def test_a_line_may_be_closed_twice(house: House) -> None:
    anna = await house.joins("Anna")
    seen = house.store.shelves.last_seen
    anna.disconnect()
    first = seen.get(anna.person)
    anna.disconnect()
    assert seen.get(anna.person) == first


@lived
async def test_a_line_that_was_never_opened_leaves_nothing(house: House) -> None:
    anna = await house.joins("Anna")
    line = Line(anna.who, Wire(), house.store, house.limits, Greeting())
    line.closed()
    assert house.store.sockets.is_online(anna.person)
    assert len(house.store.sockets) == 1
