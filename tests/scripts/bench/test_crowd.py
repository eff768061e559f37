"""The people of the load client: who sees whom, at what pace they send, and what is read off a copy."""

from calls import rtp, video
from calls.formats import VP8
from scripts.bench.crowd import DESCRIPTOR, FRAME_GAP, FRAME_PACKETS, STAMP, VOICE_GAP, Camera, Load, Meter, Voice
from tests.calls import packets


def test_everybody_is_seen_by_as_many_as_they_see() -> None:
    load = Load(people=20, seen=8)
    seen = [other for one in range(20) for other in load.whom(one)]
    assert all(one not in load.whom(one) for one in range(20))
    assert [seen.count(one) for one in range(20)] == [load.watchers] * 20


def test_nobody_sees_more_than_there_are() -> None:
    assert Load(people=3, seen=8).whom(2) == [0, 1]


def test_a_camera_sends_pictures_of_some_packets_and_begins_with_a_key_frame() -> None:
    sent: list[bytes] = []
    camera = Camera(7, sent.append)
    assert [camera.next() for _ in range(2)] == [FRAME_GAP] * 2
    headers = [rtp.Header(one) for one in sent]
    assert [one.timestamp for one in headers] == [0] * FRAME_PACKETS + [3600] * FRAME_PACKETS
    assert [bool(one[1] & 0x80) for one in sent] == ([False] * (FRAME_PACKETS - 1) + [True]) * 2
    begins = [video.begins_key_frame(VP8.payload_type, one, two.start) for one, two in zip(sent, headers, strict=True)]
    assert begins == [True] + [False] * (2 * FRAME_PACKETS - 1)


def test_a_picture_is_shared_out_evenly_and_what_is_left_over_stands_in_its_last_packets() -> None:
    sent: list[bytes] = []
    camera = Camera(7, sent.append)
    for _ in range(FRAME_PACKETS):
        camera.next()
    least = min(map(len, sent))
    longer = [len(one) - least for one in sent]
    assert [longer[at : at + 3] for at in range(0, 9, 3)] == [[0, 0, 0], [0, 0, 1], [0, 1, 1]]


def test_a_voice_sends_at_its_pace_and_says_how_loud_it_is() -> None:
    sent: list[bytes] = []
    assert Voice(7, sent.append).next() == VOICE_GAP
    assert rtp.Header(sent[0]).level == 30


def test_the_time_that_a_copy_took_is_read_off_what_it_holds() -> None:
    meter = Meter()
    described = bytes(DESCRIPTOR) + STAMP.pack(1_000_000)
    for packet in (packets.rtp(7, 1, STAMP.pack(2_000_000)), packets.rtp(7, 1, described, VP8.payload_type)):
        meter.takes(packet, 3_000_000, lambda data: data)
    meter.takes(b"sealed", 3_000_000, None)
    assert meter.came == 3
    assert meter.seconds == [0.001, 0.002]
