"""Things to do later, each under a key, all of them owned here and cancelled when the server leaves."""

import asyncio
from collections.abc import Callable


class Timers:
    """Timers on the running loop. Setting a key again replaces what was set before."""

    def __init__(self) -> None:
        self._set: dict[str, tuple[asyncio.TimerHandle, Callable[[], None]]] = {}
        self._gathered: dict[str, set[str]] = {}
        self._closed = False

    def later(self, key: str, seconds: float, callback: Callable[[], None]) -> None:
        """Call back once, in so many seconds. After `close` nothing is called any more."""
        self.cancel(key)
        if not self._closed:
            handle = asyncio.get_running_loop().call_later(seconds, self.fire, key)
            self._set[key] = handle, callback

    def soon(self, key: str, seconds: float, callback: Callable[[], None]) -> None:
        """Like `later`, but one that is already set stays: for gathering what comes in the meantime."""
        if key not in self._set:
            self.later(key, seconds, callback)

    def gather(self, key: str, item: str, seconds: float, callback: Callable[[set[str]], None]) -> None:
        """Call back in so many seconds with this item and all that were gathered under the key by then."""
        self._gathered.setdefault(key, set()).add(item)
        self.soon(key, seconds, lambda: callback(self._gathered.pop(key, set())))

    def is_set(self, key: str) -> bool:
        """Whether it is still to come."""
        return key in self._set

    def fire(self, key: str) -> None:
        """Call it now, if it is still to come: its time is there, or somebody need not wait for it."""
        if key in self._set:
            handle, callback = self._set.pop(key)
            handle.cancel()
            callback()

    def cancel(self, key: str) -> None:
        """Forget it, if it is set."""
        if key in self._set:
            self._set.pop(key)[0].cancel()

    def close(self) -> None:
        """Forget everything, and what comes from now on."""
        self._closed = True
        for key in list(self._set):
            self.cancel(key)
        self._gathered.clear()
