"""Blank rows: what is left in the log of an event whose words go, at the same place and under the same number.

A newcomer's first mistake is to remove the row: a phone that counts 1, 2, 3 would wait for it for ever.
"""

from protocol.codec import pack_event, read_event
from protocol.events import Logged, MessageEdited, MessageSent, ReactionChanged, VoteChanged
from store.durable import LogRow


def log_row(event: Logged, frame: bytes) -> LogRow:
    """An event as the log keeps it."""
    return LogRow(
        conversation=event.conversation,
        seq=event.seq,
        name=event.name,
        target=getattr(event, "target", 0) or None,
        author=event.author,
        text=getattr(event, "text", ""),
        frame=frame,
    )


def blanked(row: LogRow) -> LogRow:
    """The row without its words."""
    event = read_event(row.frame)
    if not isinstance(event, MessageSent | MessageEdited | ReactionChanged | VoteChanged):
        raise RuntimeError(f"expected a message or what is said about one to blank, got {row.name}")
    blank = event.blanked()
    return log_row(blank, pack_event(blank))
