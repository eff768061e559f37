"""The bus of a node that is alone."""

from store.bus.local import LocalBus
from store.durable import LogRow


def test_it_counts_what_it_was_given_and_tells_nobody() -> None:
    bus = LocalBus()
    row = LogRow("room.raaaaaaaaaaaaa", 1, "message.sent", None, "anna", "", b"x")
    bus.publish([row, row])
    bus.publish([])
    assert bus.published == 2
