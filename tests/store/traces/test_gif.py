"""A GIF keeps its frames, its loops and its colours, and nothing that was written beside them."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from store.traces import erase
from tests.store.photos import PLACE, gif, scene


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "image/gif")
    return path.read_bytes()[: outcome.size]


def frames(content: bytes) -> list[bytes]:
    with Image.open(io.BytesIO(content)) as image:
        return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(image)]


def test_the_place_is_gone_and_every_frame_is_as_it_was(tmp_path: Path) -> None:
    before = gif()
    assert before.count(PLACE) >= 5
    after = erased(tmp_path / "a.gif", before)
    assert PLACE not in after
    assert b"adobe" not in after
    assert frames(after) == frames(before)
    assert len(frames(after)) == 2
    with Image.open(io.BytesIO(after)) as now:
        assert (now.info["loop"], now.info["duration"], now.info["comment"].strip(b"\0\n")) == (0, 100, b"")


def test_only_what_told_something_is_another_byte_now(tmp_path: Path) -> None:
    before = gif()
    after = erased(tmp_path / "a.gif", before)
    first = before.index(b"\x2c")
    assert len(after) == len(before) - len(PLACE)
    assert after[:13] == before[:13]
    assert (b"NETSCAPE2.0" in after, b"\x21\xf9\x04" in after, first > 0) == (True, True, True)


def test_colours_stay_and_a_loop_that_says_more_does_not(tmp_path: Path) -> None:
    profile = b"\x21\xff\x0bICCRGBG1012" + b"\x04prof" + b"\0"
    fat = b"\x21\xff\x0bNETSCAPE2.0" + bytes([len(PLACE)]) + PLACE + bytes([len(PLACE)]) + PLACE + b"\0"
    plain = io.BytesIO()
    scene().save(plain, "GIF")
    content = plain.getvalue()
    after = erased(tmp_path / "a.gif", content[:-1] + profile + fat + b";")
    assert profile in after
    assert PLACE not in after
    assert frames(after) == frames(content)


@pytest.mark.parametrize("length", [*range(1, 12), 254, 255, 256, 257, 258, 259, 510, 511, 512, 513, 514, 1000])
def test_a_comment_of_any_length_ends_where_it_ended(tmp_path: Path, length: int) -> None:
    text = (PLACE * 40)[:length]
    blocks = b"".join(bytes([len(text[at : at + 255])]) + text[at : at + 255] for at in range(0, length, 255))
    plain = io.BytesIO()
    scene().save(plain, "GIF")
    content = plain.getvalue()
    at = 13 + (3 << (content[10] & 7) + 1)
    after = erased(tmp_path / "a.gif", content[:at] + b"\x21\xfe" + blocks + b"\0" + content[at:])
    assert after[at + 2 + len(blocks) + 1 :] == content[at:]
    assert frames(after) == frames(content)
    assert not any(letter in after[at + 2 : at + 3 + len(blocks)] for letter in b"minutesrh,")


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(erased(path, gif()))
    assert not erase(path, "image/gif").changed


@pytest.mark.parametrize("length", [0, 6, 10, 13, 100, 800, 900, 1100, 1300])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    cut = gif()[:length]
    assert len(erased(tmp_path / "a.gif", cut)) == len(cut)


def test_a_flood_of_small_blocks_is_given_up(tmp_path: Path) -> None:
    flood = b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\x01a" * 1_500_000
    assert len(erased(tmp_path / "a.gif", flood)) == len(flood)
