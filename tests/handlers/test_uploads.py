"""Files over real sockets: who may have them, and how they are served."""

import asyncio
import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.simple_httpclient import HTTPStreamClosedError

from chat.ids import new_nonce
from chat.limits import Rate
from protocol.commands import RevokeDevice
from store.blobs import Reader
from store.rows import File
from tests.handlers.filing import FileHouse, code_of, status_of
from tests.store.photos import heic
from tests.store.recordings import record

BYTES = bytes(range(256)) * 5000  # 1.28 MB, no picture
UNKNOWN = "/api/files/f" + "a" * 26


@pytest.fixture
def house(io_loop: IOLoop, tmp_path: Path) -> Iterator[FileHouse]:
    """Ada, Bo and Cy, and a server for their files."""
    house = FileHouse(tmp_path)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> bytes:
    """A picture's file."""
    packed = io.BytesIO()
    Image.new("RGB", size, "teal").save(packed, kind)
    return packed.getvalue()


# -- who may have a file ----------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_an_unsent_file_is_its_uploaders_alone(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    assert (await house.ada.ask("GET", url)).code == 200
    assert (await house.bo.ask("GET", url)).code == 404


@pytest.mark.gen_test
async def test_a_sent_file_is_for_those_who_see_the_message(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    await house.ada.send(house.bo, url)
    assert (await house.bo.ask("GET", url)).body == BYTES
    assert (await house.cy.ask("GET", url)).code == 404


@pytest.mark.gen_test
async def test_a_forbidden_file_and_one_that_does_not_exist_are_refused_alike(house: FileHouse) -> None:
    done, begun = await house.ada.upload(picture()), await house.ada.begin(100)
    for path in ["", "/thumbnail", "/preview"]:
        there, not_there = await house.bo.ask("GET", done + path), await house.bo.ask("GET", UNKNOWN + path)
        assert (there.code, there.body) == (not_there.code, not_there.body)
    for method, body in [("HEAD", None), ("PATCH", b"x"), ("DELETE", None)]:
        answers = [await house.bo.tus(method, url, body, Upload_Offset="0") for url in (done, begun, UNKNOWN)]
        assert {(answer.code, answer.body) for answer in answers} == {(404, answers[2].body)}


@pytest.mark.gen_test
async def test_a_stranger_gets_nothing(house: FileHouse) -> None:
    url = await house.ada.upload(picture())
    for method, path in [("GET", url), ("HEAD", url), ("GET", url + "/thumbnail"), ("GET", UNKNOWN)]:
        assert (await house.raw(method, path, None, {})).code == 401
    headers = {"X-Parley": "1", "Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Offset": "0"}
    assert (await house.raw("POST", "/api/files", None, headers)).code == 401
    assert (await house.raw("DELETE", url, None, headers)).code == 401


@pytest.mark.gen_test
async def test_a_foreign_page_cannot_upload_with_somebodys_cookie(house: FileHouse) -> None:
    headers = {"Cookie": f"__Host-parley={house.ada.token}", "Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    own = {"Origin": f"https://127.0.0.1:{house.port}", "X-Parley": "1"}
    foreign = {"Origin": "https://example.com", "X-Parley": "1"}
    assert (await house.raw("POST", "/api/files", None, headers | foreign)).code == 403
    assert (await house.raw("POST", "/api/files", None, headers | {"X-Parley": "1"})).code == 403
    assert (await house.raw("POST", "/api/files", None, headers | {"Origin": own["Origin"]})).code == 403
    assert (await house.raw("POST", "/api/files", None, headers | own)).code == 201


@pytest.mark.gen_test
async def test_a_known_hash_opens_nothing(house: FileHouse) -> None:
    ada, bo = await house.ada.upload(BYTES), await house.bo.upload(BYTES)
    assert len([path for path in (house.folder / "files").rglob("*") if path.is_file()]) == 1
    assert (await house.bo.ask("GET", bo)).body == BYTES
    assert (await house.bo.ask("GET", ada)).code == 404
    sha256 = (await house.bo.ask("GET", bo)).headers["Etag"].strip('"')
    assert (await house.cy.ask("GET", f"/api/files/{sha256}")).code == 404


@pytest.mark.gen_test
async def test_an_upload_in_countless_small_pieces_is_slowed_down(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    house.door.commands._rate = Rate(burst=3, per_second=0.1)
    pieces = [(await house.ada.tus("PATCH", url, b"x", Upload_Offset=str(place))).code for place in range(5)]
    assert pieces == [204, 204, 204, 429, 429]
    assert (await house.bo.tus("PATCH", await house.bo.begin(1), b"x", Upload_Offset="0")).code == 204


@pytest.mark.gen_test
async def test_who_is_signed_out_in_the_middle_of_a_download_gets_no_more_of_it(house: FileHouse) -> None:
    size = 256 * 1024 * 1024  # more than any buffers on the way hold
    row = File(id="f" + "a" * 26, uploader=house.ada.who.person, name="a", size=size, sha256="ab" * 32, complete=True)
    place = house.uploads.blobs.path(row.sha256)
    place.parent.mkdir(parents=True)
    place.touch()
    os.truncate(place, size)
    await house.store.keep("files", row)
    stream = await house.line("GET", f"/api/files/{row.id}", house.ada)
    assert await status_of(stream) == 200
    await house.store.write(RevokeDevice(nonce=new_nonce(), device=house.ada.who.device), house.ada.who)
    got = 0
    with contextlib.suppress(StreamClosedError):
        while True:
            got += len(await stream.read_bytes(1024 * 1024, partial=True))
    assert got < size


@pytest.mark.gen_test
async def test_who_is_signed_out_in_the_middle_of_an_upload_is_hung_up(house: FileHouse) -> None:
    url = await house.ada.begin(10)
    stream = await house.line("PATCH", url, house.ada, Upload_Offset="0", Content_Length="10")
    await stream.write(b"abc")
    async with asyncio.timeout(5):
        while house.uploads._unfinished[url.rsplit("/", 1)[1]].adding is None:  # noqa: ASYNC110 - nothing signals it
            await asyncio.sleep(0.001)
    await house.store.write(RevokeDevice(nonce=new_nonce(), device=house.ada.who.device), house.ada.who)
    with contextlib.suppress(StreamClosedError):
        await stream.write(b"defghij")
        assert await stream.read_until_close() == b""
    assert house.store.view().file(url.rsplit("/", 1)[1]) is None


# -- how it is served -------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("paper.pdf", b"%PDF-1.7 /OpenAction /JavaScript"),
    ],
)
async def test_what_may_carry_script_is_saved_and_never_shown(house: FileHouse, name: str, content: bytes) -> None:
    url = await house.ada.upload(content, name)
    headers = (await house.ada.ask("GET", url)).headers
    assert headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert headers["Content-Type"] in {"text/plain; charset=utf-8", "application/pdf"}
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.gen_test
async def test_a_picture_is_shown_whatever_its_name_claims(house: FileHouse) -> None:
    url = await house.ada.upload(picture(), "photo.html")
    answer = await house.ada.ask("GET", url)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
    ],
)
async def test_a_name_is_a_name_and_no_path(house: FileHouse, name: str, kept: str) -> None:
    url = await house.ada.upload(BYTES, name)
    answer = await house.ada.ask("GET", url)
    assert f'filename="{kept}"' in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert all(path.is_relative_to(house.folder) for path in house.folder.rglob("*"))


