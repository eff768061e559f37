"""The twin over real sockets: the same frames by POST."""

import asyncio
import secrets
from typing import Any

import pytest
from tornado.httpclient import HTTPResponse

from chat.visibility import direct
from protocol.codec import pack_command, unpack
from protocol.commands import Ping, RevokeDevice, SendMessage
from tests.handlers.house import Guest, House


async def post(house: House, guest: Guest, query: str = "", body: bytes = b"") -> HTTPResponse:
    """One POST of the twin."""
    return await house.ask("POST", f"/api/frames{query}", body, Content_Type="application/msgpack", **guest.bearer)


def values(answer: HTTPResponse) -> list[tuple[int, str, Any]]:
    """What an answer holds."""
    return unpack(answer.body, limit=10**7) if answer.body else []


def follows(answer: HTTPResponse) -> str:
    """The query that names this answer."""
    return f"?connection={answer.headers['X-Parley-Connection']}&answer={answer.headers['X-Parley-Answer']}"


def saying(house: House, guest: Guest, other: Guest, text: str) -> bytes:
    """A message as a frame."""
    conversation = direct(guest.id, other.id)
    return pack_command(1, SendMessage(nonce=secrets.token_urlsafe(16), conversation=conversation, text=text))


@pytest.mark.gen_test
async def test_the_twin_says_hello_and_carries_the_same_frames(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    his = await house.connect(bob)
    hello = await post(house, anna)
    assert values(hello)[0][1] == "hello"
    told = await post(house, anna, follows(hello), saying(house, anna, bob, "by post"))
    assert [name for _, name, _ in values(told)][-1] in ("message.sent", "ok")
    assert (await his.until("message.sent"))["text"] == "by post"


@pytest.mark.gen_test
async def test_a_held_post_is_answered_when_something_comes(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    his = await house.connect(bob)
    held = asyncio.ensure_future(post(house, anna, follows(await post(house, anna))))
    await his.do(SendMessage(nonce="n" * 22, conversation=direct(anna.id, bob.id), text="wake up"))
    assert "message.sent" in [name for _, name, _ in values(await held)]


@pytest.mark.gen_test
async def test_an_answer_that_was_not_named_is_given_again(house: House) -> None:
    anna = await house.join("Anna")
    hello = await post(house, anna)
    lost = await post(house, anna, follows(hello), pack_command(7, Ping()))
    again = await post(house, anna, follows(hello))
    assert values(lost) == values(again) == [(7, "ok", {})]
    assert again.headers["X-Parley-Answer"] == lost.headers["X-Parley-Answer"]


@pytest.mark.gen_test
async def test_a_new_post_ends_the_held_one(house: House) -> None:
    anna = await house.join("Anna")
    hello = await post(house, anna)
    held = asyncio.ensure_future(post(house, anna, follows(hello)))
    answered = await post(house, anna, follows(hello), pack_command(3, Ping()))
    first = await held
    assert first.code == 200
    assert [(3, "ok", {})] in (values(answered), values(first))


@pytest.mark.gen_test
async def test_a_connection_belongs_to_the_device_that_made_it(house: House) -> None:
    anna, mallory = await house.join("Anna"), await house.join("Mallory")
    hello = await post(house, anna)
    stolen = await post(house, mallory, follows(hello))
    assert stolen.code == 410


@pytest.mark.gen_test
async def test_an_unknown_connection_has_ended(house: House) -> None:
    anna = await house.join("Anna")
    assert (await post(house, anna, "?connection=nothing&answer=1")).code == 410


@pytest.mark.gen_test
async def test_a_connection_that_says_nothing_ends_after_its_silence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await house.join("Anna")
    left = asyncio.Event()
    house.store.sockets.left.append(lambda person: left.set())
    monkeypatch.setattr("handlers.frames.SILENCE_SECONDS", 0.01)
    hello = await post(house, anna)
    await left.wait()
    assert not house.store.sockets.is_online(anna.id)
    assert (await post(house, anna, follows(hello))).code == 410


@pytest.mark.gen_test
async def test_a_signed_out_device_hears_so(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    hello = await post(house, anna)
    await wire.do(RevokeDevice(nonce="n" * 22, device=anna.device))
    await wire.closing_code()
    assert (await post(house, anna, follows(hello))).code == 401


@pytest.mark.gen_test
@pytest.mark.parametrize("query", ["?connection=x&answer=minus", "?answer=-1", "?answer=" + "9" * 40])
async def test_a_number_that_is_none_is_refused(house: House, query: str) -> None:
    answer = await post(house, await house.join("Anna"), query)
    assert answer.code in (400, 410)


@pytest.mark.gen_test
async def test_a_frame_that_cannot_be_parsed_ends_the_connection(house: House) -> None:
    anna = await house.join("Anna")
    hello = await post(house, anna)
    assert (await post(house, anna, follows(hello), b"\xc1")).code == 410
    assert not house.store.sockets.is_online(anna.id)


@pytest.mark.gen_test
async def test_a_device_may_not_hoard_connections(house: House) -> None:
    anna = await house.join("Anna")
    codes = [(await post(house, anna)).code for _ in range(9)]
    assert codes == [200] * 8 + [429]


@pytest.mark.gen_test
async def test_the_twin_needs_its_own_content_type(house: House) -> None:
    anna = await house.join("Anna")
    answer = await house.ask("POST", "/api/frames", b"x", **anna.bearer)
    assert answer.code == 400
