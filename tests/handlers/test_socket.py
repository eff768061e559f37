"""The WebSocket over real sockets: who may open one, what it hears, what ends it."""

import asyncio
import secrets
from contextlib import suppress

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from chat.visibility import direct
from handlers.socket import MOST_IGNORED
from handlers.wire import Wire
from protocol.codec import MAX_CLIENT_FRAME, pack_command
from protocol.commands import (
    CreateRoom,
    OpenConversation,
    Ping,
    Pull,
    RemoveMember,
    RemovePerson,
    Resume,
    SendMessage,
    SetTyping,
)
from scripts.bench.client import Place, client_frame
from tests.handlers.house import House

CLOSING = 8  # the opcode, RFC 6455 section 5.5.1


def nonce() -> str:
    """A fresh one."""
    return secrets.token_urlsafe(16)


@pytest.mark.gen_test
async def test_what_one_sends_both_hear_and_the_sender_is_answered_after(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(anna), await house.connect(bob)
    conversation = direct(anna.id, bob.id)
    await hers.socket.write_message(
        pack_command(1, SendMessage(nonce=nonce(), conversation=conversation, text="hello")), binary=True
    )
    order = [(await hers.next())[1] for _ in range(3)]
    heard = await his.until("message.sent")
    assert order == ["conversation.created", "message.sent", "ok"]
    assert (heard["text"], heard["author"], heard["seq"]) == ("hello", anna.id, 2)


@pytest.mark.gen_test
async def test_several_commands_in_one_frame_are_all_done(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(anna), await house.connect(bob)
    commands = [SendMessage(nonce=nonce(), conversation=direct(anna.id, bob.id), text=str(place)) for place in range(5)]
    joined = b"".join(pack_command(place + 1, command) for place, command in enumerate(commands))
    await hers.socket.write_message(joined, binary=True)
    assert [(await his.until("message.sent"))["text"] for _ in commands] == ["0", "1", "2", "3", "4"]


@pytest.mark.gen_test
async def test_a_refused_command_leaves_the_connection_open(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    said, body = await wire.do(SendMessage(nonce=nonce(), conversation="directory", text="x"))
    assert (said, body["code"]) == ("error", "not-found")
    assert (await wire.do(Ping()))[0] == "ok"


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "frame", [b"", b"\xc1", b"\x01", b"\x93\x01\xa4ping", b"\x91" * 2000, b"a" * (MAX_CLIENT_FRAME + 1)]
)
async def test_what_cannot_be_parsed_closes_only_its_own_connection(house: House, frame: bytes) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(anna), await house.connect(bob)
    await hers.socket.write_message(frame, binary=True)
    assert await hers.closing_code() == 4009
    assert (await his.do(Ping()))[0] == "ok"


@pytest.mark.gen_test
async def test_text_frames_are_not_ours(house: House) -> None:
    wire = await house.connect(await house.join("Anna"))
    await wire.socket.write_message("hello")
    assert await wire.closing_code() == 4009


@pytest.mark.gen_test
async def test_a_stranger_gets_no_socket(house: House) -> None:
    for headers in ({}, {"Authorization": "Bearer guess"}, {"Origin": house.origin}):
        with pytest.raises(HTTPClientError) as refused:
            await websocket_connect(HTTPRequest(f"ws://localhost:{house.port}/ws", headers=headers))
        assert refused.value.code in (401, 403)


@pytest.mark.gen_test
async def test_one_device_has_so_many_sockets_and_others_are_not_short_of_them(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    wires = [await house.connect(anna) for _ in range(house.door.most_sockets)]
    with pytest.raises(HTTPClientError) as caught:
        await house.connect(anna)
    assert caught.value.code == 429
    await house.connect(bob)
    wires[0].socket.close()
    await wires[0].closing_code()
    await house.connect(anna)


@pytest.mark.gen_test
async def test_a_cookie_opens_a_socket_only_for_our_own_page(house: House) -> None:
    joined = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin=house.origin)
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    url = f"ws://localhost:{house.port}/ws"
    foreign = ["https://evil.example", f"http://localhost:{house.port}", "https://localhost:1", "null", None]
    for origin in foreign:
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
        with pytest.raises(HTTPClientError) as refused:
            await websocket_connect(HTTPRequest(url, headers=headers))
        assert refused.value.code == 403, origin
    ours = await websocket_connect(HTTPRequest(url, headers={"Cookie": cookie, "Origin": house.origin}))
    assert await ours.read_message()
    ours.close()
    assert await ours.read_message() is None


@pytest.mark.gen_test
async def test_a_name_that_is_not_ours_gets_nothing(house: House) -> None:
    anna = await house.join("Anna")
    with pytest.raises(HTTPClientError) as refused:
        await websocket_connect(
            HTTPRequest(f"ws://localhost:{house.port}/ws", headers={"Host": "evil.example"} | anna.bearer)
        )
    assert refused.value.code == 421


@pytest.mark.gen_test
async def test_a_removed_person_is_cut_off_at_once(house: House) -> None:
    host, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(host), await house.connect(bob)
    assert (await hers.do(RemovePerson(nonce=nonce(), person=bob.id)))[0] == "ok"
    assert await his.closing_code() == 4001
    assert (await house.ask("GET", "/api/session", **bob.bearer)).code == 401
    taken = await house.ask("POST", "/api/session", {"username": "bob"})
    assert taken.code == 409


@pytest.mark.gen_test
async def test_a_guest_cannot_remove_anybody(house: House) -> None:
    host, bob = await house.join("Anna"), await house.join("Bob")
    his = await house.connect(bob)
    said, body = await his.do(RemovePerson(nonce=nonce(), person=host.id))
    assert (said, body["code"]) == ("error", "not-allowed")


@pytest.mark.gen_test
async def test_typing_is_told_to_the_other_and_not_to_oneself(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(anna), await house.connect(bob)
    assert (await hers.do(SetTyping(conversation=direct(anna.id, bob.id), typing=True)))[0] == "ok"
    assert (await his.until("typing.changed"))["person"] == anna.id
    assert hers._values == []


@pytest.mark.gen_test
async def test_who_is_removed_from_a_room_hears_nothing_further_live_or_after_an_absence(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    hers, his = await house.connect(anna), await house.connect(bob)
    _, made = await hers.do(CreateRoom(nonce=nonce(), title="Garden", members=[bob.id]))
    room = made["conversation"]
    await hers.do(SendMessage(nonce=nonce(), conversation=room, text="before"))
    assert (await his.until("message.sent"))["text"] == "before"
    await hers.do(RemoveMember(nonce=nonce(), conversation=room, person=bob.id))
    await hers.do(SendMessage(nonce=nonce(), conversation=room, text="after"))
    await hers.do(SendMessage(nonce=nonce(), conversation=direct(anna.id, bob.id), text="beside"))
    left = await his.until("member.left")
    assert (left["conversation"], left["person"]) == (room, bob.id)
    said = [await his.next() for _ in range(3)]
    assert [name for _, name, _ in said] == ["member.left", "conversation.created", "message.sent"]
    assert (said[0][2]["room"], said[2][2]["text"]) == (room, "beside")
    again = await house.connect(bob)
    _, rows = await again.do(Resume(epoch=house.store.epoch, heads={room: 2}))
    assert rows["gone"] == [room]
    assert room not in [row["conversation"] for row in rows["rows"]]
    for command in (Pull(conversation=room, after=2), OpenConversation(conversation=room)):
        assert (await again.do(command))[1]["code"] == "not-found"


@pytest.mark.gen_test
@pytest.mark.parametrize(("more", "cut"), [(MOST_IGNORED, False), (MOST_IGNORED + 1, True)])
async def test_who_only_sends_on_after_the_end_is_cut_and_who_was_in_the_middle_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch, more: int, cut: bool
) -> None:
    cuts: list[Wire] = []
    closes = Wire.cut
    monkeypatch.setattr(Wire, "cut", lambda wire: (cuts.append(wire), closes(wire)))
    guest = await house.join("Anna")
    reader, writer = await asyncio.open_connection("localhost", house.port)
    writer.write(Place(house.port, house.folder, guest.token, host="localhost").handshake())
    await reader.readuntil(b"\r\n\r\n")
    writer.write(client_frame(b"\xc1") + client_frame(pack_command(1, Ping())) * more)
    if not cut:
        writer.write(client_frame(b"\x0f\xa9", CLOSING))  # the end of the handshake
    with suppress(ConnectionError):
        heard = await reader.read()
        assert cut or b"\x0f\xa9" in heard  # 4009: whoever takes part in the handshake is told why
    assert bool(cuts) == cut
    writer.close()


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "frames",
    [
        b"\x82\x04\x93\x01\xa4p",
        b"\x02\x02\x93\x01" + b"\x80\x82" + bytes(4) + b"\xa4p",
        b"\x02\x82" + bytes(4) + b"\x93\x01" + b"\x80\x02\xa4p",
        b"\x89\x00",
    ],
    ids=["a message", "the first half of one", "the second half of one", "a ping"],
)
async def test_what_comes_without_a_mask_ends_its_line_in_words(house: House, frames: bytes) -> None:
    guest = await house.join("Anna")
    reader, writer = await asyncio.open_connection("localhost", house.port)
    writer.write(Place(house.port, house.folder, guest.token, host="localhost").handshake())
    await reader.readuntil(b"\r\n\r\n")
    writer.write(frames)
    heard = await asyncio.wait_for(reader.read(), 10)
    assert b"\x03\xeaa client's frames are masked" in heard  # 1002
    writer.close()
