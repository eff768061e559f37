"""Archive: a ZIP that is written as it is sent, so that neither its size nor its parts ever lie in memory.

Python's own zipfile writes to what cannot seek: sizes and checksums follow each file (APPNOTE 4.4.4, bit 3).
"""

import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import IO, cast

LARGE = 2**31 - 1  # bytes; from here on a file needs the fields of ZIP64


class _Gathered:
    """What zipfile has written and nobody has sent yet. It says neither where it is nor goes back."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing lies elsewhere."""

    def take(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


class Archive:
    """Files one after another, each whole before the next. `send` is awaited with whatever is ready."""

    def __init__(self, send: Callable[[bytes], Awaitable[None]], at: datetime) -> None:
        self._gathered = _Gathered()
        self._zip = zipfile.ZipFile(cast("IO[bytes]", self._gathered), "w", zipfile.ZIP_DEFLATED)
        self._send = send
        self._at = at
        self._open: IO[bytes] | None = None

    async def begin(self, name: str, size: int = 0, *, packed: bool = True) -> None:
        """From here on `write` goes into this file. `packed` is False for what is compressed already."""
        await self.end()
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        self._open = self._zip.open(info, "w", force_zip64=size > LARGE)

    async def write(self, content: str | bytes) -> None:
        """More of the file that was begun."""
        assert self._open is not None, "begin a file first"
        self._open.write(content.encode() if isinstance(content, str) else content)
        await self._pass_on()

    async def end(self) -> None:
        """The file is whole."""
        if self._open is not None:
            self._open.close()
            self._open = None
            await self._pass_on()

    async def close(self) -> None:
        """The archive is whole."""
        await self.end()
        self._zip.close()
        await self._pass_on()

    async def _pass_on(self) -> None:
        if ready := self._gathered.take():
            await self._send(ready)
