"""One peer's ICE-lite agent (RFC 8445, 2.5): its keys, the ways that proved themselves, and which of them is used.

A newcomer's first mistake is to send to an address because the peer's description names it. Descriptions are hearsay:
only an address that asked with the right key, and asked again in the last 30 seconds, is sent to. Nor does a right key
prove an address from which a question came that was asked from another one: who overhears it can send it from anywhere.
"""

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from calls import stun

CONSENT_SECONDS = 30.0  # without a check for so long nobody is there any more (RFC 7675, 5.1)
MAX_PAIRS = 16  # of one peer; a phone with Wi-Fi, mobile data, IPv6 and TCP has about 8
MAX_QUESTIONS = 8192  # checks of one peer that are remembered: over five hours of a browser's, one every 2.5 s

Address = tuple[str, int] | tuple[str, int, int, int]  # as a socket tells it: IPv6 with flow and scope


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a check must know: 48 and 144 bits at random (RFC 8445, 5.3 asks for 24 and 128)."""

    ufrag: str = field(default_factory=lambda: secrets.token_hex(6))
    password: str = field(default_factory=lambda: secrets.token_hex(18))


class Pair(Protocol):
    """A way to a peer: one remote address over UDP, or one TCP connection."""

    address: Address
    agent: "Agent | None"  # whose way it is, once it proved itself
    proved_at: float  # seconds, when it last did
    proved_by: bytes  # the one check that proved it; empty once another did

    @property
    def socket(self) -> socket.socket | None:
        """From which its datagrams leave; None where it has none."""

    def send(self, data: bytes) -> None:
        """Sends one datagram, or drops it: media is never waited for."""

    def lost(self) -> None:
        """A datagram for it was dropped."""

    def forget(self) -> None:
        """It belongs to nobody any more."""


class Agent:
    """The unit's end of the ways to one peer. `take` is given what arrives and is not STUN, `moved` hears whenever
    another way is used, or none."""

    def __init__(self, take: Callable[[bytes], None], now: float, moved: Callable[[], None] = lambda: None) -> None:
        self.take = take
        self._moved = moved
        self.credentials = Credentials()
        self.former: Credentials | None = None  # until the restarted peer has come over
        self.heard_at = now  # seconds; when the peer last proved to be there
        self.pairs: list[Pair] = []
        self.selected: Pair | None = None
        self.by: Pair | None = None  # the way of what is just being taken
        self._questions: dict[bytes, Address] = {}  # where each check came from, by its transaction

    def password(self, ufrag: str) -> str | None:
        """The password that goes with one of our ufrags, None if it is not ours."""
        for one in (self.credentials, self.former):
            if one and one.ufrag == ufrag:
                return one.password
        return None

    def restart(self) -> None:
        """New keys, as an ICE restart wants them. The old ones are good until the new ones are used (RFC 8445, 2.4)."""
        self.former = self.credentials
        self.credentials = Credentials()

    def check(self, request: stun.Message, pair: Pair, now: float) -> bytes | None:
        """The answer to a connectivity check, None if it is not for us or was not made with our key."""
        ufrag, _ = request.username()
        password = self.password(ufrag)
        if password is None or not request.verifies(password) or pair.agent not in (None, self):
            return None
        if not self._is_first(request.transaction, pair.address):
            return None
        host, port, *_ = pair.address
        said = stun.answer(request, host, port, password)
        if stun.succeeds(said):
            self._prove(pair, request, now)
            if ufrag == self.credentials.ufrag:
                self.former = None
        return said

    def _is_first(self, transaction: bytes, address: Address) -> bool:
        """Whether this question came from nowhere else. One that comes from two places was overheard.

        Nobody can say which of them is the true one: the first is believed until another way has proved itself twice. A
        browser asks anew every few seconds; asked again from the same place, as what was lost is, it is the same one.
        """
        known = self._questions.setdefault(transaction, address)
        if len(self._questions) > MAX_QUESTIONS:
            del self._questions[next(iter(self._questions))]
        if known == address:
            return True
        if any(not one.proved_by for one in self.pairs):
            for pair in [one for one in self.pairs if one.proved_by == transaction]:
                self.drop(pair)
        return False

    def _prove(self, pair: Pair, request: stun.Message, now: float) -> None:
        pair.agent = self
        pair.proved_at = self.heard_at = now
        if pair not in self.pairs:
            self.pairs.append(pair)
            pair.proved_by = request.transaction
        elif pair.proved_by != request.transaction:
            pair.proved_by = b""
        if stun.USE_CANDIDATE in request.attributes or self.selected is None:
            self._select(pair)
        if len(self.pairs) > MAX_PAIRS:
            self.drop(min((one for one in self.pairs if one is not self.selected), key=lambda one: one.proved_at))

    def opened(self) -> None:
        """What came `by` a way was made with the peer's keys. If that one proved itself later, the peer uses it now.

        Chromium says so in each check of a way that it uses, Firefox only in its first: where a router gave it another
        port, it heard and saw nothing until the old way expired (measured 2026-11-28: 30 s; so it takes 5 s at most).
        """
        pair = self.by
        if pair and pair is not self.selected and self.selected and pair.proved_at > self.selected.proved_at:
            self._select(pair)

    def drop(self, pair: Pair) -> None:
        """This way is gone; the one that proved itself last takes over."""
        self.pairs.remove(pair)
        pair.forget()
        if self.selected is pair:
            self._select(max(self.pairs, key=lambda one: one.proved_at, default=None))

    def _select(self, pair: Pair | None) -> None:
        if pair is not self.selected:
            self.selected = pair
            self._moved()

    def expire(self, now: float) -> None:
        """Drop the ways that asked for no consent in time."""
        for pair in [one for one in self.pairs if now - one.proved_at > CONSENT_SECONDS]:
            self.drop(pair)

    def is_gone(self, now: float) -> bool:
        """Whether the peer has not been heard of, on any way, for as long as consent lasts."""
        return now - self.heard_at > CONSENT_SECONDS

    def send(self, data: bytes) -> None:
        """To the peer, on the way it chose; to nobody while it has proved none."""
        if self.selected is not None:
            self.selected.send(data)

    def close(self) -> None:
        """Forget every way."""
        for pair in list(self.pairs):
            self.drop(pair)
