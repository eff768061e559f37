"""What of the log search must know: a message was sent, edited or deleted. All else only moves the head."""

from dataclasses import dataclass, field
from typing import Any

from protocol.codec import MAX_SERVER_FRAME, unpack
from store.durable import LogRow


@dataclass(frozen=True, slots=True)
class Said:
    """A message.

    `names` are its files', `options` those of its poll; `thread` is the seq where its thread begins, 0 outside of one.
    """

    seq: int
    author: str
    at: int
    text: str
    names: list[str] = field(default_factory=list)
    thread: int = 0
    options: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edited:
    """The words of `target` are now these, from the event `seq`."""

    seq: int
    target: int
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """`target` is gone, and so must be its words."""

    target: int


Change = Said | Edited | Deleted


def read_change(row: LogRow) -> tuple[int, Change | None]:
    """When it was said, in ms, and what it changes. A message whose words were blanked changes nothing."""
    ((_, _, body),) = unpack(row.frame, MAX_SERVER_FRAME)
    at = int(body.get("at", 0))
    match row.name:
        case "message.sent":
            return at, _said(row, at, body)
        case "message.edited":
            return at, Edited(row.seq, _seq(row, body), str(body.get("text", "")))
        case "message.deleted":
            return at, Deleted(_seq(row, body))
    return at, None


def _said(row: LogRow, at: int, body: dict[str, Any]) -> Said | None:
    names = [str(one.get("name", "")) for one in body.get("files") or []]
    options = [str(one) for one in (body.get("poll") or {}).get("options") or []]
    text = str(body.get("text", ""))
    return Said(row.seq, row.author, at, text, names, _seq(row, body), options) if text or names else None


def _seq(row: LogRow, body: dict[str, Any]) -> int:
    return row.target or int(body.get("target") or 0)
