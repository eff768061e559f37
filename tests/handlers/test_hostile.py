"""Bad input by HTTP: joining, messages, files and every place of an address; tests/test_hostile.py has the socket's."""

import asyncio
import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgpack
import pytest
from tornado.httpclient import HTTPResponse
from tornado.ioloop import IOLoop

from chat.connection import BAD_FRAME
from protocol.codec import read_event
from protocol.commands import Ping
from store.filenames import clean_name
from tests.handlers.filing import TUS
from tests.handlers.house import read
from tests.hostile import chosen, named, naughty
from tests.neighbours import nonce
from tests.stage import AT_ONCE, Stage, is_refusal_in_words, played

TEXTS = naughty()


@pytest.fixture
def stage(io_loop: IOLoop, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Stage]:
    """On a store that forgets."""
    with played(Stage(tmp_path, on_disk=False), io_loop, caplog) as stage:
        yield stage


@pytest.mark.gen_test(timeout=60)
async def test_what_comes_by_http_is_answered_in_words_too(stage: Stage) -> None:
    for text in [*chosen(), *TEXTS[::4]]:
        said = await stage.house.ask("POST", f"/api/messages/{stage.ben.id}", {"text": text}, **stage.anna.bearer)
        assert said.code == 201 or is_answer_in_words(said), (text, said.body)
        if said.code == 201:
            row = await stage.house.store.timeline.row(stage.place, read(said)["seq"])
            assert row is not None
            assert read_event(row.frame).text == text  # type: ignore[attr-defined]
    for number, text in enumerate(chosen()):
        await asyncio.gather(comes_in(stage, text, number), asks_for(stage, quote(text[:500], safe="")))
    assert await stage.phone.do(Ping()) == ("ok", {})


async def comes_in(stage: Stage, text: str, number: int) -> None:
    """Every field of joining."""
    bodies: list[dict[str, Any]] = [
        {"username": text},
        {"username": f"Person {number}", "device_name": text, "token": True},
        {"username": "Anna", "claim": True, "device_name": text},
        *({field: text} for field in ("code", "link", "typed")),
        {"username": f"Somebody {number}", "invite": text},
    ]
    for body in bodies:
        said = await stage.house.ask("POST", "/api/session", body)
        assert said.code in (201, 202) or is_answer_in_words(said), (body, said.body)
        if said.code == 201 and body["username"] == text:
            assert read(said)["person"]["name"] == named(text)


async def asks_for(stage: Stage, text: str) -> None:
    """Every place of an address where an id or a number belongs."""
    said_to = f"/api/messages/{stage.ben.id}"
    for where in (
        f"/api/messages/{text}", f"{said_to}?before={text}", f"{said_to}?limit={text}", f"/api/users?after={text}",
        f"/api/users?limit={text}", f"/api/files/{text}", f"/api/export?conversation={text}", f"/api/{text}",
    ):  # fmt: skip
        said = await stage.house.ask("GET", where, **stage.anna.bearer)
        assert said.code == 200 or is_answer_in_words(said), (where, said.code, said.body)


def is_answer_in_words(said: HTTPResponse) -> bool:
    """As `is_refusal_in_words`, by HTTP."""
    return 400 <= said.code < 500 and is_refusal_in_words("error", read(said))


@pytest.mark.gen_test(timeout=60)
async def test_a_file_is_called_what_it_was_called_but_for_what_does_harm(stage: Stage) -> None:
    texts = [text for text in [*chosen(), *TEXTS[::4]] if len(text) < 4000]
    for first in range(0, len(texts), AT_ONCE):
        await asyncio.gather(*(uploads(stage, text) for text in texts[first : first + AT_ONCE]))


async def uploads(stage: Stage, name: str) -> None:
    """A file of this name comes and goes."""
    said = f"filename {base64.b64encode(name.encode()).decode()}"
    tus = {"Content-Type": "application/offset+octet-stream", "Upload-Length": "1", "Upload-Metadata": said}
    made = await stage.house.ask("POST", "/api/files", b"x", **stage.anna.bearer, **TUS, **tus)
    assert made.code == 201, (name, made.body)
    got = await stage.house.ask("GET", made.headers["Location"], **stage.anna.bearer)
    assert (got.code, got.body) == (200, b"x")
    assert got.headers["Content-Disposition"].startswith("attachment"), name
    row = stage.house.store.view().file(made.headers["Location"].rsplit("/", 1)[1])
    assert row is not None
    assert row.name == clean_name(name)
    assert 0 < len(row.name.encode()) <= 255
    assert not re.search(r"[/\\\0-\x1f\u202a-\u202e\u2066-\u2069]", row.name), name
    assert row.name not in (".", "..")


@pytest.mark.gen_test
async def test_half_a_pair_of_surrogates_is_no_text_and_ends_only_the_line_it_came_on(stage: Stage) -> None:
    body = {"nonce": nonce(), "conversation": stage.place, "text": "\ud83d"}
    frame = msgpack.packb([1, "message.send", body], unicode_errors="surrogatepass")
    line = await stage.connect(stage.anna)
    await line.socket.write_message(bytes(frame), binary=True)
    assert await line.closed() == BAD_FRAME
    await line.end()
    said = await stage.house.ask("POST", f"/api/messages/{stage.ben.id}", b'{"text": "\\ud83d"}', **stage.anna.bearer)
    assert (said.code, read(said)["code"]) == (400, "bad-frame")
    assert await stage.phone.do(Ping()) == ("ok", {})
