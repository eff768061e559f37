"""A film says what it shows, and not where: neither beside its tracks nor in a track of places."""

from pathlib import Path

import av
import pytest

from store.filetypes import found_type
from store.traces import erase
from tests.store.photos import PLACE, film, tracked


def erased(path: Path, content: bytes, kind: str = "video/mp4") -> bytes:
    path.write_bytes(content)
    outcome = erase(path, kind)
    assert (outcome.changed, outcome.size) == (path.read_bytes() != content, len(content))
    return path.read_bytes()


def frames(path: Path) -> list[bytes]:
    with av.open(str(path)) as source:
        return [frame.to_image().tobytes() for frame in source.decode(video=0)]


@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_the_place_is_gone_and_every_frame_is_as_it_was(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    before = film(path)
    shown = frames(path)
    assert before.count(b"+52.5200") >= 1
    after = erased(path, before, "video/quicktime")
    assert (after.count(b"+52.5200"), len(after)) == (0, len(before))
    assert frames(path) == shown
    assert len(shown) == 10


def test_a_track_of_places_is_blank_where_its_samples_lay(tmp_path: Path) -> None:
    samples = [b"first " + PLACE, b"second " + PLACE, b"third " + PLACE]
    after = erased(tmp_path / "a.mp4", tracked(samples, b"meta"))
    assert PLACE not in after
    assert b"trak" not in after
    assert bytes(sum(map(len, samples))) in after


def test_a_track_of_places_without_samples_is_blank_too(tmp_path: Path) -> None:
    content = tracked([PLACE] * 2, b"meta").replace(b"stsc" + bytes(7) + b"\1", b"stsc" + bytes(8))
    assert b"trak" not in erased(tmp_path / "a.mp4", content)


def test_a_track_that_shows_something_stays(tmp_path: Path) -> None:
    samples = [b"a frame", b"another", b"a third"]
    after = erased(tmp_path / "a.mp4", tracked(samples, b"vide"))
    assert b"".join(samples) in after
    assert PLACE not in after


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(tracked([PLACE] * 4, b"meta"))
    assert erase(path, "video/mp4").changed
    assert not erase(path, "video/mp4").changed


@pytest.mark.parametrize(
    "brand", [b"XAVC", b"3gp6", b"niko", b""], ids=["a camera", "a phone", "another camera", "none"]
)
def test_the_place_is_gone_whoever_made_the_film(tmp_path: Path, brand: bytes) -> None:
    path = tmp_path / "a.mov"
    content = film(path)
    made = content[:8] + brand + content[12:] if brand else content[:4] + b"free" + content[8:]
    path.write_bytes(made)
    assert b"+52.5200" in made
    after = erased(path, made, found_type(path))
    assert (b"+52.5200" in after, len(after)) == (False, len(made))
    assert len(frames(path)) == 10
