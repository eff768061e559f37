"""Tracks pass as they came; key frames are asked for in measure; what is asked for again is found."""

import pytest

from calls import rtcp, rtp, track
from calls.formats import VP8
from calls.rtcp import KeyFrameWanted, Nack, Report, SenderReport
from calls.track import Down, Layer, Up
from tests.calls import packets

OWN = 9


class Ear:
    """A peer that remembers what it gets."""

    def __init__(self) -> None:
        self.rtp: list[bytes] = []
        self.rtcp: list[rtcp.Said] = []
        self.post = None
        self.packets = self.octets = self.unsent = 0

    def send_rtp(self, packet: bytes) -> None:
        self.rtp.append(packet)

    def send_rtcp(self, packet: bytes) -> None:
        self.rtcp += rtcp.read(packet)

    def seqs(self) -> list[int]:
        return [rtp.Header(one).seq for one in self.rtp]


class Stage:
    """An Up of one or two layers whose sender hears what is asked."""

    def __init__(self, *names: str, kind: str = "video") -> None:
        self.asked: list[rtcp.Said] = []
        self.up = Up(
            "camera", kind, 7 if names == ("",) else 70, 77, OWN, lambda data: self.asked.extend(rtcp.read(data))
        )  # type: ignore[arg-type]
        self.layers = [Layer(self.up, name, 7 + place) for place, name in enumerate(names)]
        self.up.layers += self.layers

    def frame(self, place: int, seq: int, key: bool = False, now: float = 0.0) -> bytes:
        layer = self.layers[place]
        data = packets.rtp(layer.ssrc, seq, packets.vp8(seq, key), 96, 3000 * seq)
        layer.take(data, now)
        return data


def watching(stage: Stage, place: int = 0, now: float = 0.0) -> tuple[Down, Ear]:
    ear = Ear()
    down = Down(stage.up, ear)
    down.show(stage.layers[place], now)
    return down, ear


def test_receivers_get_the_very_bytes() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    (_, one), (_, other) = watching(stage), watching(stage)
    sent = stage.frame(0, 2)
    assert one.rtp == other.rtp == [sent]
    assert one.rtp[0] is other.rtp[0]


def test_a_track_tells_its_codec_when_it_begins_and_when_it_changes() -> None:
    stage, told = Stage(""), []
    stage.up.changed = lambda up: told.append(up.codec.name)  # type: ignore[union-attr]
    stage.frame(0, 1)
    stage.frame(0, 2)
    stage.layers[0].take(packets.rtp(7, 3, b"\x65", 102), 0)
    assert told == ["VP8", "H264"]


def test_a_codec_that_was_not_offered_or_is_of_another_kind_is_dropped() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    _, ear = watching(stage)
    stage.layers[0].take(packets.rtp(7, 2, b"x", 5), 0)
    stage.layers[0].take(packets.rtp(7, 2, b"x", 111), 0)
    assert ear.rtp == []
    assert stage.up.codec is VP8


def test_who_comes_asks_for_a_key_frame_and_a_crowd_asks_twice() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    for _ in range(20):
        watching(stage)
    assert stage.asked == [KeyFrameWanted(7)]
    stage.layers[0].tick(track.KEY_FRAME_SECONDS - 0.1)
    assert len(stage.asked) == 1
    stage.layers[0].tick(track.KEY_FRAME_SECONDS)
    assert len(stage.asked) == 2


def test_a_key_frame_that_came_meanwhile_is_not_asked_for_again() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    watching(stage)
    watching(stage)
    stage.frame(0, 2, key=True)
    stage.layers[0].tick(10)
    assert stage.asked == [KeyFrameWanted(7)]


def test_sound_needs_no_key_frame_and_is_not_asked_for_again() -> None:
    stage = Stage("", kind="audio")
    stage.layers[0].take(packets.voice(7, 1, level=40), 0)
    _, ear = watching(stage)
    for seq in (2, 5, 6, 7):
        stage.layers[0].take(packets.voice(7, seq), 0)
    assert stage.asked == []
    assert ear.seqs() == [2, 5, 6, 7]


def test_the_loudest_since_the_last_look_counts() -> None:
    stage = Stage("", kind="audio")
    for seq, level in enumerate((50, 20, 60)):
        stage.layers[0].take(packets.voice(7, seq, level), 0)
    assert stage.up.loudness() == 20
    assert stage.up.loudness() == rtp.SILENT


