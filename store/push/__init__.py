"""Push: how word leaves the house for devices that hold no connection, by way of their browsers' push services.

RFC 8030 carries it, RFC 8291 encrypts it so that only the device reads it, RFC 8292 says who sends. Nothing here
decides who is to be told what; that stands in chat/pushing.py. A newcomer's first mistake is to trust an endpoint:
it is an address a client named, and this server is asked to call it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from store.rows import Subscription

Kind = Literal["sent", "gone", "later", "unreachable", "refused"]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One push for one device. Of those that wait, the newest of a `topic` takes the place of the one before.

    `expires_at` is ms since the epoch; `still` is asked just before it is sent: whether it is still worth sending.
    `about` is the message it tells of, as conversation and seq, None where that cannot be taken back.
    """

    subscription: Subscription
    payload: bytes
    topic: str
    expires_at: int
    urgent: bool = False
    about: tuple[str, int] | None = None
    still: Callable[[], bool] = field(default=_always, compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `gone`: the subscription is dead; `later`: to be tried again, after so many seconds if told.

    `unreachable`: nobody answered. `refused`: not to be tried again, by them or, with status 0, by us.
    """

    kind: Kind
    status: int = 0
    retry_seconds: float = 0.0
