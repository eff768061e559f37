"""The WebSocket over real sockets: who may open one, what it hears, what ends it."""

import secrets

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from chat.visibility import direct
from protocol.codec import MAX_CLIENT_FRAME, pack_command
from protocol.commands import Ping, RemovePerson, SendMessage, SetTyping
from tests.handlers.house import House


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
