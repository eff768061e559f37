"""Homes: at which node the media of a call is forwarded. Never written: each node says what it has, with every beat.

A newcomer's first mistake is to give a call to two nodes: its people would not hear each other. Where two took one at
the same moment, the first by id keeps it.
"""

from collections.abc import Callable, Sequence

HOME_SILENT_SECONDS = 10.0  # after which what a node had is nobody's, and the next to rejoin makes a new home


class Homes:
    """Of all calls. `me` is this node; `time` answers seconds."""

    def __init__(self, me: str, time: Callable[[], float]) -> None:
        self._me = me
        self._time = time
        self._ours: dict[str, None] = {}
        self._others: dict[str, tuple[list[str], float]] = {}  # by node: its calls, and when it was heard
        self.lost: list[Callable[[str], None]] = []
        """Called with a call that another node has, too, and keeps."""

    def of(self, call: str) -> str | None:
        """The node that has it, None where no living one does."""
        if call in self._ours:
            return self._me
        since = self._time() - HOME_SILENT_SECONDS
        return next((node for node, (calls, at) in sorted(self._others.items()) if call in calls and at >= since), None)

    def is_ours(self, call: str) -> bool:
        """Whether this node has it."""
        return call in self._ours

    def ours(self) -> list[str]:
        """What this node has."""
        return list(self._ours)

    def take(self, call: str) -> None:
        """This node has it from now on."""
        self._ours[call] = None

    def release(self, call: str) -> bool:
        """It is over, or another's; whether it was ours."""
        was_ours = call in self._ours
        self._ours.pop(call, None)
        return was_ours

    def hear(self, node: str, calls: Sequence[str]) -> None:
        """All that another node has now."""
        self._others[node] = list(calls), self._time()
        for call in calls:
            if node < self._me and self.release(call):
                for hook in self.lost:
                    hook(call)

    def forget(self, node: str) -> None:
        """It is gone, and has nothing."""
        self._others.pop(node, None)
