"""tus 1.0.0, header by header, over real sockets; and what happens when a request goes wrong in the middle."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from handlers import tus
from handlers.tus import read_metadata, write_metadata
from protocol.errors import Refusal
from tests.handlers.filing import FileHouse, code_of, status_of

BYTES = bytes(range(256)) * 5000  # 1.28 MB


@pytest.fixture
def house(io_loop: IOLoop, tmp_path: Path) -> Iterator[FileHouse]:
    """Ada, Bo and Cy, and a server for their files."""
    house = FileHouse(tmp_path)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


async def offset(house: FileHouse, url: str) -> int:
    """How far Ada's upload has come."""
    answer = await house.ada.tus("HEAD", url)
    assert answer.code == 200
    return int(answer.headers["Upload-Offset"])


async def until(met: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    async with asyncio.timeout(20):
        while not met():  # noqa: ASYNC110 - what is waited for happens in code that signals nothing
            await asyncio.sleep(0.001)


# -- what the protocol says -------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_options_tell_what_the_server_can(house: FileHouse) -> None:
    house.free = 5000
    for path in ["/api/files", await house.ada.begin(10)]:
        answer = await house.ada.ask("OPTIONS", path)
        assert answer.code == 204
        assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,expiration,checksum,termination"
        assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
        assert answer.headers["Tus-Max-Size"] == "5000"


@pytest.mark.gen_test
async def test_a_stranger_does_not_learn_how_full_the_disk_is(house: FileHouse) -> None:
    answer = await house.raw("OPTIONS", "/api/files", None, {})
    assert (answer.code, "Tus-Max-Size" in answer.headers) == (204, False)


@pytest.mark.gen_test
async def test_an_upload_is_created_empty_and_filled(house: FileHouse) -> None:
    url = await house.ada.begin(10, "ü.bin")
    head = await house.ada.tus("HEAD", url)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("0", "10")
    assert head.headers["Cache-Control"] == "no-store"
    assert head.headers["Upload-Metadata"] == f"filename {base64.b64encode('ü.bin'.encode()).decode()}"
    first = await house.ada.tus("PATCH", url, b"01234", Upload_Offset="0")
    assert (first.code, first.headers["Upload-Offset"], first.body) == (204, "5", b"")
    last = await house.ada.tus("PATCH", url, b"56789", Upload_Offset="5")
    assert (last.code, last.headers["Upload-Offset"]) == (204, "10")
    assert (await house.ada.ask("GET", url)).body == b"0123456789"


@pytest.mark.gen_test
async def test_a_complete_upload_still_says_where_it_stands(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    head = await house.ada.tus("HEAD", url)
    assert head.headers["Upload-Offset"] == head.headers["Upload-Length"] == str(len(BYTES))
    assert head.headers["Cache-Control"] == "no-store"


@pytest.mark.gen_test
@pytest.mark.parametrize("wrong", ["0.2.2", "2.0.0", ""])
async def test_another_version_is_refused(house: FileHouse, wrong: str) -> None:
    url = await house.ada.begin(10)
    for method, path in [("POST", "/api/files"), ("PATCH", url), ("DELETE", url), ("HEAD", url)]:
        answer = await house.ada.ask(method, path, Tus_Resumable=wrong, Upload_Length="10", Upload_Offset="0")
        assert (answer.code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert await offset(house, url) == 0


@pytest.mark.gen_test
async def test_a_version_is_needed_to_change_something(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    for method, path in [("POST", "/api/files"), ("PATCH", url), ("DELETE", url)]:
        assert (await house.ada.ask(method, path, Upload_Length="10", Upload_Offset="0")).code == 412


@pytest.mark.gen_test
async def test_a_wrong_offset_is_refused_and_changes_nothing(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    await house.ada.tus("PATCH", url, b"01234", Upload_Offset="0")
    for wrong in ["0", "4", "6", "10"]:
        answer = await house.ada.tus("PATCH", url, b"x", Upload_Offset=wrong)
        assert (answer.code, code_of(answer)) == (409, "wrong-offset")
    assert await offset(house, url) == 5


@pytest.mark.gen_test
async def test_a_patch_of_another_type_is_refused(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    answer = await house.ada.ask(
        "PATCH", url, b"01234", Tus_Resumable="1.0.0", Upload_Offset="0", Content_Type="text/plain"
    )
    assert (answer.code, code_of(answer)) == (415, "wrong-type")
    assert await offset(house, url) == 0


@pytest.mark.gen_test
@pytest.mark.parametrize("said", ["", "-1", "1.5", "ten", "²", "0x10", " "])
async def test_a_length_that_is_no_number_is_refused(house: FileHouse, said: str) -> None:
    answer = await house.ada.tus("POST", "/api/files", Upload_Length=said)
    assert (answer.code, code_of(answer)) == (400, "bad-field")


@pytest.mark.gen_test
@pytest.mark.parametrize("said", [str(2**53), "9" * 16, "9" * 5000])
async def test_a_length_beyond_all_disks_is_refused(house: FileHouse, said: str) -> None:
    answer = await house.ada.tus("POST", "/api/files", Upload_Length=said)
    assert (answer.code, code_of(answer)) == (413, "too-big")


@pytest.mark.gen_test
async def test_a_length_that_is_not_known_yet_is_refused(house: FileHouse) -> None:
    answer = await house.ada.tus("POST", "/api/files", Upload_Defer_Length="1")
    assert (answer.code, code_of(answer)) == (400, "bad-field")


@pytest.mark.gen_test
async def test_a_file_the_disk_has_no_room_for_is_refused(house: FileHouse) -> None:
    house.free = 100
    answer = await house.ada.tus("POST", "/api/files", Upload_Length="101")
    assert (answer.code, code_of(answer)) == (413, "too-big")
    assert (await house.ada.tus("POST", "/api/files", Upload_Length="100")).code == 201


@pytest.mark.gen_test
async def test_bytes_may_come_with_the_creation(house: FileHouse) -> None:
    some = await house.ada.tus("POST", "/api/files", b"01234", Upload_Length="10")
    assert (some.code, some.headers["Upload-Offset"]) == (201, "5")
    rest = await house.ada.tus("PATCH", some.headers["Location"], b"56789", Upload_Offset="5")
    assert rest.code == 204
    whole = await house.ada.tus("POST", "/api/files", BYTES, Upload_Length=str(len(BYTES)))
    assert (whole.code, whole.headers["Upload-Offset"]) == (201, str(len(BYTES)))
    assert (await house.ada.ask("GET", whole.headers["Location"])).body == BYTES


@pytest.mark.gen_test
async def test_an_empty_file_is_complete_at_once(house: FileHouse) -> None:
    url = await house.ada.begin(0)
    answer = await house.ada.ask("GET", url)
    assert (answer.code, answer.body) == (200, b"")


@pytest.mark.gen_test
async def test_an_upload_can_be_cancelled(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    await house.ada.tus("PATCH", url, b"01234", Upload_Offset="0")
    assert (await house.ada.tus("DELETE", url)).code == 204
    assert (await house.ada.tus("HEAD", url)).code == 404
    assert not list((house.folder / "uploads").iterdir())


@pytest.mark.gen_test
async def test_a_method_may_be_said_in_a_header(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    answer = await house.ada.tus("POST", url, b"01234", Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert (answer.code, answer.headers["Upload-Offset"]) == (204, "5")
    assert (await house.ada.tus("POST", url, X_HTTP_Method_Override="DELETE")).code == 204
    answer = await house.ada.tus("POST", await house.ada.begin(10), X_HTTP_Method_Override="GET")
    assert answer.code == 405


@pytest.mark.gen_test
async def test_a_listed_foreign_page_may_speak_tus_and_another_may_not(io_loop: IOLoop, tmp_path: Path) -> None:
    house = FileHouse(tmp_path, allow_origin=("https://dev.example",))
    await house.start()
    asked = await house.raw("OPTIONS", "/api/files", None, {"Origin": "https://dev.example"})
    assert "PATCH" in asked.headers["Access-Control-Allow-Methods"]
    assert "upload-offset" in asked.headers["Access-Control-Allow-Headers"]
    assert "upload-offset" in asked.headers["Access-Control-Expose-Headers"]
    other = await house.raw("OPTIONS", "/api/files", None, {"Origin": "https://example.com"})
    assert "Access-Control-Allow-Methods" not in other.headers
    await house.stop()


def test_metadata_is_read_and_written() -> None:
    assert read_metadata("filename w7wuYmlu, filetype dGV4dA==,secret") == {
        "filename": "ü.bin",
        "filetype": "text",
        "secret": "",
    }
    assert read_metadata("") == {}
    assert read_metadata(write_metadata(filename="ü, b.bin")) == {"filename": "ü, b.bin"}
    assert read_metadata("filename /w==") == {"filename": "\ufffd"}


@pytest.mark.parametrize("header", ["filename ü", "filename !!", "filename YQ", "filename Y Q=="])
def test_metadata_that_is_none_is_refused(header: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_metadata(header)
    assert caught.value.code == "bad-field"


# -- when it goes wrong in the middle ---------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_more_than_was_announced_is_refused(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    answer = await house.ada.tus("PATCH", url, b"0123456789A", Upload_Offset="0")
    assert (answer.code, code_of(answer)) == (413, "too-big")
    assert (await house.ada.tus("PATCH", url, b"0123456789", Upload_Offset="0")).code == 204


@pytest.mark.gen_test
async def test_more_than_was_announced_is_refused_where_no_length_is_said(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    line = await house.line("PATCH", url, house.ada, Upload_Offset="0", Transfer_Encoding="chunked")
    await line.write(b"4\r\n0123\r\n8\r\n456789AB\r\n")
    assert await status_of(line) == 413
    line.close()


@pytest.mark.gen_test
async def test_a_lost_connection_keeps_what_arrived(house: FileHouse) -> None:
    url = await house.ada.begin(len(BYTES))
    line = await house.line("PATCH", url, house.ada, Upload_Offset="0", Content_Length=str(len(BYTES)))
    await line.write(BYTES[:700_001])
    line.close()
    part = house.folder / "uploads" / f"{url.rsplit('/', 1)[1]}.part"
    await until(lambda: part.stat().st_size == 700_001)
    assert await offset(house, url) == 700_001
    rest = await house.ada.tus("PATCH", url, BYTES[700_001:], Upload_Offset="700001")
    assert rest.code == 204
    assert (await house.ada.ask("GET", url)).body == BYTES


@pytest.mark.gen_test
async def test_of_two_requests_at_once_the_second_waits_its_turn(house: FileHouse) -> None:
    url = await house.ada.begin(len(BYTES))
    line = await house.line("PATCH", url, house.ada, Upload_Offset="0", Content_Length=str(len(BYTES)))
    part = house.folder / "uploads" / f"{url.rsplit('/', 1)[1]}.part"
    await line.write(BYTES[:1_000_000])
    await until(lambda: part.stat().st_size > 0)
    second = await house.ada.tus("PATCH", url, BYTES[:10], Upload_Offset="0")
    assert (second.code, code_of(second)) == (423, "in-use")
    await line.write(BYTES[1_000_000:])
    assert await status_of(line) == 204
    line.close()


@pytest.mark.gen_test
async def test_asking_where_it_stands_frees_an_upload_from_a_dead_connection(house: FileHouse) -> None:
    url = await house.ada.begin(len(BYTES))
    dead = await house.line("PATCH", url, house.ada, Upload_Offset="0", Content_Length=str(len(BYTES)))
    part = house.folder / "uploads" / f"{url.rsplit('/', 1)[1]}.part"
    await dead.write(BYTES[:1_000_000])
    await until(lambda: part.stat().st_size > 0)
    stands = await offset(house, url)
    assert 0 < stands <= 1_000_000
    assert await dead.read_until_close() == b""
    answer = await house.ada.tus("PATCH", url, BYTES[stands:], Upload_Offset=str(stands))
    assert answer.code == 204
    assert (await house.ada.ask("GET", url)).body == BYTES


@pytest.mark.gen_test
async def test_a_full_disk_is_said_and_the_upload_goes_on_when_there_is_room(house: FileHouse) -> None:
    url = await house.ada.begin(len(BYTES))
    await house.ada.tus("PATCH", url, BYTES[:600_000], Upload_Offset="0")
    house.free = 0
    answer = await house.ada.tus("PATCH", url, BYTES[600_000:], Upload_Offset="600000")
    assert (answer.code, code_of(answer)) == (503, "not-saved")
    assert await offset(house, url) == 600_000
    house.free = 1 << 40
    assert (await house.ada.tus("PATCH", url, BYTES[600_000:], Upload_Offset="600000")).code == 204
    assert (await house.ada.ask("GET", url)).body == BYTES


@pytest.mark.gen_test
async def test_a_long_body_is_refused_before_it_is_sent(house: FileHouse) -> None:
    url = await house.ada.begin(1 << 30)
    line = await house.line("PATCH", url, house.ada, Upload_Offset="5", Content_Length=str(1 << 30))
    assert await status_of(line) == 409
    line.close()


@pytest.mark.gen_test
async def test_a_short_body_that_is_refused_leaves_the_connection_open(house: FileHouse) -> None:
    url = await house.ada.begin(100)
    line = await house.line("PATCH", url, house.ada, Upload_Offset="5", Content_Length="10")
    await line.write(b"0123456789")
    assert await status_of(line) == 409
    head = await line.read_until(b"\r\n\r\n")
    assert b"connection: close" not in head.lower()
    line.close()


@pytest.mark.gen_test
async def test_a_connection_that_says_nothing_is_hung_up(house: FileHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tus, "IDLE_SECONDS", 0.05)
    url = await house.ada.begin(100)
    line = await house.line("PATCH", url, house.ada, Upload_Offset="0", Content_Length="100")
    await line.write(b"0123456789")
    assert await line.read_until_close() == b""
    assert await offset(house, url) == 10


@pytest.mark.gen_test
async def test_a_request_that_takes_no_body_is_refused_with_one(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    answer = await house.ada.tus("DELETE", url, b"0123456789")
    assert (answer.code, code_of(answer)) == (413, "too-big")
