"""Clocks: how far this node's is from the database's, which all nodes have in common. Times in events are a node's own.

A newcomer's first mistake is to take `now()` for it: that is when the transaction began, which may have waited.
"""

import logging
from collections.abc import Callable

from store.durable.postgres.link import Connection

MOST_APART_MS = (
    5000  # people see no less in a time; ends of codes, and the order of what two said, become strange above
)

THEIRS = "select (extract(epoch from clock_timestamp()) * 1000)::bigint"

log = logging.getLogger("parley.store")


class Clocks:
    """Says once that they are apart, and once more when they have been together in between."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._are_apart = False

    def compare(self, link: Connection) -> None:
        """Ask the database for its time; the way there and back counts for neither."""
        before = self._clock()
        row = link.execute(THEIRS).fetchone()
        after, theirs = self._clock(), int(row[0]) if row else before
        off = max(before - theirs, theirs - after, 0)
        if off > MOST_APART_MS and not self._are_apart:
            ahead = "ahead of" if before > theirs else "behind"
            log.warning("the clock of this node is seconds=%d %s that of PostgreSQL", off // 1000, ahead)
        self._are_apart = off > MOST_APART_MS
