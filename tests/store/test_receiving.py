"""Bytes on their way to disk: in order, bounded in memory, and never in the wrong place after a failure."""

import asyncio
import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from protocol.errors import Refusal
from store.parts import Part
from store.receiving import GATHER, Checksum, Receiving, not_saved

PIECE = b"x" * 65536


class SlowDisk(Part):
    """A part whose writes wait until they are let go, and may be told to fail."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"), lambda: 1)
        self.written = b""
        self.asked = 0
        self.waiting: list[asyncio.Future[Any]] = []
        self.error: OSError | None = None

    def append(self, pieces: Any) -> None:
        self.asked += 1
        if self.error:
            raise self.error
        self.written += b"".join(pieces)

    def sync(self) -> int:
        self.size = len(self.written)
        return self.size

    def run(self, work: Callable[..., Any], *arguments: Any) -> "asyncio.Future[Any]":
        """Instead of a thread: done when `let_go` is called."""
        loop = asyncio.get_running_loop()
        outcome = loop.create_future()
        self.waiting.append(outcome)

        def then(gate: "asyncio.Future[Any]") -> None:
            try:
                done.set_result(work(*arguments))
            except OSError as error:
                done.set_exception(error)

        done = loop.create_future()
        outcome.add_done_callback(then)
        return done

    def let_go(self) -> None:
        """Everything that waits for the disk goes on."""
        for gate in self.waiting:
            if not gate.done():
                gate.set_result(None)


def receiving(disk: SlowDisk, size: int = 1 << 30) -> Receiving:
    return Receiving(disk, size, disk.run, lambda: None)


async def turns() -> None:
    """Let everything that can happen happen."""
    for _ in range(20):
        await asyncio.sleep(0)


async def through(disk: SlowDisk, work: "asyncio.Task[Any]") -> Any:
    """The outcome of work that waits for the disk, the disk being well."""
    while not work.done():
        disk.let_go()
        await asyncio.sleep(0)
    return work.result()


def test_a_slow_disk_holds_up_the_network() -> None:
    async def journey() -> None:
        disk = SlowDisk()
        incoming = receiving(disk)
        taken = 0

        async def pour() -> None:
            nonlocal taken
            while True:
                await incoming.write(PIECE)
                taken += len(PIECE)

        pouring = asyncio.create_task(pour())
        await turns()
        assert taken <= 2 * GATHER
        disk.let_go()
        await turns()
        assert 2 * GATHER < taken + len(PIECE) <= 3 * GATHER
        pouring.cancel()

    asyncio.run(journey())


def test_bytes_arrive_in_order_and_all() -> None:
    async def journey() -> bytes:
        disk = SlowDisk()
        incoming = receiving(disk)

        async def pour() -> int:
            for number in range(200):
                await incoming.write(bytes([number]) * 9000)
            return await incoming.close()

        assert await through(disk, asyncio.create_task(pour())) == 200 * 9000
        return disk.written

    assert asyncio.run(journey()) == b"".join(bytes([number]) * 9000 for number in range(200))


def test_closing_twice_is_closing_once() -> None:
    async def journey() -> None:
        disk = SlowDisk()
        incoming = receiving(disk)
        await incoming.write(b"abc")
        both = asyncio.gather(incoming.close(), incoming.close())
        assert await through(disk, asyncio.ensure_future(both)) == [3, 3]  # type: ignore[arg-type]
        assert disk.asked == 1

    asyncio.run(journey())


def test_after_a_failure_nothing_more_is_written() -> None:
    async def journey() -> None:
        disk = SlowDisk()
        disk.error = OSError(errno.ENOSPC, "full")
        incoming = receiving(disk)

        async def pour() -> None:
            while True:
                await incoming.write(PIECE)

        with pytest.raises(Refusal):
            await through(disk, asyncio.create_task(pour()))
        disk.error = None
        with pytest.raises(Refusal):
            await incoming.write(PIECE)
        with pytest.raises(Refusal):
            await through(disk, asyncio.create_task(incoming.close()))
        assert (disk.asked, disk.written) == (1, b"")

    asyncio.run(journey())


def test_stopping_keeps_what_came_and_takes_no_more() -> None:
    async def journey() -> None:
        disk, told = SlowDisk(), []
        incoming = Receiving(disk, 100, disk.run, lambda: told.append(True))
        await incoming.write(b"abc")
        await through(disk, asyncio.create_task(incoming.stop()))
        assert (disk.written, told, incoming.closed) == (b"abc", [True], True)
        with pytest.raises(Refusal) as caught:
            await incoming.write(b"def")
        assert caught.value.code == "in-use"

    asyncio.run(journey())


def test_a_full_disk_and_a_broken_one_are_said_apart() -> None:
    assert "full" in not_saved(OSError(errno.ENOSPC, "")).message
    assert "full" in not_saved(OSError(errno.EDQUOT, "")).message
    assert "full" not in not_saved(OSError(errno.EIO, "")).message


@pytest.mark.parametrize(
    ("said", "whole", "kept"), [(b"all of it", True, 9), (b"other", True, 0), (b"all of it", False, 0)]
)
def test_with_a_checksum_all_of_a_piece_is_kept_or_nothing(tmp_path: Path, said: bytes, whole: bool, kept: int) -> None:
    async def journey() -> int:
        part = Part(tmp_path / "a.part", lambda: 1 << 30)
        part.make()
        checksum = Checksum("sha1", hashlib.sha1(said, usedforsecurity=False).digest())
        loop = asyncio.get_running_loop()
        incoming = Receiving(
            part, 100, lambda work, *given: loop.run_in_executor(None, work, *given), lambda: None, checksum
        )
        await incoming.write(b"all of it")
        if whole and not kept:
            with pytest.raises(Refusal, match="Nothing of it was kept") as caught:
                await incoming.finish()
            assert caught.value.code == "wrong-checksum"
        else:
            await (incoming.finish() if whole else incoming.close())
        return part.path.stat().st_size

    assert asyncio.run(journey()) == kept
