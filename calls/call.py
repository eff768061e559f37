"""One call: who is in it, what each gets of the others, and who speaks. Time comes from outside, by `tick`.

A newcomer's first mistake is to forget one of two sides: whoever joins gets what everybody sends, and everybody gets
what whoever joins will send; whoever leaves is taken from all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calls.budget import PAUSE_SECONDS, Picture, publisher_limit, share
from calls.burst import OneByOne, PassOn, Sink
from calls.figures import Ledger, just_now, standing
from calls.ice import Agent
from calls.layers import comes, coming, has_stalled, is_layered
from calls.negotiation import SOURCES, Source
from calls.peer import Peer
from calls.sdp import Candidate
from calls.speaker import Speaker
from calls.track import Down, Up
from calls.turns import Turns

MAX_PEERS = 40  # an answer of a browser, 1.3 kB for each other one, must fit into a frame of the protocol
SHOWN = 720  # pixels: how tall a picture is taken to be for who has not said what they show
OFFER_SECONDS = 0.3  # between two offers to one peer: who comes and goes all the time must not keep all others busy
TOGETHER_SECONDS = 0.1  # whoever comes begins with sound, and a moment later with a picture: one offer for both
LOOK_SECONDS = 0.25  # between two looks at who speaks, and at whose videos come
REPORT_SECONDS = 1.0  # between two reports


@dataclass(frozen=True, slots=True)
class Offered:
    """This must reach the peer; the answer comes back with the version. `tracks` says whose each section is, by mid."""

    call: str
    peer: str
    version: int
    sdp: str
    tracks: Mapping[str, tuple[str, str]]  # peer and source


@dataclass(frozen=True, slots=True)
class Connected:
    """Media can flow to and from this peer."""

    call: str
    peer: str


@dataclass(frozen=True, slots=True)
class Left:
    """This peer is not in the call: it "left", "vanished", "closed" the connection, was "replaced" by itself, or
    "refused" by a call that is full."""

    call: str
    peer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """This peer has the floor now; None when nobody has."""

    call: str
    peer: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """The videos that come from this peer now, by their sources; what is not named is off, or its network is gone."""

    call: str
    peer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What passed through the call: every minute since the last time, and once for all of it when it is over."""

    call: str
    over: bool
    figures: Mapping[str, Any]


Event = Offered | Connected | Left | Spoke | Sent | Counted


class Full(Exception):
    """There are as many in this call as it can hold."""


