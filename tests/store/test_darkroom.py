"""The darkroom: a child for each file, with an end in time; what becomes of the child is not what becomes of us."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from store.darkroom import Darkroom, Print
from store.parts import Stopped
from tests.store.photos import film, heic


def looked(folder: Path, kind: str, **given: Any) -> Print | None:
    async def journey() -> Print | None:
        darkroom = Darkroom(**given)
        try:
            return await darkroom.look(folder / "source", kind, folder / "made" / "small", folder / "made" / "large")
        finally:
            darkroom.close()

    return asyncio.run(journey())


def child(folder: Path, text: str) -> Path:
    """A program in the place of store/develop.py."""
    path = folder / "child.py"
    path.write_text(text)
    return path


def test_a_photo_has_both_copies_and_a_film_one(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(heic())
    assert looked(tmp_path, "image/heic") == Print(64, 48, large=True)
    with Image.open(tmp_path / "made" / "large") as shown:
        assert shown.size == (64, 48)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "source").write_bytes(film(tmp_path / "a.mp4", (320, 240)))
    assert looked(tmp_path / "other", "video/mp4") == Print(320, 240, 2)
    assert [path.name for path in (tmp_path / "other" / "made").iterdir()] == ["small"]


def test_what_nobody_develops_starts_no_child(tmp_path: Path) -> None:
    assert looked(tmp_path, "application/zip", program=tmp_path / "there is none") is None


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.abort()",
        "raise SystemExit(1)",
        "print('no words')",
        "print('{}')",
        "import json; print(json.dumps({'width': 1 << 40, 'height': 1, 'seconds': 0}))",
        "import json; print(json.dumps({'width': 1, 'height': 1, 'seconds': 0}))",
        "x = bytearray(1 << 40)",
    ],
)
def test_whatever_becomes_of_the_child_there_is_nothing_to_show(tmp_path: Path, text: str) -> None:
    assert looked(tmp_path, "image/heic", program=child(tmp_path, text)) is None


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = child(tmp_path, "import signal; signal.pause()")
    assert looked(tmp_path, "image/heic", program=endless, seconds=0.2) is None


def test_a_server_that_leaves_ends_the_child_and_looks_again_later(tmp_path: Path) -> None:
    began = tmp_path / "began"
    endless = child(tmp_path, f"import signal; open({str(began)!r}, 'w').close(); signal.pause()")

    async def journey() -> None:
        darkroom = Darkroom(program=endless)
        looking = asyncio.create_task(darkroom.look(tmp_path, "image/heic", tmp_path / "s", tmp_path / "l"))
        async with asyncio.timeout(20):
            while not began.exists():  # noqa: ASYNC110 - the child signals nothing else
                await asyncio.sleep(0.01)
        await asyncio.to_thread(darkroom.close)
        with pytest.raises(Stopped):
            await looking

    asyncio.run(journey())


def test_the_limits_are_those_of_a_process_of_its_own(tmp_path: Path) -> None:
    """What store/develop.py sets for itself is not set for us."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    (tmp_path / "source").write_bytes(heic())
    looked(tmp_path, "image/heic")
    assert resource.getrlimit(resource.RLIMIT_AS) == before
