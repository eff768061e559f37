"""Export over HTTP: everything one may see and nothing else, in bounded memory, and never half for the whole."""

import asyncio
import base64
import io
import json
import zipfile
from typing import Any

import pytest
from tornado.httpclient import HTTPResponse
from tornado.simple_httpclient import HTTPStreamClosedError

from chat.visibility import direct
from handlers.export import PER_PAGE, RATE, read_zone
from protocol.commands import AddMembers, CreateRoom, DeleteMessage, EditMessage, LeaveRoom, RevokeDevice, SendMessage
from store import Who
from store.durable import LogRow, NotRead
from tests.handlers.house import Guest, House
from tests.neighbours import nonce


async def exports(house: House, guest: Guest, query: str = "") -> zipfile.ZipFile:
    answer = await house.ask("GET", f"/api/export{query}", **guest.bearer)
    assert (answer.code, answer.headers["Content-Type"]) == (200, "application/zip"), answer.body
    return read_zip(answer)


def read_zip(answer: HTTPResponse) -> zipfile.ZipFile:
    made = zipfile.ZipFile(io.BytesIO(answer.body))
    assert made.testzip() is None
    return made


async def says(house: House, guest: Guest, to: Guest, text: str, files: list[str] | None = None) -> int:
    answer = await house.ask("POST", f"/api/messages/{to.id}", {"text": text, "files": files or []}, **guest.bearer)
    assert answer.code == 201, answer.body
    return int(json.loads(answer.body)["seq"])


async def uploaded(house: House, guest: Guest, content: bytes, name: str) -> str:
    """A whole file of this person's."""
    tus = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"} | guest.bearer
    said = f"filename {base64.b64encode(name.encode()).decode()}"
    begun = {"Upload-Length": str(len(content)), "Upload-Metadata": said}
    url = (await house.ask("POST", "/api/files", b"", **tus, **begun)).headers["Location"]
    assert (await house.ask("PATCH", url, content, **tus, **{"Upload-Offset": "0"})).code == 204
    return str(url).rpartition("/")[2]


def lines_of(made: zipfile.ZipFile, folder: str) -> list[dict[str, Any]]:
    raw = made.read(f"conversations/{folder}/messages.jsonl").decode()
    return [json.loads(line) for line in raw.splitlines()]


@pytest.mark.gen_test
async def test_an_export_has_an_index_a_page_and_lines_for_each_conversation(house: House) -> None:
    anna, ben, cleo = [await house.join(name) for name in ("Anna", "Ben", "Cleo")]
    await says(house, anna, ben, "Hello Ben")
    await says(house, cleo, anna, "Hello Anna")
    made = await exports(house, anna, "?zone=Europe/Berlin")
    index = made.read("index.html").decode()
    assert 'href="conversations/001%20Cleo/messages.html"' in index
    assert "Hello Ben" in made.read("conversations/002 Ben/messages.html").decode()
    assert [one["text"] for one in lines_of(made, "001 Cleo") if one["name"] == "message.sent"] == ["Hello Anna"]


@pytest.mark.gen_test
async def test_nobody_gets_what_others_said_among_themselves(house: House) -> None:
    anna, ben, eve = [await house.join(name) for name in ("Anna", "Ben", "Eve")]
    await says(house, anna, ben, "secret")
    made = await exports(house, eve)
    assert made.namelist() == ["index.html"]
    place = direct(anna.id, ben.id)
    refused = await house.ask("GET", f"/api/export?conversation={place}", **eve.bearer)
    nowhere = await house.ask("GET", f"/api/export?conversation={direct(eve.id, 'pnobodyaaaaaaa')}", **eve.bearer)
    assert (refused.code, refused.body) == (nowhere.code, nowhere.body)
    assert refused.code == 404
    assert (await house.ask("GET", "/api/export")).code == 401


