"""Other programs' clients of tus, those of PyPI and npm, against a real server: pieces, restarts, cancelling."""

import asyncio
import io
import json
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop
from tusclient.client import TusClient

from tests.handlers.filing import FileHouse

BYTES = bytes(range(256)) * 5000  # 1.28 MB, no picture


@pytest.fixture
def house(io_loop: IOLoop, tmp_path: Path) -> Iterator[FileHouse]:
    """Ada, Bo and Cy, and a server for their files."""
    house = FileHouse(tmp_path)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


@pytest.mark.gen_test
async def test_tuspy_uploads_in_pieces(house: FileHouse) -> None:
    def upload() -> str:
        client = TusClient(house.url + "/api/files", headers=house.ada.headers)
        uploader = client.uploader(
            file_stream=io.BytesIO(BYTES), chunk_size=300_000, metadata={"filename": "Grüße.bin"}
        )
        uploader.upload()
        return str(uploader.url)

    url = await asyncio.to_thread(upload)
    answer = await house.ada.ask("GET", url.removeprefix(house.url))
    assert answer.body == BYTES
    assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe.bin" in answer.headers["Content-Disposition"]


@pytest.mark.gen_test
async def test_tuspy_goes_on_after_a_restart(house: FileHouse) -> None:
    def begin() -> str:
        client = TusClient(house.url + "/api/files", headers=house.ada.headers)
        uploader = client.uploader(file_stream=io.BytesIO(BYTES), chunk_size=300_000)
        uploader.upload_chunk()
        uploader.upload_chunk()
        return str(uploader.url).removeprefix(house.url)

    def go_on(path: str) -> int:
        client = TusClient(house.url + "/api/files", headers=house.ada.headers)
        uploader = client.uploader(file_stream=io.BytesIO(BYTES), chunk_size=300_000)
        uploader.set_url(house.url + path)
        found = uploader.offset = uploader.get_offset()
        uploader.upload()
        return found

    path = await asyncio.to_thread(begin)
    await house.restart()
    assert await asyncio.to_thread(go_on, path) == 600_000
    assert (await house.ada.ask("GET", path)).body == BYTES


@pytest.mark.gen_test
async def test_tuspy_says_checksums_and_takes_an_upload_back(house: FileHouse) -> None:
    def upload() -> str:
        client = TusClient(house.url + "/api/files", headers=house.ada.headers)
        uploader = client.uploader(file_stream=io.BytesIO(BYTES), chunk_size=300_000, upload_checksum=True)
        uploader.upload()
        return str(uploader.url).removeprefix(house.url)

    path = await asyncio.to_thread(upload)
    assert (await house.ada.ask("GET", path)).body == BYTES
    assert (await house.ada.tus("DELETE", path)).code == 204


async def in_node(*words: str) -> dict[str, object]:
    """What npm's tus-js-client comes to, in a process of its own."""
    program = await asyncio.create_subprocess_exec(
        "node", str(Path(__file__).with_name("tus-client.mjs")), *words, stdout=PIPE, stderr=PIPE
    )
    said, complained = await program.communicate()
    assert program.returncode == 0, complained.decode()
    outcome: dict[str, object] = json.loads(said)
    return outcome


@pytest.mark.gen_test(timeout=60)
async def test_tus_js_client_goes_on_after_a_restart_and_sends_only_what_is_missing(
    house: FileHouse, tmp_path: Path
) -> None:
    source = tmp_path / "Grüße.bin"
    source.write_bytes(BYTES)
    begun = await in_node("begin", house.url, house.ada.token, str(source))
    path = str(begun["url"]).removeprefix(house.url)
    await house.restart()
    done = await in_node("go-on", house.url + path, house.ada.token, str(source))
    assert (done["from"], done["sent"]) == (600_000, len(BYTES) - 600_000)
    answer = await house.ada.ask("GET", path)
    assert answer.body == BYTES
    assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe.bin" in answer.headers["Content-Disposition"]


@pytest.mark.gen_test(timeout=60)
async def test_tus_js_client_cancels(house: FileHouse, tmp_path: Path) -> None:
    source = tmp_path / "a.bin"
    source.write_bytes(BYTES)
    begun = await in_node("begin", house.url, house.ada.token, str(source))
    await in_node("cancel", str(begun["url"]), house.ada.token, str(source))
    assert (await house.ada.tus("HEAD", str(begun["url"]).removeprefix(house.url))).code == 404
    assert not list((house.folder / "uploads").iterdir())
