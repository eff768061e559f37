"""A WebM says what it shows: its tags are void, and so is what an editor had voided before."""

from pathlib import Path

import av
import pytest

from store.traces import erase
from tests.store.photos import PLACE, film


def element(kind: str, content: bytes, *, unknown: bool = False) -> bytes:
    """An element of EBML; `unknown` is the size that says nothing."""
    size = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(content)).to_bytes(8, "big")
    return bytes.fromhex(kind) + size + content


def told(*, unknown: bool) -> bytes:
    """A segment with a place in every corner, as a browser writes it: nothing says how long it is."""
    info = (
        element("2AD7B1", b"\x0f\x42\x40") + element("7BA9", PLACE) + element("4461", bytes(8)) + element("4D80", PLACE)
        + element("5741", PLACE) + element("BF", b"sums") + element("EC", PLACE)
    )  # fmt: skip
    cluster = element("1F43B675", element("E7", b"\0") + element("A3", b"\x81\0\0\x80frame"), unknown=unknown)
    tags = element("1254C367", element("7373", element("67C8", element("4487", PLACE))))
    rest = element("1941A469", PLACE) + cluster + tags + cluster + element("EC", PLACE) + b"\xec\x84here" + tags
    head = element("1A45DFA3", element("4282", b"webm"))
    return head + element("18538067", element("1549A966", info) + rest, unknown=unknown)


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "video/webm")
    assert (outcome.changed, outcome.size) == (path.read_bytes() != content, len(content))
    return path.read_bytes()


def frames(path: Path) -> list[bytes]:
    with av.open(str(path)) as source:
        return [frame.to_image().tobytes() for frame in source.decode(video=0)]


def test_the_place_is_gone_and_every_frame_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    before = film(path)
    shown = frames(path)
    assert before.count(b"+52.5200") >= 1
    after = erased(path, before)
    assert (after.count(b"+52.5200"), len(after)) == (0, len(before))
    assert frames(path) == shown
    assert len(shown) == 10
    with av.open(str(path)) as now:
        assert not [value for value in now.metadata.values() if value.strip("\0")]


@pytest.mark.parametrize("unknown", [False, True], ids=["sizes are said", "sizes are not said"])
def test_tags_attachments_title_date_and_old_voids_are_blank_and_nothing_else(tmp_path: Path, unknown: bool) -> None:
    before = told(unknown=unknown)
    after = erased(tmp_path / "a.webm", before)
    assert PLACE not in after
    assert b"here" not in after
    assert after.count(b"\x81\0\0\x80frame") == 2
    assert bytes.fromhex("2AD7B1") + (1 << 56 | 3).to_bytes(8, "big") + b"\x0f\x42\x40" in after
    for gone in ("1254C367", "1941A469", "7BA9", "4461"):
        assert bytes.fromhex(gone) not in after


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    path.write_bytes(told(unknown=True))
    assert erase(path, "video/webm").changed
    assert not erase(path, "video/webm").changed


def test_the_smallest_that_goes_is_void_too(tmp_path: Path) -> None:
    after = erased(tmp_path / "a.webm", element("18538067", b"\x12\x54\xc3\x67\x80" + b"\x12\x54\xc3\x67\x83abc"))
    assert after.endswith(b"\xec\x83\0\0\0" + b"\xec\x86" + bytes(6))


@pytest.mark.parametrize("length", range(0, 400, 13))
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    cut = told(unknown=True)[:length]
    assert len(erased(tmp_path / "a.webm", cut)) == len(cut)


@pytest.mark.parametrize("kind", ["1254C367", "EC", "1549A966"])
@pytest.mark.parametrize("length", [200, (1 << 56) - 2])
def test_one_that_says_it_is_longer_than_the_file_ends_with_it(tmp_path: Path, kind: str, length: int) -> None:
    inside = element("7BA9", PLACE) if kind == "1549A966" else PLACE
    long = bytes.fromhex(kind) + (1 << 56 | length).to_bytes(8, "big") + inside
    after = erased(tmp_path / "a.webm", element("18538067", long, unknown=True))
    assert PLACE not in after


def test_a_flood_of_elements_is_given_up(tmp_path: Path) -> None:
    flood = element("18538067", b"\xa3\x80" * 1_300_000, unknown=True)
    assert len(erased(tmp_path / "a.webm", flood)) == len(flood)
