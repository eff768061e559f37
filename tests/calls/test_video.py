"""Key frames and picture ids are found where the payload formats say, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import video
from calls.formats import AV1, CODECS, H264, OPUS, VP8, VP9


@pytest.mark.parametrize(
    ("codec", "payload", "key"),
    [
        (VP8, "10 00", True),
        (VP8, "10 01", False),
        (VP8, "00 00", False),  # not the first of its frame
        (VP8, "11 00", False),  # another partition
        (VP8, "90 80 81 23 00", True),  # 15 bits of picture id
        (VP8, "90 80 23 00", True),  # 7 bits
        (VP8, "90 f0 81 23 05 60 00", True),  # TL0PICIDX, TID and KEYIDX
        (VP8, "90 f0 81 23 05 60 01", False),
        (VP9, "08", True),
        (VP9, "48", False),  # predicted
        (VP9, "00", False),  # not the beginning
        (VP9, "a8 81 23 00 00", True),  # lowest spatial layer
        (VP9, "a8 81 23 02 00", False),  # the next one
        (H264, "65", True),  # IDR
        (H264, "67", True),  # SPS
        (H264, "41", False),
        (H264, "78 00 02 67 42", True),  # SPS in an aggregate
        (H264, "78 00 02 41 42", False),
        (H264, "7c 85", True),  # a fragment that begins an IDR
        (H264, "7c 05", False),  # one that goes on
        (AV1, "08", True),
        (AV1, "18", True),
        (AV1, "10", False),
        (OPUS, "08", False),
    ],
)
def test_a_key_frame_is_known_by_its_first_packet(codec: object, payload: str, key: bool) -> None:
    data = bytes(12) + bytes.fromhex(payload)
    assert video.begins_key_frame(codec.payload_type, data, 12) is key  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("codec", "payload", "number", "tl0"),
    [
        (VP8, "90 80 81 23 00", 0x0123, None),
        (VP8, "90 80 23 00", 0x23, None),
        (VP8, "90 c0 81 23 05 00", 0x0123, 5),
        (VP8, "90 c0 23 05 00", 0x23, 5),
        (VP9, "88 81 23 00", 0x0123, None),
        (VP9, "a8 81 23 00 05 00", 0x0123, 5),
        (VP9, "b8 81 23 00 05 00", 0x0123, None),  # flexible mode has none
    ],
)
def test_the_picture_id_is_found(codec: object, payload: str, number: int, tl0: int | None) -> None:
    data = bytes(12) + bytes.fromhex(payload)
    one = video.picture(codec.payload_type, data, 12)  # type: ignore[attr-defined]
    assert one is not None
    assert one.id_in(data) == number
    assert (data[one.tl0_at] if one.tl0_at else None) == tl0


@pytest.mark.parametrize(
    ("codec", "payload"),
    [(VP8, "10 00"), (VP8, "90 40 05 00"), (VP8, "90 c0 81 23"), (VP8, "90"), (VP9, "08"), (H264, "65"), (AV1, "08")],
)
def test_where_there_is_no_picture_id_none_is_found(codec: object, payload: str) -> None:
    assert video.picture(codec.payload_type, bytes(12) + bytes.fromhex(payload), 12) is None  # type: ignore[attr-defined]


@given(st.sampled_from(CODECS), st.binary(max_size=12))
def test_any_payload_can_be_looked_at(codec: object, payload: bytes) -> None:
    data = bytes(12) + payload
    video.begins_key_frame(codec.payload_type, data, 12)  # type: ignore[attr-defined]
    one = video.picture(codec.payload_type, data, 12)  # type: ignore[attr-defined]
    assert one is None or max(one.at + one.long, one.tl0_at) < len(data)
