"""The bus: how one node tells the others what it has committed. A node alone needs none; `local` is that.

A bus may lose, double and reorder: what counts is in the log, and a gap is read from there.
"""

from collections.abc import Sequence
from typing import Protocol

from store.durable import LogRow


class Bus(Protocol):
    """Between nodes."""

    def publish(self, rows: Sequence[LogRow]) -> None:
        """Tell the other nodes, without waiting for them."""
        ...