def test_what_is_missing_is_asked_for_and_passed_on_when_it_comes() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    _, ear = watching(stage)
    for seq in (2, 4, 5):
        stage.frame(0, seq)
    assert Nack(7, (3,)) in stage.asked
    lost = packets.rtp(7, 3, packets.vp8(3, key=False), 96, 9000)
    stage.layers[0].take_again(rtp.wrap(lost, 97, 8, 1), 0)
    assert ear.rtp[-1] == lost
    stage.layers[0].take(lost, 0)
    assert ear.seqs() == [2, 4, 5, 3]


def test_a_retransmission_of_another_codec_or_of_nothing_is_dropped() -> None:
    stage = Stage("")
    stage.layers[0].take_again(rtp.wrap(packets.rtp(7, 1, b"x", 96), 97, 8, 1), 0)
    stage.frame(0, 1)
    _, ear = watching(stage)
    stage.layers[0].take_again(rtp.wrap(packets.rtp(7, 2, b"x", 102), 103, 8, 1), 0)
    stage.layers[0].take_again(packets.rtp(8, 2, b"", 97), 0)
    assert ear.rtp == []


def test_what_a_receiver_lacks_comes_on_the_stream_for_it() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    down, ear = watching(stage)
    sent = stage.frame(0, 2)
    stage.frame(0, 3)
    down.resend((2, 2, 999))
    again = ear.rtp[-2:]
    assert [rtp.Header(one).seq for one in again] == [1, 2]
    assert {rtp.ssrc_of(one) for one in again} == {77}
    assert rtp.unwrap(again[0], rtp.Header(again[0]), 96, 7) == sent


def test_one_receiver_cannot_ask_for_ever() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    down, _ear = watching(stage)
    stage.frame(0, 2)
    for _ in range(track.RESENT + 50):
        down.resend((2,))
    assert down.resent == track.RESENT
    down.refill()
    down.resend((2,))
    assert down.resent == track.RESENT + 1


def test_a_sender_whose_clock_was_last_told_yesterday_can_still_be_told_how_it_arrives() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    stage.layers[0].clock(SenderReport(7, 5 << 32, 0, 1, 1), 0)
    (fresh,) = rtcp.read(rtcp.receiver_reports(OWN, [stage.layers[0].report(1.0)]))
    assert (fresh.last_sr, fresh.delay) == (5 << 16, rtcp.FRACTIONS)  # type: ignore[union-attr]
    (old,) = rtcp.read(rtcp.receiver_reports(OWN, [stage.layers[0].report(24 * 3600.0)]))
    assert (old.last_sr, old.delay) == (0, 0)  # type: ignore[union-attr]


def test_to_ask_for_what_is_not_kept_counts_as_much() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    down, _ear = watching(stage)
    stage.frame(0, 2)
    down.resend(tuple(range(1000, 7000)))
    down.resend((2,))
    assert down.resent == 0
    down.refill()
    down.resend((2,))
    assert down.resent == 1


def test_a_packet_that_is_no_longer_kept_is_not_found() -> None:
    stage = Stage("")
    for seq in range(track.RING + 5):
        stage.frame(0, seq)
    assert stage.layers[0].ring(2) is None
    assert stage.layers[0].ring(track.RING) is not None


def test_layers_change_on_a_key_frame_and_the_old_one_goes_on_until_then() -> None:
    stage = Stage("l", "h")
    for place in (0, 1):
        stage.frame(place, 1, key=True)
    down, ear = watching(stage, 0, now=1.0)
    stage.frame(0, 2)
    assert ear.rtp == []  # a stream of layers begins with a key frame
    stage.frame(0, 3, key=True)
    stage.frame(0, 4)
    down.show(stage.layers[1], 1)
    stage.frame(0, 5)
    stage.frame(1, 900)
    assert ear.seqs() == [3, 4, 5]
    stage.frame(1, 901, key=True, now=1)
    stage.frame(0, 6)
    stage.frame(1, 902)
    assert ear.seqs() == [3, 4, 5, 6, 7]
    assert {rtp.ssrc_of(one) for one in ear.rtp} == {70}
    assert down.layer is stage.layers[1]


def test_packets_from_before_a_switch_can_still_be_asked_for() -> None:
    stage = Stage("l", "h")
    for place in (0, 1):
        stage.frame(place, 1, key=True)
    down, ear = watching(stage, 0)
    stage.frame(0, 2, key=True)
    stage.frame(0, 3)
    down.show(stage.layers[1], 1)
    stage.frame(1, 901, key=True, now=1)
    ear.rtp.clear()
    down.resend((3, 4))
    found = [rtp.unwrap(one, rtp.Header(one), 96, 70) for one in ear.rtp]
    assert [rtp.Header(one).seq for one in found if one] == [3, 4]
    assert [one[-41] & 1 for one in found if one] == [packets.DELTA, packets.KEY]


