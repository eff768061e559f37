"""What nothing holds goes, bytes and all; what is held stays, whoever comes between, whenever the power goes."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image

from store.blobs import Blobs
from tests.house.tree import ROOT
from tests.store.attic import HOUR, Attic
from tests.store.bus.local import LocalBus
from tests.store.disk import refused, sha256
from tests.store.nodes.commons import Commons, SharedMemory

A, B = b"a" * 1000, b"b" * 1000


def lived(folder: Path, *lives: Callable[[Attic], Awaitable[None]]) -> None:
    """Each in a house of its own over the same folder."""

    async def live(life: Callable[[Attic], Awaitable[None]]) -> None:
        async with Attic(folder) as attic:
            await life(attic)

    for life in lives:
        asyncio.run(live(life))


def test_what_was_let_go_is_removed_and_what_is_held_stays(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        gone, stays = await attic.upload(A), await attic.upload(B)
        await attic.sends(gone, stays)
        await attic.leftovers.collect()
        assert attic.has(A)
        await attic.lets_go(gone)
        await attic.leftovers.collect()
        assert (attic.has(A), attic.has(B)) == (False, True)
        assert attic.store.view().file(gone) is None
        assert attic.store.shelves.holds.get(gone) is None
        assert attic.store.view().file(stays) is not None

    async def after(attic: Attic) -> None:
        assert [row.sha256 for row in attic.store.shelves.files] != []
        assert (attic.has(A), attic.has(B)) == (False, True)

    lived(tmp_path, life, after)


def test_a_deleted_message_takes_its_files_along_but_for_those_said_again(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        once, twice = await attic.upload(A), await attic.upload(B)
        first = await attic.sends(once, twice)
        again = await attic.sends(twice)
        await attic.deletes(first.seq)
        await attic.leftovers.collect()
        assert (attic.has(A), attic.has(B)) == (False, True)
        await attic.deletes(again.seq)
        await attic.leftovers.collect()
        assert not attic.has(B)

    lived(tmp_path, life)


def test_bytes_stay_while_another_file_has_the_same(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        one, other = await attic.upload(A), await attic.upload(A)
        await attic.sends(one, other)
        await attic.lets_go(one)
        await attic.leftovers.collect()
        assert attic.has(A)
        await attic.lets_go(other)
        await attic.leftovers.collect()
        assert not attic.has(A)

    lived(tmp_path, life)


def test_the_small_picture_goes_with_the_large_one(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(packed, "JPEG")

    async def life(attic: Attic) -> None:
        file = await attic.upload(packed.getvalue())
        await attic.sends(file)
        assert list(tmp_path.glob("thumbnails/*/*"))
        await attic.lets_go(file)
        await attic.leftovers.collect()
        assert list(tmp_path.glob("thumbnails/*/*")) + list(tmp_path.glob("files/*/*")) == []

    lived(tmp_path, life)


def test_what_is_never_sent_goes_in_time_and_not_before(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        await attic.upload(A)
        sent = await attic.upload(B)
        await attic.sends(sent)
        attic.later = 47 * HOUR
        await attic.leftovers.sweep()
        assert attic.has(A)
        attic.later = 49 * HOUR
        await attic.leftovers.sweep()
        assert (attic.has(A), attic.has(B)) == (False, True)

    lived(tmp_path, life)


def test_a_message_that_is_sent_at_that_very_moment_keeps_its_file(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        file = await attic.upload(A)
        attic.later = 49 * HOUR
        sending = attic.sends(file)
        await attic.leftovers.sweep()
        await sending
        assert attic.has(A)
        assert attic.store.view().file(file) is not None

    lived(tmp_path, life)


def test_an_upload_of_the_same_bytes_at_that_very_moment_keeps_them(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        for _ in range(20):
            old = await attic.upload(A)
            await attic.sends(old)
            await attic.lets_go(old)
            new, _ = await asyncio.gather(attic.upload(A), attic.leftovers.collect())
            assert attic.has(A)
            await attic.leftovers.discard(new, attic.ada.person)
            assert not attic.has(A)
        assert len(attic.uploads.turns) == 0

    lived(tmp_path, life)


def test_only_the_uploader_takes_back_what_was_not_sent(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        file, sent = await attic.upload(A), await attic.upload(B)
        await attic.sends(sent)
        with refused("not-found"):
            await attic.leftovers.discard(file, attic.bo.person)
        with refused("not-allowed"):
            await attic.leftovers.discard(sent, attic.ada.person)
        assert (attic.has(A), attic.has(B)) == (True, True)
        await attic.leftovers.discard(file, attic.ada.person)
        assert not attic.has(A)

    lived(tmp_path, life)


def test_it_looks_by_itself_at_the_start(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        file = await attic.upload(A)
        await attic.sends(file)
        await attic.lets_go(file)

    async def next_life(attic: Attic) -> None:
        assert attic.has(A)
        attic.leftovers.start()
        await attic.leftovers.swept.wait()
        assert not attic.has(A)

    lived(tmp_path, life, next_life)


def test_what_was_cut_short_before_the_bytes_went_is_finished_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Blobs, sha256: str) -> None:
        raise OSError("the power went")

    async def life(attic: Attic) -> None:
        file = await attic.upload(A)
        await attic.sends(file)
        await attic.lets_go(file)
        with monkeypatch.context() as patch:
            patch.setattr(Blobs, "remove", cut)
            with pytest.raises(OSError, match="power"):
                await attic.leftovers.collect()

    async def next_life(attic: Attic) -> None:
        assert attic.has(A)
        await attic.leftovers.sweep()
        assert not attic.has(A)

    lived(tmp_path, life, next_life)


def test_what_somebody_else_put_there_is_left_alone(tmp_path: Path) -> None:
    async def life(attic: Attic) -> None:
        note = tmp_path / "files" / "ab" / "read me.txt"
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text("mine")
        await attic.leftovers.sweep()
        assert note.exists()

    lived(tmp_path, life)


@pytest.mark.parametrize("lines", [3, 40, 150])
def test_a_kill_in_the_middle_loses_nothing_held_and_leaves_nothing_behind(tmp_path: Path, lines: int) -> None:
    """Eight at once send and let go of the same four contents, until they are killed."""
    command = [sys.executable, "-m", "tests.store.attic", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().split() for _ in range(lines)]
        child.kill()
        said += [line.split() for line in child.stdout if line.endswith("\n")]  # the last one may be cut
    going = {words[1] for words in said if words[:1] == ["going"]}
    held = {words[2]: int(words[1]) for words in said if words[:1] == ["held"] and words[2] not in going}

    async def after(attic: Attic) -> None:
        await attic.leftovers.sweep()
        for file, number in held.items():
            assert attic.store.view().file(file) is not None
            assert attic.has(bytes([number]) * 50_000)
        names = {row.sha256 for row in attic.store.shelves.files}
        assert {path.name for path in tmp_path.glob("files/*/*")} == names
        assert all(attic.uploads.blobs.path(name).stat().st_size == 50_000 for name in names)

    lived(tmp_path, after)


def node(folder: Path, commons: Commons) -> Attic:
    """One of several servers over the same folder."""
    return Attic(folder, SharedMemory(commons), LocalBus(commons.hub))


def grow_old(attic: Attic, content: bytes) -> None:
    """These bytes were taken long ago."""
    os.utime(attic.uploads.blobs.path(sha256(content)), (1, 1))


def test_a_node_that_does_not_follow_removes_nothing_that_others_may_hold(tmp_path: Path) -> None:
    async def live() -> None:
        commons = Commons()
        async with node(tmp_path, commons) as one, node(tmp_path, commons) as other:
            commons.lose_bus()
            await one.sends(await one.upload(A))
            grow_old(one, A)
            commons.is_away = True
            assert not await other.store.catch_up()
            assert not other.store.leads
            await other.leftovers.sweep()
            assert one.has(A)
            commons.is_away = False
            await other.leftovers.sweep()
            assert one.has(A)

    asyncio.run(live())


def test_bytes_that_nobody_holds_go_where_several_servers_share_them(tmp_path: Path) -> None:
    async def live() -> None:
        commons = Commons()
        async with node(tmp_path, commons) as one, node(tmp_path, commons) as other:
            file = await one.upload(A)
            await one.store.forget("files", file)
            await other.leftovers.sweep()
            assert one.has(A), "somebody may be about to name them"
            grow_old(one, A)
            await other.leftovers.sweep()
            assert not one.has(A)
            assert list(tmp_path.glob("files/*/*")) == []

    asyncio.run(live())


@pytest.mark.parametrize("is_named", [True, False])
def test_bytes_that_another_node_takes_at_that_very_moment_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_named: bool
) -> None:
    async def live() -> None:
        commons = Commons()
        async with node(tmp_path, commons) as one, node(tmp_path, commons) as other:
            await one.store.forget("files", await one.upload(A))
            grow_old(one, A)
            asked = other.leftovers._may_be_coming

            async def looked(digest: str) -> bool:
                found = await asked(digest)
                file = await one.upload(A)  # when it has been looked, and nothing is removed
                if not is_named:
                    await one.store.forget("files", file)
                else:
                    grow_old(one, A)
                return found

            monkeypatch.setattr(other.leftovers, "_may_be_coming", looked)
            await other.leftovers.sweep()
            assert one.has(A)
            assert len(list(tmp_path.glob("files/*/*"))) == 1

    asyncio.run(live())


def test_what_a_crash_left_aside_is_there_again(tmp_path: Path) -> None:
    async def live() -> None:
        commons = Commons()
        async with node(tmp_path, commons) as one:
            await one.sends(await one.upload(A))
            await one.uploads.move_aside(sha256(A))
            assert not one.has(A)
            await one.leftovers.sweep()
            assert one.has(A)

    asyncio.run(live())
