"""Samples are written once and never again."""

from pathlib import Path

from protocol.codec import read_event
from protocol.events import EVENTS
from scripts.protocol_samples import missing, write_missing


def test_what_is_missing_is_written_and_can_be_read(tmp_path: Path) -> None:
    written = write_missing(tmp_path / "samples")
    assert len(written) == len(EVENTS)
    assert {type(read_event(path.read_bytes())).name for path in written} == EVENTS.keys()
    assert missing(tmp_path / "samples") == []


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    old = tmp_path / "message.sent.msgpack"
    old.write_bytes(b"as it was")
    assert old not in write_missing(tmp_path)
    assert old.read_bytes() == b"as it was"