def test_who_changes_their_mind_before_the_key_frame_keeps_what_they_have() -> None:
    stage = Stage("l", "h")
    for place in (0, 1):
        stage.frame(place, 1, key=True)
    down, ear = watching(stage, 0, now=1.0)
    stage.frame(0, 2, key=True)
    down.show(stage.layers[1], 1)
    down.show(stage.layers[0], 1)
    stage.frame(1, 2, key=True)
    stage.frame(0, 3)
    assert ear.seqs() == [2, 3]
    assert stage.layers[1].waiting == []


def test_a_pause_leaves_no_gap_in_the_numbers() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    down, ear = watching(stage)
    stage.frame(0, 2)
    down.show(None, 1)
    for seq in range(3, 40_000, 9_000):
        stage.frame(0, seq)
    down.show(stage.layers[0], 2)
    stage.frame(0, 40_000)
    assert ear.seqs() == [2]
    stage.frame(0, 40_001, key=True)
    stage.frame(0, 40_002)
    assert ear.seqs() == [2, 3, 4]


def test_a_clock_is_passed_on_in_the_receivers_timestamps_and_measures_the_way() -> None:
    stage = Stage("")
    stage.frame(0, 1)
    down, ear = watching(stage)
    said = SenderReport(7, 0x0123456789ABCDEF, 5, 6, 7)
    stage.layers[0].clock(said, 1.0)
    assert ear.rtcp == [said]
    down.arrives(Report(7, 0, 0, 0, 0, said.middle, rtcp.FRACTIONS), 2.5)
    assert down.round_trip == 0.5
    report = stage.layers[0].report(3.0)
    assert (report.last_sr, report.delay) == (said.middle, 2 * rtcp.FRACTIONS)


def test_a_layer_that_is_silent_is_not_there() -> None:
    stage = Stage("")
    assert not stage.layers[0].is_alive(0)
    stage.frame(0, 1, now=5)
    assert stage.layers[0].is_alive(5 + track.ALIVE_SECONDS / 2)
    assert not stage.layers[0].is_alive(5 + track.ALIVE_SECONDS)


def test_bitrate_is_of_the_time_since_the_last_look() -> None:
    stage = Stage("")
    octets = len(stage.frame(0, 1))
    stage.layers[0].measure(2)
    assert stage.layers[0].bitrate == octets * 4
    stage.layers[0].measure(1)
    assert stage.layers[0].bitrate == 0


def test_what_is_closed_gets_nothing() -> None:
    stage = Stage("l", "h")
    for place in (0, 1):
        stage.frame(place, 1, key=True)
    (down, ear), (waiting, _) = watching(stage, 0, now=1.0), watching(stage, 1, now=1.0)
    stage.frame(0, 2, key=True)
    down.close()
    waiting.close()
    stage.frame(0, 3)
    stage.frame(1, 3, key=True)
    assert ear.seqs() == [2]
    assert stage.up.downs == []


def test_sound_that_was_held_back_goes_on_with_its_next_packet() -> None:
    stage = Stage("", kind="audio")
    for seq in (1, 2):
        stage.layers[0].take(packets.voice(7, seq), 0)
    down, ear = watching(stage)
    stage.layers[0].take(packets.voice(7, 3), 0)
    down.show(None, 1)
    stage.layers[0].take(packets.voice(7, 4), 1)
    down.show(stage.layers[0], 2)
    for seq in (40_000, 40_001):
        stage.layers[0].take(packets.voice(7, seq), 2)
    assert ear.seqs() == [3, 4, 5]
    assert stage.asked == []


def test_numbers_that_jump_make_nobody_look_for_thousands_of_packets(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage("")
    stage.frame(0, 1, key=True)
    stage.frame(0, 3)
    looked: list[int] = []
    monkeypatch.setattr(stage.layers[0], "ring", looked.append)
    assert stage.layers[0].since_key_frame(0.1) == []
    assert looked == [1, 2, 3]
    looked.clear()
    stage.frame(0, 30_000)
    stage.frame(0, 60_000)
    assert stage.layers[0].since_key_frame(0.1) == []
    assert looked == []