class Call:
    """`hear` is told every event; `attach` and `detach` make an agent known to the port; `pass_on` sends to many."""

    def __init__(
        self,
        name: str,
        candidates: tuple[Candidate, ...],
        now: Callable[[], float],
        hear: Callable[[Event], None],
        attach: Callable[[Agent], None],
        detach: Callable[[Agent], None],
        pass_on: PassOn | None = None,
    ) -> None:
        self.name = name
        self.pass_on = pass_on or OneByOne()
        self.peers: dict[str, Peer] = {}
        self._candidates = candidates
        self._now = now
        self._hear = hear
        self._attach = attach
        self._detach = detach
        self._claims: dict[int, Peer] = {}
        self._is_due = False  # is what each gets to be shared out anew, with the next tick?
        self._speaker = Speaker()
        self._sent: dict[str, tuple[str, ...]] = {}
        self._offered: dict[str, float] = {}  # when, by peer
        self._together_at = now()  # when what just began is offered to those who are connected
        self._looked_at = now()
        self._turns = Turns(REPORT_SECONDS, now())
        self._shares: dict[Sink, float] = {}  # of each, the bit/s that it could get of each picture without layers
        self._ledger = Ledger(now())

    # -- coming and going

    def join(self, name: str, sources: Sequence[Source] = SOURCES, kind: type[Peer] = Peer) -> None:
        """Somebody comes; their offer is on its way. Who is here already begins anew. Raises Full."""
        if name in self.peers:
            self.leave(name, "replaced")
        if len(self.peers) >= MAX_PEERS:
            raise Full(self.name)
        peer = kind(name, self, self._now, sources)
        self._attach(peer.agent)
        for other in self.peers.values():
            for up in other.ups.values():
                if up.codec:
                    peer.watch(other.name, up)
        self.peers[name] = peer
        self._turns.comes(name, self._now())
        self._ledger.came(len(self.peers))
        self._offer()

    def leave(self, name: str, reason: str = "left") -> None:
        """Somebody goes. Nothing happens if they are not here."""
        peer = self.peers.pop(name, None)
        if peer is None:
            return
        self.pass_on.flush()  # what is held may be for this peer, or of them: their keys and their way are still there
        self._detach(peer.agent)
        self._ledger.went(peer)
        for other in self.peers.values():
            for up in peer.ups.values():
                other.unwatch(up)
        peer.close()
        self._claims = {ssrc: one for ssrc, one in self._claims.items() if one is not peer}
        self._sent.pop(name, None)
        self._offered.pop(name, None)
        self._turns.goes(name)
        self._shares.pop(peer, None)
        self._hear(Left(self.name, name, reason))
        self._offer()
        self._is_due = True

    def answer(self, name: str, version: int, text: str) -> None:
        """An answer to an offer. Raises KeyError if they are not here, Unacceptable if it does not fit."""
        self.peers[name].answer(version, text)
        self._tidy()
        self._offer()
        self._share_out()

    def restart(self, name: str) -> None:
        """The network of this peer changed, or an offer was lost: offer anew, with new keys of ICE. Raises KeyError."""
        peer = self.peers[name]
        peer.agent.restart()
        self._attach(peer.agent)
        peer.negotiation.forget()
        self._offer()

    def show(self, name: str, heights: Mapping[tuple[str, str], int]) -> None:
        """What this peer's screen shows: the height in pixels by peer and source, and nothing else. Raises KeyError."""
        peer = self.peers[name]
        peer.heights = dict(heights)
        if peer.secure.connected:
            self._serve(peer, self._now())

    def allow(self, name: str, sources: frozenset[str]) -> None:
        """What of this peer reaches the others. Raises KeyError if they are not here.

        It is said of all whenever somebody comes, so what is no news costs nothing.
        """
        peer = self.peers[name]
        if peer.allowed == sources:
            return
        for layer in peer.layers():
            layer.forget_key_frame()  # of what was not allowed nothing is shown later
        peer.allowed = sources
        for up in peer.ups.values():
            for down in up.downs if not peer.allows(up) else ():
                down.show(None, self._now())
        self._is_due = True  # once for all, where many are allowed something at a time

    def close(self) -> None:
        """Everybody goes."""
        for name in list(self.peers):
            self.leave(name)

    def end(self) -> None:
        """Nobody is left, and nobody comes: the account of it all."""
        self._hear(Counted(self.name, True, self._ledger.close((), self._now(), over=True)))

    # -- what peers need

    def claim(self, ssrc: int, peer: Peer) -> bool:
        """Whether this source is this peer's from now on: nobody else has it."""
        return self._claims.setdefault(ssrc, peer) is peer

    def release(self, ssrc: int, peer: Peer) -> None:
        """This source is nobody's any more, if it was this peer's."""
        if self._claims.get(ssrc) is peer:
            del self._claims[ssrc]

    def published(self, peer: Peer, up: Up) -> None:
        """A track began to come, or comes in another codec: everybody else is offered it, and what begins beside it."""
        now = self._now()
        if now >= self._together_at:
            self._offer()  # what waited: those who come one after another must not put it off for ever
            self._together_at = now + TOGETHER_SECONDS
        for other in self.peers.values():
            if other is not peer or peer.is_echo:
                other.watch(peer.name, up)
        self._offer()
        self._watch_over(peer, now)

    def turned(self, peer: Peer, state: str) -> None:
        """The keys are agreed on ("connected"), or the peer hung up ("closed")."""
        if self.peers.get(peer.name) is not peer:
            return
        if state == "closed":
            self.leave(peer.name, "closed")
        else:
            self._hear(Connected(self.name, peer.name))
            self._share_out()

    # -- deciding

    def _offer(self) -> None:
        """Say what is new to whoever is not busy with an offer and had none just now; `tick` sees to the others."""
        now = self._now()
        for peer in list(self.peers.values()):
            if not peer.negotiation.changed or now - self._offered.get(peer.name, float("-inf")) < OFFER_SECONDS:
                continue
            if now < self._together_at and peer.secure.connected:
                continue
            if offer := peer.offer(self._candidates):
                self._offered[peer.name] = now
                tracks = {mid: (down.up.owner, down.up.source) for mid, down in peer.downs.items()}
                self._hear(Offered(self.name, peer.name, offer.version, str(offer), tracks))

    def _tidy(self) -> None:
        """Downs whose track ended with an answer of who sent it."""
        for peer in self.peers.values():
            for down in list(peer.downs.values()):
                if down not in down.up.downs:
                    peer.unwatch(down.up)

    def _allowed(self, up: Up) -> bool:
        owner = self.peers.get(up.owner)
        return owner is not None and owner.allows(up)

    def _share_out(self) -> None:
        """Give each what its screen shows and its network carries."""
        now = self._now()
        self._is_due = False
        for peer in self.peers.values():
            if peer.secure.connected:
                self._serve(peer, now)

    def _serve(self, peer: Peer, now: float) -> None:
        agreed = []
        for mid, down in peer.downs.items():
            if mid in peer.agreed and self._allowed(down.up):
                agreed.append(down)
            else:
                down.show(None, now)
        heard = [one for one in agreed if one.up.kind == "audio"]
        for down in heard:
            down.show(down.up.layers[0], now)
        videos = {one.up: one for one in agreed if one.up.kind == "video"}
        pictures = [self._picture(peer, down, now) for down in videos.values()]
        left = peer.budget.limit - sum(one.up.layers[0].bitrate for one in heard)
        chosen = share(pictures, left)
        for one in pictures:
            assert isinstance(one.key, Up)
            down, name = videos[one.key], chosen[one.key]
            down.show(next((layer for layer in down.up.layers if layer.name == name), None), now)
            down.trial.went(name is not None or one.height == 0, now, peer.budget)

    def _picture(self, peer: Peer, down: Down, now: float) -> Picture:
        up = down.up
        height = SHOWN if peer.heights is None else peer.heights.get((up.owner, up.source), 0)
        alive = coming(up, now) or up.layers[:1]
        must = is_layered(up) or down.trial.is_on(now, peer.budget)
        if is_layered(up):  # a large one that comes again counts by what it was a moment ago, not by its first second
            layers = {one.name: one.bitrate if one in (down.target, alive[0]) else one.peak() for one in alive}
        else:  # what was held back for a burst does not begin before such a burst would fit
            layers = {one.name: one.steady() if down.target else one.peak(int(PAUSE_SECONDS)) for one in alive}
        return Picture(up, height, layers, down.target.name if down.target else None, must)

    # -- over time

    def tick(self) -> None:
        """What is due; to be called every few hundredths of a second."""
        now = self._now()
        self._offer()
        if self._is_due:
            self._share_out()
        self._remind(now)
        if now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now
            self._look()
            for peer in list(self.peers.values()):
                self._watch_over(peer, now)
                peer.look(now)
            if any(has_stalled(up, now) for peer in self.peers.values() for up in peer.ups.values()):
                self._share_out()
        if turns := self._turns.take(now):
            self._attend(turns, now)
        if self._ledger.is_due(now):
            passed = self._ledger.close(self.peers.values(), now)
            self._hear(Counted(self.name, False, passed | just_now(self.peers.values())))

    def _remind(self, now: float) -> None:
        """Ask senders again for what is missing or waited for."""
        for peer in self.peers.values():
            for up in peer.ups.values():
                for layer in up.layers:
                    layer.tick(now)

    def _look(self) -> None:
        """Who speaks?"""
        levels = {
            name: min(
                [up.loudness() for up in peer.ups.values() if up.kind == "audio" and peer.allows(up)], default=127
            )
            for name, peer in self.peers.items()
        }
        if self._speaker.look(levels):
            self._hear(Spoke(self.name, self._speaker.name))

    def _watch_over(self, peer: Peer, now: float) -> None:
        """Which of its videos come? Of whoever just joined it is said, whatever it is: others may remember a video."""
        videos = [up for up in peer.ups.values() if up.kind == "video" and peer.allows(up)]
        sent = tuple(up.source for up in videos if comes(up, now))
        if self._sent.get(peer.name) != sent:
            self._sent[peer.name] = sent
            self._hear(Sent(self.name, peer.name, sent))

    def _attend(self, turns: Mapping[str, float], now: float) -> None:
        """Measure what each of these sent and got in so many seconds, serve them anew, and tell them."""
        for peer in [self.peers[name] for name in turns]:
            if peer.agent.is_gone(now):
                self.leave(peer.name, "vanished")
        peers = {self.peers[name]: seconds for name, seconds in turns.items() if name in self.peers}
        for peer, seconds in peers.items():
            peer.measure(now, seconds)
        for peer in peers:
            if peer.secure.connected:
                self._serve(peer, now)
            self._shares[peer] = _share_of_one(peer)
        for peer in peers:
            peer.report(self._limit(peer, now), now)

    def _limit(self, peer: Peer, now: float) -> int:
        """What this peer may send, in bit/s, when each could get so much of every picture without layers.

        What comes in layers beside it counts by its most of some seconds: this limit itself makes it less for a moment.
        """
        videos = [up for up in peer.ups.values() if up.kind == "video" and comes(up, now)]
        single = [up for up in videos if not is_layered(up)]
        watchers = {down.sink for up in single for down in up.downs} - {peer}
        beside = sum(layer.peak() for up in videos if is_layered(up) for layer in up.layers)
        each = [self._shares[one] for one in watchers if one in self._shares]
        screen = any(up.source == "screen" for up in videos)
        return publisher_limit(len(self.peers), each, beside, screen)

    def figures(self) -> dict[str, Any]:
        """What the host may want to know: numbers only, by peer."""
        now = self._now()
        return {"peers": {name: standing(peer, now) for name, peer in self.peers.items()}}


def _share_of_one(peer: Peer) -> float:
    """The bit/s that it could get of each picture without layers, when all others that it gets are small."""
    ups = [down.up for down in peer.downs.values() if down.up.kind == "video" and down.target]
    small = sum(up.layers[0].bitrate for up in ups if is_layered(up))
    return max(0.0, peer.budget.limit - small) / max(1, sum(1 for up in ups if not is_layered(up)))
