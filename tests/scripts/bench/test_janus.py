"""What Janus is told. That it forwards is seen where it is installed, by `scripts/bench/forwarding.py`."""

from pathlib import Path

import pytest

from scripts.bench import janus
from scripts.bench.forwarders import sendings
from scripts.bench.namespace import Network
from tests.calls.answering import read_offer

DESCRIBED = (
    "v=0\r\na=fingerprint:sha-256 AA:BB\r\n"
    "m=audio 9 X 111\r\na=mid:0\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\n"
    "m=video 9 X 96\r\na=mid:1\r\n"
)


def test_a_voice_and_a_camera_are_offered_with_their_sources() -> None:
    voice, camera = read_offer(janus.offer_of("AA:BB", sendings(3))).parts
    assert (voice.kind, camera.kind) == ("audio", "video")
    assert voice.has("sendonly")
    assert camera.all("ssrc") == ["1007 cname:them"]


def test_its_fingerprint_stands_where_clients_look_for_it() -> None:
    read = read_offer(janus.offered("0.sends", DESCRIBED).sdp)
    assert [part.all("fingerprint") for part in read.parts] == [["sha-256 AA:BB"]] * 2
    assert read.fingerprint == "AA:BB"


def test_it_reads_nothing_but_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janus, "module", lambda kind, name: tmp_path / f"{kind} {name}")
    janus.configure(tmp_path, Network(address="10.1.2.3"))
    core = (tmp_path / "janus.jcfg").read_text("utf-8")
    assert 'ice_enforce_list = "10.1.2.3"' in core
    assert "/etc" not in core
    assert "bitrate = 0\n" in (tmp_path / "janus.plugin.videoroom.jcfg").read_text("utf-8")
    assert [one.name for one in (tmp_path / "plugins").iterdir()] == ["libjanus_videoroom.so"]


def test_where_it_is_missing_it_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert janus.version() == ""
