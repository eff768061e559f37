"""Recordings become MP3 with its length in front; what is no recording becomes nothing, by a named error."""

import subprocess
import sys
from pathlib import Path

import av
import pytest

from store import recode as program
from store.filetypes import found_type
from store.recode import NotPlayable, recode
from tests.store.recordings import heard, record

BROWSERS = [
    ("webm", "libopus", "audio/webm"),  # Chrome and Firefox
    ("ogg", "libopus", "audio/ogg"),  # Firefox
    ("mp4", "libopus", "audio/mp4"),  # Chromium without AAC
    ("mp4", "aac", "audio/mp4"),  # Safari, and Chrome where the system has an encoder
]


def told(path: Path) -> float:
    """Seconds, as the first frame says."""
    with av.open(str(path)) as recording:
        stream = recording.streams.audio[0]
        assert stream.duration
        assert stream.time_base
        return float(stream.duration * stream.time_base)


@pytest.mark.parametrize(("container", "codec", "kind"), BROWSERS)
def test_what_browsers_record_becomes_what_every_phone_plays(
    tmp_path: Path, container: str, codec: str, kind: str
) -> None:
    source, target = record(tmp_path / "came", container, codec), tmp_path / "made"
    assert found_type(source) == kind
    recode(str(source), kind, str(target))
    sound = heard(target)
    assert (sound.container, sound.codec, found_type(target)) == ("mp3", "mp3float", "audio/mpeg")
    assert sound.seconds == pytest.approx(2, abs=0.1)
    assert 0.25 < sound.loudest < 0.6, "as loud as it was"
    assert told(target) == pytest.approx(2, abs=0.1), "a player need not read all of it to know how long it is"


def test_what_is_no_recording_becomes_nothing(tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    for content in [b"", b"\x1a\x45\xdf\xa3webm" + b"\xff" * 4000, record(tmp_path / "whole").read_bytes()[:200]]:
        junk.write_bytes(content)
        for _, _, kind in BROWSERS:
            with pytest.raises(NotPlayable):
                recode(str(junk), kind, str(tmp_path / "made"))


def test_only_the_codecs_of_browsers_are_decoded(tmp_path: Path) -> None:
    source = record(tmp_path / "came", "ogg", "flac")
    with pytest.raises(NotPlayable, match="flac"):
        recode(str(source), "audio/ogg", str(tmp_path / "made"))


def test_a_kind_that_no_browser_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPlayable):
        recode(str(record(tmp_path / "came")), "audio/mpeg", str(tmp_path / "made"))


def test_a_recording_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MAX_SECONDS", 1)
    for container, codec, kind in BROWSERS:
        source = record(tmp_path / "came", container, codec)
        with pytest.raises(NotPlayable, match="more than 1 s"):
            recode(str(source), kind, str(tmp_path / "made"))


def test_as_a_program_it_says_what_was_wrong(tmp_path: Path) -> None:
    source, target = record(tmp_path / "came"), tmp_path / "made"

    def run(kind: str) -> tuple[int, str]:
        command = [sys.executable, "-P", program.__file__, str(source), kind, str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr.strip()

    assert run("audio/webm") == (0, "")
    assert heard(target).container == "mp3"
    code, said = run("audio/ogg")
    assert (code, "while decoding" in said) == (1, True)
