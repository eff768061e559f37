"""The film that guests show: what a decoder makes of it when it goes on and on, and how it is cut into packets."""

import av
import pytest

from calls import rtp, video
from calls.formats import STREAM_ID, VP8
from scripts.bench.clip import STEP, Camera, film


@pytest.fixture(scope="module")
def pictures() -> list[bytes]:
    """A small one."""
    return film(160, 96, 200_000, pictures=6)


def test_only_the_first_picture_is_a_key_frame(pictures: list[bytes]) -> None:
    assert [one[0] & 1 for one in pictures] == [0, 1, 1, 1, 1, 1]


def test_a_decoder_shows_it_again_and_again_without_another_key_frame(pictures: list[bytes]) -> None:
    decoder = av.CodecContext.create("vp8", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    shown = [decoder.decode(av.Packet(one)) for one in (*pictures, *pictures[1:], *pictures[1:])]
    assert [len(frames) for frames in shown] == [1] * len(shown)


def shoot(camera: Camera) -> tuple[bool, list[rtp.Header], list[bytes]]:
    """Whether the next picture is a key frame, and its packets."""
    sent = list(camera.shoot())
    headers = [rtp.Header(one) for one in sent]
    return video.begins_key_frame(VP8.payload_type, sent[0], headers[0].start), headers, sent


def test_a_camera_begins_with_a_key_frame_and_sends_another_when_it_is_asked(pictures: list[bytes]) -> None:
    camera = Camera(7, pictures)
    began = [shoot(camera)[0] for _ in range(2 * len(pictures))]
    camera.begin_anew()
    assert began == [True] + [False] * (2 * len(pictures) - 1)
    assert shoot(camera)[0]


def test_a_picture_is_as_many_packets_as_it_needs(pictures: list[bytes]) -> None:
    camera = Camera(7, [bytes(2500), pictures[1]], layer="h")
    key, headers, sent = shoot(camera)
    assert key
    assert [bool(one[1] & 0x80) for one in sent] == [False, False, True]
    assert [one.timestamp for one in headers] == [STEP] * 3
    assert [one.label(STREAM_ID) for one in headers] == ["h"] * 3
    assert [
        video.begins_key_frame(VP8.payload_type, one, head.start) for one, head in zip(sent, headers, strict=True)
    ] == [
        True,
        False,
        False,
    ]
    assert shoot(camera)[1][0].timestamp == 2 * STEP
