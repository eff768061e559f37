"""Leaving: sockets are told, nobody new is let in, and what is being written is finished."""

import asyncio
import os
import secrets
import signal

import pytest

from chat.visibility import direct
from handlers.leaving import drain, hear_goodbye
from protocol.codec import pack_command
from protocol.commands import SendMessage
from tests.handlers.house import House


@pytest.mark.gen_test
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM to a process of its own")
@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_is_heard_from_the_first_moment(word: signal.Signals) -> None:
    goodbye = hear_goodbye()
    os.kill(os.getpid(), word)
    async with asyncio.timeout(10):
        await goodbye.wait()


@pytest.mark.gen_test
async def test_sockets_are_told_that_the_server_leaves(house: House) -> None:
    wire = await house.connect(await house.join("Anna"))
    await drain(house.store, [])
    assert await wire.closing_code() == 1001


@pytest.mark.gen_test
async def test_what_was_being_written_is_written(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    conversation = direct(anna.id, bob.id)
    asked = [
        house.store.write(
            SendMessage(nonce=secrets.token_urlsafe(16), conversation=conversation, text=str(place)),
            house.door.who(anna.token),  # type: ignore[arg-type]
        )
        for place in range(50)
    ]
    await house.store.close()
    assert [(await one).seq for one in asked] == list(range(2, 52))


@pytest.mark.gen_test
async def test_after_that_nothing_more_is_taken(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    wire = await house.connect(anna)
    await house.store.close()
    command = SendMessage(nonce=secrets.token_urlsafe(16), conversation=direct(anna.id, bob.id), text="late")
    await wire.socket.write_message(pack_command(1, command), binary=True)
    _, said, body = await wire.next()
    assert (said, body["code"]) == ("error", "not-saved")
