"""Things to do later, each under a key, all of them owned here and cancelled when the server leaves."""

import asyncio
from collections.abc import Callable


class Timers:
    """Timers on the running loop. Setting a key again replaces what was set before."""

    def __init__(self) -> None:
        self._handles: dict[str, asyncio.TimerHandle] = {}
        self._gathered: dict[str, set[str]] = {}

    def later(self, key: str, seconds: float, callback: Callable[[], None]) -> None:
        """Call back once, in so many seconds."""
        self.cancel(key)
        self._handles[key] = asyncio.get_running_loop().call_later(seconds, self._fire, key, callback)

    def soon(self, key: str, seconds: float, callback: Callable[[], None]) -> None:
        """Like `later`, but one that is already set stays: for gathering what comes in the meantime."""
        if key not in self._handles:
            self.later(key, seconds, callback)

    def gather(self, key: str, item: str, seconds: float, callback: Callable[[set[str]], None]) -> None:
        """Call back in so many seconds with this item and all that were gathered under the key by then."""
        self._gathered.setdefault(key, set()).add(item)
        self.soon(key, seconds, lambda: callback(self._gathered.pop(key, set())))

    def cancel(self, key: str) -> None:
        """Forget it, if it is set."""
        if handle := self._handles.pop(key, None):
            handle.cancel()

    def close(self) -> None:
        """Forget everything."""
        for key in list(self._handles):
            self.cancel(key)

    def _fire(self, key: str, callback: Callable[[], None]) -> None:
        self._handles.pop(key, None)
        callback()
