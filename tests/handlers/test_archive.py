"""Archive: what is sent piece by piece is a ZIP like any other, and nothing of it is held back."""

import io
import random
import zipfile
from datetime import UTC, datetime

import pytest

from handlers.archive import Archive

AT = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


class Sent:
    """What arrived at the other end."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    async def take(self, part: bytes) -> None:
        self.parts.append(part)

    def archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(b"".join(self.parts)))


@pytest.mark.gen_test
async def test_every_file_comes_out_as_it_went_in() -> None:
    sent = Sent()
    archive = Archive(sent.take, AT)
    await archive.begin("index.html")
    await archive.write("Grüße ")
    await archive.write("👋")
    await archive.begin("a/ünï.bin", packed=False)
    await archive.write(bytes(range(256)))
    await archive.begin("empty.txt")
    await archive.close()
    made = sent.archive()
    assert made.testzip() is None
    assert {name: made.read(name) for name in made.namelist()} == {
        "index.html": "Grüße 👋".encode(),
        "a/ünï.bin": bytes(range(256)),
        "empty.txt": b"",
    }
    assert made.getinfo("index.html").date_time == (2026, 11, 25, 14, 30, 0)


@pytest.mark.gen_test
async def test_nothing_is_held_back_however_much_there_is() -> None:
    sent, chance, held = Sent(), random.Random(1), 0
    archive = Archive(sent.take, AT)
    await archive.begin("large.bin", packed=False)
    for number in range(1, 200):
        await archive.write(chance.randbytes(64 * 1024))
        held = max(held, number * 64 * 1024 - sum(map(len, sent.parts)))
    await archive.close()
    assert held <= 64 * 1024
    assert sent.archive().testzip() is None


@pytest.mark.gen_test
async def test_writing_before_a_file_was_begun_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError):
        await Archive(Sent().take, AT).write("lost")
