"""Voice messages are made playable beside the server; where that fails or takes too long, they stay as they came."""

import asyncio
import logging
from pathlib import Path

import pytest

from protocol.errors import Refusal
from store.parts import Stopped
from store.uploads import Uploads
from store.voices import Voices, playable_name
from tests.store.disk import BYTES, ONE, Disk, on, refused, sha256, whole
from tests.store.recordings import heard, record

ENDLESS = "import sys, time\nopen(sys.argv[3], 'w').close()\nwhile True:\n    time.sleep(1)\n"


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "data")


def make(voices: Voices, source: Path, target: Path) -> bool:
    try:
        return asyncio.run(voices.make(source, target))
    finally:
        voices.close()


def test_a_recording_is_made_playable(tmp_path: Path) -> None:
    source, target = record(tmp_path / "came"), tmp_path / "made"
    assert make(Voices(), source, target)
    assert heard(target).container == "mp3"
    assert heard(source).codec == "opus", "the recording itself is not touched"


@pytest.mark.parametrize("content", [b"", b"words", b"\x1a\x45\xdf\xa3 webm A_OPUS and nothing more"])
def test_what_cannot_be_made_playable_stays_as_it_came(tmp_path: Path, content: bytes) -> None:
    source, target = tmp_path / "came", tmp_path / "made"
    source.write_bytes(content)
    assert not make(Voices(), source, target)
    assert not target.exists()
    assert source.read_bytes() == content


def test_what_takes_too_long_is_ended(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    program = tmp_path / "endless.py"
    program.write_text(ENDLESS)
    with caplog.at_level(logging.INFO):
        assert not make(Voices(0.5, program), record(tmp_path / "came"), tmp_path / "made")
    assert "longer than 0.5 s" in caplog.text
    assert not (tmp_path / "made").exists()


def test_a_server_that_leaves_waits_for_none(tmp_path: Path) -> None:
    program, target = tmp_path / "endless.py", tmp_path / "made"
    program.write_text(ENDLESS)
    source = record(tmp_path / "came")

    async def leave() -> None:
        voices = Voices(60, program)
        making = asyncio.create_task(voices.make(source, target))
        while not target.exists():  # noqa: ASYNC110  another process makes it
            await asyncio.sleep(0.01)
        voices.close()
        with pytest.raises(Stopped):
            await making

    asyncio.run(leave())


@pytest.mark.parametrize(
    ("came", "made"), [("Voice.webm", "Voice.mp3"), ("Voice", "Voice.mp3"), ("a.b.ogg", "a.b.mp3"), ("…", "….mp3")]
)
def test_the_name_tells_what_it_became(came: str, made: str) -> None:
    assert playable_name(came) == made


def test_a_voice_message_becomes_what_every_phone_plays(disk: Disk, tmp_path: Path) -> None:
    came = record(tmp_path / "came").read_bytes()

    async def journey(uploads: Uploads) -> Path:
        await whole(uploads, came, name="Voice.webm", voice=True)
        return uploads.blobs.path(disk.rows[ONE].sha256)

    place = on(disk, journey)
    row = disk.rows[ONE]
    assert heard(place).container == "mp3"
    assert (row.name, row.type, row.size, row.came) == ("Voice.mp3", "audio/mpeg", place.stat().st_size, len(came))
    assert disk.names("uploads/*") == []
    assert disk.names("files/*/*") == [row.sha256], "what came is not kept beside it"


def test_a_sound_that_is_no_voice_message_is_left_alone(disk: Disk, tmp_path: Path) -> None:
    came = record(tmp_path / "came").read_bytes()
    on(disk, lambda uploads: whole(uploads, came, name="Song.webm"))
    row = disk.rows[ONE]
    assert (row.name, row.type, row.sha256, row.came) == ("Song.webm", "audio/webm", sha256(came), 0)


def test_a_voice_message_that_cannot_be_made_playable_is_kept_as_it_came(disk: Disk) -> None:
    on(disk, lambda uploads: whole(uploads, BYTES, name="Voice.webm", voice=True))
    row = disk.rows[ONE]
    assert (row.name, row.sha256, row.size, row.came, row.complete) == (
        "Voice.webm",
        sha256(BYTES),
        len(BYTES),
        0,
        True,
    )


def test_a_voice_message_is_finished_after_a_failure(disk: Disk, tmp_path: Path) -> None:
    came = record(tmp_path / "came").read_bytes()
    disk.refusals = [Refusal("not-saved", "The disk is full.")]

    async def fails(uploads: Uploads) -> None:
        with refused("not-saved"):
            await whole(uploads, came, name="Voice.webm", voice=True)

    async def look(uploads: Uploads) -> None:
        await uploads.swept.wait()

    on(disk, fails, look)
    assert (disk.rows[ONE].type, disk.rows[ONE].came) == ("audio/mpeg", len(came))
    assert disk.names("uploads/*") == []