@pytest.mark.gen_test
async def test_one_conversation_alone_can_be_asked_for(house: House) -> None:
    anna, ben, cleo = [await house.join(name) for name in ("Anna", "Ben", "Cleo")]
    await says(house, anna, ben, "Hello Ben")
    await says(house, anna, cleo, "Hello Cleo")
    made = await exports(house, anna, f"?conversation={direct(anna.id, ben.id)}")
    assert {name.split("/")[1] for name in made.namelist() if "/" in name} == {"001 Ben"}


@pytest.mark.gen_test
async def test_a_room_alone_can_be_asked_for_and_says_who_came_and_went(house: House) -> None:
    anna, ben, eve = [await house.join(name) for name in ("Anna", "Ben", "Eve")]
    hers, his = Who(anna.id, anna.device), Who(ben.id, ben.device)
    made = await house.store.write(CreateRoom(nonce=nonce(), title="Garden"), hers)
    room = made.conversation
    await house.store.write(AddMembers(nonce=nonce(), conversation=room, members=[ben.id]), hers)
    await house.store.write(SendMessage(nonce=nonce(), conversation=room, text="Hello garden"), his)
    await house.store.write(LeaveRoom(nonce=nonce(), conversation=room), his)
    page = (await exports(house, anna, f"?conversation={room}")).read("conversations/001 Garden/messages.html").decode()
    assert page.index("Anna added Ben") < page.index("Hello garden") < page.index("Ben left")
    for stranger in (eve, ben):
        refused = await house.ask("GET", f"/api/export?conversation={room}", **stranger.bearer)
        assert refused.code == 404


