"""The extensions of tus 1.0.0: checksums of pieces, how long an upload may rest, taking back; quotas beside them."""

import base64
import hashlib
import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from tornado.httpclient import HTTPResponse
from tornado.ioloop import IOLoop

from tests.handlers.filing import FileHouse, code_of
from tests.handlers.test_tus import BYTES, offset, until

DAY = 24 * 3600 * 1000  # ms


@pytest.fixture
def house(io_loop: IOLoop, tmp_path: Path) -> Iterator[FileHouse]:
    """Ada, Bo and Cy, and a server for their files."""
    house = FileHouse(tmp_path)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


def days_left(house: FileHouse, answer: HTTPResponse) -> float:
    """Until `Upload-Expires`."""
    return (parsedate_to_datetime(answer.headers["Upload-Expires"]).timestamp() * 1000 - house.clock()) / DAY


def summed(algorithm: str, piece: bytes) -> str:
    """A piece's Upload-Checksum."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()}"


@pytest.mark.gen_test
async def test_a_complete_file_can_be_taken_back_until_it_is_sent(house: FileHouse) -> None:
    mine, sent = await house.ada.upload(BYTES), await house.ada.upload(BYTES)
    await house.ada.send(house.bo, sent)
    assert (await house.bo.tus("DELETE", mine)).code == 404
    assert (await house.ada.tus("DELETE", mine)).code == 204
    assert (await house.ada.tus("HEAD", mine)).code == 404
    refused = await house.ada.tus("DELETE", sent)
    assert (refused.code, code_of(refused)) == (403, "not-allowed")
    assert (await house.bo.ask("GET", sent)).body == BYTES


@pytest.mark.gen_test
async def test_an_upload_says_until_when_it_can_go_on(house: FileHouse) -> None:
    begun = await house.ada.tus("POST", "/api/files", Upload_Length="10")
    url = begun.headers["Location"]
    head = await house.ada.tus("HEAD", url)
    patch = await house.ada.tus("PATCH", url, b"01234", Upload_Offset="0")
    for answer in (begun, head, patch):
        assert 6.9 < days_left(house, answer) < 7.1
    last = await house.ada.tus("PATCH", url, b"56789", Upload_Offset="5")
    assert 1.9 < days_left(house, last) < 2.1
    await house.ada.send(house.bo, url)
    assert "Upload-Expires" not in (await house.ada.tus("HEAD", url)).headers


@pytest.mark.gen_test
async def test_an_upload_nobody_goes_on_with_is_gone_after_that(house: FileHouse) -> None:
    url, other = await house.ada.begin(10), await house.ada.begin(10)
    house.now += 6 * DAY
    await house.ada.tus("PATCH", other, b"01234", Upload_Offset="0")
    house.now += 2 * DAY
    await house.uploads.sweep()
    assert (await house.ada.tus("HEAD", url)).code == 404
    assert await offset(house, other) == 5


@pytest.mark.gen_test
@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_piece_whose_checksum_fits_is_kept_and_another_is_not(house: FileHouse, algorithm: str) -> None:
    url = await house.ada.begin(len(BYTES))
    half = len(BYTES) // 2
    good = await house.ada.tus(
        "PATCH", url, BYTES[:half], Upload_Offset="0", Upload_Checksum=summed(algorithm, BYTES[:half])
    )
    assert good.code == 204
    bad = await house.ada.tus(
        "PATCH", url, BYTES[half:], Upload_Offset=str(half), Upload_Checksum=summed(algorithm, b"x")
    )
    assert (bad.code, code_of(bad)) == (460, "wrong-checksum")
    assert await offset(house, url) == half
    again = await house.ada.tus("PATCH", url, BYTES[half:], Upload_Offset=str(half))
    assert again.code == 204
    assert (await house.ada.ask("GET", url)).body == BYTES


@pytest.mark.gen_test
async def test_a_wrong_checksum_with_the_creation_keeps_an_empty_upload(house: FileHouse) -> None:
    answer = await house.ada.tus(
        "POST", "/api/files", BYTES, Upload_Length=str(len(BYTES)), Upload_Checksum=summed("sha1", b"x")
    )
    assert (answer.code, code_of(answer)) == (460, "wrong-checksum")


@pytest.mark.gen_test
@pytest.mark.parametrize("said", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 !", "sha1 ü", "sha256 AAAA"])
async def test_a_checksum_that_is_none_is_refused(house: FileHouse, said: str) -> None:
    url = await house.ada.begin(10)
    answer = await house.ada.tus("PATCH", url, b"0123456789", Upload_Offset="0", Upload_Checksum=said)
    assert (answer.code, code_of(answer)) == (400, "bad-field")
    assert await offset(house, url) == 0


@pytest.mark.gen_test
async def test_a_piece_that_was_cut_short_is_not_kept_where_a_checksum_was_said(house: FileHouse) -> None:
    url = await house.ada.begin(len(BYTES))
    await house.ada.tus("PATCH", url, BYTES[:10], Upload_Offset="0", Upload_Checksum=summed("sha1", BYTES[:10]))
    said = {
        "Upload_Offset": "10",
        "Content_Length": str(len(BYTES) - 10),
        "Upload_Checksum": summed("sha1", BYTES[10:]),
    }
    line = await house.line("PATCH", url, house.ada, **said)
    await line.write(BYTES[10:700_000])
    part = house.folder / "uploads" / f"{url.rsplit('/', 1)[1]}.part"
    await until(lambda: part.stat().st_size > 10)
    assert await offset(house, url) == 10
    assert not list((house.folder / "uploads").glob("*.trial"))


@pytest.mark.gen_test
async def test_a_quota_is_said_before_a_byte_is_sent(house: FileHouse) -> None:
    house.files.quotas.quota = 2000
    url = await house.ada.upload(bytes(1500))
    refused = await house.ada.tus("POST", "/api/files", Upload_Length="501")
    assert (refused.code, code_of(refused)) == (413, "over-quota")
    assert b"2 KB" in refused.body
    assert (await house.bo.tus("POST", "/api/files", Upload_Length="501")).code == 201
    usage = json.loads((await house.ada.ask("GET", "/api/files")).body)
    assert usage == {"used": 1500, "quota": 2000, "room": house.free}
    await house.ada.tus("DELETE", url)
    assert (await house.ada.tus("POST", "/api/files", Upload_Length="2000")).code == 201


@pytest.mark.gen_test
async def test_a_stranger_does_not_learn_who_uses_how_much(house: FileHouse) -> None:
    assert (await house.raw("GET", "/api/files", None, {})).code == 401