@pytest.mark.gen_test(timeout=20)
async def test_a_voice_message_is_served_as_what_every_phone_plays(house: FileHouse, tmp_path: Path) -> None:
    came = record(tmp_path / "came").read_bytes()
    said = {"Upload_Length": str(len(came)), "Upload_Metadata": "filename Vm9pY2Uud2VibQ==,voice"}  # Voice.webm
    url = (await house.ada.tus("POST", "/api/files", **said)).headers["Location"]
    assert (await house.ada.tus("PATCH", url, came, Upload_Offset="0")).code == 204
    served = await house.ada.ask("GET", url, Range="bytes=0-2")
    assert (served.code, served.body, served.headers["Content-Type"]) == (206, b"ID3", "audio/mpeg")
    assert "Voice.mp3" in served.headers["Content-Disposition"]
    asked = await house.ada.tus("HEAD", url)
    assert {asked.headers[f"Upload-{what}"] for what in ("Offset", "Length")} == {str(len(came))}, "of what was brought"


@pytest.mark.gen_test
async def test_a_stretch_is_served_by_its_range(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    answer = await house.ada.ask("GET", url, Range="bytes=1000-1999")
    assert (answer.code, answer.body) == (206, BYTES[1000:2000])
    assert answer.headers["Content-Range"] == f"bytes 1000-1999/{len(BYTES)}"
    last = await house.ada.ask("GET", url, Range="bytes=-500")
    assert (last.code, last.body) == (206, BYTES[-500:])
    rest = await house.ada.ask("GET", url, Range="bytes=1000000-")
    assert (rest.code, rest.body) == (206, BYTES[1_000_000:])


@pytest.mark.gen_test
async def test_a_range_beyond_the_end_says_how_long_the_file_is(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    answer = await house.ada.ask("GET", url, Range=f"bytes={len(BYTES)}-")
    assert (answer.code, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(BYTES)}"


@pytest.mark.gen_test
async def test_a_range_of_another_version_gets_the_whole_file(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    tag = (await house.ada.ask("HEAD", url)).headers["Etag"]
    same = await house.ada.ask("GET", url, Range="bytes=0-9", If_Range=tag)
    other = await house.ada.ask("GET", url, Range="bytes=0-9", If_Range='"another"')
    assert (same.code, len(same.body)) == (206, 10)
    assert (other.code, len(other.body)) == (200, len(BYTES))


@pytest.mark.gen_test
async def test_what_a_browser_has_is_not_sent_again(house: FileHouse) -> None:
    url = await house.ada.upload(picture())
    for path in [url, url + "/thumbnail"]:
        tag = (await house.ada.ask("GET", path)).headers["Etag"]
        assert (await house.ada.ask("GET", path, If_None_Match=tag)).code == 304
        assert (await house.ada.ask("GET", path, If_None_Match='"another"')).code == 200


@pytest.mark.gen_test
async def test_head_says_what_get_would(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES, "a.bin")
    head, get = await house.ada.ask("HEAD", url), await house.ada.ask("GET", url)
    assert (head.code, head.body) == (200, b"")
    for name in ["Content-Length", "Content-Type", "Content-Disposition", "Etag", "Accept-Ranges", "Cache-Control"]:
        assert head.headers[name] == get.headers[name]
    assert "Upload-Offset" not in head.headers


@pytest.mark.gen_test
async def test_a_picture_has_a_small_one_and_text_has_none(house: FileHouse) -> None:
    url = await house.ada.upload(picture(), "a.jpg")
    await house.ada.send(house.bo, url)
    answer = await house.bo.ask("GET", url + "/thumbnail")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Image.open(io.BytesIO(answer.body)).size == (512, 341)
    assert (await house.cy.ask("GET", url + "/thumbnail")).code == 404
    text = await house.ada.upload(b"no picture")
    assert (await house.ada.ask("GET", text + "/thumbnail")).code == 404


@pytest.mark.gen_test
async def test_bytes_that_are_gone_from_the_disk_are_said_to_be(house: FileHouse) -> None:
    url = await house.ada.upload(BYTES)
    for path in (house.folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    answer = await house.ada.ask("GET", url)
    assert answer.code == 404
    assert b"missing on the server" in answer.body


@pytest.mark.gen_test
async def test_an_upload_that_is_not_complete_cannot_be_had(house: FileHouse) -> None:
    url = await house.ada.begin(100)
    await house.ada.tus("PATCH", url, b"x" * 50, Upload_Offset="0")
    answer = await house.ada.ask("GET", url)
    assert (answer.code, code_of(answer)) == (404, "not-found")


@pytest.mark.gen_test
async def test_a_download_that_is_left_lets_go_of_the_file(house: FileHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = asyncio.Event()

    class Watched(Reader):
        def close(self) -> None:
            super().close()
            closed.set()

    url = await house.ada.upload(bytes(30_000_000))
    monkeypatch.setattr("store.uploads.Reader", Watched)
    line = await house.line("GET", url, house.ada, Tus_Resumable="1.0.0")
    await line.read_bytes(1000)
    line.close()
    await asyncio.wait_for(closed.wait(), 20)


@pytest.mark.gen_test
async def test_what_has_been_sent_whole_is_not_read_on(house: FileHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last read was in nobody's interest, and met a server that left meanwhile."""
    pieces = []

    class Counted(Reader):
        def read(self) -> bytes:
            pieces.append(super().read())
            return pieces[-1]

    monkeypatch.setattr("store.uploads.Reader", Counted)
    url = await house.ada.upload(b"hello")
    assert (await house.ada.ask("GET", url)).body == b"hello"
    assert pieces == [b"hello"]


@pytest.mark.gen_test
async def test_a_file_that_is_cut_short_is_not_passed_off_as_whole(
    house: FileHouse, caplog: pytest.LogCaptureFixture
) -> None:
    url = await house.ada.upload(BYTES)
    place = next(path for path in (house.folder / "files").rglob("*") if path.is_file())
    place.write_bytes(BYTES[:1000])
    with pytest.raises(HTTPStreamClosedError):
        await house.ada.ask("GET", url)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.gen_test
async def test_a_photo_browsers_cannot_show_has_a_large_picture_for_those_who_see_the_message(house: FileHouse) -> None:
    url, plain = await house.ada.upload(heic()), await house.ada.upload(picture())
    await house.ada.send(house.bo, url, plain)
    answer = await house.bo.ask("GET", url + "/preview")
    assert (answer.code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(answer.body)).size == (64, 48)
    assert (await house.cy.ask("GET", url + "/preview")).code == 404
    assert (await house.bo.ask("GET", plain + "/preview")).code == 404
    assert (await house.bo.ask("GET", url)).headers["Content-Disposition"].startswith("attachment")