@pytest.mark.gen_test
async def test_it_says_what_stands_and_nothing_that_was_deleted(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    edited, gone = await says(house, anna, ben, "first words"), await says(house, anna, ben, "regretted")
    who, place = Who(anna.id, anna.device), direct(anna.id, ben.id)
    about = {"nonce": nonce(), "conversation": place}
    await house.store.write(EditMessage(**about, target=edited, text="better words"), who)
    await house.store.write(DeleteMessage(**(about | {"nonce": nonce()}), target=gone), who)
    made = await exports(house, ben)
    whole = "".join(made.read(name).decode() for name in made.namelist())
    assert "better words" in whole
    assert "This message was deleted." in whole
    assert "regretted" not in whole
    assert "first words" not in whole


@pytest.mark.gen_test
async def test_it_is_told_in_the_language_that_was_asked_for_and_lines_are_for_programs(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    await says(house, anna, ben, "hello")
    made = await exports(house, anna, "?language=de")
    assert "Unterhaltungen von Anna" in made.read("index.html").decode()
    page = made.read("conversations/001 Ben/messages.html").decode()
    assert '<html lang="de" dir="ltr">' in page
    assert "Alle Unterhaltungen" in page
    assert lines_of(made, "001 Ben")[-1]["name"] == "message.sent"
    assert "Conversaciones de Anna" in (await exports(house, anna, "?language=es")).read("index.html").decode()


@pytest.mark.gen_test
async def test_script_in_a_name_is_text(house: House) -> None:
    anna, evil = await house.join("Anna"), await house.join("<b onclick=alert(1)>x</b>")
    await says(house, evil, anna, "<script>alert(1)</script>")
    made = await exports(house, anna)
    pages = "".join(made.read(name).decode() for name in made.namelist() if name.endswith(".html"))
    assert "<script" not in pages
    assert "<b onclick" not in pages
    assert "&lt;script&gt;" in pages
    assert not [name for name in made.namelist() if set(name) & set('<>:"|?*\\')]


@pytest.mark.gen_test
async def test_files_come_along_when_asked_for_each_once(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    file = await uploaded(house, anna, b"words in a file", "notes: final?.txt")
    for text in ("here", "again"):
        await says(house, anna, ben, text, [file])
    without, with_files = await exports(house, ben), await exports(house, ben, "?files=1")
    assert not [name for name in without.namelist() if "/files/" in name]
    assert "not in this export" in without.read("conversations/001 Anna/messages.html").decode()
    [path] = [name for name in with_files.namelist() if "/files/" in name]
    assert path == "conversations/001 Anna/files/0001 notes_ final_.txt"
    assert with_files.read(path) == b"words in a file"
    assert lines_of(with_files, "001 Anna")[-1]["files"][0]["path"] == "files/0001 notes_ final_.txt"


@pytest.mark.gen_test(timeout=60)
async def test_a_long_history_comes_in_pages(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    count = PER_PAGE + 250
    begun = await says(house, anna, ben, "line")
    for first in range(0, count, 250):
        await asyncio.gather(*(says(house, anna, ben, f"line {n}") for n in range(first, min(first + 250, count))))
    latest = await says(house, anna, ben, "the latest")
    place, who = direct(anna.id, ben.id), Who(ben.id, ben.device)
    await house.store.write(SendMessage(nonce=nonce(), conversation=place, text="to the first", reply=begun), who)
    await house.store.write(SendMessage(nonce=nonce(), conversation=place, text="to the latest", reply=latest), who)
    made = await exports(house, ben)
    first = made.read("conversations/001 Anna/messages.html").decode()
    second = made.read("conversations/001 Anna/messages-2.html").decode()
    assert 'href="messages-2.html"' in first
    assert 'href="messages.html"' in second
    assert first.count("<article") + second.count("<article") == count + 4
    assert len([one for one in lines_of(made, "001 Anna") if one["name"] == "message.sent"]) == count + 4
    assert f'href="messages.html#m{begun}"' in second
    assert f'id="m{begun}"' in first
    assert f'href="#m{latest}"' in second
    assert f'id="m{latest}"' in second


@pytest.mark.gen_test
async def test_exports_are_counted_by_person(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    codes = [(await house.ask("GET", "/api/export", **anna.bearer)).code for _ in range(int(RATE.burst) + 1)]
    assert codes == [200] * int(RATE.burst) + [429]
    assert (await house.ask("GET", "/api/export", **ben.bearer)).code == 200


@pytest.mark.gen_test
async def test_who_is_signed_out_in_the_middle_does_not_take_half_for_the_whole(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    await says(house, anna, ben, "hello")
    read_on = house.store.timeline.after

    async def signed_out_meanwhile(*given: Any) -> list[LogRow]:
        if house.store.view().device(ben.device):
            await house.store.write(RevokeDevice(nonce=nonce(), device=ben.device), Who(ben.id, ben.device))
        return await read_on(*given)

    house.store.timeline.after = signed_out_meanwhile  # type: ignore[method-assign, assignment]
    with pytest.raises(HTTPStreamClosedError):
        await house.ask("GET", "/api/export", **ben.bearer)


@pytest.mark.gen_test
async def test_what_cannot_be_read_ends_it_too_and_the_next_may_begin(house: House) -> None:
    anna, ben = await house.join("Anna"), await house.join("Ben")
    await says(house, anna, ben, "hello")
    read_on = house.store.timeline.after

    async def unreadable(*given: Any) -> list[LogRow]:
        raise NotRead("the disk is gone")

    house.store.timeline.after = unreadable  # type: ignore[method-assign, assignment]
    with pytest.raises(HTTPStreamClosedError):
        await house.ask("GET", "/api/export", **anna.bearer)
    house.store.timeline.after = read_on  # type: ignore[method-assign]
    assert (await exports(house, anna)).namelist()


@pytest.mark.gen_test
async def test_a_device_signed_out_before_gets_nothing(house: House) -> None:
    anna = await house.join("Anna")
    await house.store.write(RevokeDevice(nonce=nonce(), device=anna.device), Who(anna.id, anna.device))
    assert (await house.ask("GET", "/api/export", **anna.bearer)).code == 401


@pytest.mark.parametrize("name", ["", "Nowhere/Atall", "../../etc/passwd", "/etc/localtime", "x" * 65, "\x00"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert read_zone(name)[1] == "UTC"


def test_a_known_zone_is_taken() -> None:
    assert read_zone("Europe/Berlin")[1] == "Europe/Berlin"
